// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blob_client.h"
#include "server_process.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QObject>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dunlin::test {

/// What tests of a conversation begin with: a server, and Ana and Ben, who talk.
class ServerFixture : public QObject {
protected:
    using Client = std::unique_ptr<WireClient>;

    bool startServer()
    {
        server_ = std::make_unique<ServerProcess>(cluster_.conninfo());
        return cluster_.isRunning() && server_->start();
    }
    /// New people who have not met before.
    bool meet()
    {
        ana_ = newUser();
        ben_ = newUser();
        talk_ = ana_->openConversation(ben_->userId());
        return talk_ > 0;
    }
    Client newUser()
    {
        auto client = connection();
        client->registerAccount("person" + std::to_string(++users_));
        return client;
    }
    /// A device that has nothing yet.
    [[nodiscard]] Client anotherDevice(const WireClient &of) const
    {
        auto client = connection();
        client->signIn(of.info().user().user_name());
        return client;
    }

    /// Posts a picture of who's own. Returns the blob's path; empty when refused.
    QString postPicture(WireClient &who, std::int64_t talk, const std::string &text,
                        const std::string &preview = {}) const
    {
        const QString path = BlobClient(*server_, who.token()).upload(randomBytes(1000));
        v1::ClientFrame frame;
        v1::PostMessage &post = *frame.mutable_post_message();
        post.set_conversation_id(talk);
        post.set_client_id(ClientId::random().toBytes());
        post.set_text(text);
        v1::Image &image = *post.add_images();
        image.set_blob_id(BlobClient::idOf(path));
        image.set_content_type("image/png");
        image.set_width(10);
        image.set_height(10);
        image.set_preview(preview);
        return who.request(frame).has_message_posted() ? path : QString();
    }
    /// The HTTP status that who gets for the blob.
    int statusFor(const WireClient &who, const QString &blob) const
    {
        return BlobClient(*server_, who.token()).ask("GET", blob).status;
    }

    /// What a device is told of one message, by any of the ways it comes.
    static std::optional<v1::Message> inHistory(WireClient &who, std::int64_t talk,
                                                std::int64_t seq)
    {
        v1::ClientFrame frame;
        frame.mutable_get_history()->set_conversation_id(talk);
        frame.mutable_get_history()->set_around_seq(seq);
        const auto answer = who.request(frame);
        for (const v1::Message &message : answer.history_page().messages()) {
            if (message.seq() == seq)
                return message;
        }
        return std::nullopt;
    }
    /// As the last of the updates about it tells; the first time it is added, too.
    static std::optional<v1::Message> inUpdates(const std::vector<v1::Update> &updates,
                                                std::int64_t talk, std::int64_t seq)
    {
        std::optional<v1::Message> found;
        for (const v1::Update &update : updates) {
            for (const v1::Message *message :
                 {&update.message_added(), &update.message_changed()}) {
                if (message->conversation_id() == talk && message->seq() == seq)
                    found = *message;
            }
        }
        return found;
    }
    /// As a device gets it that begins with a snapshot.
    static std::optional<v1::Conversation> inSnapshot(WireClient &who, std::int64_t talk)
    {
        v1::ClientFrame frame;
        frame.mutable_sync()->set_since_seq(1'000'000'000); // beyond the log
        const auto answer = who.request(frame);
        for (const v1::Conversation &conversation : answer.sync_page().conversations()) {
            if (conversation.conversation_id() == talk)
                return conversation;
        }
        return std::nullopt;
    }

    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    Client ana_;
    Client ben_;
    std::int64_t talk_ = 0;

private:
    [[nodiscard]] Client connection() const
    {
        auto client = std::make_unique<WireClient>(server_->webSocketUrl());
        if (!client->open())
            qFatal("cannot connect");
        return client;
    }

    int users_ = 0;
};

} // namespace dunlin::test
