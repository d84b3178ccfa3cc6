// SPDX-License-Identifier: Apache-2.0
#include "people/search_words.h"

#include <QTest>

using dunlin::people::searchWords;
using dunlin::people::searchWordsOf;
using Words = std::vector<std::string>;

class SearchWordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void caseAndMarksDoNotMatter()
    {
        QCOMPARE(searchWords("Zo\u00eb O'Neill"), (Words{"zoe", "o", "neill"}));
        QCOMPARE(searchWords("STRASSE stra\u00dfe"), (Words{"strasse"}));
        QCOMPARE(searchWords("  "), Words{});
        QCOMPARE(searchWords("%_'; --"), Words{});
    }

    void otherScriptsAreWordsToo()
    {
        QCOMPARE(searchWords("\u0410\u043d\u043d\u0430 \u5c71\u7530"),
                 (Words{"\u0430\u043d\u043d\u0430", "\u5c71\u7530"}));
    }

    void aUserNameIsFoundAsAWholeAndByItsParts()
    {
        QCOMPARE(searchWordsOf("mia.berg", "Mia B."), (Words{"mia", "berg", "b", "mia.berg"}));
    }
};

QTEST_GUILESS_MAIN(SearchWordsTest)
#include "tst_search_words.moc"
