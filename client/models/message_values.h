// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "types.h"

#include <QVariantMap>

#include <functional>

namespace dunlin::client {

/// As the user knows someone.
using NameOf = std::function<QString(UserId)>;

/// One line that stands for a message: its words, what its pictures are, or that it is deleted.
QString previewOf(const QString &text, qsizetype images, bool isDeleted);
QString previewOf(const StoredMessage &message);

/// The answered message for QML: {seq, name, text, isOwn}; empty for none. Without name while it is
/// not here.
QVariantMap quoteValue(const Quote &quote, UserId self, const NameOf &nameOf);

/// The reactions for QML, most first: {emoji, count, isOwn, names}.
QVariantList reactionsValue(const QList<Reaction> &reactions, UserId self, const NameOf &nameOf);

} // namespace dunlin::client
