// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoroTask>
#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QHash>
#include <QImage>
#include <QStringList>

#include <optional>

namespace dunlin::client {

/// What a notification shows. Plain text: it is escaped where the desktop reads markup.
struct Notification {
    QString title;
    QString text;
    /// May be null.
    QImage image;
    /// Offers to mark as read and to reply, where the desktop has actions.
    bool isOfMessage = true;
};

/// The desktop's notifications (org.freedesktop.Notifications, specification 1.2): one for each
/// key, which the next one of the key replaces. Nothing waits for the desktop: without one, nothing
/// happens. GUI thread.
class NotificationService : public QObject {
    Q_OBJECT
public:
    explicit NotificationService(QDBusConnection bus = QDBusConnection::sessionBus(),
                                 QObject *parent = nullptr);
    /// Withdraws what is shown: nobody would answer its buttons.
    ~NotificationService() override;

    void show(const QString &key, Notification notification);
    void withdraw(const QString &key);
    void withdrawAll();

Q_SIGNALS:
    /// It was clicked.
    void activated(const QString &key);
    void markAsReadChosen(const QString &key);
    /// text is empty where the desktop has no field for it: the user wants to write in the app.
    void replyChosen(const QString &key, const QString &text);
    /// The user closed it, or the desktop did.
    void closed(const QString &key);

private Q_SLOTS: // found by name by QtDBus
    void onActionInvoked(uint id, const QString &action);
    void onNotificationReplied(uint id, const QString &text);
    void onNotificationClosed(uint id, uint reason);
    void onActivationToken(uint id, const QString &token);

private:
    struct Entry {
        uint id = 0; ///< 0 until the desktop has said.
        bool isSending = false;
        bool isWithdrawn = false;
        std::optional<Notification> next;
    };

    QCoro::Task<void> send(QString key);
    QCoro::Task<void> readCapabilities();
    void close(uint id);
    void onDesktopChanged();
    [[nodiscard]] QVariantList callFor(const Notification &notification, uint replacedId) const;
    [[nodiscard]] QString keyOf(uint id) const;

    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    std::optional<QStringList> m_capabilities; ///< Of the desktop that is there now.
    QHash<QString, Entry> m_entries;
};

} // namespace dunlin::client
