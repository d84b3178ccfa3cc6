// SPDX-License-Identifier: Apache-2.0
#include "record.h"

#include <algorithm>

namespace dunlin::chaos {

std::uint64_t fingerprintOf(std::string_view text)
{
    // FNV-1a: the same in every run, unlike std::hash.
    std::uint64_t hash = 14'695'981'039'346'656'037ULL;
    for (const char byte : text) {
        hash ^= static_cast<unsigned char>(byte);
        hash *= 1'099'511'628'211ULL;
    }
    return hash;
}

void Record::acknowledge(const ClientId &clientId, MessageSeq seq, MessageId id)
{
    Answers &known = answers[clientId];
    if (known.count++ == 0) {
        known.seq = seq;
        known.id = id;
    } else if (known.seq != seq || known.id != id) {
        known.isContradicted = true;
    }
}

void Record::raise(ConversationId conversation, UserId user, Mark mark)
{
    Mark &known = raised[{conversation, user}];
    known.delivered = std::max({known.delivered, mark.delivered, mark.read});
    known.read = std::max(known.read, mark.read);
}

std::size_t Record::acknowledged() const
{
    return static_cast<std::size_t>(
            std::count_if(answers.begin(), answers.end(),
                          [](const auto &answer) { return answer.second.count > 0; }));
}

} // namespace dunlin::chaos
