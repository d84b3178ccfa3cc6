// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blob_client.h"
#include "server_process.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QStringList>

#include <memory>
#include <string>

namespace dunlin::test {

/// Who asks, in every table of who may do what.
enum class Asker {
    Member, ///< Ana, who talks with Ben.
    OtherDevice, ///< Of Ana's.
    Peer, ///< Ben.
    Stranger, ///< Cleo, who talks with nobody.
    SignedOut, ///< A connection without a token.
    Revoked, ///< A device of Ana's whose token works no more.
};
inline constexpr int askers = 6;

inline const char *nameOf(Asker asker)
{
    constexpr const char *names[] = {"member",   "other device", "peer",
                                     "stranger", "signed out",   "revoked"};
    return names[static_cast<int>(asker)];
}

/// A server with Ana, Ben, Cleo and what they have: the talk of Ana and Ben, with a message of each
/// and one with a picture.
struct AuthorisationWorld {
    TestCluster cluster;
    std::unique_ptr<ServerProcess> server;
    std::unique_ptr<WireClient> ana;
    std::unique_ptr<WireClient> anaElsewhere;
    std::unique_ptr<WireClient> ben;
    std::unique_ptr<WireClient> cleo;
    std::unique_ptr<WireClient> dora; ///< Whom nobody knows yet.
    std::string revokedToken;
    std::string revokedRefreshToken;
    std::int64_t talk = 0;
    std::int64_t anasSeq = 0;
    std::int64_t bensSeq = 0;
    std::int64_t anasMessageId = 0;
    std::string privateBlob; ///< Ana's, shown nowhere.
    std::string sharedBlob; ///< Ana's, shown in the talk.

    bool build()
    {
        if (!cluster.isRunning())
            return false;
        server = std::make_unique<ServerProcess>(cluster.conninfo());
        if (!server->start())
            return false;
        ana = entered("ana", true);
        anaElsewhere = entered("ana", false);
        ben = entered("ben", true);
        cleo = entered("cleo", true);
        dora = entered("dora", true);
        revokeDeviceOfAna();
        talk = ana->openConversation(ben->userId());
        BlobClient blobs(*server, ana->token());
        privateBlob = BlobClient::idOf(blobs.upload("private"));
        sharedBlob = BlobClient::idOf(blobs.upload("shared"));
        const auto posted = ana->post(talk, "ana's").message_posted();
        anasSeq = posted.seq();
        anasMessageId = posted.message_id();
        bensSeq = ben->post(talk, "ben's").message_posted().seq();
        v1::ClientFrame frame;
        fillPost(*frame.mutable_post_message(), sharedBlob);
        return ana->request(frame).has_message_posted() && bensSeq > 0;
    }

    void fillPost(v1::PostMessage &post, const std::string &blob) const
    {
        post.set_conversation_id(talk);
        post.set_client_id(ClientId::random().toBytes());
        v1::Image &image = *post.add_images();
        image.set_blob_id(blob);
        image.set_content_type("image/png");
        image.set_width(1);
        image.set_height(1);
    }

    std::unique_ptr<WireClient> connection() const
    {
        auto client = std::make_unique<WireClient>(server->webSocketUrl());
        if (!client->open())
            qFatal("cannot connect");
        return client;
    }

    /// Whose account it is; Ana's for who has none.
    static const char *accountOf(Asker asker)
    {
        return asker == Asker::Peer ? "ben" : asker == Asker::Stranger ? "cleo" : "ana";
    }

    /// A device of its own, for what ends it.
    std::unique_ptr<WireClient> newDevice(Asker asker) const
    {
        return entered(accountOf(asker), false);
    }

    [[nodiscard]] std::string tokenOf(Asker asker) const
    {
        switch (asker) {
        case Asker::Member:
            return ana->token();
        case Asker::OtherDevice:
            return anaElsewhere->token();
        case Asker::Peer:
            return ben->token();
        case Asker::Stranger:
            return cleo->token();
        case Asker::Revoked:
            return revokedToken;
        case Asker::SignedOut:
            break;
        }
        return {};
    }

private:
    std::unique_ptr<WireClient> entered(const std::string &name, bool isNew) const
    {
        auto client = connection();
        if (!(isNew ? client->registerAccount(name) : client->signIn(name)).has_signed_in())
            qFatal("cannot sign in");
        return client;
    }
    void revokeDeviceOfAna()
    {
        const auto device = entered("ana", false);
        v1::ClientFrame revoke;
        revoke.mutable_revoke_device()->set_device_id(device->info().device_id());
        if (!ana->request(revoke).has_done())
            qFatal("cannot revoke");
        revokedToken = device->token();
        revokedRefreshToken = device->info().refresh_token();
    }
};

} // namespace dunlin::test
