// SPDX-License-Identifier: Apache-2.0
#include "client.h"

#include <QTest>

using namespace dunlin;
using namespace dunlin::client;

class ErrorTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatUsersMeetIsToldInWordsOfItsOwn_data()
    {
        QTest::addColumn<QString>("code");
        for (const char *code : {"USER_NAME_TAKEN",   "INVALID_USER_NAME", "PASSWORD_TOO_SHORT",
                                 "PASSWORD_TOO_LONG", "WRONG_PASSWORD",    "DISPLAY_NAME_TOO_LONG",
                                 "ABOUT_TOO_LONG",    "TOO_MANY_DEVICES",  "INVALID_TOKEN",
                                 "DEVICE_REVOKED",    "USER_NOT_FOUND",    "CONVERSATION_NOT_FOUND",
                                 "MESSAGE_EMPTY",     "MESSAGE_TOO_LONG",  "INVALID_UTF8",
                                 "RATE_LIMITED",      "OVERLOADED",        "UNAVAILABLE",
                                 "SHUTTING_DOWN",     "FORBIDDEN",         "UNIMPLEMENTED",
                                 "ACCOUNT_DISABLED",  "ACCOUNT_DELETED",   "TOO_MANY_PINS",
                                 "SERVER_NOT_TRUSTED"})
            QTest::newRow(code) << code;
    }
    void whatUsersMeetIsToldInWordsOfItsOwn()
    {
        QFETCH(QString, code);
        const QString text = errorText(code);
        QVERIFY(text != errorText(ErrorCode::Internal));
        QVERIFY2(text.endsWith(QLatin1Char('.')), qPrintable(text));
        QVERIFY2(!text.contains(code) && !text.contains(QLatin1Char('!')), qPrintable(text));
    }

    void aCodeOfANewerServerHasWordsToo()
    {
        QCOMPARE(errorText(QStringLiteral("SOMETHING_NEW")), errorText(ErrorCode::Internal));
        QVERIFY(!errorText(ErrorCode::Internal).isEmpty());
    }
};

QTEST_GUILESS_MAIN(ErrorTextTest)
#include "tst_error_text.moc"
