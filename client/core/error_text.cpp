// SPDX-License-Identifier: Apache-2.0
#include "client.h"

#include <QCoreApplication>

namespace dunlin::client {
namespace {

/// The context of their translations.
struct ErrorText {
    Q_DECLARE_TR_FUNCTIONS(ErrorText)
};

} // namespace

QString errorText(ErrorCode code)
{
    switch (code) {
    case ErrorCode::UserNameTaken:
        return ErrorText::tr("This user name is taken. Choose another one.");
    case ErrorCode::InvalidUserName:
        return ErrorText::tr("Use 3 to 32 letters, digits, dots, dashes or underscores, "
                             "beginning with a letter.");
    case ErrorCode::PasswordTooShort:
        return ErrorText::tr("Use at least 8 characters.");
    case ErrorCode::PasswordTooLong:
        return ErrorText::tr("This password is too long.");
    case ErrorCode::WrongPassword:
        return ErrorText::tr("The user name or the password is wrong.");
    case ErrorCode::DisplayNameTooLong:
        return ErrorText::tr("This name is too long.");
    case ErrorCode::AboutTooLong:
        return ErrorText::tr("This text is too long.");
    case ErrorCode::TooManyDevices:
        return ErrorText::tr("This account is on too many devices. Remove one in the settings.");
    case ErrorCode::AccountDisabled:
        return ErrorText::tr("This account was disabled. Ask whoever runs the server.");
    case ErrorCode::AccountDeleted:
        return ErrorText::tr("This account was deleted.");
    case ErrorCode::NotSignedIn:
    case ErrorCode::InvalidToken:
    case ErrorCode::TokenExpired:
    case ErrorCode::DeviceRevoked:
        return ErrorText::tr("This device was signed out. Sign in again.");
    case ErrorCode::UserNotFound:
        return ErrorText::tr("There is nobody with this name.");
    case ErrorCode::ConversationNotFound:
        return ErrorText::tr("This conversation is not there any more.");
    case ErrorCode::MessageNotFound:
        return ErrorText::tr("This message is not there any more.");
    case ErrorCode::DeviceNotFound:
        return ErrorText::tr("This device was signed out already.");
    case ErrorCode::MessageEmpty:
        return ErrorText::tr("Write something first.");
    case ErrorCode::MessageTooLong:
        return ErrorText::tr("This message is too long. Send it in several parts.");
    case ErrorCode::InvalidImage:
        return ErrorText::tr("This picture cannot be sent.");
    case ErrorCode::TooManyPins:
        return ErrorText::tr("This conversation has too many pinned messages. Unpin one first.");
    case ErrorCode::BlobNotFound:
        return ErrorText::tr("This picture is not there any more.");
    case ErrorCode::BlobTooLarge:
        return ErrorText::tr("This picture is too large.");
    case ErrorCode::QuotaExceeded:
        return ErrorText::tr("There is no room left for pictures of this account.");
    case ErrorCode::StorageFull:
        return ErrorText::tr("The server has no room left for pictures. Try again later.");
    case ErrorCode::Unavailable:
    case ErrorCode::ShuttingDown:
        return ErrorText::tr("There is no connection to the server. Try again when it is back.");
    case ErrorCode::ServerNotTrusted:
        return ErrorText::tr(
                "The server could not prove that it is the one you mean, so nothing was "
                "sent. Ask whoever runs it about its certificate.");
    case ErrorCode::RateLimited:
    case ErrorCode::Overloaded:
        return ErrorText::tr("The server is busy. Try again in a moment.");
    case ErrorCode::Forbidden:
        return ErrorText::tr("You are not allowed to do this.");
    case ErrorCode::Unimplemented:
        return ErrorText::tr("The server is too old for this.");
    case ErrorCode::InvalidUtf8:
    case ErrorCode::InvalidArgument:
        return ErrorText::tr("This contains characters that cannot be used.");
    case ErrorCode::MalformedFrame:
    case ErrorCode::FrameTooLarge:
    case ErrorCode::AlreadySignedIn:
    case ErrorCode::ApiKeyMissing:
    case ErrorCode::RouteNotFound:
    case ErrorCode::MethodNotAllowed:
    case ErrorCode::BodyTooLarge:
    case ErrorCode::HeadTooLarge:
    case ErrorCode::UnsupportedMediaType:
    case ErrorCode::LengthRequired:
    case ErrorCode::RangeNotSatisfiable:
    case ErrorCode::UploadOffsetMismatch:
    case ErrorCode::ChecksumMismatch:
    case ErrorCode::UploadVersionUnsupported:
    case ErrorCode::Internal:
        break;
    }
    return ErrorText::tr("Something went wrong. Try again.");
}

QString errorText(const QString &wireName)
{
    return errorText(errorCodeFromWireName(wireName.toStdString()).value_or(ErrorCode::Internal));
}

} // namespace dunlin::client
