// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace dunlin {

/// Why a request failed. The names on the wire (SCREAMING_SNAKE_CASE, see toWireName) are stable:
/// a code is never renamed and never changes its meaning.
enum class ErrorCode {
    // The request itself.
    MalformedFrame,
    FrameTooLarge,
    Unimplemented,
    InvalidArgument,
    InvalidUtf8,

    // Who is asking.
    NotSignedIn,
    AlreadySignedIn,
    InvalidToken,
    TokenExpired,
    DeviceRevoked,
    WrongPassword,
    ApiKeyMissing,
    Forbidden,

    // Accounts.
    UserNameTaken,
    InvalidUserName,
    PasswordTooShort,
    PasswordTooLong,
    DisplayNameTooLong,
    AboutTooLong,
    TooManyDevices,
    AccountDisabled,
    AccountDeleted,

    // Objects. An object that exists but is not the asker's is reported as not found as well, so
    // that ids cannot be probed.
    UserNotFound,
    ConversationNotFound,
    MessageNotFound,
    DeviceNotFound,

    // Messages.
    MessageEmpty,
    MessageTooLong,
    InvalidImage,
    TooManyPins,

    // HTTP only.
    RouteNotFound,
    MethodNotAllowed,
    BodyTooLarge,
    HeadTooLarge,
    UnsupportedMediaType,
    LengthRequired,
    RangeNotSatisfiable,

    // Blobs.
    BlobNotFound,
    BlobTooLarge,
    QuotaExceeded,
    UploadOffsetMismatch,
    ChecksumMismatch,
    UploadVersionUnsupported,
    StorageFull,

    // The server's state: try again later with the same client id.
    RateLimited,
    Overloaded,
    Unavailable,
    ShuttingDown,
    Internal,

    // Not on the wire: the client's own.
    ServerNotTrusted,
};

/// The stable name, such as "USER_NAME_TAKEN".
std::string_view toWireName(ErrorCode code) noexcept;
/// nullopt for a name this version does not know.
std::optional<ErrorCode> errorCodeFromWireName(std::string_view name) noexcept;

/// The HTTP status a REST route answers this error with.
int httpStatus(ErrorCode code) noexcept;

/// True when the same request may succeed later unchanged: the client keeps it and tries again.
bool isTransient(ErrorCode code) noexcept;

/// An error as a value. message is an English sentence for developers and logs; what users read is
/// made by the client from the code.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;
    std::chrono::milliseconds retryAfter{0};

    bool operator==(const Error &) const = default;
};

} // namespace dunlin
