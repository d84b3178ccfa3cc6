// SPDX-License-Identifier: Apache-2.0
#include "log/log.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <atomic>
#include <unistd.h>

namespace dunlin::log {
namespace {

std::atomic<Level> lowestLevel = Level::Info;
std::atomic<Format> lineFormat = Format::Text;

QLatin1String nameOf(Level level)
{
    switch (level) {
    case Level::Debug:
        return QLatin1String("debug");
    case Level::Info:
        return QLatin1String("info");
    case Level::Warning:
        return QLatin1String("warning");
    case Level::Error:
        break;
    }
    return QLatin1String("error");
}

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QJsonValue toJson(const Field &field)
{
    if (const auto *text = std::get_if<std::string_view>(&field.value))
        return toText(*text);
    if (const auto *number = std::get_if<std::int64_t>(&field.value))
        return QJsonValue(static_cast<qint64>(*number));
    return std::get<bool>(field.value);
}

/// A value in a text line: quoted and escaped by JSON's rules where it is not one plain word.
QByteArray toWord(const QJsonValue &value)
{
    const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

void fromQt(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const Level level = type == QtDebugMsg ? Level::Debug
            : type == QtInfoMsg            ? Level::Info
            : type == QtWarningMsg         ? Level::Warning
                                           : Level::Error;
    const std::string text = message.toStdString();
    write(level, "qt",
          {{"category", std::string_view(context.category != nullptr ? context.category : "")},
           {"message", std::string_view(text)}});
    if (type == QtFatalMsg)
        std::abort();
}

} // namespace

void start(Level level, Format format)
{
    lowestLevel = level;
    lineFormat = format;
    qInstallMessageHandler(fromQt);
}

std::string lineOf(Format format, std::int64_t timeMs, Level level, std::string_view event,
                   std::initializer_list<Field> fields)
{
    const QString time =
            QDateTime::fromMSecsSinceEpoch(timeMs, Qt::UTC).toString(Qt::ISODateWithMs);
    if (format == Format::Json) {
        QJsonObject line;
        line[QLatin1String("time")] = time;
        line[QLatin1String("level")] = nameOf(level);
        line[QLatin1String("event")] = toText(event);
        for (const Field &field : fields)
            line[toText(field.name)] = toJson(field);
        return QJsonDocument(line).toJson(QJsonDocument::Compact).toStdString();
    }
    QByteArray line = time.toUtf8() + ' ' + nameOf(level).data() + ' ';
    line.append(event.data(), static_cast<qsizetype>(event.size()));
    for (const Field &field : fields)
        line += ' ' + toText(field.name).toUtf8() + '=' + toWord(toJson(field));
    return line.toStdString();
}

bool isWritten(Level level)
{
    return level >= lowestLevel.load(std::memory_order_relaxed);
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields)
{
    if (!isWritten(level))
        return;
    std::string line =
            lineOf(lineFormat, QDateTime::currentMSecsSinceEpoch(), level, event, fields);
    line += '\n';
    // One system call: lines of several threads do not mix. A log that cannot be written to is not
    // worth stopping for.
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

} // namespace dunlin::log
