// SPDX-License-Identifier: Apache-2.0
#include "store_database.h"

#include <span>

namespace dunlin::client {

namespace {

// seqs are dense in a conversation, so a hole in messages is history the server still has.
// synced_seq: up to here updates were applied, which is what "delivered" promises; last_seq can be
// ahead of it by own messages whose posting was answered first.
// local_read: read here; own_read and own_delivered: what the server has confirmed.
constexpr const char *version1[] = {
        R"(CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID)",
        R"(CREATE TABLE people (
        user_id INTEGER PRIMARY KEY, user_name TEXT NOT NULL, display_name TEXT NOT NULL,
        about TEXT NOT NULL, avatar_color INTEGER NOT NULL))",
        R"(CREATE TABLE conversations (
        conversation_id INTEGER PRIMARY KEY,
        peer_id INTEGER NOT NULL DEFAULT 0,
        last_seq INTEGER NOT NULL DEFAULT 0, synced_seq INTEGER NOT NULL DEFAULT 0,
        own_delivered INTEGER NOT NULL DEFAULT 0, own_read INTEGER NOT NULL DEFAULT 0,
        local_read INTEGER NOT NULL DEFAULT 0,
        peer_delivered INTEGER NOT NULL DEFAULT 0, peer_read INTEGER NOT NULL DEFAULT 0,
        is_pinned INTEGER NOT NULL DEFAULT 0, muted_until_ms INTEGER NOT NULL DEFAULT 0,
        created_at_ms INTEGER NOT NULL DEFAULT 0))",
        R"(CREATE TABLE messages (
        row_id INTEGER PRIMARY KEY,
        conversation_id INTEGER NOT NULL, seq INTEGER NOT NULL, message_id INTEGER NOT NULL,
        sender_id INTEGER NOT NULL, sent_at_ms INTEGER NOT NULL, text TEXT NOT NULL,
        client_id BLOB NOT NULL,
        UNIQUE (conversation_id, seq)))",
        R"(CREATE INDEX messages_client_id ON messages (client_id))",
        R"(CREATE TABLE outbox (
        local_id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation_id INTEGER NOT NULL, client_id BLOB NOT NULL UNIQUE, text TEXT NOT NULL,
        created_at_ms INTEGER NOT NULL, state INTEGER NOT NULL, failure_code TEXT NOT NULL))",
        R"(CREATE INDEX outbox_conversation ON outbox (conversation_id, local_id))",
        R"(CREATE TABLE drafts (conversation_id INTEGER PRIMARY KEY, text TEXT NOT NULL))",
        R"(CREATE VIRTUAL TABLE message_words USING fts5 (
        text, content = 'messages', content_rowid = 'row_id',
        tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'))",
        R"(CREATE TRIGGER messages_inserted AFTER INSERT ON messages BEGIN
        INSERT INTO message_words (rowid, text) VALUES (new.row_id, new.text); END)",
        R"(CREATE TRIGGER messages_deleted AFTER DELETE ON messages BEGIN
        INSERT INTO message_words (message_words, rowid, text)
        VALUES ('delete', old.row_id, old.text); END)",
};

// images: an encoded v1.ImageList, empty for none.
// transfers: the files of a message in the outbox and how far their upload is.
constexpr const char *version2[] = {
        R"(ALTER TABLE people ADD COLUMN avatar_blob_id TEXT NOT NULL DEFAULT '')",
        R"(ALTER TABLE messages ADD COLUMN images BLOB NOT NULL DEFAULT '')",
        R"(CREATE INDEX messages_with_images ON messages (conversation_id, seq)
        WHERE length(images) > 0)",
        R"(ALTER TABLE outbox ADD COLUMN images BLOB NOT NULL DEFAULT '')",
        R"(CREATE TABLE transfers (
        transfer_id INTEGER PRIMARY KEY AUTOINCREMENT,
        local_id INTEGER NOT NULL, image INTEGER NOT NULL, is_thumbnail INTEGER NOT NULL,
        file TEXT NOT NULL, byte_size INTEGER NOT NULL,
        blob_id TEXT NOT NULL DEFAULT '', is_done INTEGER NOT NULL DEFAULT 0,
        UNIQUE (local_id, image, is_thumbnail)))",
        R"(CREATE TRIGGER outbox_deleted AFTER DELETE ON outbox BEGIN
        DELETE FROM transfers WHERE local_id = old.local_id; END)",
};

