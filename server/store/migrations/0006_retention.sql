-- SPDX-License-Identifier: Apache-2.0
--
-- Messages that are removed by themselves: always from the oldest on, so that what is left of a
-- conversation has no hole.

ALTER TABLE conversations
    -- What the members have set. 0: no limit of time.
    ADD COLUMN retention_days  smallint NOT NULL DEFAULT 0,
    ADD COLUMN until_delivered boolean NOT NULL DEFAULT false,
    -- Messages before this one are removed.
    ADD COLUMN first_seq       bigint NOT NULL DEFAULT 1,
    -- Devices delete messages that were sent before; NULL: none.
    ADD COLUMN expired_before  timestamptz,
    -- When the newest message was sent that only devices have, because all of them did; NULL: none.
    ADD COLUMN handed_over_at  timestamptz;

-- Whose members have set something.
CREATE INDEX conversations_with_retention ON conversations (conversation_id)
    WHERE retention_days > 0 OR until_delivered;

-- Since when a message is removed: nothing is left but its ids, by which a resend is recognised for
-- a while; then the row goes. NULL: it is there.
ALTER TABLE messages ADD COLUMN removed_at timestamptz;
CREATE INDEX messages_removed ON messages (removed_at) WHERE removed_at IS NOT NULL;
