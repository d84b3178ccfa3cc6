// SPDX-License-Identifier: Apache-2.0
#include "language_controller.h"

#include <QGuiApplication>
#include <QKeySequence>
#include <QLibraryInfo>

#include <algorithm>
#include <array>

namespace dunlin::client {
namespace {

const QString languageKey = QStringLiteral("appearance/language");

struct Spoken {
    const char *code;
    QLocale::Language language;
    const char *name;
};

/// The source is English; its translation has the plurals.
constexpr std::array spoken{
        Spoken{"en", QLocale::English, "English"}, Spoken{"de", QLocale::German, "Deutsch"},
        Spoken{"ar", QLocale::Arabic, "\u0627\u0644\u0639\u0631\u0628\u064A\u0629"}};

const Spoken *find(const QString &code)
{
    const auto *found = std::find_if(spoken.begin(), spoken.end(), [&](const Spoken &one) {
        return code == QLatin1String(one.code);
    });
    return found == spoken.end() ? nullptr : found;
}

/// The system's own way with numbers and dates where that is of the language (C is taken for
/// English); else that of the language, in the system's country where it is spoken there.
QLocale localeOf(const Spoken &spokenOne)
{
    const QLocale system = QLocale::system();
    const QLocale::Language own =
            system.language() == QLocale::C ? QLocale::English : system.language();
    return own == spokenOne.language ? system : QLocale(spokenOne.language, system.territory());
}

} // namespace

LanguageController::LanguageController(QSettings &settings, QObject *parent)
    : QObject(parent), m_settings(settings), m_chosen(settings.value(languageKey).toString())
{
    if (find(m_chosen) == nullptr)
        m_chosen.clear();
    apply();
}

LanguageController::~LanguageController() = default;

QString LanguageController::firstSpoken(const QStringList &wanted)
{
    for (const QString &language : wanted) {
        const QString code = language.section(u'-', 0, 0);
        if (find(code) != nullptr)
            return code;
    }
    return QString::fromLatin1(spoken.front().code);
}

QStringList LanguageController::names() const
{
    //: Of a language: that of the system.
    QStringList names{tr("Follow the system")};
    for (const Spoken &language : spoken)
        names.append(QString::fromUtf8(language.name));
    return names;
}

int LanguageController::choice() const
{
    const Spoken *chosen = find(m_chosen);
    return chosen == nullptr ? 0 : int(chosen - spoken.data()) + 1;
}

void LanguageController::setChoice(int choice)
{
    if (choice < 0 || choice > int(spoken.size()) || choice == this->choice())
        return;
    m_chosen = choice == 0 ? QString() : QString::fromLatin1(spoken[std::size_t(choice) - 1].code);
    if (m_chosen.isEmpty())
        m_settings.remove(languageKey);
    else
        m_settings.setValue(languageKey, m_chosen);
    apply();
    Q_EMIT changed();
}

QString LanguageController::keyText(const QString &key)
{
    return QKeySequence(key, QKeySequence::PortableText).toString(QKeySequence::NativeText);
}

void LanguageController::apply()
{
    m_code = m_chosen.isEmpty() ? firstSpoken(QLocale::system().uiLanguages()) : m_chosen;
    const QLocale locale = localeOf(*find(m_code));
    QLocale::setDefault(locale);
    m_translators.clear(); // which takes them out of the application
    load(QLatin1String("qtbase_") + m_code, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    load(QLatin1String("dunlin_") + m_code, QStringLiteral(":/dunlin/translations"));
    QGuiApplication::setLayoutDirection(locale.textDirection());
}

void LanguageController::load(const QString &file, const QString &directory)
{
    auto translator = std::make_unique<QTranslator>();
    if (translator->load(file, directory) && QCoreApplication::installTranslator(translator.get()))
        m_translators.push_back(std::move(translator));
}

} // namespace dunlin::client
