// SPDX-License-Identifier: Apache-2.0
#include "pairs.h"

#include "cpu_meter.h"

namespace dunlin::bench {
namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr int textBytes = 100;

} // namespace

Pairs::Pairs(Run &run, int pairs) : run_(run), clients_(connectUsers(run, 0, 2 * pairs))
{
    for (const auto &client : clients_) {
        client->setOnFrame(
                [this](Client &from, const v1::ServerFrame &frame) { onFrame(from.index, frame); });
    }
    request_.mutable_post_message()->set_text(std::string(textBytes, 'x'));
}

void Pairs::measure(QJsonObject &row, int window, int rate, double seconds,
                    const std::function<bool()> &isDone)
{
    isClosedLoop_ = rate == 0;
    isSending_ = true;
    // What is still settling is not measured.
    const std::int64_t begin = clockNs() + second / 2;
    const std::int64_t end = begin + std::int64_t(seconds * double(second));
    for (int i = 0; isClosedLoop_ && i < window; ++i) {
        for (int pair = 0; pair < pairs(); ++pair)
            send(pair, clockNs());
    }
    const std::int64_t interval = rate > 0 ? second / rate : INT64_MAX;
    std::int64_t next = rate > 0 ? clockNs() : INT64_MAX;
    int pair = 0;
    const auto tick = [&] {
        for (; next <= clockNs(); next += interval) {
            send(pair, next); // late or not: the wait counts
            pair = (pair + 1) % pairs();
        }
        return next;
    };
    const auto never = [] { return false; };
    run_.loop.run(begin, never, tick);
    CpuMeter meter(run_.bed.process());
    meter.start();
    samples_.clear();
    const std::size_t arrivedBefore = run_.bed.ledger.arrived();
    const std::int64_t measuredFrom = clockNs();
    run_.loop.run(end, isDone, tick);
    const double elapsed = double(clockNs() - measuredFrom) / double(second);
    const std::size_t count = run_.bed.ledger.arrived() - arrivedBefore;
    meter.stop(row, std::int64_t(count));
    isSending_ = false;
    if (!run_.loop.run(clockNs() + 20 * second, [this] { return run_.bed.ledger.isComplete(); }))
        qWarning("%zu of %zu messages acknowledged, %zu arrived", run_.bed.ledger.acknowledged(),
                 run_.bed.ledger.sent(), run_.bed.ledger.arrived());
    row[QStringLiteral("messages_per_second")] = double(count) / elapsed;
    row[QStringLiteral("p50_ms")] = samples_.percentileMs(0.5);
    row[QStringLiteral("p99_ms")] = samples_.percentileMs(0.99);
    row[QStringLiteral("errors")] = errors_;
}

void Pairs::send(int pair, std::int64_t sentNs)
{
    request_.set_request_id(++lastId_);
    v1::PostMessage &post = *request_.mutable_post_message();
    const std::int64_t conversation = Bed::pairConversation(pair);
    post.set_conversation_id(conversation);
    post.set_client_id(run_.bed.ledger.add(conversation, sentNs));
    clients_[std::size_t(2 * pair)]->send(request_);
}

void Pairs::onFrame(int user, const v1::ServerFrame &frame)
{
    const bool isSender = user % 2 == 0;
    if (frame.has_message_posted() && isSender) {
        run_.bed.ledger.acknowledge(frame.message_posted().client_id(),
                                    frame.message_posted().seq());
    } else if (frame.has_live_updates() && !isSender) {
        for (const v1::Update &update : frame.live_updates().updates())
            arrive(user / 2, update);
    } else if (frame.has_error()) {
        if (++errors_ == 1)
            qWarning("%s", frame.ShortDebugString().c_str());
    }
}

void Pairs::arrive(int pair, const v1::Update &update)
{
    if (!update.has_message_added())
        return;
    const auto *entry = run_.bed.ledger.arrive(update.message_added().client_id());
    if (entry == nullptr)
        return;
    const std::int64_t now = clockNs();
    samples_.add(now - entry->sentNs);
    if (isSending_ && isClosedLoop_)
        send(pair, now);
}

} // namespace dunlin::bench
