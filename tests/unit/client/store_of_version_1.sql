-- SPDX-License-Identifier: Apache-2.0
-- A store as the first version of the app wrote it. Statements are separated by empty lines.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE people (
    user_id INTEGER PRIMARY KEY, user_name TEXT NOT NULL, display_name TEXT NOT NULL,
    about TEXT NOT NULL, avatar_color INTEGER NOT NULL);

CREATE TABLE conversations (
    conversation_id INTEGER PRIMARY KEY,
    peer_id INTEGER NOT NULL DEFAULT 0,
    last_seq INTEGER NOT NULL DEFAULT 0, synced_seq INTEGER NOT NULL DEFAULT 0,
    own_delivered INTEGER NOT NULL DEFAULT 0, own_read INTEGER NOT NULL DEFAULT 0,
    local_read INTEGER NOT NULL DEFAULT 0,
    peer_delivered INTEGER NOT NULL DEFAULT 0, peer_read INTEGER NOT NULL DEFAULT 0,
    is_pinned INTEGER NOT NULL DEFAULT 0, muted_until_ms INTEGER NOT NULL DEFAULT 0,
    created_at_ms INTEGER NOT NULL DEFAULT 0);

CREATE TABLE messages (
    row_id INTEGER PRIMARY KEY,
    conversation_id INTEGER NOT NULL, seq INTEGER NOT NULL, message_id INTEGER NOT NULL,
    sender_id INTEGER NOT NULL, sent_at_ms INTEGER NOT NULL, text TEXT NOT NULL,
    client_id BLOB NOT NULL,
    UNIQUE (conversation_id, seq));

CREATE INDEX messages_client_id ON messages (client_id);

CREATE TABLE outbox (
    local_id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL, client_id BLOB NOT NULL UNIQUE, text TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL, state INTEGER NOT NULL, failure_code TEXT NOT NULL);

CREATE INDEX outbox_conversation ON outbox (conversation_id, local_id);

CREATE TABLE drafts (conversation_id INTEGER PRIMARY KEY, text TEXT NOT NULL);

CREATE VIRTUAL TABLE message_words USING fts5 (
    text, content = 'messages', content_rowid = 'row_id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');

CREATE TRIGGER messages_inserted AFTER INSERT ON messages BEGIN
    INSERT INTO message_words (rowid, text) VALUES (new.row_id, new.text); END;

CREATE TRIGGER messages_deleted AFTER DELETE ON messages BEGIN
    INSERT INTO message_words (message_words, rowid, text)
    VALUES ('delete', old.row_id, old.text); END;

INSERT INTO meta VALUES ('user', '1'), ('cursor', '9');

INSERT INTO people VALUES (1, 'alice', 'Alice', '', 0), (2, 'bob', 'Bob', 'hi', 3);

INSERT INTO conversations (conversation_id, peer_id, last_seq, synced_seq) VALUES (7, 2, 1, 1);

INSERT INTO messages (conversation_id, seq, message_id, sender_id, sent_at_ms, text, client_id) VALUES (7, 1, 101, 2, 1001, 'from before', x'00112233445566778899aabbccddeeff');

INSERT INTO outbox (conversation_id, client_id, text, created_at_ms, state, failure_code) VALUES (7, x'ffeeddccbbaa99887766554433221100', 'still waiting', 2000, 0, '');

INSERT INTO drafts VALUES (7, 'half a');

PRAGMA user_version = 1;
