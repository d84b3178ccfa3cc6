// SPDX-License-Identifier: Apache-2.0
// The checker is worth as much as the bugs it catches: each row plants one in what was seen.
#include "invariants.h"

#include <QTest>

#include <functional>

using namespace dunlin;
using namespace dunlin::chaos;

namespace {

constexpr ConversationId talk{7};
constexpr ConversationId otherTalk{8};
constexpr UserId ana{1};
constexpr UserId ben{2};
constexpr UserId cleo{3};
constexpr int messages = 6;

ClientId clientIdOf(int number)
{
    ClientId id;
    id.bytes[0] = static_cast<std::uint8_t>(number);
    return id;
}

UserId senderOf(int number)
{
    return number % 2 == 1 ? ana : ben;
}

Kept keptOf(int number)
{
    return {.seq = MessageSeq{number},
            .clientId = clientIdOf(number),
            .sender = senderOf(number),
            .text = fingerprintOf(std::to_string(number)),
            .id = MessageId{1000 + number}};
}

Applied watermark(int seq, UserId actor, int delivered)
{
    return {.seq = UpdateSeq{seq},
            .kind = Applied::Kind::Watermark,
            .conversation = talk,
            .actor = actor,
            .mark = {.delivered = MessageSeq{delivered}}};
}

/// Two people with two devices each, who have written six messages, with everything as it should.
Record healthyRecord()
{
    Record record;
    record.members[talk] = {ana, ben};
    record.members[otherTalk] = {ben, cleo};
    std::vector<Kept> kept;
    std::vector<Applied> log;
    for (int number = 1; number <= messages; ++number) {
        kept.push_back(keptOf(number));
        record.sent[clientIdOf(number)] = {
                .conversation = talk, .sender = senderOf(number), .text = kept.back().text};
        record.acknowledge(clientIdOf(number), kept.back().seq, kept.back().id);
        log.push_back({.seq = UpdateSeq{number},
                       .kind = Applied::Kind::Message,
                       .conversation = talk,
                       .message = kept.back()});
    }
    record.acknowledge(clientIdOf(2), MessageSeq{2}, MessageId{1002}); // a resend
    record.sent[clientIdOf(100)] = {.conversation = talk, .sender = ana};
    record.refuse(clientIdOf(100));
    log.push_back(watermark(messages + 1, ben, 3));
    log.push_back(watermark(messages + 2, ben, 6));
    record.raise(talk, ben, {.delivered = MessageSeq{6}});
    record.database.messages[talk] = kept;
    record.database.marks[{talk, ana}] = {};
    record.database.marks[{talk, ben}] = {.delivered = MessageSeq{6}};
    for (const UserId user : {ana, ben}) {
        record.database.newestUpdates[user] = UpdateSeq{messages + 2};
        for (int device = 0; device < 2; ++device)
            record.devices.push_back({.user = user, .log = log});
        record.stores.push_back({.user = user, .messages = {{talk, kept}}});
    }
    return record;
}

using Plant = std::function<void(Record &)>;

} // namespace

Q_DECLARE_METATYPE(Plant)
Q_DECLARE_METATYPE(Breach)

class InvariantsTest : public QObject {
    Q_OBJECT

