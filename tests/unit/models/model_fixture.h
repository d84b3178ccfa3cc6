// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client.h"

#include <QCoroTask>
#include <QTemporaryDir>
#include <QTest>

#include <string>
#include <vector>

namespace dunlin::test {

/// An account without a server, and hands to fill its store as the server would.
class ModelFixture {
public:
    static constexpr UserId self{1};

    ModelFixture() : client_(directory_.path()) { }

    template <typename Task> static auto await(Task task)
    {
        return QCoro::waitFor(std::move(task));
    }
    client::Client &client() { return client_; }
    client::LocalStore &store() { return client_.store(); }

    void signIn()
    {
        QVERIFY(await(client_.start()));
        client::Person me;
        me.id = self;
        me.userName = QStringLiteral("me");
        QVERIFY(await(store().setAccount(me)));
        client_.session().setSelf(me);
    }
    /// An empty conversation with a person of this name; the person's id is the conversation's.
    void addConversation(std::int64_t id, const std::string &name, qint64 createdAtMs = 1)
    {
        v1::Conversation conversation;
        conversation.set_conversation_id(id);
        conversation.set_created_at_ms(createdAtMs);
        conversation.add_members()->set_user_id(self.value);
        auto &peer = *conversation.add_members();
        peer.set_user_id(id);
        peer.set_user_name("user" + std::to_string(id));
        peer.set_display_name(name);
        std::vector<v1::Conversation> conversations{conversation};
        QVERIFY(await(store().applyConversations(std::move(conversations), std::nullopt)));
    }
    void addMessage(std::int64_t conversation, int seq, UserId sender, qint64 atMs,
                    const std::string &text)
    {
        v1::Update update;
        auto &message = *update.mutable_message_added();
        message.set_conversation_id(conversation);
        message.set_seq(seq);
        message.set_message_id(conversation * 1000 + seq);
        message.set_sender_id(sender.value);
        message.set_sent_at_ms(atMs);
        message.set_text(text);
        message.set_client_id(ClientId::random().toBytes());
        apply(update);
    }
    void raise(std::int64_t conversation, UserId user, int delivered, int read)
    {
        v1::Update update;
        auto &raised = *update.mutable_watermark_raised();
        raised.set_conversation_id(conversation);
        raised.mutable_watermark()->set_user_id(user.value);
        raised.mutable_watermark()->set_delivered_seq(delivered);
        raised.mutable_watermark()->set_read_seq(read);
        apply(update);
    }

private:
    void apply(v1::Update update)
    {
        ++cursor_.value;
        update.set_seq(cursor_.value);
        std::vector<v1::Update> updates{std::move(update)};
        QVERIFY(await(store().applyUpdates(std::move(updates), cursor_)));
    }

    QTemporaryDir directory_;
    client::Client client_;
    UpdateSeq cursor_;
};

} // namespace dunlin::test
