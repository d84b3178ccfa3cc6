// SPDX-License-Identifier: Apache-2.0
#include "test_cluster.h"

#include <QFile>

#include <libpq-fe.h>

#include <sys/stat.h>
#include <unistd.h>

namespace dunlin::test {

TestCluster::TestCluster() : directory_(QStringLiteral("/tmp/dunlin-test-XXXXXX"))
{
    const bool isRoot = ::geteuid() == 0;
    if (isRoot)
        ::chmod(directory_.path().toLocal8Bit().constData(), 0755); // "postgres" goes through it
    cluster_ = std::make_unique<store::PrivateCluster>(store::PrivateCluster::Options{
            .directory = directory_.path() + QLatin1String("/cluster"),
            .user = isRoot ? QStringLiteral("postgres") : QString()});
    start();
}

TestCluster::~TestCluster()
{
    crash();
}

bool TestCluster::start()
{
    const auto started = cluster_->start();
    if (!started)
        qWarning("%s", started.error().message.c_str());
    isRunning_ = started.has_value();
    return isRunning_;
}

std::string TestCluster::run(const std::string &statement) const
{
    const std::unique_ptr<PGconn, void (*)(PGconn *)> connection(PQconnectdb(conninfo().c_str()),
                                                                 PQfinish);
    const std::unique_ptr<PGresult, void (*)(PGresult *)> result(
            PQexec(connection.get(), statement.c_str()), PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        qWarning("%s: %s", statement.c_str(), PQerrorMessage(connection.get()));
    return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

QString TestCluster::log() const
{
    QFile file(cluster_->logFile());
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

void TestCluster::crash()
{
    isRunning_ = false;
    cluster_->crash();
}

} // namespace dunlin::test
