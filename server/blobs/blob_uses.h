// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/connection.h"
#include "types/blob_id.h"

#include <map>
#include <set>
#include <vector>

/// Where blobs are shown: queries for the transaction of whoever shows them. What is shown is not
/// collected, and is read by the members of the conversation.
///
/// Blobs are locked before members, conversations and users, by ascending id.
namespace dunlin::blobs {

struct BlobUse {
    BlobId blob;
    ConversationId conversation = {}; ///< 0: shown to everyone.
};

/// Locks those of the blobs that are whole, so that they are not collected meanwhile.
store::Query lockWhole(const std::set<BlobId> &blobs);
/// Their sizes, from the answer to lockWhole().
std::map<BlobId, std::int64_t> wholeIn(const store::Rows &rows);

/// Shows blobs that are locked: a use for each message, or avatar, and each blob in it.
std::vector<store::Query> use(const std::vector<BlobUse> &uses);

/// Takes back what was given to use(). A blob that nothing shows any more is removed after a while.
std::vector<store::Query> release(const std::vector<BlobUse> &uses);

} // namespace dunlin::blobs
