-- SPDX-License-Identifier: Apache-2.0
--
-- A device's token ends, and its refresh token gets it the next. The tokens before the newest work
-- until the newest are used for the first time: the answer that brought them may have been lost.

ALTER TABLE devices
    ADD COLUMN token_expires_at          timestamptz, -- NULL: never
    -- Of the part that all refresh tokens of the device have in common. NULL, as the next: the
    -- device is from before there were any.
    ADD COLUMN family_hash               bytea,
    ADD COLUMN refresh_hash              bytea,
    ADD COLUMN previous_token_hash       bytea,
    ADD COLUMN previous_token_expires_at timestamptz, -- NULL: never
    ADD COLUMN previous_refresh_hash     bytea,
    -- The newest tokens were not used yet.
    ADD COLUMN is_rotation_pending       boolean NOT NULL DEFAULT false;
