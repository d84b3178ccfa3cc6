// SPDX-License-Identifier: Apache-2.0
// Fills two profiles with a conversation, for looking at the app: dunlin-demo --server URL A B
#include "client.h"
#include "server_url.h"
#include "token_store.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QCoroTask>
#include <QDeadlineTimer>
#include <QEventLoop>

#include <cstdio>

namespace {

using namespace dunlin;
using namespace dunlin::client;

struct Line {
    bool isFromFirst;
    const char *text;
};

constexpr Line lines[] = {
        {true, "Morning! Did the new tent arrive?"},
        {false,
         "It did, yesterday evening. I put it up in the garden to see if everything is there."},
        {false, "Eleven pegs instead of twelve, otherwise fine \xF0\x9F\x98\x84"},
        {true, "We will manage with eleven."},
        {true, "I looked at the trains: there is one at 7:42 that gets us there before ten."},
        {false, "7:42 on a Saturday. You are cruel."},
        {true, "\xF0\x9F\x98\x87"},
        {false, "All right. I bring the stove and the map, you bring breakfast?"},
        {true, "Deal. Bread, cheese, the good coffee."},
        {false,
         "Here is the route, about eighteen kilometres with the detour to the lake: "
         "https://hikes.example.org/lake-loop"},
        {true, "Looks lovely. The weather should hold until Sunday noon, then rain."},
        {false, "Then we walk the long part on Saturday and are home before it starts."},
        {true, "Good plan. Should I ask Mia whether she wants to join?"},
        {false, "Yes, please do! The tent is big enough for three, pegs or not."},
        {true, "\xF0\x9F\x91\x8D"},
};

template <typename Task> auto await(Task task)
{
    return QCoro::waitFor(std::move(task));
}

bool enter(Client &client, const QUrl &server, const char *userName, const char *name)
{
    const auto restored = await(client.start());
    if (!restored)
        return false;
    if (*restored)
        return true;
    const QString user = QString::fromLatin1(userName);
    const QString password = user + QLatin1String("-demo");
    const QString device = QStringLiteral("Demo");
    // Made by an earlier run for another profile, it is signed in to.
    return await(client.session().registerAccount(server, user, QString::fromUtf8(name), password,
                                                  device))
            || await(client.session().signIn(server, user, password, device));
}

/// Until done() says so, at most 20 s.
template <typename Condition> bool waitUntil(Condition done)
{
    QDeadlineTimer deadline(20'000);
    while (!done() && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    return done();
}

bool talk(Client &first, Client &second)
{
    const auto isOnline = [](Client &client) {
        return client.connection().state() == ConnectionState::Online;
    };
    if (!waitUntil([&] { return isOnline(first) && isOnline(second); }))
        return false;
    const auto opened = await(first.openDirectConversation(second.session().self().id));
    if (!opened)
        return false;
    if (opened->lastSeq)
        return true; // they have talked already
    qint64 sent = 0;
    for (const Line &line : lines) {
        Client &sender = line.isFromFirst ? first : second;
        Client &reader = line.isFromFirst ? second : first;
        if (!await(sender.outbox().queue(opened->id, QString::fromUtf8(line.text))))
            return false;
        ++sent;
        const auto hasArrived = [&] {
            const auto summary = await(reader.store().conversation(opened->id));
            return summary && summary->lastSeq.value == sent;
        };
        if (!waitUntil(hasArrived))
            return false;
        // The last two stay unread, to be found.
        if (sent < qint64(std::size(lines)) - 2)
            await(reader.sync().markRead(opened->id, MessageSeq{sent}));
    }
    return waitUntil([&] {
        return await(first.store().pendingWatermarks())->isEmpty()
                && await(second.store().pendingWatermarks())->isEmpty();
    });
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    const QCommandLineOption server(QStringLiteral("server"), QStringLiteral("The server."),
                                    QStringLiteral("address"));
    parser.addOption(server);
    parser.addPositionalArgument(QStringLiteral("profiles"), QStringLiteral("Two profiles."));
    parser.process(application);
    const QStringList profiles = parser.positionalArguments();
    const QUrl url = serverUrlFromText(parser.value(server));
    if (profiles.size() != 2 || url.isEmpty()) {
        std::fputs("usage: dunlin-demo --server ADDRESS PROFILE PROFILE\n", stderr);
        return 2;
    }
    Client first(profileDirectory(profiles[0]));
    Client second(profileDirectory(profiles[1]));
    if (!enter(first, url, "demo.ana", "Ana Souza") || !enter(second, url, "demo.ben", "Ben Okafor")
        || !talk(first, second)) {
        std::fputs("The demo conversation could not be made.\n", stderr);
        return 1;
    }
    return 0;
}
