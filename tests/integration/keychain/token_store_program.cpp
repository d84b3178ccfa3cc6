// SPDX-License-Identifier: Apache-2.0
#include "await.h"
#include "keychain_token_store.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTextStream>

using namespace dunlin::client;
using dunlin::test::await;

namespace {

const char *nameOf(TokenProblem problem)
{
    switch (problem) {
    case TokenProblem::NoKeychain:
        return "no keychain";
    case TokenProblem::Locked:
        return "locked";
    case TokenProblem::Refused:
        return "refused";
    case TokenProblem::CannotWrite:
        return "cannot write";
    }
    return "?";
}

QString nameOf(const TokenResult<void> &result)
{
    return QLatin1String(result ? "done" : nameOf(result.error()));
}

/// What goes on behind load().
void waitForMove(const KeychainTokenStore &store)
{
    const QDeadlineTimer deadline(std::chrono::seconds(10));
    while (store.place() == TokenPlace::File && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::AllEvents, 100);
}

QString run(KeychainTokenStore &store, const QString &verb, const QString &token)
{
    if (verb == QLatin1String("prepare"))
        return nameOf(await(store.prepare()));
    if (verb == QLatin1String("save"))
        return nameOf(await(store.save(token)));
    if (verb == QLatin1String("choose-file")) {
        store.choose(TokenPlace::File);
        return QStringLiteral("done");
    }
    if (verb == QLatin1String("choose-keychain")) {
        store.choose(TokenPlace::Keychain);
        return QStringLiteral("done");
    }
    if (verb == QLatin1String("place"))
        return QLatin1String(store.place() == TokenPlace::File ? "file" : "keychain");
    if (verb == QLatin1String("clear")) {
        await(store.clear());
        return QStringLiteral("done");
    }
    const auto loaded = await(store.load());
    if (verb == QLatin1String("load-and-move"))
        waitForMove(store);
    return loaded ? *loaded : QLatin1String(nameOf(loaded.error()));
}

} // namespace

/// token_store_program PROFILE VERB [TOKEN]: one call of the token store, its outcome on a line.
int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    KeychainTokenStore store(arguments.value(1));
    QTextStream(stdout) << run(store, arguments.value(2), arguments.value(3)) << Qt::endl;
    return 0;
}
