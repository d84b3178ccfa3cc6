// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "types.h"

#include <QHash>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace dunlin::client {

/// What an exported message is read with.
struct ArchiveContext {
    Person self = {};
    ConversationSummary conversation = {};
    /// Who wrote first what was forwarded, where they are known.
    QHash<UserId, Person> others = {};

    /// With nothing but its id for somebody who is not known.
    [[nodiscard]] Person person(UserId id) const;
};

/// A person as an export has it: userId, userName, displayName and about.
QJsonObject archivedPerson(const Person &person);

/// The message for messages.json. pictures: the names of the files of its images, in their order;
/// empty for those that are missing.
QJsonObject archivedJson(const StoredMessage &message, const ArchiveContext &context,
                         const QStringList &pictures);

/// The message for a page, as an element with the id that archivedAnchor() says; nothing of one
/// that the user has deleted for themselves. quotePage: where the answered message is; empty:
/// nowhere in the export.
QString archivedHtml(const StoredMessage &message, const ArchiveContext &context,
                     const QStringList &pictures, const QString &quotePage);

QString archivedAnchor(MessageSeq seq);

} // namespace dunlin::client