    static void plant(const char *name, Breach breach, Plant bug)
    {
        QTest::newRow(name) << breach << std::move(bug);
    }
    static void plantInDatabaseAndAnswers()
    {
        plant("acknowledged before the commit", Breach::Lost, [](Record &record) {
            record.database.messages[talk].pop_back();
            for (auto &device : record.devices)
                std::erase_if(device.log, [](const Applied &applied) {
                    return applied.message.seq.value == messages;
                });
        });
        plant("a hole in a conversation", Breach::Lost, [](Record &record) {
            auto &rows = record.database.messages[talk];
            rows.erase(rows.begin() + 2);
        });
        plant("doubled by a resend", Breach::Doubled, [](Record &record) {
            Kept again = keptOf(2);
            again.seq = MessageSeq{messages + 1};
            record.database.messages[talk].push_back(again);
        });
        plant("a resend answered with another place", Breach::ResendDiffered, [](Record &record) {
            record.acknowledge(clientIdOf(3), MessageSeq{4}, MessageId{1003});
        });
        plant("refused and yet there", Breach::RefusedHalf, [](Record &record) {
            Kept half = keptOf(100);
            half.seq = MessageSeq{messages + 1};
            record.database.messages[talk].push_back(half);
        });
        plant("a message nobody sent", Breach::Invented, [](Record &record) {
            Kept invented = keptOf(50);
            invented.seq = MessageSeq{messages + 1};
            record.database.messages[talk].push_back(invented);
        });
        plant("a text of another message", Breach::Invented, [](Record &record) {
            record.database.messages[talk][1].text = fingerprintOf("another");
        });
        plant("an acknowledged receipt that is gone", Breach::WatermarkFell, [](Record &record) {
            record.database.marks[{talk, ben}] = {.delivered = MessageSeq{5}};
        });
    }
    static void plantOnDevices()
    {
        plant("an update skipped after a reconnect", Breach::CursorSkipped, [](Record &record) {
            auto &log = record.devices[1].log;
            log.erase(log.begin() + 3);
        });
        plant("the last update of a batch dropped", Breach::CursorSkipped,
              [](Record &record) { record.devices[2].log.pop_back(); });
        plant("the same batch applied twice", Breach::Doubled, [](Record &record) {
            auto &log = record.devices[0].log;
            log.insert(log.begin() + 2, log[1]);
        });
        plant("two messages swapped on one device", Breach::Reordered, [](Record &record) {
            auto &log = record.devices[3].log;
            std::swap(log[1].message, log[2].message);
        });
        plant("two messages swapped on both devices of a user", Breach::Reordered,
              [](Record &record) {
                  for (const std::size_t device : {0U, 1U}) {
                      auto &log = record.devices[device].log;
                      std::swap(log[1].message, log[2].message);
                  }
              });
        plant("two seqs exchanged on one device", Breach::Reordered, [](Record &record) {
            auto &log = record.devices[3].log;
            std::swap(log[1].message.seq, log[2].message.seq);
        });
        plant("a watermark that falls", Breach::WatermarkFell, [](Record &record) {
            for (auto &device : record.devices)
                device.log[messages].mark.delivered = MessageSeq{7};
        });
        plant("a message shown to a stranger", Breach::Invented, [](Record &record) {
            record.devices.push_back({.user = cleo, .log = {record.devices[0].log[0]}});
            record.database.newestUpdates[cleo] = UpdateSeq{1};
        });
        plant("missing in an app's store", Breach::Lost, [](Record &record) {
            auto &kept = record.stores[0].messages[talk];
            kept.erase(kept.begin());
        });
        plant("twice in an app's store", Breach::Doubled, [](Record &record) {
            auto &kept = record.stores[1].messages[talk];
            kept.push_back(kept.back());
        });
    }

private Q_SLOTS:
    void aHealthyRunHasNoViolation()
    {
        const auto violations = check(healthyRecord());
        QVERIFY2(violations.empty(), violations.empty() ? "" : violations.front().what.c_str());
    }

    void aRefusedMessageThatWasAcceptedOnRetryIsFine()
    {
        Record record = healthyRecord();
        record.refuse(clientIdOf(1));
        QVERIFY(check(record).empty());
    }

    void aMessageWithoutAnAnswerMayBeThereOrNot()
    {
        Record record = healthyRecord();
        record.answers.erase(clientIdOf(4));
        record.sent[clientIdOf(90)] = {.conversation = talk, .sender = ana};
        QVERIFY(check(record).empty());
    }

    void aPlantedBugIsCaught_data()
    {
        QTest::addColumn<Breach>("breach");
        QTest::addColumn<Plant>("bug");
        plantInDatabaseAndAnswers();
        plantOnDevices();
    }
    void aPlantedBugIsCaught()
    {
        QFETCH(Breach, breach);
        QFETCH(Plant, bug);
        Record record = healthyRecord();
        bug(record);
        const auto violations = check(record);
        const bool isCaught =
                std::any_of(violations.begin(), violations.end(),
                            [&](const auto &found) { return found.breach == breach; });
        QVERIFY2(isCaught, nameOf(breach).c_str());
    }
};

QTEST_GUILESS_MAIN(InvariantsTest)
#include "tst_invariants.moc"
