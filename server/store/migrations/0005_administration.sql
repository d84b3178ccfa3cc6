-- SPDX-License-Identifier: Apache-2.0

-- Since when nobody can sign in to the account; NULL: it can be used.
ALTER TABLE users ADD COLUMN disabled_at timestamptz;
-- Since when the account is deleted: its row stays, for those who have conversations with it, and
-- says nothing about anyone.
ALTER TABLE users ADD COLUMN deleted_at timestamptz;
-- How often everything of a deleted account was looked for and erased: once at once, and once more
-- later, for what was under way at that moment.
ALTER TABLE users ADD COLUMN erasures smallint NOT NULL DEFAULT 0;
CREATE INDEX users_being_erased ON users (user_id) WHERE deleted_at IS NOT NULL AND erasures < 2;