// epoch: how many times this device had to begin anew from a snapshot when the row was written; a
// row of an earlier epoch may have changed without the store having heard. -1: ask the server
// again. pins: the server's list, as messages that are pinned need not be here. drafts.is_pending:
// the server does not have it yet, and then the row stays even when it is empty. actions: encoded
// v1.ClientFrame, what was done to messages (or, of their conversation, its settings) and the
// server does not know yet.
constexpr const char *version3[] = {
        R"(ALTER TABLE messages ADD COLUMN edited_at_ms INTEGER NOT NULL DEFAULT 0)",
        R"(ALTER TABLE messages ADD COLUMN is_deleted INTEGER NOT NULL DEFAULT 0)",
        R"(ALTER TABLE messages ADD COLUMN is_hidden INTEGER NOT NULL DEFAULT 0)",
        R"(ALTER TABLE messages ADD COLUMN reply_to_seq INTEGER NOT NULL DEFAULT 0)",
        R"(ALTER TABLE messages ADD COLUMN forwarded_from INTEGER NOT NULL DEFAULT 0)",
        R"(ALTER TABLE messages ADD COLUMN reactions BLOB NOT NULL DEFAULT '')",
        R"(ALTER TABLE messages ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0)",
        R"(CREATE TRIGGER messages_updated AFTER UPDATE OF text ON messages
        WHEN old.text <> new.text BEGIN
        INSERT INTO message_words (message_words, rowid, text)
        VALUES ('delete', old.row_id, old.text);
        INSERT INTO message_words (rowid, text) VALUES (new.row_id, new.text); END)",
        R"(CREATE TABLE pins (
        conversation_id INTEGER NOT NULL, seq INTEGER NOT NULL,
        PRIMARY KEY (conversation_id, seq)) WITHOUT ROWID)",
        R"(ALTER TABLE outbox ADD COLUMN reply_to_seq INTEGER NOT NULL DEFAULT 0)",
        R"(ALTER TABLE outbox ADD COLUMN forwarded_conversation INTEGER NOT NULL DEFAULT 0)",
        R"(ALTER TABLE outbox ADD COLUMN forwarded_seq INTEGER NOT NULL DEFAULT 0)",
        R"(ALTER TABLE outbox ADD COLUMN forwarded_from INTEGER NOT NULL DEFAULT 0)",
        R"(ALTER TABLE drafts ADD COLUMN reply_to_seq INTEGER NOT NULL DEFAULT 0)",
        R"(ALTER TABLE drafts ADD COLUMN is_pending INTEGER NOT NULL DEFAULT 1)",
        R"(CREATE TABLE actions (
        action_id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation_id INTEGER NOT NULL, request BLOB NOT NULL))",
        R"(CREATE INDEX actions_conversation ON actions (conversation_id))",
};

// first_seq: the first message the server may still have. Those before it that are here are not
// dense: what is missing among them is nowhere. Messages of before expired_before_ms are not kept.
constexpr const char *version4[] = {
        R"(ALTER TABLE conversations ADD COLUMN retention_days INTEGER NOT NULL DEFAULT 0)",
        R"(ALTER TABLE conversations ADD COLUMN until_delivered INTEGER NOT NULL DEFAULT 0)",
        R"(ALTER TABLE conversations ADD COLUMN first_seq INTEGER NOT NULL DEFAULT 1)",
        R"(ALTER TABLE conversations ADD COLUMN expired_before_ms INTEGER NOT NULL DEFAULT 0)",
};

constexpr const char *version5[] = {
        R"(ALTER TABLE people ADD COLUMN is_deleted INTEGER NOT NULL DEFAULT 0)",
};

// The server's settings of a conversation, beside those that are shown: actions may wait to change
// them.
constexpr const char *version6[] = {
        R"(ALTER TABLE conversations ADD COLUMN server_is_pinned INTEGER NOT NULL DEFAULT 0)",
        R"(ALTER TABLE conversations ADD COLUMN server_muted_until_ms INTEGER NOT NULL DEFAULT 0)",
        R"(UPDATE conversations SET server_is_pinned = is_pinned,
        server_muted_until_ms = muted_until_ms)",
};

constexpr std::span<const char *const> versions[] = {version1, version2, version3,
                                                     version4, version5, version6};

} // namespace

bool StoreDatabase::createSchema()
{
    auto version = run(QLatin1String("PRAGMA user_version"));
    const int found = version.next() ? version.value(0).toInt() : 0;
    version.finish();
    if (found > int(std::size(versions))) {
        m_error = QStringLiteral("the store was written by a newer version");
        return false;
    }
    for (int next = found; next < int(std::size(versions)); ++next) {
        run(QLatin1String("BEGIN IMMEDIATE"));
        for (const char *statement : versions[next])
            run(QLatin1String(statement));
        const QByteArray mark = "PRAGMA user_version = " + QByteArray::number(next + 1);
        run(QLatin1String(mark));
        if (!m_error.isEmpty()) {
            const QString error = std::exchange(m_error, {});
            run(QLatin1String("ROLLBACK"));
            m_error = error;
            return false;
        }
        run(QLatin1String("COMMIT"));
    }
    return m_error.isEmpty();
}

} // namespace dunlin::client
