// SPDX-License-Identifier: Apache-2.0
#include "log/log.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace dunlin;

class LogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTextLineIsReadableAndOneLine()
    {
        QCOMPARE(
                log::lineOf(log::Format::Text, 0, log::Level::Info, "serving",
                            {{"port", std::int64_t{7380}}, {"name", "a \"b\"\nc"}, {"ok", true}}),
                "1970-01-01T00:00:00.000Z info serving port=7380 name=\"a \\\"b\\\"\\nc\" ok=true");
    }

    void aJsonLineIsJson()
    {
        const auto line = log::lineOf(log::Format::Json, 0, log::Level::Error, "it broke",
                                      {{"why", "\x1b[31m"}, {"count", std::int64_t{3}}});
        const auto object = QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
        QCOMPARE(object[QLatin1String("level")].toString(), QStringLiteral("error"));
        QCOMPARE(object[QLatin1String("event")].toString(), QStringLiteral("it broke"));
        QCOMPARE(object[QLatin1String("count")].toInt(), 3);
        QVERIFY(line.find('\x1b') == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(LogTest)
#include "tst_log.moc"
