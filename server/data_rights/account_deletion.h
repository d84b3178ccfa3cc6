// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blobs/blob_service.h"
#include "dunlin/result.h"
#include "store/database.h"
#include "types/types.h"

namespace dunlin::data_rights {

/// What was found and erased.
struct Erased {
    std::int64_t messages = 0;
    std::int64_t blobs = 0;
    std::int64_t updates = 0;
};

/// The end of an account, in two steps.
///
/// markDeleted() is one transaction, after which the account is deleted for everyone: its devices
/// and its names are gone, its sessions end, and those who have conversations with it are told by
/// the update log that it is a deleted account; what they have of its messages their devices erase
/// then. erase() follows and may take as long as it needs: it takes the text and the pictures out
/// of the account's messages, in batches, removes its blobs with their files, and its update log.
/// It can be cut off and begun again at any point. Messages keep their places, so that histories
/// stay dense, and the account's row stays for them, with nothing in it but its id and times.
///
/// Lives on one thread. Errors of every function, beside those named: UNAVAILABLE, STORAGE_FULL,
/// INTERNAL.
class AccountDeletion {
public:
    /// Both outlive the object and its tasks.
    AccountDeletion(store::Database &database, blobs::BlobService &blobs, Publish publish);

    /// Error: USER_NOT_FOUND (also when it is deleted already).
    QCoro::Task<Result<void>> markDeleted(UserId user);

    /// Nothing happens to an account that is not marked.
    QCoro::Task<Result<Erased>> erase(UserId user);

    /// Goes on with every deletion that was cut off, and looks once more, some minutes after each,
    /// for what was being written at that moment. Returns how many accounts.
    QCoro::Task<Result<std::int64_t>> eraseAll();

private:
    struct Refusal {
        Error error;
        bool isWorthRetrying = false;
    };
    QCoro::Task<tl::expected<void, Refusal>> tryMark(UserId user);
    QCoro::Task<store::DbResult<std::int64_t>> eraseMessages(UserId user);
    QCoro::Task<store::DbResult<std::int64_t>> eraseMessagesOf(UserId user,
                                                               ConversationId conversation);
    QCoro::Task<store::DbResult<std::int64_t>> eraseUpdates(UserId user);
    QCoro::Task<store::DbResult<void>> eraseRest(UserId user);

    store::Database &database_;
    blobs::BlobService &blobs_;
    const Publish publish_;
};

} // namespace dunlin::data_rights
