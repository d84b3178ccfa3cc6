-- SPDX-License-Identifier: Apache-2.0

-- What became of a message since it was posted. When it is deleted, its text and all of these but
-- deleted_at are erased.
ALTER TABLE messages
    ADD COLUMN edited_at      timestamptz,
    ADD COLUMN deleted_at     timestamptz, -- for everyone
    ADD COLUMN reply_to_seq   bigint,
    ADD COLUMN forwarded_from bigint,      -- who wrote it first
    ADD COLUMN reactions      bytea,       -- an encoded v1.ReactionList; NULL for none
    ADD COLUMN pinned_at      timestamptz;

CREATE INDEX messages_pinned ON messages (conversation_id, seq) WHERE pinned_at IS NOT NULL;

-- The texts that edits replaced. Version 1 is what was posted.
CREATE TABLE message_edits (
    conversation_id bigint NOT NULL,
    seq             bigint NOT NULL,
    version         bigint NOT NULL,
    written_at      timestamptz NOT NULL,
    body            text NOT NULL,
    PRIMARY KEY (conversation_id, seq, version)
);

-- Messages that are deleted for one user alone.
CREATE TABLE hidden_messages (
    user_id         bigint NOT NULL,
    conversation_id bigint NOT NULL,
    seq             bigint NOT NULL,
    PRIMARY KEY (user_id, conversation_id, seq)
);

-- What the user has begun to write. No draft: text and reply are NULL.
ALTER TABLE user_conversations
    ADD COLUMN draft_text         text,
    ADD COLUMN draft_reply_to_seq bigint,
    ADD COLUMN draft_saved_at     timestamptz; -- the last change, also when it took the draft away

ALTER TABLE users
    ADD COLUMN hides_read_receipts boolean NOT NULL DEFAULT false,
    ADD COLUMN hides_last_seen     boolean NOT NULL DEFAULT false;

-- How many members hide read receipts: the raise of a watermark reads this row anyway.
ALTER TABLE conversations ADD COLUMN read_receipts_hidden_by bigint NOT NULL DEFAULT 0;

-- The read watermark that others see. It stays behind what is read while a member hides receipts.
ALTER TABLE members ADD COLUMN shown_read_seq bigint NOT NULL DEFAULT 0;
UPDATE members SET shown_read_seq = read_seq WHERE read_seq > 0;
ALTER TABLE members ADD CHECK (shown_read_seq <= read_seq);

-- How many messages of the conversation show the blob: with the last one the use ends.
ALTER TABLE blob_uses ADD COLUMN message_count bigint NOT NULL DEFAULT 1;
-- Ids are in messages.images as texts, each behind its length.
UPDATE blob_uses u
SET message_count = greatest(1, (
    SELECT count(*) FROM messages m
    WHERE m.conversation_id = u.conversation_id
      AND position(set_byte('\x00'::bytea, 0, length(u.user_id || '-' || u.blob_id))
                   || convert_to(u.user_id || '-' || u.blob_id, 'UTF8') IN m.images) > 0))
WHERE u.conversation_id <> 0;
