// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blobs/blob_service.h"
#include "data_rights/tar_writer.h"
#include "store/database.h"
#include "types/types.h"

#include <QJsonObject>

#include <set>

namespace dunlin::data_rights {

struct Exported {
    std::int64_t conversations = 0;
    std::int64_t messages = 0;
    std::int64_t pictures = 0;
};

/// A copy of what the server knows of a user and shows to the user, as a tar archive:
///
///     account.json                    profile, devices (without their tokens), when
///     conversations.json              with whom, the user's own settings, receipts
///     messages/CONVERSATION/N.json    from all members, 500 in a file, the first is 1
///     pictures/BLOB.EXTENSION         of these messages, and the avatar
///
/// The JSON has the names of the protocol, 64-bit numbers as texts. Memory does not grow with the
/// history. Lives on one thread.
class AccountExport {
public:
    /// All outlive the object and its tasks.
    AccountExport(store::Database &database, blobs::BlobService &blobs, TarWriter &archive)
        : database_(database), blobs_(blobs), archive_(archive)
    { }

    /// Errors: USER_NOT_FOUND, STORAGE_FULL (the archive cannot be written), UNAVAILABLE, INTERNAL.
    QCoro::Task<Result<Exported>> write(UserId user);

private:
    QCoro::Task<Result<void>> writeAccount(UserId user);
    QCoro::Task<Result<std::vector<ConversationId>>> writeConversations(UserId user);
    QCoro::Task<Result<void>> writeMessages(UserId user, ConversationId conversation);
    QCoro::Task<Result<void>> writePictures(UserId user, std::vector<Image> images);
    QCoro::Task<Result<void>> writePicture(UserId user, BlobId id, std::string contentType);

    store::Database &database_;
    blobs::BlobService &blobs_;
    TarWriter &archive_;
    Exported exported_;
    std::set<BlobId> pictures_; ///< In the archive already.
};

} // namespace dunlin::data_rights
