// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

namespace dunlin::bench {

/// The runs of one mode as one row: the median of each figure, the sum of errors.
QJsonObject medianOf(const QList<QJsonObject> &runs);

/// What the figures were measured on.
QString machineFacts();

/// Two labels when revisions were compared.
QString table(const QList<QJsonObject> &rows);

/// One object a line.
bool writeJson(const QString &path, const QList<QJsonObject> &rows);

} // namespace dunlin::bench
