// SPDX-License-Identifier: Apache-2.0
#include "test_cluster.h"

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

void TestCluster::crash()
{
    isRunning_ = false;
    cluster_->crash();
}

} // namespace dunlin::test
