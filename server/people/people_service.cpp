// SPDX-License-Identifier: Apache-2.0
#include "people/people_service.h"

#include "blobs/blob_uses.h"
#include "dunlin/limits.h"
#include "dunlin/validation.h"
#include "log/log.h"
#include "people/search_words.h"
#include "people/user_rows.h"
#include "updates/update_log.h"

#include <algorithm>

namespace dunlin::people {

using store::Parameters;
using store::Query;
using store::Statement;

namespace {

constexpr std::int64_t candidatesMax = 500;
constexpr int updateTriesMax = 5;
/// Sorts behind every text that begins with what stands before it: U+10FFFF in UTF-8.
constexpr const char *endOfPrefix = "\xf4\x8f\xbf\xbf";

// A range of the primary key (word, user_id).
const Statement findStatement{"people_find", R"(
    SELECT DISTINCT user_id FROM user_search_words WHERE word >= $1 AND word < $2 LIMIT $3
)"};
// No row when another device has changed the avatar since it was read.
const Statement updateProfileStatement{"people_update_profile", R"(
    UPDATE users SET display_name = $2, about = $3, avatar_color = $4::bigint::smallint,
                     avatar_blob = nullif($5, 0)
    WHERE user_id = $1 AND coalesce(avatar_blob, 0) = $6 AND deleted_at IS NULL
    RETURNING )" DUNLIN_USER_COLUMNS};
const Statement readAvatarStatement{"people_read_avatar", R"(
    SELECT coalesce(avatar_blob, 0) FROM users WHERE user_id = $1 AND deleted_at IS NULL
)"};
// By the index user_search_words_of_user.
const Statement deleteWordsStatement{"people_delete_words", R"(
    DELETE FROM user_search_words WHERE user_id = $1
)"};
const Statement insertWordsStatement{"people_insert_words", R"(
    INSERT INTO user_search_words (word, user_id)
    SELECT word, $1 FROM unnest($2::text[]) AS w (word)
    ON CONFLICT DO NOTHING
)"};
// Two statements rather than a join: the tables are distributed by different columns.
const Statement conversationsOfStatement{"people_conversations_of", R"(
    SELECT conversation_id FROM user_conversations WHERE user_id = $1
)"};
const Statement membersOfStatement{"people_members_of", R"(
    SELECT DISTINCT user_id FROM members WHERE conversation_id = ANY ($1::bigint[])
)"};
const Statement pairsStatement{"people_pairs", R"(
    SELECT d.user_id, d.peer_id
    FROM unnest($1::bigint[], $2::bigint[]) AS p (user_id, peer_id)
    JOIN direct_conversations d USING (user_id, peer_id)
)"};
const Statement recordLastSeenStatement{"people_record_last_seen", R"(
    UPDATE users u SET last_seen_at = s.at
    FROM unnest($1::bigint[], $2::timestamptz[]) AS s (user_id, at)
    WHERE u.user_id = s.user_id
)"};

std::vector<std::int64_t> numbersOf(const store::Rows &rows)
{
    std::vector<std::int64_t> numbers;
    for (int row = 0; row < rows.count(); ++row)
        numbers.push_back(rows.int64At(row, 0));
    return numbers;
}

/// What follows from a changed profile: the words it is found by, and where its avatar is shown.
std::vector<Query> replacements(const User &changed, BlobId lastAvatar)
{
    std::vector<Query> queries;
    queries.push_back({.statement = &deleteWordsStatement, .parameters = {}});
    queries.back().parameters.add(changed.id);
    queries.push_back({.statement = &insertWordsStatement, .parameters = {}});
    queries.back()
            .parameters.add(changed.id)
            .addTextArray(searchWordsOf(changed.userName, changed.displayName));
    if (changed.avatar == lastAvatar)
        return queries;
    std::vector<Query> avatars;
    if (lastAvatar)
        avatars = blobs::release({{.blob = lastAvatar}});
    if (changed.avatar) {
        for (Query &query : blobs::use({{.blob = changed.avatar}}))
            avatars.push_back(std::move(query));
    }
    for (Query &query : avatars)
        queries.push_back(std::move(query));
    return queries;
}

bool hasAllWords(const User &user, const std::vector<std::string> &wanted)
{
    const std::vector<std::string> words = searchWordsOf(user.userName, user.displayName);
    return std::all_of(wanted.begin(), wanted.end(), [&](const std::string &prefix) {
        return std::any_of(words.begin(), words.end(),
                           [&](const std::string &word) { return word.starts_with(prefix); });
    });
}

} // namespace

PeopleService::PeopleService(store::Database &database, Publish publish)
    : database_(database), publish_(std::move(publish))
{ }

QCoro::Task<Result<std::vector<User>>> PeopleService::find(std::string query, std::uint32_t limit)
{
    if (!validation::isValidUtf8(query))
        co_return failure(ErrorCode::InvalidUtf8, "the query is not UTF-8");
    if (query.size() > limits::findUsersQueryBytes || limit > limits::findUsersMax)
        co_return failure(ErrorCode::InvalidArgument, "the query or its limit is too large");
    std::vector<std::string> words = searchWords(query);
    if (words.empty())
        co_return std::vector<User>();
    // The longest word leaves the fewest candidates.
    std::sort(words.begin(), words.end(),
              [](const auto &a, const auto &b) { return a.size() > b.size(); });
    Parameters range;
    range.addText(words.front()).addText(words.front() + endOfPrefix).add(candidatesMax);
    const auto candidates = co_await database_.run(findStatement, std::move(range));
    if (!candidates)
        co_return tl::unexpected(store::toError(candidates.error()));

    const std::vector<std::int64_t> ids = numbersOf(*candidates);
    std::vector<Query> queries;
    queries.push_back(readUsers(ids));
    const auto rows = co_await database_.runAll(std::move(queries));
    if (!rows)
        co_return tl::unexpected(store::toError(rows.error()));
    std::vector<User> found;
    for (int row = 0; row < rows->front().count(); ++row) {
        User user = userAt(rows->front(), row);
        if (hasAllWords(user, words))
            found.push_back(std::move(user));
    }
    std::sort(found.begin(), found.end(), [&](const User &a, const User &b) {
        return std::tuple(a.userName != words.front(), a.displayName, a.id)
                < std::tuple(b.userName != words.front(), b.displayName, b.id);
    });
    found.resize(
            std::min<std::size_t>(found.size(), limit == 0 ? limits::findUsersDefault : limit));
    co_return found;
}

QCoro::Task<Result<std::vector<User>>> PeopleService::get(std::vector<UserId> ids)
{
    if (ids.size() > limits::getUsersMax)
        co_return failure(ErrorCode::InvalidArgument, "too many users at once");
    std::vector<std::int64_t> numbers;
    for (const UserId id : ids)
        numbers.push_back(id.value);
    std::vector<Query> queries;
    queries.push_back(readUsers(numbers));
    const auto rows = co_await database_.runAll(std::move(queries));
    if (!rows)
        co_return tl::unexpected(store::toError(rows.error()));
    std::vector<User> users;
    for (int row = 0; row < rows->front().count(); ++row)
        users.push_back(userAt(rows->front(), row));
    co_return users;
}

QCoro::Task<store::DbResult<std::vector<std::int64_t>>> contactsOf(store::Database &database,
                                                                   UserId user)
{
    Parameters own;
    own.add(user);
    const auto conversations = co_await database.run(conversationsOfStatement, std::move(own));
    if (!conversations)
        co_return tl::unexpected(conversations.error());
    Parameters ids;
    ids.addInt64Array(numbersOf(*conversations));
    const auto members = co_await database.run(membersOfStatement, std::move(ids));
    if (!members)
        co_return tl::unexpected(members.error());
    std::vector<std::int64_t> users = numbersOf(*members);
    if (std::find(users.begin(), users.end(), user.value) == users.end())
        users.push_back(user.value);
    co_return users;
}

QCoro::Task<Result<User>> PeopleService::updateProfile(UserId user, Profile profile)
{
    const auto name = validation::normalizedDisplayName(profile.displayName);
    if (!name)
        co_return tl::unexpected(name.error());
    if (const auto checked = validation::checkAbout(profile.about); !checked)
        co_return tl::unexpected(checked.error());
    if (profile.avatarColor > limits::avatarColors)
        co_return failure(ErrorCode::InvalidArgument, "there is no such avatar colour");
    if (profile.avatar && profile.avatar.owner != user)
        co_return failure(ErrorCode::InvalidImage, "an avatar is a picture of your own");
    profile.displayName = *name;
    for (int tries = 1;; ++tries) {
        const auto changed = co_await tryUpdateProfile(user, profile);
        if (changed)
            co_return *changed;
        if (!changed.error().isWorthRetrying || tries == updateTriesMax)
            co_return tl::unexpected(changed.error().error);
    }
}

tl::unexpected<PeopleService::Refusal> PeopleService::refusal(const store::DatabaseError &error)
{
    return tl::unexpected(
            Refusal{.error = store::toError(error),
                    .isWorthRetrying = error.kind == store::DatabaseError::Kind::Retryable});
}

/// The avatar so far. It is locked, and the next one, before the user is: the order of all who lock
/// both.
QCoro::Task<PeopleService::Attempt<BlobId>>
PeopleService::lockAvatars(store::Database::Transaction &transaction, UserId user, BlobId next)
{
    Parameters own;
    own.add(user);
    const auto row = co_await transaction.run(readAvatarStatement, std::move(own));
    if (!row)
        co_return refusal(row.error());
    if (row->isEmpty()) {
        co_return tl::unexpected(
                Refusal{{.code = ErrorCode::UserNotFound, .message = "no such user"}});
    }
    const BlobId last{.owner = user, .number = row->int64At(0, 0)};
    std::set<BlobId> avatars;
    for (const BlobId avatar : {last, next}) {
        if (avatar)
            avatars.insert(avatar);
    }
    if (avatars.empty())
        co_return last;
    std::vector<Query> lock;
    lock.push_back(blobs::lockWhole(avatars));
    const auto locked = co_await transaction.runAll(std::move(lock));
    if (!locked)
        co_return refusal(locked.error());
    if (next && !blobs::wholeIn(locked->front()).contains(next)) {
        co_return tl::unexpected(Refusal{{.code = ErrorCode::InvalidImage,
                                          .message = "the picture is not there or not whole"}});
    }
    co_return last;
}

QCoro::Task<PeopleService::Attempt<User>> PeopleService::tryUpdateProfile(UserId user,
                                                                          Profile profile)
{
    const auto everyone = co_await contactsOf(database_, user);
    if (!everyone)
        co_return refusal(everyone.error());
    auto transaction = co_await database_.begin();
    if (!transaction)
        co_return refusal(transaction.error());
    const auto last = co_await lockAvatars(*transaction, user, profile.avatar);
    if (!last)
        co_return tl::unexpected(last.error());
    Parameters parameters;
    parameters.add(user).addText(profile.displayName).addText(profile.about);
    parameters.add(std::int64_t{profile.avatarColor}).add(profile.avatar.number).add(last->number);
    const auto updated = co_await transaction->run(updateProfileStatement, std::move(parameters));
    if (!updated)
        co_return refusal(updated.error());
    if (updated->isEmpty()) {
        co_return tl::unexpected(Refusal{
                {.code = ErrorCode::Unavailable, .message = "another device changes the profile"},
                true});
    }
    const auto changed = std::make_shared<const User>(userAt(*updated, 0));

    const auto replaced = co_await transaction->runAll(replacements(*changed, *last));
    if (!replaced)
        co_return refusal(replaced.error());
    std::vector<updates::Entry> entries;
    for (const std::int64_t contact : *everyone) {
        entries.push_back(
                {.user = UserId{contact}, .kind = updates::Kind::ProfileChanged, .actor = user});
    }
    const auto appended = co_await updates::appendAndCommit(*transaction, std::move(entries));
    if (!appended)
        co_return refusal(appended.error());
    std::vector<decltype(Update::event)> events(appended->size(), ProfileChanged{changed});
    publish_(updates::toPublish(*appended, std::move(events)));
    co_return *changed;
}

QCoro::Task<Result<std::vector<UserId>>> PeopleService::contactsAmong(UserId user,
                                                                      std::vector<UserId> others)
{
    std::vector<std::int64_t> smaller;
    std::vector<std::int64_t> larger;
    for (const UserId other : others) {
        smaller.push_back(std::min(user, other).value);
        larger.push_back(std::max(user, other).value);
    }
    Parameters pairs;
    pairs.addInt64Array(smaller).addInt64Array(larger);
    const auto rows = co_await database_.run(pairsStatement, std::move(pairs));
    if (!rows)
        co_return tl::unexpected(store::toError(rows.error()));
    std::vector<UserId> found;
    for (int row = 0; row < rows->count(); ++row) {
        const UserId first{rows->int64At(row, 0)};
        found.push_back(first == user ? UserId{rows->int64At(row, 1)} : first);
    }
    co_return found;
}

void PeopleService::recordLastSeen(UserId user, std::int64_t atMs)
{
    lastSeen_[user] = atMs;
    if (!isWritingLastSeen_)
        writeLastSeen();
}

QCoro::Task<void> PeopleService::writeLastSeen()
{
    isWritingLastSeen_ = true;
    while (!lastSeen_.empty()) {
        std::vector<std::int64_t> users; // ascending: the order of all who lock users
        std::vector<std::int64_t> times;
        for (const auto &[user, atMs] : std::exchange(lastSeen_, {})) {
            users.push_back(user.value);
            times.push_back(atMs);
        }
        Parameters parameters;
        parameters.addInt64Array(users).addTimestampArray(times);
        const auto done = co_await database_.run(recordLastSeenStatement, std::move(parameters));
        if (!done)
            log::warning("last seen times were not written",
                         {{"users", static_cast<std::int64_t>(users.size())},
                          {"message", std::string_view(done.error().message)}});
    }
    isWritingLastSeen_ = false;
}

} // namespace dunlin::people
