-- SPDX-License-Identifier: Apache-2.0
-- What a server of the first schema may have had: Ana (11) and Ben (12), who have talked, and Cid (13),
-- whom nobody knows. Everyone's password is "correct horse", and the token of Ana's device 111
-- is AAAAAAAAAAsAAAAAAAAAbwABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f.

INSERT INTO users (user_id, user_name, display_name, about, avatar_color, password_hash,
                   last_seen_at, last_update_seq)
SELECT id, name, display_name, 'from before', 3,
       '$argon2id$v=19$m=65536,t=2,p=1$HfhF176DNYw4M3rLsyWEPA$4IaPtPwCCbV/wGeP9iGspbzvwh9VJU65E03o1OmfGPk',
       now() - interval '1 hour', last_update_seq
FROM (VALUES (11, 'ana', 'Ana', 5), (12, 'ben', 'Ben', 5), (13, 'cid', 'Cid', 0))
     AS u (id, name, display_name, last_update_seq);
INSERT INTO user_names SELECT user_name, user_id FROM users;
INSERT INTO user_search_words SELECT user_name, user_id FROM users;
INSERT INTO devices (user_id, device_id, name, token_hash, cursor_seq) VALUES
    (11, 111, 'Laptop', '\xcb2f5160fc1f7e05a55ef49d340b48da2e5a78099d53393351cd579dd42503d6', 2);

INSERT INTO conversations (conversation_id, kind, last_seq, encryption_key) VALUES (21, 1, 3, '\x6b6579');
INSERT INTO direct_conversations VALUES (11, 12, 21);
INSERT INTO members (conversation_id, user_id, delivered_seq, read_seq) VALUES (21, 11, 3, 3), (21, 12, 3, 2);
INSERT INTO user_conversations (user_id, conversation_id, is_pinned, muted_until_ms) VALUES
    (11, 21, true, 0), (12, 21, false, 9223372036854775807);
INSERT INTO messages (conversation_id, seq, message_id, sender_id, client_id, sent_at, body) VALUES
    (21, 1, 1001, 11, '00000000-0000-0000-0000-000000000001', now() - interval '3 hours', 'Hello Ben'),
    (21, 2, 1002, 12, '00000000-0000-0000-0000-000000000002', now() - interval '2 hours', 'Hello Ana'),
    (21, 3, 1003, 11, '00000000-0000-0000-0000-000000000003', now() - interval '1 hour', 'How are you?');
INSERT INTO updates (user_id, seq, kind, conversation_id, actor_id, position, read_position)
SELECT user_id, seq, kind, 21, actor_id, position, read_position
FROM (VALUES (11), (12)) AS u (user_id),
     (VALUES (1, 3, NULL, NULL, NULL), (2, 1, NULL, 1, NULL), (3, 1, NULL, 2, NULL), (4, 1, NULL, 3, NULL),
             (5, 2, 12, 3, 2)) AS e (seq, kind, actor_id, position, read_position);
