-- SPDX-License-Identifier: Apache-2.0

-- What a message shows beside its text: an encoded v1.ImageList; NULL for nothing.
ALTER TABLE messages ADD COLUMN images bytea;

-- The blob_id of a picture of the user's own, shown to everyone; NULL for none.
ALTER TABLE users ADD COLUMN avatar_blob bigint;

CREATE TABLE blobs (
    user_id    bigint NOT NULL, -- who uploaded it
    blob_id    bigint NOT NULL,
    byte_size  bigint NOT NULL,
    sha256     bytea,           -- NULL until the upload is whole
    is_used    boolean NOT NULL DEFAULT false, -- it has rows in blob_uses
    -- What is not used by then is removed. -infinity: it is being removed, and nothing can use it
    -- or make it whole any more.
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, blob_id)
);
CREATE INDEX blobs_expiring ON blobs (expires_at) WHERE NOT is_used;

-- Where a blob is shown. Conversation 0: to everyone.
CREATE TABLE blob_uses (
    user_id         bigint NOT NULL,
    blob_id         bigint NOT NULL,
    conversation_id bigint NOT NULL,
    PRIMARY KEY (user_id, blob_id, conversation_id)
);

CREATE TABLE blob_quotas (
    user_id    bigint PRIMARY KEY,
    used_bytes bigint NOT NULL
) WITH (fillfactor = 70);
