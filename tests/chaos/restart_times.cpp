// SPDX-License-Identifier: Apache-2.0
#include "restart_times.h"

#include "bed.h"
#include "crowd.h"
#include "database.h"

#include "accounts/token.h"

#include <QCoroTimer>

#include <algorithm>
#include <cstdio>

namespace dunlin::chaos {
namespace {

using namespace std::chrono_literals;

constexpr int people = 1000;
constexpr std::int64_t firstUser = 1'000'000;
constexpr std::int64_t firstConversation = 10'000'000;
constexpr int repetitions = 5;
constexpr int messagesBetween = 5000;
constexpr auto longOutage = 5s;

std::string text(std::int64_t number)
{
    return std::to_string(number);
}

accounts::Token tokenOf(int person)
{
    accounts::Token token{.user = UserId{firstUser + person}, .device = DeviceId{1}};
    token.secret.fill(42);
    return token;
}

/// Pairs, and messages dealt out to them evenly, with the updates of both.
void fill(const std::string &conninfo, int messages)
{
    Database database(conninfo);
    const int pairs = people / 2;
    const int each = messages / pairs;
    const std::string users = " FROM generate_series(0, " + text(people - 1) + ") i";
    const std::string talks = " FROM generate_series(0, " + text(pairs - 1) + ") p";
    const std::string hash = QByteArray::fromStdString(tokenOf(0).hash()).toHex().toStdString();
    const std::string user = text(firstUser) + " + ";
    const std::string conversation = text(firstConversation) + " + p";
    database.run("INSERT INTO users (user_id, user_name, display_name, password_hash,"
                 " last_update_seq) SELECT "
                 + user + "i, 'user' || i, 'User ' || i, '', " + text(each) + users);
    database.run("INSERT INTO devices (user_id, device_id, name, token_hash) SELECT " + user
                 + "i, 1, 'chaos', '\\x" + hash + "'" + users);
    database.run("INSERT INTO conversations (conversation_id, kind, last_seq) SELECT "
                 + conversation + ", 1, " + text(each) + talks);
    for (const std::string member : {"2 * p", "2 * p + 1"}) {
        database.run("INSERT INTO members (conversation_id, user_id) SELECT " + conversation + ", "
                     + user + member + talks);
        database.run("INSERT INTO user_conversations (user_id, conversation_id) SELECT " + user
                     + member + ", " + conversation + talks);
        database.run("INSERT INTO updates (user_id, seq, kind, conversation_id, position,"
                     " read_position) SELECT "
                     + user + member + ", m, 1, " + conversation + ", m, 0" + talks
                     + ", generate_series(1, " + text(each) + ") m");
    }
    database.run("INSERT INTO messages SELECT " + conversation + ", m, p * 1000000 + m, " + user
                 + "2 * p, gen_random_uuid(), now(), repeat('x', 100)" + talks
                 + ", generate_series(1, " + text(each) + ") m");
    // They were written long ago, as far as the database is concerned.
    database.run("VACUUM ANALYZE");
    database.run("CHECKPOINT");
}

void note(QJsonObject &json, const char *name, const std::vector<qint64> &times)
{
    const qint64 largest = *std::max_element(times.begin(), times.end());
    std::string all;
    for (const qint64 time : times)
        all += ' ' + text(time);
    std::printf("%s: at most %lld ms (%s )\n", name, largest, all.c_str());
    std::fflush(stdout);
    json[QString::fromLatin1(name) + QLatin1String("_ms")] = largest;
}

void noteSpread(QJsonObject &json, const std::map<qint64, int> &returns)
{
    int most = 0;
    std::printf("came back in each 100 ms:");
    for (const auto &[begin, count] : returns) {
        std::printf(" %lld:%d", begin, count);
        most = std::max(most, count);
    }
    std::printf("\n");
    json[QStringLiteral("most_back_in_100_ms")] = most;
}

} // namespace

QCoro::Task<QJsonObject> measureRestarts(QString serverProgram, int messages)
{
    QJsonObject json;
    Bed bed({.serverProgram = serverProgram});
    co_await bed.startForSure();
    fill(bed.conninfo(), messages);
    std::printf("%d messages are there\n", messages);
    const QUrl server(QStringLiteral("ws://127.0.0.1:%1/").arg(bed.port()));
    std::vector<Crowd::Person> persons;
    for (int i = 0; i < people; ++i)
        persons.push_back({.token = tokenOf(i).text(),
                           .conversation = ConversationId{firstConversation + i / 2},
                           .cursor = UpdateSeq{messages / (people / 2)}});
    Crowd crowd(std::move(persons), server);
    const qint64 first = co_await crowd.waitUntilBack();
    note(json, "first_sync", std::vector<qint64>(1, first));

    std::vector<qint64> terms;
    std::vector<qint64> kills;
    std::vector<qint64> returns;
    for (int i = 0; i < 2 * repetitions; ++i) {
        co_await crowd.write(messagesBetween);
        crowd.expectReturn();
        qint64 took = 0;
        if (i % 2 == 0)
            took = co_await bed.terminate();
        else
            bed.killServer();
        took += co_await bed.startForSure();
        (i % 2 == 0 ? terms : kills).push_back(took);
        const qint64 back = co_await crowd.waitUntilBack();
        returns.push_back(back);
    }
    note(json, "sigterm_to_serving", terms);
    note(json, "kill_to_serving", kills);
    note(json, "everyone_back_in_sync", returns);
    noteSpread(json, crowd.returns());

    crowd.expectReturn();
    bed.killServer();
    co_await QCoro::sleepFor(longOutage);
    co_await bed.startForSure();
    const qint64 late =
            co_await crowd.waitUntilBack() - std::chrono::milliseconds(longOutage).count();
    note(json, "everyone_back_in_sync_after_5_s_away", std::vector<qint64>(1, late));
    noteSpread(json, crowd.returns());
    co_return json;
}

} // namespace dunlin::chaos
