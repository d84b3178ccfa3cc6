// SPDX-License-Identifier: Apache-2.0
#include "admin/report.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace dunlin::admin {
namespace {

QJsonObject objectOf(const Fields &fields)
{
    QJsonObject object;
    for (const auto &[name, value] : fields)
        object[name] = value;
    return object;
}

QString wordOf(const QJsonValue &value)
{
    if (value.isNull())
        return QStringLiteral("-");
    if (value.isBool())
        return value.toBool() ? QStringLiteral("yes") : QStringLiteral("no");
    return value.toVariant().toString();
}

QString padded(const QString &word, qsizetype width)
{
    return word.leftJustified(width, QLatin1Char(' '));
}

QString linesOf(const Fields &fields)
{
    qsizetype width = 0;
    for (const auto &[name, value] : fields)
        width = std::max(width, name.size());
    QString lines;
    for (const auto &[name, value] : fields)
        lines += padded(name, width) + QLatin1String("  ") + wordOf(value) + QLatin1Char('\n');
    return lines;
}

QString tableOf(const std::vector<Fields> &rows)
{
    if (rows.empty())
        return {};
    std::vector<QStringList> table(1);
    for (const auto &[name, value] : rows.front())
        table.front().append(name);
    for (const Fields &fields : rows) {
        table.emplace_back();
        for (const auto &[name, value] : fields)
            table.back().append(wordOf(value));
    }
    QString text;
    std::vector<qsizetype> widths(static_cast<std::size_t>(table.front().size()), 0);
    for (const QStringList &row : table) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            qsizetype &width = widths[static_cast<std::size_t>(i)];
            width = std::max(width, row[i].size());
        }
    }
    for (const QStringList &row : table) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i)
            line += padded(row[i], widths[static_cast<std::size_t>(i)] + 2);
        while (line.endsWith(QLatin1Char(' ')))
            line.chop(1);
        text += line + QLatin1Char('\n');
    }
    return text;
}

} // namespace

QJsonValue number(std::int64_t value)
{
    return QString::number(value);
}

QJsonValue time(std::int64_t ms)
{
    if (ms == 0)
        return QJsonValue::Null;
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs);
}

std::string toJson(const Report &report)
{
    QJsonDocument document;
    if (report.isList) {
        QJsonArray list;
        for (const Fields &fields : report.rows)
            list.append(objectOf(fields));
        document.setArray(list);
    } else {
        document.setObject(report.rows.empty() ? QJsonObject() : objectOf(report.rows.front()));
    }
    return document.toJson(QJsonDocument::Compact).toStdString() + '\n';
}

std::string toText(const Report &report)
{
    if (report.isList)
        return tableOf(report.rows).toStdString();
    return report.rows.empty() ? std::string() : linesOf(report.rows.front()).toStdString();
}

} // namespace dunlin::admin
