// SPDX-License-Identifier: Apache-2.0
#include "crowd.h"

#include <QCoroTimer>
#include <QMetaObject>

namespace dunlin::chaos {
namespace {

using namespace std::chrono_literals;

constexpr qint64 deadlineMs = 60'000;
constexpr qint64 bucketMs = 100;
constexpr auto pollInterval = 5ms;

} // namespace

Crowd::Crowd(std::vector<Person> people, QUrl server)
{
    timer_.start();
    onIt_.moveToThread(&thread_);
    thread_.start();
    onThread([&] { connectAll(std::move(people), server); });
}

Crowd::~Crowd()
{
    onThread([this] {
        for (const Member &member : members_)
            member.connection->stop();
        members_.clear();
    });
    thread_.quit();
    thread_.wait();
}

void Crowd::onThread(const std::function<void()> &work)
{
    QMetaObject::invokeMethod(&onIt_, work, Qt::BlockingQueuedConnection);
}

void Crowd::connectAll(std::vector<Person> people, const QUrl &server)
{
    for (Person &person : people) {
        const std::size_t index = members_.size();
        members_.push_back({.person = person,
                            .connection = std::make_unique<client::Connection>(),
                            .cursor = person.cursor});
        client::Connection &connection = *members_.back().connection;
        QObject::connect(&connection, &client::Connection::stateChanged, &onIt_,
                         [this, index](client::ConnectionState state) {
                             if (state == client::ConnectionState::Online)
                                 sync(index);
                         });
        connection.start(server, {.token = QString::fromStdString(members_.back().person.token)});
    }
}

/// Everything since the cursor, as the app asks for it.
QCoro::Task<void> Crowd::sync(std::size_t index)
{
    for (bool hasMore = true; hasMore;) {
        v1::ClientFrame request;
        request.mutable_sync()->set_since_seq(members_[index].cursor.value);
        const auto answer = co_await members_[index].connection->request(std::move(request));
        if (!answer) {
            if (members_[index].connection->state() != client::ConnectionState::Online)
                co_return; // once it is back
            co_await QCoro::sleepFor(200ms);
            continue;
        }
        members_[index].cursor = UpdateSeq{answer->sync_page().next_seq()};
        hasMore = answer->sync_page().has_more();
    }
    if (members_[index].isBack)
        co_return;
    members_[index].isBack = true;
    ++returns_[timer_.elapsed() / bucketMs * bucketMs];
    ++back_;
}

QCoro::Task<void> Crowd::write(int count)
{
    isWritten_ = false;
    onThread([this, count] { writeAll(count); });
    while (!isWritten_)
        co_await QCoro::sleepFor(pollInterval);
}

QCoro::Task<void> Crowd::writeAll(int count)
{
    std::vector<QCoro::Task<Result<v1::ServerFrame>>> answers;
    for (int i = 0; i < count; ++i) {
        Member &member = members_[std::size_t(i) % members_.size()];
        v1::ClientFrame request;
        auto &post = *request.mutable_post_message();
        post.set_conversation_id(member.person.conversation.value);
        post.set_client_id(ClientId::random().toBytes());
        post.set_text(std::string(100, 'x'));
        answers.push_back(member.connection->request(std::move(request)));
    }
    for (auto &answer : answers)
        co_await answer;
    isWritten_ = true;
}

void Crowd::expectReturn()
{
    onThread([this] {
        for (Member &member : members_)
            member.isBack = false;
        back_ = 0;
        returns_.clear();
        timer_.restart();
    });
}

QCoro::Task<qint64> Crowd::waitUntilBack()
{
    while (back_ < members_.size() && timer_.elapsed() < deadlineMs)
        co_await QCoro::sleepFor(pollInterval);
    co_return back_ < members_.size() ? -1 : timer_.elapsed();
}

} // namespace dunlin::chaos
