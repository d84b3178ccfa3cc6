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

QCoro::Task<Result<UpdateSeq>> NewestSeqs::read(UserId user)
{
    Answer<Result<UpdateSeq>> answer([this, user](auto callback) {
        waiting_.emplace_back(user, std::move(callback));
        if (!isRunning_)
            run();
    });
    co_return co_await answer;
}

QCoro::Task<void> NewestSeqs::run()
{
    isRunning_ = true;
    while (!waiting_.empty()) {
        const auto asked = std::exchange(waiting_, {});
        std::vector<std::int64_t> users;
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
    isRunning_ = false;
}

} // namespace dunlin::api
