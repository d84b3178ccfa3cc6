// SPDX-License-Identifier: Apache-2.0
#include "ledger.h"

#include "bed.h"

#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <random>
#include <unordered_set>

namespace dunlin::bench {
namespace {

/// As PostgreSQL writes a uuid, without the dashes.
std::string hexOf(std::uint64_t random, std::uint64_t index)
{
    std::array<unsigned char, 16> bytes{};
    std::memcpy(bytes.data(), &random, sizeof random);
    std::memcpy(bytes.data() + sizeof random, &index, sizeof index);
    std::string hex;
    for (const unsigned char byte : bytes) {
        std::array<char, 3> digits{};
        std::snprintf(digits.data(), digits.size(), "%02x", byte);
        hex += digits.data();
    }
    return hex;
}

} // namespace

std::string Ledger::add(std::int64_t conversation, std::int64_t sentNs)
{
    static std::mt19937_64 random(std::random_device{}());
    const std::uint64_t index = entries_.size();
    Entry &entry = entries_.emplace_back();
    entry = {.conversation = conversation, .sentNs = sentNs, .random = random()};
    std::string id(16, '\0');
    std::memcpy(id.data(), &entry.random, sizeof entry.random);
    std::memcpy(id.data() + sizeof entry.random, &index, sizeof index);
    return id;
}

Ledger::Entry *Ledger::find(const std::string &clientId)
{
    std::uint64_t random = 0;
    std::uint64_t index = 0;
    if (clientId.size() != sizeof random + sizeof index)
        return nullptr;
    std::memcpy(&random, clientId.data(), sizeof random);
    std::memcpy(&index, clientId.data() + sizeof random, sizeof index);
    if (index >= entries_.size() || entries_[index].random != random)
        return nullptr;
    return &entries_[index];
}

void Ledger::acknowledge(const std::string &clientId, std::int64_t seq)
{
    Entry *entry = find(clientId);
    if (entry == nullptr || entry->seq != 0) {
        ++doubled_;
        return;
    }
    entry->seq = seq;
    ++acknowledged_;
}

Ledger::Entry *Ledger::arrive(const std::string &clientId)
{
    Entry *entry = find(clientId);
    if (entry == nullptr)
        return nullptr;
    if (entry->hasArrived) {
        ++doubled_;
        return nullptr;
    }
    entry->hasArrived = true;
    ++arrived_;
    return entry;
}

std::size_t Ledger::differences(Database &database) const
{
    const auto keyOf = [](const std::string &conversation, const std::string &seq,
                          const std::string &id) { return conversation + '/' + seq + '/' + id; };
    std::unordered_set<std::string> expected;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        const Entry &entry = entries_[i];
        if (entry.seq != 0)
            expected.insert(keyOf(std::to_string(entry.conversation), std::to_string(entry.seq),
                                  hexOf(entry.random, i)));
    }
    std::size_t wrong = doubled_;
    const auto rows = database.read(
            "SELECT conversation_id, seq, replace(client_id::text, '-', '') FROM messages"
            " WHERE conversation_id BETWEEN "
            + std::to_string(Bed::pairConversation(0)) + " AND "
            + std::to_string(Bed::pairConversation(Bed::pairs - 1)));
    for (const auto &row : rows)
        wrong += 1 - expected.erase(keyOf(row[0], row[1], row[2]));
    return wrong + expected.size();
}

} // namespace dunlin::bench
