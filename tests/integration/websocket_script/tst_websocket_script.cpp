// SPDX-License-Identifier: Apache-2.0
#include "server_process.h"
#include "test_cluster.h"

#include <QProcess>
#include <QTest>

using namespace dunlin::test;

/// Outsiders: clients without any of our code.
class WebSocketScriptTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aScriptInJsonRegistersSignsInSendsAndReceives()
    {
        TestCluster cluster;
        QVERIFY(cluster.isRunning());
        ServerProcess server(cluster.conninfo());
        QVERIFY(server.start());
        QProcess node;
        auto environment = QProcessEnvironment::systemEnvironment();
        // Where Debian keeps node's packages.
        environment.insert(QStringLiteral("NODE_PATH"), QStringLiteral("/usr/share/nodejs"));
        node.setProcessEnvironment(environment);
        node.setProcessChannelMode(QProcess::MergedChannels);
        node.start(QStringLiteral("node"),
                   {QStringLiteral(DUNLIN_SCRIPT), server.webSocketUrl().toString()});
        QVERIFY2(node.waitForFinished(60'000), qPrintable(node.errorString()));
        const QByteArray output = node.readAll();
        QVERIFY2(node.exitCode() == 0 && output.contains("the script has talked"), output);
    }
};

QTEST_GUILESS_MAIN(WebSocketScriptTest)
#include "tst_websocket_script.moc"
