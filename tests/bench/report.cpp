// SPDX-License-Identifier: Apache-2.0
#include "report.h"

#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QRegularExpression>
#include <QSysInfo>
#include <QThread>

#include <algorithm>
#include <array>

namespace dunlin::bench {
namespace {

struct Column {
    QLatin1String key;
    QLatin1String title;
    int decimals;
};

constexpr std::array<Column, 8> columns{{
        {QLatin1String("messages_per_second"), QLatin1String("msg/s"), 0},
        {QLatin1String("p50_ms"), QLatin1String("p50 ms"), 2},
        {QLatin1String("p99_ms"), QLatin1String("p99 ms"), 2},
        {QLatin1String("server_cores"), QLatin1String("server"), 2},
        {QLatin1String("postgres_cores"), QLatin1String("postgres"), 2},
        {QLatin1String("generator_cores"), QLatin1String("generator"), 2},
        {QLatin1String("server_us"), QLatin1String("server us"), 1},
        {QLatin1String("postgres_us"), QLatin1String("pg us"), 1},
}};

/// What names a row, in the order it is shown.
constexpr std::array<QLatin1String, 11> nameKeys{
        QLatin1String("mode"),     QLatin1String("pairs"),         QLatin1String("window"),
        QLatin1String("rate"),     QLatin1String("idle"),          QLatin1String("connections"),
        QLatin1String("position"), QLatin1String("updates"),       QLatin1String("followers"),
        QLatin1String("at_once"),  QLatin1String("flush_delay_ms")};

QString nameOf(const QJsonObject &row)
{
    QStringList words;
    for (const QLatin1String key : nameKeys) {
        if (!row.contains(key))
            continue;
        const QString value = row[key].toVariant().toString();
        words += key == QLatin1String("mode") ? value : key + QLatin1Char(' ') + value;
    }
    return words.join(QLatin1String(", "));
}

bool isName(const QString &key)
{
    return std::find(nameKeys.begin(), nameKeys.end(), key) != nameKeys.end();
}

/// What has no column.
QString notesOf(const QJsonObject &row)
{
    QStringList notes;
    for (auto value = row.begin(); value != row.end(); ++value) {
        const bool hasColumn =
                std::any_of(columns.begin(), columns.end(),
                            [&](const Column &column) { return column.key == value.key(); });
        const bool isQuiet = value.key() == QLatin1String("errors") && value->toInt() == 0;
        if (hasColumn || isQuiet || isName(value.key()) || !value->isDouble())
            continue;
        const double number = value->toDouble();
        notes +=
                value.key() + QLatin1Char(' ') + QString::number(number, 'f', number < 100 ? 2 : 0);
    }
    return notes.join(QLatin1String(", "));
}

QString lineOf(const QString &path, const QString &key)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QRegularExpression wanted(key + QLatin1String("\\s*:\\s*(.*)"));
    return wanted.match(QString::fromUtf8(file.readAll())).captured(1);
}

} // namespace

QJsonObject medianOf(const QList<QJsonObject> &runs)
{
    QJsonObject row = runs.front();
    const QStringList keys = row.keys();
    for (const QString &key : keys) {
        if (isName(key) || !row[key].isDouble())
            continue;
        std::vector<double> values;
        double sum = 0;
        for (const QJsonObject &run : runs) {
            values.push_back(run[key].toDouble());
            sum += values.back();
        }
        std::sort(values.begin(), values.end());
        row[key] = key == QLatin1String("errors") ? sum : values[values.size() / 2];
    }
    row[QStringLiteral("runs")] = int(runs.size());
    return row;
}

QString machineFacts()
{
    QProcess version;
    version.start(QStringLiteral("psql"), {QStringLiteral("--version")});
    version.waitForFinished();
    return QStringLiteral("%1 cores of %2, %3 memory, %4, Linux %5\n%6, fsync on; the generator, "
                          "the server and PostgreSQL share the cores\n")
            .arg(QThread::idealThreadCount())
            .arg(lineOf(QStringLiteral("/proc/cpuinfo"), QStringLiteral("model name")),
                 lineOf(QStringLiteral("/proc/meminfo"), QStringLiteral("MemTotal")),
                 QSysInfo::prettyProductName(), QSysInfo::kernelVersion(),
                 QString::fromUtf8(version.readAllStandardOutput()).trimmed());
}

QString table(const QList<QJsonObject> &rows)
{
    QList<QStringList> lines;
    QStringList head{QStringLiteral("mode")};
    const bool isComparison = std::any_of(rows.begin(), rows.end(), [](const QJsonObject &row) {
        return row.contains(QLatin1String("revision"));
    });
    if (isComparison)
        head += QStringLiteral("revision");
    for (const Column &column : columns)
        head += column.title;
    lines += head + QStringList{QStringLiteral("more")};
    for (const QJsonObject &row : rows) {
        QStringList line{nameOf(row)};
        if (isComparison)
            line += row[QLatin1String("revision")].toString();
        for (const Column &column : columns)
            line += row.contains(column.key)
                    ? QString::number(row[column.key].toDouble(), 'f', column.decimals)
                    : QStringLiteral("-");
        lines += line + QStringList{notesOf(row)};
    }
    QList<qsizetype> widths(head.size() + 1, 0);
    for (const QStringList &line : lines) {
        for (qsizetype i = 0; i < line.size(); ++i)
            widths[i] = std::max(widths[i], line[i].size());
    }
    const qsizetype words = isComparison ? 2 : 1;
    QString text;
    for (const QStringList &line : lines) {
        for (qsizetype i = 0; i < line.size(); ++i) {
            const bool isLast = i + 1 == line.size();
            text += i < words || isLast ? line[i].leftJustified(isLast ? 0 : widths[i])
                                        : line[i].rightJustified(widths[i]);
            text += isLast ? QStringLiteral("\n") : QStringLiteral("  ");
        }
    }
    return text;
}

bool writeJson(const QString &path, const QList<QJsonObject> &rows)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return false;
    for (const QJsonObject &row : rows)
        file.write(QJsonDocument(row).toJson(QJsonDocument::Compact) + '\n');
    return file.flush();
}

} // namespace dunlin::bench
