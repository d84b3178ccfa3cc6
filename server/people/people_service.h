// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"
#include "store/database.h"
#include "types/types.h"

namespace dunlin::people {

/// What users say about themselves.
struct Profile {
    std::string displayName;
    std::string about = {};
    std::uint32_t avatarColor = 0;
    /// A blob that the user has uploaded and that is whole; without number: none.
    BlobId avatar = {};
};

/// Finding users and changing one's own profile. Lives on one I/O thread. Errors of every function,
/// beside those named: UNAVAILABLE, INTERNAL.
class PeopleService {
public:
    /// database outlives the service and its tasks.
    PeopleService(store::Database &database, Publish publish);

    /// Users each word of query begins a word of, best known names first (exact user name, then by
    /// display name). limit: see limits::findUsersMax. Errors: INVALID_ARGUMENT, INVALID_UTF8.
    QCoro::Task<Result<std::vector<User>>> find(std::string query, std::uint32_t limit);

    /// Those of the users that exist. Error: INVALID_ARGUMENT (more than limits::getUsersMax).
    QCoro::Task<Result<std::vector<User>>> get(std::vector<UserId> ids);

    /// Sets all of it; everyone who shares a conversation with the user hears of it. Everyone may
    /// read the avatar from then on, and the one before no more. Errors: see validation.h;
    /// INVALID_ARGUMENT for an unknown colour; INVALID_IMAGE.
    QCoro::Task<Result<User>> updateProfile(UserId user, Profile profile);

    /// Those of others who share a conversation with user.
    QCoro::Task<Result<std::vector<UserId>>> contactsAmong(UserId user, std::vector<UserId> others);

    /// The user has gone offline. Thousands who go at once are written together; one that cannot be
    /// written is only logged.
    void recordLastSeen(UserId user, std::int64_t atMs);

private:
    struct Refusal {
        Error error;
        bool isWorthRetrying = false;
    };
    template <typename T> using Attempt = tl::expected<T, Refusal>;
    static tl::unexpected<Refusal> refusal(const store::DatabaseError &error);

    QCoro::Task<Attempt<User>> tryUpdateProfile(UserId user, Profile profile);
    static QCoro::Task<Attempt<BlobId>> lockAvatars(store::Database::Transaction &transaction,
                                                    UserId user, BlobId next);
    QCoro::Task<void> writeLastSeen();

    store::Database &database_;
    const Publish publish_;
    std::map<UserId, std::int64_t> lastSeen_; ///< To be written.
    bool isWritingLastSeen_ = false;
};

/// Everyone who shares a conversation with the user, and the user.
QCoro::Task<store::DbResult<std::vector<std::int64_t>>> contactsOf(store::Database &database,
                                                                   UserId user);

} // namespace dunlin::people
