// SPDX-License-Identifier: Apache-2.0
#include "bed.h"

#include "accounts/token.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QFile>
#include <QRegularExpression>
#include <QThread>

#include <sys/stat.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <set>

namespace dunlin::bench {
namespace {

accounts::Token tokenOf(int user)
{
    accounts::Token token{.user = UserId{Bed::userId(user)}, .device = DeviceId{1}};
    token.secret.fill(42);
    return token;
}

std::set<Bed *> &beds()
{
    static std::set<Bed *> all;
    return all;
}

std::string hexOf(const std::string &bytes)
{
    return QByteArray::fromStdString(bytes).toHex().toStdString();
}

} // namespace

void die(const QString &reason)
{
    std::fprintf(stderr, "%s\n", qPrintable(reason));
    for (const Bed *bed : beds())
        ::kill(bed->process(), SIGTERM);
    std::_Exit(1);
}

std::string Bed::token(int user)
{
    return tokenOf(user).text();
}

Bed::Bed(Options options)
    : options_(std::move(options)), directory_(QStringLiteral("/tmp/dunlin-bench-XXXXXX"))
{
    // The server, started by root, becomes another user, who goes through here.
    ::chmod(directory_.path().toLocal8Bit().constData(), 0755);
    server_.setProcessChannelMode(QProcess::MergedChannels);
    server_.setStandardOutputFile(directory_.filePath(QStringLiteral("log")), QIODevice::Append);
    auto environment = QProcessEnvironment::systemEnvironment();
    // All of the load comes from one address.
    environment.insert(QStringLiteral("DUNLIN_LIMITS_EXEMPT_ADDRESSES"),
                       QStringLiteral("127.0.0.1"));
    if (options_.flushDelayMs > 0) {
        environment.insert(QStringLiteral("LD_PRELOAD"),
                           QCoreApplication::applicationDirPath()
                                   + QLatin1String("/dunlin-slow-flush.so"));
        environment.insert(QStringLiteral("DUNLIN_BENCH_FLUSH_MS"),
                           QString::number(options_.flushDelayMs));
    }
    server_.setProcessEnvironment(environment);
    start();
    beds().insert(this);
    fill();
}

Bed::~Bed()
{
    stop();
    beds().erase(this);
}

QString Bed::conninfo() const
{
    return QLatin1String("user=dunlin dbname=dunlin host=")
            + directory_.filePath(QStringLiteral("server/postgresql"));
}

void Bed::start()
{
    QFile log(directory_.filePath(QStringLiteral("log")));
    const qint64 from = log.exists() ? log.size() : 0;
    server_.start(options_.serverProgram,
                  {QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--data-dir"),
                   directory_.filePath(QStringLiteral("server"))});
    if (!server_.waitForStarted())
        die(QLatin1String("cannot start ") + options_.serverProgram);
    static const QRegularExpression serving(QStringLiteral(" serving .*port=(\\d+)"));
    QDeadlineTimer deadline(60'000);
    while (!deadline.hasExpired()) {
        if (log.open(QIODevice::ReadOnly)) {
            log.seek(from);
            const auto match = serving.match(QString::fromUtf8(log.readAll()));
            log.close();
            if (match.hasMatch()) {
                port_ = match.captured(1).toInt();
                return;
            }
        }
        if (server_.waitForFinished(20))
            break;
    }
    if (log.open(QIODevice::ReadOnly))
        die(QLatin1String("the server does not start:\n") + QString::fromUtf8(log.readAll()));
}

void Bed::stop()
{
    if (server_.state() == QProcess::NotRunning)
        return;
    ::kill(process(), SIGTERM);
    if (!server_.waitForFinished(30'000))
        server_.kill();
    server_.waitForFinished();
}

void Bed::restart()
{
    stop();
    start();
}

void Bed::fill()
{
    Database database(conninfo());
    const std::string base = std::to_string(userId(0));
    const auto number = [](std::int64_t value) { return std::to_string(value); };
    database.run("INSERT INTO users (user_id, user_name, display_name, password_hash)"
                 " SELECT "
                 + base
                 + " + i, 'bench' || i, 'Bench ' || i, ''"
                   " FROM generate_series(0, "
                 + number(users - 1) + ") i");
    database.run("INSERT INTO devices (user_id, device_id, name, token_hash)"
                 " SELECT "
                 + base + " + i, 1, 'bench', '\\x" + hexOf(tokenOf(0).hash())
                 + "'"
                   " FROM generate_series(0, "
                 + number(users - 1) + ") i");

    // Pairs, then the user with followers, then the two long conversations.
    database.run("CREATE TEMP TABLE made AS"
                 " SELECT "
                 + number(pairConversation(0)) + " + p AS id, " + base + " + 2 * p AS a, " + base
                 + " + 2 * p + 1 AS b FROM generate_series(0, " + number(pairs - 1)
                 + ") p"
                   " UNION ALL SELECT 30000000 + f, "
                 + base + " + " + number(presenceUser) + ", " + base + " + " + number(firstFollower)
                 + " + f FROM generate_series(0, " + number(followers - 1)
                 + ") f"
                   " UNION ALL SELECT "
                 + number(historyConversation()) + ", " + number(userId(0)) + ", "
                 + number(userId(historyUser)) + " UNION ALL SELECT " + number(awayConversation())
                 + ", " + number(userId(1)) + ", " + number(userId(awayUser)));
    database.run("INSERT INTO conversations (conversation_id, kind) SELECT id, 1 FROM made");
    database.run("INSERT INTO direct_conversations SELECT a, b, id FROM made");
    database.run("INSERT INTO members (conversation_id, user_id)"
                 " SELECT id, a FROM made UNION ALL SELECT id, b FROM made");
    database.run("INSERT INTO user_conversations (user_id, conversation_id)"
                 " SELECT a, id FROM made UNION ALL SELECT b, id FROM made");

    const auto fillMessages = [&](std::int64_t conversation, int sender, int count) {
        database.run("INSERT INTO messages SELECT " + number(conversation) + ", i, 1000000000 + i, "
                     + number(userId(sender))
                     + ", gen_random_uuid(), now(), repeat('x', 100) FROM generate_series(1, "
                     + number(count) + ") i");
        database.run("UPDATE conversations SET last_seq = " + number(count)
                     + " WHERE conversation_id = " + number(conversation));
    };
    fillMessages(historyConversation(), 0, options_.historyMessages);
    fillMessages(awayConversation(), 1, awayUpdates);
    database.run(
            "INSERT INTO updates (user_id, seq, kind, conversation_id, position, read_position)"
            " SELECT "
            + number(userId(awayUser)) + ", i, 1, " + number(awayConversation())
            + ", i, 0 FROM generate_series(1, " + number(awayUpdates) + ") i");
    database.run("UPDATE users SET last_update_seq = " + number(awayUpdates)
                 + " WHERE user_id = " + number(userId(awayUser)));
    database.run("VACUUM ANALYZE");
    database.run("CHECKPOINT");
}

} // namespace dunlin::bench
