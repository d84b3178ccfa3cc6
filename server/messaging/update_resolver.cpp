// SPDX-License-Identifier: Apache-2.0
#include "messaging/update_resolver.h"

#include "messaging/conversation_reader.h"
#include "messaging/drafts.h"
#include "messaging/message_reader.h"
#include "messaging/retention_rows.h"
#include "people/user_rows.h"

#include <map>
#include <optional>
#include <set>

namespace dunlin::messaging {

using store::Query;
using updates::Kind;

namespace {

/// What the entries of a page point to.
struct Referenced {
    std::map<MessagePlace, std::shared_ptr<const Message>> messages;
    std::map<ConversationId, Draft> drafts;
    std::map<ConversationId, RetentionState> retention;
    std::map<ConversationId, std::shared_ptr<const Conversation>> conversations;
    std::map<UserId, std::shared_ptr<const User>> users;
};

MessagesHidden hiddenOf(const updates::Entry &entry)
{
    MessagesHidden event{.conversation = entry.conversation};
    for (std::int64_t seq = entry.position; seq <= entry.readPosition; ++seq)
        event.seqs.push_back(MessageSeq{seq});
    return event;
}

std::optional<Update> toUpdate(const updates::Entry &entry, const Referenced &referenced)
{
    Update update{.seq = entry.seq, .event = {}};
    switch (entry.kind) {
    case Kind::MessageAdded:
    case Kind::MessageChanged: {
        const auto found =
                referenced.messages.find({entry.conversation, MessageSeq{entry.position}});
        if (found == referenced.messages.end())
            return std::nullopt;
        if (entry.kind == Kind::MessageAdded)
            update.event = MessageAdded{found->second};
        else
            update.event = MessageChanged{found->second};
        return update;
    }
    case Kind::MessagesHidden:
        update.event = hiddenOf(entry);
        return update;
    case Kind::DraftChanged: {
        const auto found = referenced.drafts.find(entry.conversation);
        if (found == referenced.drafts.end())
            return std::nullopt;
        update.event = DraftChanged{.conversation = entry.conversation, .draft = found->second};
        return update;
    }
    case Kind::RetentionChanged: {
        const auto found = referenced.retention.find(entry.conversation);
        if (found == referenced.retention.end())
            return std::nullopt;
        update.event = RetentionChanged{.conversation = entry.conversation, .state = found->second};
        return update;
    }
    case Kind::PrivacyChanged:
        update.event = PrivacyChanged{{.hidesReadReceipts = entry.position != 0,
                                       .hidesLastSeen = entry.readPosition != 0}};
        return update;
    case Kind::WatermarkRaised:
        update.event = WatermarkRaised{.conversation = entry.conversation,
                                       .watermark = {.user = entry.actor,
                                                     .delivered = MessageSeq{entry.position},
                                                     .read = MessageSeq{entry.readPosition}}};
        return update;
    case Kind::ConversationAdded: {
        const auto found = referenced.conversations.find(entry.conversation);
        if (found == referenced.conversations.end())
            return std::nullopt;
        update.event = ConversationAdded{found->second};
        return update;
    }
    case Kind::SettingsChanged:
        update.event = SettingsChanged{
                .conversation = entry.conversation,
                .settings = {.isPinned = entry.position != 0, .mutedUntilMs = entry.readPosition}};
        return update;
    case Kind::ProfileChanged: {
        const auto found = referenced.users.find(entry.actor);
        if (found == referenced.users.end())
            return std::nullopt;
        update.event = ProfileChanged{found->second};
        return update;
    }
    }
    return std::nullopt;
}

/// As it was when it was added: what came since is told by the updates behind.
Conversation asAdded(Conversation conversation)
{
    conversation.lastSeq = {};
    conversation.lastMessage.reset();
    conversation.settings = {};
    conversation.pinnedSeqs.clear();
    conversation.draft = {};
    for (Watermark &watermark : conversation.watermarks)
        watermark = {.user = watermark.user};
    return conversation;
}

/// What the entries point to, each thing once.
QCoro::Task<store::DbResult<Referenced>> readReferenced(store::Database &database, UserId user,
                                                        std::vector<updates::Entry> entries)
{
    std::set<MessagePlace> places;
    std::set<ConversationId> added;
    std::set<std::int64_t> drafted;
    std::set<std::int64_t> withRetention;
    std::set<std::int64_t> users;
    for (const updates::Entry &entry : entries) {
        if (entry.kind == Kind::MessageAdded || entry.kind == Kind::MessageChanged)
            places.emplace(entry.conversation, MessageSeq{entry.position});
        else if (entry.kind == Kind::ConversationAdded)
            added.insert(entry.conversation);
        else if (entry.kind == Kind::DraftChanged)
            drafted.insert(entry.conversation.value);
        else if (entry.kind == Kind::RetentionChanged)
            withRetention.insert(entry.conversation.value);
        else if (entry.kind == Kind::ProfileChanged)
            users.insert(entry.actor.value);
    }
    Referenced referenced;
    if (!places.empty()) {
        std::vector<MessagePlace> wanted(places.begin(), places.end());
        const auto messages = co_await readMessages(database, user, std::move(wanted));
        if (!messages)
            co_return tl::unexpected(messages.error());
        for (const Message &message : *messages)
            referenced.messages[{message.conversation, message.seq}] =
                    std::make_shared<const Message>(message);
    }
    if (!added.empty()) {
        std::vector<ConversationId> wanted(added.begin(), added.end());
        const auto conversations = co_await readConversations(database, user, std::move(wanted));
        if (!conversations)
            co_return tl::unexpected(conversations.error());
        for (const Conversation &conversation : *conversations)
            referenced.conversations[conversation.id] =
                    std::make_shared<const Conversation>(asAdded(conversation));
    }
    if (users.empty() && drafted.empty() && withRetention.empty())
        co_return referenced;
    std::vector<Query> queries;
    queries.push_back(people::readUsers(std::vector<std::int64_t>(users.begin(), users.end())));
    queries.push_back(readDrafts(user, std::vector<std::int64_t>(drafted.begin(), drafted.end())));
    queries.push_back(
            readRetention(std::vector<std::int64_t>(withRetention.begin(), withRetention.end())));
    const auto rows = co_await database.runAll(std::move(queries));
    if (!rows)
        co_return tl::unexpected(rows.error());
    for (int row = 0; row < rows->front().count(); ++row) {
        const User found = people::userAt(rows->front(), row);
        referenced.users[found.id] = std::make_shared<const User>(found);
    }
    referenced.drafts = draftsIn((*rows)[1]);
    referenced.retention = retentionIn(rows->back());
    co_return referenced;
}

} // namespace

QCoro::Task<store::DbResult<std::vector<Update>>> resolve(store::Database &database, UserId user,
                                                          std::vector<updates::Entry> entries)
{
    const auto referenced = co_await readReferenced(database, user, entries);
    if (!referenced)
        co_return tl::unexpected(referenced.error());
    std::vector<Update> resolved;
    for (const updates::Entry &entry : entries) {
        if (auto update = toUpdate(entry, *referenced))
            resolved.push_back(std::move(*update));
    }
    co_return resolved;
}

} // namespace dunlin::messaging
