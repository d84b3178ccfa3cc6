// SPDX-License-Identifier: Apache-2.0
#include "api/readiness.h"

#include "async/answer.h"

namespace dunlin::api {
namespace {

const store::Statement pingStatement{"readiness_ping", "SELECT 1"};

} // namespace

Readiness::Readiness(store::Database &database, std::function<bool()> isStopping)
    : database_(database), isStopping_(std::move(isStopping))
{
    deadlineTimer_.setSingleShot(true);
    QObject::connect(&deadlineTimer_, &QTimer::timeout, &deadlineTimer_,
                     [this] { answerAll(false); });
}

QCoro::Task<bool> Readiness::check()
{
    if (isStopping_() || !database_.isReady())
        co_return false;
    Answer<bool> answer([this](auto callback) {
        waiting_.push_back(std::move(callback));
        if (!deadlineTimer_.isActive())
            deadlineTimer_.start(deadline);
        // One that hangs is not asked twice.
        if (!isAsking_)
            ask();
    });
    co_return co_await answer;
}

QCoro::Task<void> Readiness::ask()
{
    isAsking_ = true;
    const auto rows = co_await database_.run(pingStatement, {});
    isAsking_ = false;
    answerAll(rows.has_value());
}

void Readiness::answerAll(bool isReady)
{
    deadlineTimer_.stop();
    for (const auto &callback : std::exchange(waiting_, {}))
        callback(isReady);
}

} // namespace dunlin::api
