// SPDX-License-Identifier: Apache-2.0
#include "server_process.h"
#include "test_cluster.h"
#include "wire_client.h"

#include <QProcess>
#include <QTest>

using namespace dunlin::test;

/// Outsiders: an upload client without any of our code.
class TusClientTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tusJsClientUploadsPausesResumesAndEnds()
    {
        TestCluster cluster;
        QVERIFY(cluster.isRunning());
        ServerProcess server(cluster.conninfo());
        QVERIFY(server.start());
        WireClient account(server.webSocketUrl());
        QVERIFY(account.open());
        QVERIFY(account.registerAccount("outsider").has_signed_in());

        QProcess node;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DUNLIN_TOKEN"), QString::fromStdString(account.token()));
        node.setProcessEnvironment(environment);
        node.setProcessChannelMode(QProcess::MergedChannels);
        node.start(QStringLiteral("node"),
                   {QStringLiteral(DUNLIN_SCRIPT), server.httpUrl({}).toString()});
        QVERIFY2(node.waitForFinished(100'000), qPrintable(node.errorString()));
        const QByteArray output = node.readAll();
        QVERIFY2(node.exitCode() == 0 && output.contains("the outsider has uploaded"), output);
    }
};

QTEST_GUILESS_MAIN(TusClientTest)
#include "tst_tus_client.moc"
