// SPDX-License-Identifier: Apache-2.0
#include "client.h"

#include <QCoreApplication>

namespace dunlin::client {
namespace {

/// For lupdate: what stands behind it is translated in the context "ErrorText".
QString tr(const char *text)
{
    return QCoreApplication::translate("ErrorText", text);
}

} // namespace

QString errorText(ErrorCode code)
{
    switch (code) {
    case ErrorCode::UserNameTaken:
        return tr(QT_TRANSLATE_NOOP("ErrorText", "This user name is taken. Choose another one."));
    case ErrorCode::InvalidUserName:
        return tr(QT_TRANSLATE_NOOP("ErrorText",
                                    "Use 3 to 32 letters, digits, dots, dashes or underscores, "
                                    "beginning with a letter."));
    case ErrorCode::PasswordTooShort:
        return tr(QT_TRANSLATE_NOOP("ErrorText", "Use at least 8 characters."));
    case ErrorCode::PasswordTooLong:
        return tr(QT_TRANSLATE_NOOP("ErrorText", "This password is too long."));
    case ErrorCode::WrongPassword:
        return tr(QT_TRANSLATE_NOOP("ErrorText", "The user name or the password is wrong."));
    case ErrorCode::DisplayNameTooLong:
        return tr(QT_TRANSLATE_NOOP("ErrorText", "This name is too long."));
    case ErrorCode::AboutTooLong:
        return tr(QT_TRANSLATE_NOOP("ErrorText", "This text is too long."));
    case ErrorCode::TooManyDevices:
        return tr(QT_TRANSLATE_NOOP(
                "ErrorText", "This account is on too many devices. Remove one in the settings."));
    case ErrorCode::AccountDisabled:
        return tr(QT_TRANSLATE_NOOP("ErrorText",
                                    "This account was disabled. Ask whoever runs the server."));
    case ErrorCode::AccountDeleted:
        return tr(QT_TRANSLATE_NOOP("ErrorText", "This account was deleted."));
    case ErrorCode::NotSignedIn:
    case ErrorCode::InvalidToken:
    case ErrorCode::TokenExpired:
    case ErrorCode::DeviceRevoked:
        return tr(QT_TRANSLATE_NOOP("ErrorText", "This device was signed out. Sign in again."));
    case ErrorCode::UserNotFound:
        return tr(QT_TRANSLATE_NOOP("ErrorText", "There is nobody with this name."));
    case ErrorCode::ConversationNotFound:
        return tr(QT_TRANSLATE_NOOP("ErrorText", "This conversation is not there any more."));
    case ErrorCode::MessageNotFound:
        return tr(QT_TRANSLATE_NOOP("ErrorText", "This message is not there any more."));
    case ErrorCode::DeviceNotFound:
        return tr(QT_TRANSLATE_NOOP("ErrorText", "This device was signed out already."));
    case ErrorCode::MessageEmpty:
        return tr(QT_TRANSLATE_NOOP("ErrorText", "Write something first."));
    case ErrorCode::MessageTooLong:
        return tr(QT_TRANSLATE_NOOP("ErrorText",
                                    "This message is too long. Send it in several parts."));
    case ErrorCode::InvalidImage:
        return tr(QT_TRANSLATE_NOOP("ErrorText", "This picture cannot be sent."));
    case ErrorCode::TooManyPins:
        return tr(QT_TRANSLATE_NOOP(
                "ErrorText", "This conversation has too many pinned messages. Unpin one first."));
    case ErrorCode::BlobNotFound:
        return tr(QT_TRANSLATE_NOOP("ErrorText", "This picture is not there any more."));
    case ErrorCode::BlobTooLarge:
        return tr(QT_TRANSLATE_NOOP("ErrorText", "This picture is too large."));
    case ErrorCode::QuotaExceeded:
        return tr(QT_TRANSLATE_NOOP("ErrorText",
                                    "There is no room left for pictures of this account."));
    case ErrorCode::StorageFull:
        return tr(QT_TRANSLATE_NOOP("ErrorText",
                                    "The server has no room left for pictures. Try again later."));
    case ErrorCode::Unavailable:
    case ErrorCode::ShuttingDown:
        return tr(QT_TRANSLATE_NOOP(
                "ErrorText", "The server cannot be reached. Check the address and your network."));
    case ErrorCode::ServerNotTrusted:
        return tr(QT_TRANSLATE_NOOP(
                "ErrorText",
                "The server could not prove that it is the one you mean, so nothing was "
                "sent. Ask whoever runs it about its certificate."));
    case ErrorCode::RateLimited:
    case ErrorCode::Overloaded:
        return tr(QT_TRANSLATE_NOOP("ErrorText", "The server is busy. Try again in a moment."));
    case ErrorCode::Forbidden:
        return tr(QT_TRANSLATE_NOOP("ErrorText", "You are not allowed to do this."));
    case ErrorCode::Unimplemented:
        return tr(QT_TRANSLATE_NOOP("ErrorText", "The server is too old for this."));
    case ErrorCode::InvalidUtf8:
    case ErrorCode::InvalidArgument:
        return tr(QT_TRANSLATE_NOOP("ErrorText", "This contains characters that cannot be used."));
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
    return tr(QT_TRANSLATE_NOOP("ErrorText", "Something went wrong. Try again."));
}

QString errorText(const QString &wireName)
{
    return errorText(errorCodeFromWireName(wireName.toStdString()).value_or(ErrorCode::Internal));
}

} // namespace dunlin::client
