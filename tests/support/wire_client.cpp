// SPDX-License-Identifier: Apache-2.0
#include "wire_client.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTest>
#include <QWebSocketHandshakeOptions>

namespace dunlin::test {
namespace {

constexpr int answerTimeoutMs = 20'000;

} // namespace

WireClient::WireClient(QUrl server, codec::FrameKind kind) : server_(std::move(server)), kind_(kind)
{
    connect(&socket_, &QWebSocket::binaryMessageReceived, this,
            [this](const QByteArray &bytes) { onBytes(bytes, codec::FrameKind::Binary); });
    connect(&socket_, &QWebSocket::textMessageReceived, this,
            [this](const QString &text) { onBytes(text.toUtf8(), codec::FrameKind::Text); });
}

bool WireClient::open(const QString &authority)
{
    if (!authority.isEmpty()) {
        auto tls = QSslConfiguration::defaultConfiguration();
        tls.setCaCertificates(QSslCertificate::fromPath(authority));
        socket_.setSslConfiguration(tls);
    }
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({QStringLiteral("dunlin.v1")});
    socket_.open(server_, options);
    return QTest::qWaitFor([this] { return socket_.isValid(); }, answerTimeoutMs);
}

void WireClient::onBytes(const QByteArray &bytes, codec::FrameKind kind)
{
    const auto frame = codec::decodeServerFrame(
            {bytes.constData(), static_cast<std::size_t>(bytes.size())}, kind);
    if (!frame)
        qFatal("the server sent a frame that does not decode");
    if (frame->request_id() != 0)
        answers_[frame->request_id()] = *frame;
    else
        unasked_.push_back(*frame);
}

std::uint64_t WireClient::send(v1::ClientFrame frame)
{
    frame.set_request_id(++lastRequestId_);
    const QByteArray bytes = codec::encode(frame, kind_);
    if (kind_ == codec::FrameKind::Binary)
        socket_.sendBinaryMessage(bytes);
    else
        socket_.sendTextMessage(QString::fromUtf8(bytes));
    return lastRequestId_;
}

v1::ServerFrame WireClient::answerTo(std::uint64_t requestId)
{
    const bool hasEnded = QTest::qWaitFor(
            [&] { return answers_.contains(requestId) || !socket_.isValid(); }, answerTimeoutMs);
    const auto found = answers_.find(requestId);
    if (hasEnded && found != answers_.end())
        return found->second;
    v1::ServerFrame none;
    none.mutable_error()->set_code("NO_ANSWER");
    return none;
}

v1::ServerFrame WireClient::request(v1::ClientFrame frame)
{
    return answerTo(send(std::move(frame)));
}

v1::ServerFrame WireClient::enter(v1::ClientFrame frame)
{
    auto answer = request(std::move(frame));
    if (answer.has_signed_in())
        info_ = answer.signed_in();
    return answer;
}

v1::ServerFrame WireClient::registerAccount(const std::string &userName)
{
    v1::ClientFrame frame;
    frame.mutable_register_account()->set_user_name(userName);
    frame.mutable_register_account()->set_password(passwordOf());
    frame.mutable_register_account()->set_device_name("test");
    return enter(std::move(frame));
}

v1::ServerFrame WireClient::signIn(const std::string &userName, const std::string &password)
{
    v1::ClientFrame frame;
    frame.mutable_sign_in()->set_user_name(userName);
    frame.mutable_sign_in()->set_password(password);
    frame.mutable_sign_in()->set_device_name("test");
    return enter(std::move(frame));
}

v1::ServerFrame WireClient::authenticate(const std::string &token)
{
    v1::ClientFrame frame;
    frame.mutable_authenticate()->set_token(token);
    return enter(std::move(frame));
}

std::int64_t WireClient::openConversation(std::int64_t userId)
{
    v1::ClientFrame frame;
    frame.mutable_open_direct_conversation()->set_user_id(userId);
    return request(std::move(frame)).conversation_opened().conversation().conversation_id();
}

v1::ServerFrame WireClient::post(std::int64_t conversation, const std::string &text,
                                 const ClientId &clientId)
{
    v1::ClientFrame frame;
    frame.mutable_post_message()->set_conversation_id(conversation);
    frame.mutable_post_message()->set_text(text);
    frame.mutable_post_message()->set_client_id(clientId.toBytes());
    return request(std::move(frame));
}

std::vector<v1::Update> WireClient::syncAll(std::int64_t since)
{
    std::vector<v1::Update> updates;
    for (bool hasMore = true; hasMore;) {
        v1::ClientFrame frame;
        frame.mutable_sync()->set_since_seq(since);
        const auto answer = request(std::move(frame));
        const v1::SyncPage &page = answer.sync_page();
        updates.insert(updates.end(), page.updates().begin(), page.updates().end());
        since = page.next_seq();
        hasMore = page.has_more();
    }
    return updates;
}

std::vector<v1::Update> WireClient::liveUpdates() const
{
    std::vector<v1::Update> updates;
    for (const v1::ServerFrame &frame : unasked_) {
        updates.insert(updates.end(), frame.live_updates().updates().begin(),
                       frame.live_updates().updates().end());
    }
    return updates;
}

} // namespace dunlin::test
