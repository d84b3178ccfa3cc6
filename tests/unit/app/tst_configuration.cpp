// SPDX-License-Identifier: Apache-2.0
#include "app/configuration.h"

#include <QTemporaryFile>
#include <QTest>

using namespace dunlin;
using namespace dunlin::app;

namespace {

Invocation read(std::vector<const char *> arguments)
{
    arguments.insert(arguments.begin(), "dunlin-server");
    return readInvocation(static_cast<int>(arguments.size()), arguments.data());
}

} // namespace

class ConfigurationTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryFile> file_;

    std::string fileWith(const char *text)
    {
        file_ = std::make_unique<QTemporaryFile>();
        if (!file_->open())
            qFatal("no temporary file");
        file_->write(text);
        file_->flush();
        return file_->fileName().toStdString();
    }

private Q_SLOTS:
    void cleanup() { qunsetenv("DUNLIN_PORT"); }

    void defaultsAreSafe()
    {
        const auto invocation = read({});
        QVERIFY(invocation.isRun);
        QCOMPARE(invocation.configuration.port, quint16{7380});
        QVERIFY(invocation.configuration.address.isLoopback());
        QVERIFY(invocation.configuration.databaseUrl.empty());
        QCOMPARE(invocation.configuration.limits.requestsPerSecond, limits::requestsPerSecond);
        const QHostAddress stranger(QStringLiteral("203.0.113.1"));
        QVERIFY(!invocation.configuration.trustedProxies.contains(stranger));
        QVERIFY(!invocation.configuration.limits.exemptAddresses.contains(
                QHostAddress(QHostAddress::LocalHost)));
    }

    void flagsWinOverTheEnvironmentAndThatOverTheFile()
    {
        const auto fromFile = read({"--config",
                                    fileWith("port = 1001\nserver_id = \"named\"\n"
                                             "[database]\nurl = \"postgresql://x\"\n"
                                             "[log]\nlevel = \"debug\"\n")
                                            .c_str()});
        QVERIFY2(fromFile.isRun, fromFile.output.c_str());
        QCOMPARE(fromFile.configuration.port, quint16{1001});
        QCOMPARE(fromFile.configuration.serverId, "named");
        QCOMPARE(fromFile.configuration.databaseUrl, "postgresql://x");
        QCOMPARE(int(fromFile.configuration.logLevel), int(log::Level::Debug));
        qputenv("DUNLIN_PORT", "1002");
        QCOMPARE(read({"--config", fileWith("port = 1001").c_str()}).configuration.port,
                 quint16{1002});
        QCOMPARE(read({"--config", fileWith("port = 1001").c_str(), "--port", "1003"})
                         .configuration.port,
                 quint16{1003});
    }

    void mistakesAreToldWithTheirKey_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("unknown key") << QByteArray("prot = 1") << QByteArray("prot");
        QTest::newRow("not TOML") << QByteArray("port == 1") << QByteArray("line 1");
        QTest::newRow("out of range") << QByteArray("port = 99999") << QByteArray("port");
        QTest::newRow("not a network") << QByteArray("trusted_proxies = [\"nowhere\"]")
                                       << QByteArray("--trusted-proxies: nowhere");
        QTest::newRow("a certificate without its key")
                << QByteArray("[tls]\ncertificate = \"/c.pem\"") << QByteArray("tls-private-key");
        QTest::newRow("a limit below zero") << QByteArray("[limits]\nrequests_per_second = -1")
                                            << QByteArray("limits-requests-per-second");
        QTest::newRow("not a level")
                << QByteArray("[log]\nlevel = \"loud\"") << QByteArray("log-level");
    }
    void mistakesAreToldWithTheirKey()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, word);
        const auto invocation = read({"--config", fileWith(text.constData()).c_str()});
        QVERIFY(!invocation.isRun);
        QCOMPARE(invocation.exitCode, 2);
        QVERIFY2(QByteArray::fromStdString(invocation.output).contains(word),
                 invocation.output.c_str());
    }

    void aHealthCheckIsAskedForOnTheCommandLineOnly()
    {
        const auto invocation = read({"--health-check", "--port", "1004"});
        QVERIFY(invocation.isHealthCheck);
        QVERIFY(!invocation.isRun);
        QCOMPARE(invocation.configuration.port, quint16{1004});
        QVERIFY(!read({}).isHealthCheck);
        QCOMPARE(read({"--config", fileWith("health_check = true").c_str()}).exitCode, 2);
    }

    void helpAndVersionEndWellAndAWrongAddressDoesNot()
    {
        QCOMPARE(read({"--help"}).exitCode, 0);
        QVERIFY(read({"--help"}).output.find("--database-url") != std::string::npos);
        QVERIFY(read({"--version"}).output.find("dunlin-server 0.") != std::string::npos);
        QCOMPARE(read({"--address", "nowhere"}).exitCode, 2);
        QVERIFY(read({"--address", "0.0.0.0"}).isRun);
    }
};

QTEST_GUILESS_MAIN(ConfigurationTest)
#include "tst_configuration.moc"
