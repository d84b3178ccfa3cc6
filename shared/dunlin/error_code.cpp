// SPDX-License-Identifier: Apache-2.0
#include "dunlin/error_code.h"

#include <array>

namespace dunlin {
namespace {

struct Entry {
    ErrorCode code;
    std::string_view wireName;
    int httpStatus;
    bool isTransient;
};

// In the order of the enumeration, so that a code is its own index.
constexpr std::array entries{
        Entry{ErrorCode::MalformedFrame, "MALFORMED_FRAME", 400, false},
        Entry{ErrorCode::FrameTooLarge, "FRAME_TOO_LARGE", 413, false},
        Entry{ErrorCode::Unimplemented, "UNIMPLEMENTED", 501, false},
        Entry{ErrorCode::InvalidArgument, "INVALID_ARGUMENT", 400, false},
        Entry{ErrorCode::InvalidUtf8, "INVALID_UTF8", 400, false},
        Entry{ErrorCode::NotSignedIn, "NOT_SIGNED_IN", 401, false},
        Entry{ErrorCode::AlreadySignedIn, "ALREADY_SIGNED_IN", 409, false},
        Entry{ErrorCode::InvalidToken, "INVALID_TOKEN", 401, false},
        Entry{ErrorCode::TokenExpired, "TOKEN_EXPIRED", 401, false},
        Entry{ErrorCode::DeviceRevoked, "DEVICE_REVOKED", 401, false},
        Entry{ErrorCode::WrongPassword, "WRONG_PASSWORD", 401, false},
        Entry{ErrorCode::ApiKeyMissing, "API_KEY_MISSING", 401, false},
        Entry{ErrorCode::Forbidden, "FORBIDDEN", 403, false},
        Entry{ErrorCode::UserNameTaken, "USER_NAME_TAKEN", 409, false},
        Entry{ErrorCode::InvalidUserName, "INVALID_USER_NAME", 400, false},
        Entry{ErrorCode::PasswordTooShort, "PASSWORD_TOO_SHORT", 400, false},
        Entry{ErrorCode::PasswordTooLong, "PASSWORD_TOO_LONG", 400, false},
        Entry{ErrorCode::DisplayNameTooLong, "DISPLAY_NAME_TOO_LONG", 400, false},
        Entry{ErrorCode::AboutTooLong, "ABOUT_TOO_LONG", 400, false},
        Entry{ErrorCode::TooManyDevices, "TOO_MANY_DEVICES", 409, false},
        Entry{ErrorCode::AccountDisabled, "ACCOUNT_DISABLED", 403, false},
        Entry{ErrorCode::AccountDeleted, "ACCOUNT_DELETED", 410, false},
        Entry{ErrorCode::UserNotFound, "USER_NOT_FOUND", 404, false},
        Entry{ErrorCode::ConversationNotFound, "CONVERSATION_NOT_FOUND", 404, false},
        Entry{ErrorCode::MessageNotFound, "MESSAGE_NOT_FOUND", 404, false},
        Entry{ErrorCode::DeviceNotFound, "DEVICE_NOT_FOUND", 404, false},
        Entry{ErrorCode::MessageEmpty, "MESSAGE_EMPTY", 400, false},
        Entry{ErrorCode::MessageTooLong, "MESSAGE_TOO_LONG", 413, false},
        Entry{ErrorCode::InvalidImage, "INVALID_IMAGE", 400, false},
        Entry{ErrorCode::TooManyPins, "TOO_MANY_PINS", 409, false},
        Entry{ErrorCode::RouteNotFound, "ROUTE_NOT_FOUND", 404, false},
        Entry{ErrorCode::MethodNotAllowed, "METHOD_NOT_ALLOWED", 405, false},
        Entry{ErrorCode::BodyTooLarge, "BODY_TOO_LARGE", 413, false},
        Entry{ErrorCode::HeadTooLarge, "HEAD_TOO_LARGE", 431, false},
        Entry{ErrorCode::UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", 415, false},
        Entry{ErrorCode::LengthRequired, "LENGTH_REQUIRED", 411, false},
        Entry{ErrorCode::RangeNotSatisfiable, "RANGE_NOT_SATISFIABLE", 416, false},
        Entry{ErrorCode::BlobNotFound, "BLOB_NOT_FOUND", 404, false},
        Entry{ErrorCode::BlobTooLarge, "BLOB_TOO_LARGE", 413, false},
        Entry{ErrorCode::QuotaExceeded, "QUOTA_EXCEEDED", 507, false},
        Entry{ErrorCode::UploadOffsetMismatch, "UPLOAD_OFFSET_MISMATCH", 409, false},
        Entry{ErrorCode::ChecksumMismatch, "CHECKSUM_MISMATCH", 460, false},
        Entry{ErrorCode::UploadVersionUnsupported, "UPLOAD_VERSION_UNSUPPORTED", 412, false},
        Entry{ErrorCode::StorageFull, "STORAGE_FULL", 507, true},
        Entry{ErrorCode::RateLimited, "RATE_LIMITED", 429, true},
        Entry{ErrorCode::Overloaded, "OVERLOADED", 503, true},
        Entry{ErrorCode::Unavailable, "UNAVAILABLE", 503, true},
        Entry{ErrorCode::ShuttingDown, "SHUTTING_DOWN", 503, true},
        Entry{ErrorCode::Internal, "INTERNAL", 500, true},
        Entry{ErrorCode::ServerNotTrusted, "SERVER_NOT_TRUSTED", 495, false},
};

static_assert([] {
    for (std::size_t index = 0; index < entries.size(); ++index) {
        if (static_cast<std::size_t>(entries[index].code) != index)
            return false;
    }
    return entries.size() == static_cast<std::size_t>(ErrorCode::ServerNotTrusted) + 1;
}());

const Entry &entryOf(ErrorCode code) noexcept
{
    return entries[static_cast<std::size_t>(code)];
}

} // namespace

std::string_view toWireName(ErrorCode code) noexcept
{
    return entryOf(code).wireName;
}

std::optional<ErrorCode> errorCodeFromWireName(std::string_view name) noexcept
{
    for (const Entry &entry : entries) {
        if (entry.wireName == name)
            return entry.code;
    }
    return std::nullopt;
}

int httpStatus(ErrorCode code) noexcept
{
    return entryOf(code).httpStatus;
}

bool isTransient(ErrorCode code) noexcept
{
    return entryOf(code).isTransient;
}

} // namespace dunlin
