// SPDX-License-Identifier: Apache-2.0
#include "autostart.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>
#include <QTextStream>

namespace dunlin::client {
namespace {

const QString defaultProfile = QStringLiteral("default");
const QString minimisedOption = QStringLiteral("--minimised");

QString defaultRoot()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
            + QLatin1String("/dunlin");
}

/// By its name where that is enough: an update may bring another path.
QString program()
{
    const QString own = QFileInfo(QCoreApplication::applicationFilePath()).canonicalFilePath();
    const QString name = QFileInfo(own).fileName();
    const QString found = QStandardPaths::findExecutable(name);
    return QFileInfo(found).canonicalFilePath() == own ? name : own;
}

} // namespace

QString execArgument(const QString &argument)
{
    static const QString reserved = QStringLiteral(" \t\n\"'\\><~|&;$*?#()`");
    bool isPlain = !argument.isEmpty();
    QString quoted;
    for (const QChar character : argument) {
        isPlain = isPlain && !reserved.contains(character);
        // First for the quoting rule, then for the file, whose strings know backslashes too.
        if (QLatin1String("\"`$").contains(character))
            quoted += QLatin1String("\\\\");
        else if (character == u'\\')
            quoted += QLatin1String("\\\\\\");
        else if (character == u'%')
            quoted += u'%';
        quoted += character;
    }
    return isPlain ? quoted : u'"' + quoted + u'"';
}

Autostart::Autostart(const QString &directory)
{
    const QFileInfo info(QDir::cleanPath(directory));
    m_profile = info.fileName();
    QString name = QStringLiteral("im.dunlin.dunlin");
    if (m_profile != defaultProfile)
        name += u'-' + m_profile;
    if (QDir(info.absolutePath()) != QDir(defaultRoot())) {
        m_root = info.absolutePath();
        const auto hash = QCryptographicHash::hash(m_root.toUtf8(), QCryptographicHash::Sha256);
        name += u'-' + QString::fromLatin1(hash.toHex().left(8));
    }
    m_filePath = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
            + QLatin1String("/autostart/") + name + QLatin1String(".desktop");
}

QString Autostart::command(bool isMinimised) const
{
    QStringList words{program()};
    if (m_profile != defaultProfile)
        words << QStringLiteral("--profile") << m_profile;
    if (!m_root.isEmpty())
        words << QStringLiteral("--data-dir") << m_root;
    if (isMinimised)
        words << minimisedOption;
    for (QString &word : words)
        word = execArgument(word);
    return words.join(u' ');
}

QString Autostart::valueOf(const QString &key) const
{
    QFile file(m_filePath);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QTextStream lines(&file);
    for (QString line = lines.readLine(); !line.isNull(); line = lines.readLine()) {
        if (line.startsWith(key + u'='))
            return line.mid(key.size() + 1).trimmed();
    }
    return {};
}

bool Autostart::isEnabled() const
{
    return !valueOf(QStringLiteral("Exec")).isEmpty()
            && valueOf(QStringLiteral("Hidden")) != QLatin1String("true")
            && valueOf(QStringLiteral("X-GNOME-Autostart-enabled")) != QLatin1String("false");
}

bool Autostart::isMinimised() const
{
    return valueOf(QStringLiteral("Exec")).split(u' ').contains(minimisedOption);
}

bool Autostart::enable(bool isMinimised) const
{
    QDir().mkpath(QFileInfo(m_filePath).path());
    QSaveFile file(m_filePath);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    QTextStream text(&file);
    text << "[Desktop Entry]\nVersion=1.4\nType=Application\nName=Dunlin\nExec="
         << command(isMinimised) << "\nIcon=im.dunlin.dunlin\n";
    text.flush();
    return file.commit();
}

void Autostart::disable() const
{
    QFile::remove(m_filePath);
}

} // namespace dunlin::client
