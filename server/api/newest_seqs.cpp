// SPDX-License-Identifier: Apache-2.0
#include "api/newest_seqs.h"

#include "async/answer.h"

#include <unordered_map>

namespace dunlin::api {
namespace {

const store::Statement readStatement{"newest_seqs", R"(
    SELECT user_id, last_update_seq FROM users WHERE user_id = ANY ($1::bigint[])
)"};

} // namespace

NewestSeqs::NewestSeqs(store::Database &database) : database_(database)
{
    timer_.setSingleShot(true);
    timer_.setInterval(gatherTime);
    QObject::connect(&timer_, &QTimer::timeout, &timer_,
                     [this] { readAll(std::exchange(waiting_, {})); });
}

NewestSeqs::~NewestSeqs()
{
    close();
}

void NewestSeqs::close()
{
    isClosed_ = true;
    timer_.stop();
    for (const auto &[user, callback] : std::exchange(waiting_, {}))
        callback(failure(ErrorCode::ShuttingDown, "the server is shutting down"));
}

QCoro::Task<Result<UpdateSeq>> NewestSeqs::read(UserId user)
{
    if (isClosed_)
        co_return failure(ErrorCode::ShuttingDown, "the server is shutting down");
    Answer<Result<UpdateSeq>> answer([this, user](auto callback) {
        waiting_.emplace_back(user, std::move(callback));
        if (!timer_.isActive())
            timer_.start();
    });
    co_return co_await answer;
}

QCoro::Task<void> NewestSeqs::readAll(Asked asked)
{
    std::vector<std::int64_t> users;
    users.reserve(asked.size());
    for (const auto &[user, callback] : asked)
        users.push_back(user.value);
    store::Parameters parameters;
    parameters.addInt64Array(users);
    const auto rows = co_await database_.run(readStatement, std::move(parameters));
    std::unordered_map<UserId, UpdateSeq> seqs;
    for (int row = 0; rows && row < rows->count(); ++row)
        seqs[UserId{rows->int64At(row, 0)}] = UpdateSeq{rows->int64At(row, 1)};
    for (const auto &[user, callback] : asked) {
        if (rows)
            callback(seqs[user]);
        else
            callback(tl::unexpected(store::toError(rows.error())));
    }
}

} // namespace dunlin::api
