// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/database.h"
#include "types/types.h"
#include "updates/update_log.h"

#include <vector>

/// What entries of the update log say, which name messages, conversations, drafts and profiles and
/// mean them as they are now.
namespace dunlin::messaging {

/// In order. Entries that point to nothing any more are left out.
QCoro::Task<store::DbResult<std::vector<Update>>> resolve(store::Database &database, UserId user,
                                                          std::vector<updates::Entry> entries);

} // namespace dunlin::messaging
