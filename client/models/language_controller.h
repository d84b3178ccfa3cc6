// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLocale>
#include <QObject>
#include <QSettings>
#include <QTranslator>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <vector>

namespace dunlin::client {

/// The language that the whole program speaks, the way it is written, and how it writes numbers and
/// dates: the one that the user has chosen, kept in the profile's settings, or the system's where
/// the app speaks it, else English. Applies to what is worded from then on; whoever keeps a text
/// listens to changed(). Qt's own texts, such as a file dialog's, follow where Qt's translations
/// are installed. GUI thread.
class LanguageController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from the app controller")
    /// Each in its own words; the first is the system's, whichever it is.
    Q_PROPERTY(QStringList names READ names NOTIFY changed)
    /// Place in names.
    Q_PROPERTY(int choice READ choice WRITE setChoice NOTIFY changed)

public:
    /// Speaks the language at once. settings outlives it.
    explicit LanguageController(QSettings &settings, QObject *parent = nullptr);
    ~LanguageController() override;

    [[nodiscard]] QStringList names() const;
    [[nodiscard]] int choice() const;
    /// What is no place in names is passed over.
    void setChoice(int choice);
    /// Such as "de": what is spoken, not what was chosen.
    [[nodiscard]] QString code() const { return m_code; }
    /// A key or several at once, such as Ctrl+N, as keyboards of this language have it.
    Q_INVOKABLE static QString keyText(const QString &key);

    /// The first of the system's languages (BCP 47, most wanted first) that the app speaks.
    static QString firstSpoken(const QStringList &wanted);

Q_SIGNALS:
    void changed();

private:
    void apply();
    void load(const QString &file, const QString &directory);

    QSettings &m_settings;
    /// Empty: the system's.
    QString m_chosen;
    QString m_code;
    std::vector<std::unique_ptr<QTranslator>> m_translators;
};

} // namespace dunlin::client
