// SPDX-License-Identifier: Apache-2.0
#include "invariants.h"

#include <algorithm>
#include <unordered_set>

namespace dunlin::chaos {
namespace {

std::string text(std::int64_t number)
{
    return std::to_string(number);
}

std::string placeOf(ConversationId conversation, MessageSeq seq)
{
    return "message " + text(seq.value) + " of conversation " + text(conversation.value);
}

class Checker {
public:
    explicit Checker(const Record &record) : record_(record) { }

    std::vector<Violation> run()
    {
        checkDatabase();
        checkAnswers();
        checkMarks();
        for (std::size_t i = 0; i < record_.devices.size(); ++i)
            checkDevice(i);
        checkSameOrder();
        for (std::size_t i = 0; i < record_.stores.size(); ++i)
            checkStore(i);
        return std::move(violations_);
    }

private:
    void add(Breach breach, std::string what)
    {
        violations_.push_back({.breach = breach, .what = std::move(what)});
    }

    void checkDatabase();
    void checkSource(ConversationId conversation, const Kept &kept, const std::string &where);
    void checkAnswers();
    void checkMarks();
    void checkDevice(std::size_t index);
    void checkLogOrder(const DeviceRecord &device, const std::string &name);
    void checkMessages(UserId user, const std::map<ConversationId, std::vector<Kept>> &messages,
                       const std::string &name);
    void checkConversation(ConversationId conversation, const std::vector<Kept> &messages,
                           const std::string &name);
    void checkDeviceMarks(const DeviceRecord &device, const std::string &name);
    void checkSameOrder();
    void checkStore(std::size_t index);

    [[nodiscard]] const std::vector<Kept> &rowsOf(ConversationId conversation) const
    {
        static const std::vector<Kept> none;
        const auto found = record_.database.messages.find(conversation);
        return found == record_.database.messages.end() ? none : found->second;
    }
    [[nodiscard]] const Kept *rowAt(ConversationId conversation, MessageSeq seq) const
    {
        const auto &rows = rowsOf(conversation);
        const auto found = std::lower_bound(
                rows.begin(), rows.end(), seq,
                [](const Kept &row, MessageSeq wanted) { return row.seq < wanted; });
        return found != rows.end() && found->seq == seq ? &*found : nullptr;
    }
    [[nodiscard]] Mark markOf(ConversationId conversation, UserId user) const
    {
        const auto found = record_.database.marks.find({conversation, user});
        return found == record_.database.marks.end() ? Mark{} : found->second;
    }

