// SPDX-License-Identifier: Apache-2.0
#include "app_link.h"
#include "link_opener.h"
#include "model_fixture.h"

#include <QSignalSpy>

using namespace dunlin;
using namespace dunlin::client;
using dunlin::test::ModelFixture;

class AppLinkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPersonsLinkHasTheUserNameInItsStoredForm()
    {
        const auto link = parseAppLink(QStringLiteral("dunlin://user/Ben.Okafor"));
        QVERIFY(link);
        QCOMPARE(std::get<PersonLink>(*link).userName, QStringLiteral("ben.okafor"));
        QVERIFY(parseAppLink(QStringLiteral("dunlin://user/ben/"))
                == parseAppLink(QStringLiteral("dunlin://user/ben")));
    }
    void aConversationsLinkHasItsId()
    {
        const auto link = parseAppLink(QStringLiteral("dunlin://conversation/42"));
        QVERIFY(link);
        QCOMPARE(std::get<ConversationLink>(*link).conversation.value, 42);
    }

    void anythingElseIsNoLink_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"",
                                 "ben",
                                 "https://user/ben",
                                 "dunlin:user/ben",
                                 "dunlin://",
                                 "dunlin://user/",
                                 "dunlin://user/b",
                                 "dunlin://user/ben/more",
                                 "dunlin://user/ben?x=1",
                                 "dunlin://user/ben#x",
                                 "dunlin://ana@user/ben",
                                 "dunlin://user:80/ben",
                                 "dunlin://user/%2e%2e",
                                 "dunlin://group/1",
                                 "dunlin://conversation/",
                                 "dunlin://conversation/0",
                                 "dunlin://conversation/-1",
                                 "dunlin://conversation/1x",
                                 "dunlin://conversation/99999999999999999999",
                                 "--profile"})
            QTest::addRow("%s", *text != 0 ? text : "nothing") << QString::fromLatin1(text);
    }
    void anythingElseIsNoLink()
    {
        QFETCH(const QString, text);
        QVERIFY(!parseAppLink(text));
    }

    void aLinkWaitsForTheUserAndFindsWhoIsKnownWithoutTheServer()
    {
        ModelFixture fixture;
        LinkOpener opener(fixture.client());
        QSignalSpy found(&opener, &LinkOpener::conversationFound);
        QSignalSpy failed(&opener, &LinkOpener::failed);
        opener.open(QStringLiteral("dunlin://user/user7"));
        fixture.signIn();
        fixture.addConversation(7, "Seven");
        QCOMPARE(found.count(), 0);
        Q_EMIT fixture.client().session().signedIn();
        QTRY_COMPARE(found.count(), 1);
        QCOMPARE(found[0][0].value<ConversationId>().value, 7);
        Q_EMIT fixture.client().session().signedIn();
        opener.open(QStringLiteral("dunlin://conversation/7"));
        QTRY_COMPARE(found.count(), 2); // and the first only once
        opener.open(QStringLiteral("dunlin://conversation/8"));
        QTRY_COMPARE(failed.count(), 1);
    }
};

QTEST_MAIN(AppLinkTest)
#include "tst_app_link.moc"
