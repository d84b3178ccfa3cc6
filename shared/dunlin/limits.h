// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

/// The limits on everything that crosses the wire, known to both sides: the client tells the user
/// before sending, the server refuses. Sizes are bytes of UTF-8 unless the name says otherwise.
namespace dunlin::limits {

using namespace std::chrono_literals;

inline constexpr std::size_t frameBytes = 64 * 1024;
inline constexpr std::size_t httpHeadBytes = 16 * 1024;
inline constexpr std::size_t httpBodyBytes = 64 * 1024;
/// A piece of a streamed body.
inline constexpr std::size_t httpStreamBytes = 256 * 1024;

/// A picture, and what all pictures of a user may take.
inline constexpr std::int64_t blobBytes = 25 * 1024 * 1024;
inline constexpr std::int64_t blobQuotaBytes = std::int64_t{5} * 1024 * 1024 * 1024;
inline constexpr std::size_t imagesPerMessage = 10;
inline constexpr std::size_t imagePreviewBytes = 2 * 1024;
/// Of an image's width and of its height.
inline constexpr std::uint32_t imagePixelsPerSide = 65'535;

inline constexpr std::size_t messageTextBytes = 16 * 1024;
/// An emoji of a reaction.
inline constexpr std::size_t reactionBytes = 64;
/// In one conversation.
inline constexpr std::int64_t pinnedMessagesMax = 50;
/// In one request.
inline constexpr std::size_t deleteMessagesMax = 100;
inline constexpr std::size_t encryptionKeyBytes = 4 * 1024;

inline constexpr std::size_t userNameMinChars = 3;
inline constexpr std::size_t userNameMaxChars = 32;
inline constexpr std::size_t displayNameBytes = 128;
inline constexpr std::size_t aboutBytes = 512;
inline constexpr std::size_t deviceNameBytes = 128;
inline constexpr std::size_t passwordMinBytes = 8;
inline constexpr std::size_t passwordMaxBytes = 256;
inline constexpr std::uint32_t avatarColors = 8;

inline constexpr std::size_t devicesPerUser = 50;

inline constexpr std::uint32_t findUsersDefault = 20;
inline constexpr std::uint32_t findUsersMax = 50;
inline constexpr std::size_t findUsersQueryBytes = 128;
inline constexpr std::size_t getUsersMax = 100;

inline constexpr std::uint32_t historyPageDefault = 50;
inline constexpr std::uint32_t historyPageMax = 200;

inline constexpr std::uint32_t syncPageDefault = 500;
inline constexpr std::uint32_t syncPageMax = 1000;
/// Conversations in one page of a snapshot.
inline constexpr std::uint32_t snapshotPageConversations = 100;

/// A page of history or Sync is shorter than was asked for when its texts are longer than this,
/// but never empty.
inline constexpr std::size_t pageBytes = 256 * 1024;

inline constexpr std::size_t presenceSubscriptionUsers = 200;

/// A connection that has not signed in this long after it came is closed; while its password is
/// looked at it waits.
inline constexpr auto signInDeadline = 5s;
/// Connections of one network address that are not signed in. An address here and below is an IPv4
/// address or 64 bits of IPv6.
inline constexpr int unauthenticatedPerAddress = 20;
/// Requests of one device in a second, and how many at once after a rest.
inline constexpr int requestsPerSecond = 5000;
inline constexpr int requestsBurst = 10'000;
/// Of one connection and under way.
inline constexpr int requestsUnderWay = 1000;
/// Pings in a second, and at once after a rest.
inline constexpr int controlFramesPerSecond = 10;
inline constexpr int controlFramesBurst = 100;
/// A WebSocket message that is not whole this long after its first byte ends the connection.
inline constexpr auto messageDeadline = 10s;

/// Wrong passwords for an account from one address, and for all accounts from one address, after
/// which the next try has to wait: a second, then twice as long each time.
inline constexpr int signInFailuresPerAccount = 5;
inline constexpr int signInFailuresPerAddress = 20;
/// After this long without a wrong password they are forgotten; the longest wait as well.
inline constexpr auto signInFailureWindow = std::chrono::minutes(15);
/// Accounts that one address may make in an hour.
inline constexpr int registrationsPerHour = 20;
/// A device's token works this long; its refresh token gets it the next.
inline constexpr auto tokenLifetime = std::chrono::hours(24);
/// A token that was replaced works on this long, for what is under way with it.
inline constexpr auto tokenGrace = std::chrono::minutes(5);
/// Passwords that wait to be hashed.
inline constexpr std::size_t passwordQueue = 32;

/// A request that is not whole this long after it was waited for ends the connection, a streamed
/// body apart.
inline constexpr auto httpHeadDeadline = 5s;
/// A streamed body that does not move by as many bytes in this time ends the connection.
inline constexpr auto httpStallDeadline = 30s;
inline constexpr std::int64_t httpStallBytes = 16 * 1024;
/// An upload that is not whole by then is gone, and a blob that nothing shows.
inline constexpr auto blobRetention = std::chrono::hours(24);
/// A device is offline when its last heartbeat is older than this many intervals.
inline constexpr int heartbeatsMissedUntilOffline = 3;
/// How long the update log is kept.
inline constexpr auto updateLogRetention = std::chrono::hours(24 * 7);
/// How long messages may be kept at most where they are removed by themselves, in days.
inline constexpr int retentionDaysMax = 365;
/// A removed message is recognised when it is sent again for this long.
inline constexpr auto resendMemory = std::chrono::hours(24 * 30);
/// A typing notice that is not renewed ends by itself.
inline constexpr auto typingTimeout = 6s;

} // namespace dunlin::limits
