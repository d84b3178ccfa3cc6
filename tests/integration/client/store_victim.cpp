// SPDX-License-Identifier: Apache-2.0
//
// The app's core in a process of its own that is killed: signs in with what its profile holds,
// sends one message after the other and says on standard output which are in its outbox for good.
#include "client.h"

#include <QCoreApplication>

#include <cstdio>

using namespace dunlin;
using namespace dunlin::client;

namespace {

QCoro::Task<void> sendForEver(Client &client, ConversationId conversation, QString name)
{
    const auto started = co_await client.start();
    if (!started || !*started)
        qFatal("the profile does not open");
    for (int number = 1;; ++number) {
        const QString text = name + QLatin1Char('-') + QString::number(number);
        std::printf("trying %s\n", qPrintable(text));
        std::fflush(stdout);
        const auto queued = co_await client.outbox().queue(conversation, text);
        if (!queued)
            qFatal("%s is not queued: %s", qPrintable(text), queued.error().message.c_str());
        std::printf("queued %s\n", qPrintable(text));
        std::fflush(stdout);
    }
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 4)
        return 2;
    Client client(arguments[1],
                  {.firstBackoff = std::chrono::milliseconds(5),
                   .longestBackoff = std::chrono::milliseconds(100)});
    sendForEver(client, ConversationId{arguments[2].toLongLong()}, arguments[3]);
    return QCoreApplication::exec();
}