    const Record &record_;
    std::vector<Violation> violations_;
};

/// Somebody sent it, in this conversation and with this text.
void Checker::checkSource(ConversationId conversation, const Kept &kept, const std::string &where)
{
    const auto sent = record_.sent.find(kept.clientId);
    if (sent == record_.sent.end())
        add(Breach::Invented, where + ": nobody sent " + placeOf(conversation, kept.seq));
    else if (sent->second.conversation != conversation || sent->second.sender != kept.sender
             || sent->second.text != kept.text)
        add(Breach::Invented, where + ": sent otherwise, " + placeOf(conversation, kept.seq));
}

void Checker::checkDatabase()
{
    std::unordered_set<ClientId> seen;
    for (const auto &[conversation, rows] : record_.database.messages) {
        MessageSeq expected{1};
        for (const Kept &row : rows) {
            if (row.seq != expected)
                add(Breach::Lost, "PostgreSQL: a hole before " + placeOf(conversation, row.seq));
            expected = MessageSeq{row.seq.value + 1};
            if (!seen.insert(row.clientId).second)
                add(Breach::Doubled, "PostgreSQL: " + placeOf(conversation, row.seq));
            checkSource(conversation, row, "PostgreSQL");
            const auto answers = record_.answers.find(row.clientId);
            if (answers != record_.answers.end() && answers->second.isRefused
                && answers->second.count == 0)
                add(Breach::RefusedHalf, "PostgreSQL: " + placeOf(conversation, row.seq));
        }
    }
}

void Checker::checkAnswers()
{
    for (const auto &[clientId, answers] : record_.answers) {
        if (answers.count == 0)
            continue;
        const auto sent = record_.sent.find(clientId);
        if (sent == record_.sent.end()) {
            add(Breach::Invented, "an acknowledgement of what nobody sent");
            continue;
        }
        const ConversationId conversation = sent->second.conversation;
        if (answers.isContradicted)
            add(Breach::ResendDiffered, placeOf(conversation, answers.seq));
        const Kept *row = rowAt(conversation, answers.seq);
        if (row == nullptr || row->clientId != clientId || row->id != answers.id)
            add(Breach::Lost, "PostgreSQL: acknowledged " + placeOf(conversation, answers.seq));
    }
}

void Checker::checkMarks()
{
    for (const auto &[key, raised] : record_.raised) {
        const MessageSeq last{static_cast<std::int64_t>(rowsOf(key.first).size())};
        const Mark kept = markOf(key.first, key.second);
        if (kept.delivered < std::min(raised.delivered, last)
            || kept.read < std::min(raised.read, last))
            add(Breach::WatermarkFell,
                "PostgreSQL: an acknowledged receipt of user " + text(key.second.value)
                        + " in conversation " + text(key.first.value));
    }
    for (const auto &[key, kept] : record_.database.marks) {
        const auto last = static_cast<std::int64_t>(rowsOf(key.first).size());
        if (kept.delivered.value > last || kept.read > kept.delivered)
            add(Breach::Invented,
                "PostgreSQL: a receipt for more than there is in conversation "
                        + text(key.first.value));
    }
}

void Checker::checkDevice(std::size_t index)
{
    const DeviceRecord &device = record_.devices[index];
    const std::string name =
            "device " + std::to_string(index) + " of user " + text(device.user.value);
    checkLogOrder(device, name);
    std::map<ConversationId, std::vector<Kept>> messages = device.history;
    for (const Applied &applied : device.log) {
        // After a snapshot the log may tell what its history had already.
        const auto known = device.history.find(applied.conversation);
        const bool isKnown = known != device.history.end() && !known->second.empty()
                && applied.message.seq <= known->second.back().seq;
        if (applied.kind == Applied::Kind::Message && !isKnown)
            messages[applied.conversation].push_back(applied.message);
    }
    checkMessages(device.user, messages, name);
    checkDeviceMarks(device, name);
}

void Checker::checkLogOrder(const DeviceRecord &device, const std::string &name)
{
    UpdateSeq last = device.begin;
    for (const Applied &applied : device.log) {
        if (applied.seq.value > last.value + 1)
            add(Breach::CursorSkipped,
                name + ": from update " + text(last.value) + " to " + text(applied.seq.value));
        else if (applied.seq <= last)
            add(Breach::Doubled,
                name + ": update " + text(applied.seq.value) + " after " + text(last.value));
        last = std::max(last, applied.seq);
    }
    const auto newest = record_.database.newestUpdates.find(device.user);
    if (newest != record_.database.newestUpdates.end() && last != newest->second)
        add(Breach::CursorSkipped,
            name + ": at update " + text(last.value) + " of " + text(newest->second.value));
}

/// All of what the user's conversations hold, and nothing else.
void Checker::checkMessages(UserId user,
                            const std::map<ConversationId, std::vector<Kept>> &messages,
                            const std::string &name)
{
    static const std::vector<Kept> none;
    for (const auto &[conversation, members] : record_.members) {
        const bool isMember = std::find(members.begin(), members.end(), user) != members.end();
        const auto found = messages.find(conversation);
        const auto &shown = found == messages.end() ? none : found->second;
        if (isMember)
            checkConversation(conversation, shown, name);
        else if (!shown.empty())
            add(Breach::Invented, name + ": not a member of " + text(conversation.value));
    }
    for (const auto &[conversation, shown] : messages) {
        if (!record_.members.contains(conversation))
            add(Breach::Invented, name + ": no conversation " + text(conversation.value));
    }
}

void Checker::checkConversation(ConversationId conversation, const std::vector<Kept> &messages,
                                const std::string &name)
{
    std::unordered_set<ClientId> seen;
    std::unordered_set<std::int64_t> places;
    MessageSeq last{};
    for (const Kept &message : messages) {
        const Kept *row = rowAt(conversation, message.seq);
        if (!seen.insert(message.clientId).second)
            add(Breach::Doubled, name + ": " + placeOf(conversation, message.seq));
        else if (message.seq < last)
            add(Breach::Reordered,
                name + ": " + placeOf(conversation, message.seq) + " after " + text(last.value));
        if (row == nullptr)
            add(Breach::Invented,
                name + ": not in PostgreSQL, " + placeOf(conversation, message.seq));
        else if (row->clientId != message.clientId)
            add(Breach::Reordered,
                name + ": another one than in PostgreSQL, " + placeOf(conversation, message.seq));
        else if (*row != message)
            add(Breach::Invented, name + ": altered, " + placeOf(conversation, message.seq));
        last = std::max(last, message.seq);
        places.insert(message.seq.value);
    }
    for (const Kept &row : rowsOf(conversation)) {
        if (!places.contains(row.seq.value))
            add(Breach::Lost, name + ": " + placeOf(conversation, row.seq));
    }
}

void Checker::checkDeviceMarks(const DeviceRecord &device, const std::string &name)
{
    std::map<std::pair<ConversationId, UserId>, Mark> marks = device.marks;
    for (const Applied &applied : device.log) {
        if (applied.kind != Applied::Kind::Watermark)
            continue;
        Mark &known = marks[{applied.conversation, applied.actor}];
        const bool mayRepeat = device.begin.value > 0; // what the snapshot was ahead of
        if (!mayRepeat
            && (applied.mark.delivered < known.delivered || applied.mark.read < known.read))
            add(Breach::WatermarkFell, name + ": update " + text(applied.seq.value));
        known.delivered = std::max(known.delivered, applied.mark.delivered);
        known.read = std::max(known.read, applied.mark.read);
    }
    for (const auto &[key, kept] : record_.database.marks) {
        const auto members = record_.members.find(key.first);
        if (members == record_.members.end()
            || std::find(members->second.begin(), members->second.end(), device.user)
                    == members->second.end())
            continue;
        const Mark seen = marks[key];
        if (seen.delivered != kept.delivered || seen.read != kept.read)
            add(Breach::WatermarkFell,
                name + ": the receipts of user " + text(key.second.value) + " in conversation "
                        + text(key.first.value) + " are not PostgreSQL's");
    }
}

/// The update logs of a user's devices are one log.
void Checker::checkSameOrder()
{
    std::map<UserId, std::pair<std::size_t, std::unordered_map<std::int64_t, const Applied *>>> all;
    for (std::size_t i = 0; i < record_.devices.size(); ++i) {
        const DeviceRecord &device = record_.devices[i];
        auto &[first, known] = all.try_emplace(device.user, i, 0).first->second;
        for (const Applied &applied : device.log) {
            const auto [place, isNew] = known.try_emplace(applied.seq.value, &applied);
            const Applied &other = *place->second;
            if (!isNew
                && (other.kind != applied.kind || other.conversation != applied.conversation
                    || other.message != applied.message))
                add(Breach::Reordered,
                    "devices " + std::to_string(first) + " and " + std::to_string(i)
                            + " differ in update " + text(applied.seq.value));
        }
    }
}

void Checker::checkStore(std::size_t index)
{
    const StoreRecord &store = record_.stores[index];
    checkMessages(store.user, store.messages,
                  "store " + std::to_string(index) + " of user " + text(store.user.value));
}

} // namespace

std::string nameOf(Breach breach)
{
    switch (breach) {
    case Breach::Lost:
        return "lost";
    case Breach::Doubled:
        return "doubled";
    case Breach::Reordered:
        return "reordered";
    case Breach::Invented:
        return "invented";
    case Breach::CursorSkipped:
        return "cursor_skipped";
    case Breach::WatermarkFell:
        return "watermark_fell";
    case Breach::ResendDiffered:
        return "resend_differed";
    case Breach::RefusedHalf:
        return "refused_half";
    }
    return {};
}

std::vector<Violation> check(const Record &record)
{
    return Checker(record).run();
}

} // namespace dunlin::chaos
