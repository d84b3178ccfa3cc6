// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDBusConnection>
#include <QHash>
#include <QImage>
#include <QObject>
#include <QStringList>
#include <QVariantMap>

namespace dunlin::test {

/// A desktop that shows notifications: org.freedesktop.Notifications on a bus, and what it would
/// have on the screen.
class NotificationDesktop : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    struct Shown {
        QString title;
        QString body;
        QStringList actions; ///< Keys and words in turn.
        QVariantMap hints;
        QImage image;
        int times = 1; ///< How often it was shown, replacements included.
    };

    /// Takes the name on the bus at this address.
    NotificationDesktop(const QString &address, QStringList capabilities);
    ~NotificationDesktop() override;

    [[nodiscard]] QList<Shown> shown() const { return m_shown.values(); }
    /// The only one; a default one when there is none or several.
    [[nodiscard]] Shown only() const { return m_shown.size() == 1 ? *m_shown.begin() : Shown(); }
    [[nodiscard]] int calls() const { return m_calls; }
    /// As the user does it, to the only one.
    void choose(const QString &action);
    void reply(const QString &text);
    void dismiss();

public Q_SLOTS:
    QStringList GetCapabilities() const { return m_capabilities; }
    QString GetServerInformation(QString &vendor, QString &version, QString &specVersion) const;
    uint Notify(const QString &app, uint replaced, const QString &icon, const QString &title,
                const QString &body, const QStringList &actions, const QVariantMap &hints,
                int timeout);
    void CloseNotification(uint id);

Q_SIGNALS:
    void NotificationClosed(uint id, uint reason);
    void ActionInvoked(uint id, const QString &action);
    void NotificationReplied(uint id, const QString &text);

private:
    QDBusConnection m_bus;
    QStringList m_capabilities;
    QHash<uint, Shown> m_shown;
    uint m_lastId = 0;
    int m_calls = 0;
};

} // namespace dunlin::test
