-- SPDX-License-Identifier: Apache-2.0
--
-- Every table's primary key begins with the column it would be distributed by (conversation_id or
-- user_id), and no foreign key crosses two of them, so that the same schema runs on Citus.
-- user_names and user_search_words are small, and would be reference tables there.

CREATE TABLE users (
    user_id         bigint PRIMARY KEY,
    user_name       text NOT NULL,
    display_name    text NOT NULL,
    about           text NOT NULL DEFAULT '',
    avatar_color    smallint NOT NULL DEFAULT 0,
    password_hash   text NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    last_seen_at    timestamptz,
    -- The newest entry of the user's update log, given under this row's lock.
    last_update_seq bigint NOT NULL DEFAULT 0,
    -- Entries up to this one are gone: a cursor before it gets a snapshot.
    update_tail_seq bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 70);

-- Makes user names unique.
CREATE TABLE user_names (
    user_name text COLLATE "C" PRIMARY KEY,
    user_id   bigint NOT NULL
);

-- The words of user names and display names, folded: a prefix is a range of the primary key.
CREATE TABLE user_search_words (
    word    text COLLATE "C" NOT NULL,
    user_id bigint NOT NULL,
    PRIMARY KEY (word, user_id)
);
-- For replacing a user's words when the profile changes.
CREATE INDEX user_search_words_of_user ON user_search_words (user_id);

CREATE TABLE devices (
    user_id        bigint NOT NULL,
    device_id      bigint NOT NULL,
    name           text NOT NULL,
    token_hash     bytea NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    last_active_at timestamptz NOT NULL DEFAULT now(),
    cursor_seq     bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (user_id, device_id)
);

CREATE TABLE conversations (
    conversation_id bigint PRIMARY KEY,
    kind            smallint NOT NULL, -- 1: direct
    created_at      timestamptz NOT NULL DEFAULT now(),
    -- The newest message's place, given under this row's lock.
    last_seq        bigint NOT NULL DEFAULT 0,
    -- A value of the creating client that the server does not look into.
    encryption_key  bytea
) WITH (fillfactor = 70);

-- The one direct conversation of a pair.
CREATE TABLE direct_conversations (
    user_id         bigint NOT NULL, -- the smaller id
    peer_id         bigint NOT NULL,
    conversation_id bigint NOT NULL,
    PRIMARY KEY (user_id, peer_id),
    CHECK (user_id <= peer_id)
);

-- Receipts are watermarks, which only rise.
CREATE TABLE members (
    conversation_id bigint NOT NULL,
    user_id         bigint NOT NULL,
    delivered_seq   bigint NOT NULL DEFAULT 0,
    read_seq        bigint NOT NULL DEFAULT 0,
    joined_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (conversation_id, user_id),
    CHECK (read_seq <= delivered_seq)
) WITH (fillfactor = 70);

CREATE TABLE user_conversations (
    user_id         bigint NOT NULL,
    conversation_id bigint NOT NULL,
    is_pinned       boolean NOT NULL DEFAULT false,
    muted_until_ms  bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (user_id, conversation_id)
);

CREATE TABLE messages (
    conversation_id bigint NOT NULL,
    seq             bigint NOT NULL,
    message_id      bigint NOT NULL,
    sender_id       bigint NOT NULL,
    client_id       uuid NOT NULL,
    sent_at         timestamptz NOT NULL,
    body            text NOT NULL,
    PRIMARY KEY (conversation_id, seq),
    -- A resend is recognised.
    UNIQUE (conversation_id, sender_id, client_id),
    -- The REST route of a delivery names a message by its id.
    UNIQUE (conversation_id, message_id)
);

-- What happened to a user, dense in seq: what all devices of the user sync from.
CREATE TABLE updates (
    user_id         bigint NOT NULL,
    seq             bigint NOT NULL,
    -- 1 message added, 2 watermark raised, 3 conversation added, 4 settings changed,
    -- 5 profile changed
    kind            smallint NOT NULL,
    conversation_id bigint,
    actor_id        bigint,
    position        bigint, -- the message's seq, or delivered_seq
    read_position   bigint, -- read_seq
    payload         bytea,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, seq)
);
