// SPDX-License-Identifier: Apache-2.0
#include "message_format.h"

#include <QElapsedTimer>
#include <QHash>
#include <QRegularExpression>
#include <QTest>
#include <QTextDocument>

#include <limits>

using namespace dunlin::client;

namespace {

constexpr int longestMessage = 16 * 1024;
/// Of each way to read it, in a build without optimisation.
constexpr qint64 limitNs = 5'000'000;

/// Every tag of what is shown, without its attributes.
QStringList tagsOf(const QString &html)
{
    static const QRegularExpression tag(QStringLiteral("<(/?[a-zA-Z]+)"));
    QStringList tags;
    auto matches = tag.globalMatch(html);
    while (matches.hasNext())
        tags.append(matches.next().captured(1));
    return tags;
}

} // namespace

class MessageFormatTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void marksAtTheEdgesOfWordsFormat_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("html");
        QTest::addColumn<QString>("plain");
        const auto row = [](const char *name, const char *text, const char *html,
                            const char *plain) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(html)
                                << QString::fromUtf8(plain);
        };
        row("words", "just words", "just words", "just words");
        row("bold", "a **bold** word", "a <b>bold</b> word", "a bold word");
        row("italic", "so *very* true", "so <i>very</i> true", "so very true");
        row("italic, underscores", "so _very_ true", "so <i>very</i> true", "so very true");
        row("both", "***all***", "<b><i>all</i></b>", "all");
        row("inside", "**a *b* c**", "<b>a <i>b</i> c</b>", "a b c");
        row("inside at the end", "**a *b***", "<b>a <i>b</i></b>", "a b");
        row("other order", "*a **b***", "<i>a <b>b</b></i>", "a b");
        row("brackets", "(*so*), \"**too**\"", "(<i>so</i>), &quot;<b>too</b>&quot;",
            "(so), \"too\"");
        row("several words", "**one two** three", "<b>one two</b> three", "one two three");
        row("without spaces", "\u8FD9\u662F**\u91CD\u70B9**\u5185\u5BB9",
            "\u8FD9\u662F<b>\u91CD\u70B9</b>\u5185\u5BB9", "\u8FD9\u662F\u91CD\u70B9\u5185\u5BB9");
        row("code", "call `f(a_b, *c*)` now", "call <code>f(a_b, *c*)</code> now",
            "call f(a_b, *c*) now");
        row("crossing", "**a _b** c_", "<b>a _b</b> c_", "a _b c_");
    }

    void marksAtTheEdgesOfWordsFormat()
    {
        QFETCH(QString, text);
        QFETCH(QString, html);
        QFETCH(QString, plain);
        QCOMPARE(toHtml(text), html);
        QCOMPARE(plainOf(text), plain);
    }

    void whatOnlyLooksLikeMarksStays_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"snake_case_name and other_one",
                                 "2*3*4 = 24",
                                 "2 * 3 * 4",
                                 "a ** b ** c",
                                 "*",
                                 "**",
                                 "****",
                                 "no*",
                                 "*no",
                                 "__init__",
                                 "`open",
                                 "``",
                                 "````",
                                 "-_-",
                                 ">_< and >:(",
                                 "f**k",
                                 "5 * * *",
                                 "* a list",
                                 "_",
                                 "**open _and `more",
                                 "a@b.org",
                                 "@",
                                 "@x",
                                 "@1abc",
                                 "mail@ana_s"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }

    void whatOnlyLooksLikeMarksStays()
    {
        QFETCH(QString, text);
        QCOMPARE(toHtml(text), text.toHtmlEscaped());
        QCOMPARE(plainOf(text), text);
    }

    void textIsEscapedAndAddressesBecomeLinks()
    {
        QCOMPARE(toHtml(QStringLiteral("a < b & \"c\"")),
                 QStringLiteral("a &lt; b &amp; &quot;c&quot;"));
        QCOMPARE(toHtml(QStringLiteral("see https://x.org/a?b=1&c=2.")),
                 QStringLiteral("see <a href=\"https://x.org/a?b=1&amp;c=2\">"
                                "https://x.org/a?b=1&amp;c=2</a>."));
        QCOMPARE(toHtml(QStringLiteral("one\ntwo  three")),
                 QStringLiteral("one<br>two&nbsp; three"));
        QVERIFY(!toHtml(QStringLiteral("javascript:alert(1)")).contains(QLatin1String("<a")));
    }

    void nothingIsAMarkInsideOfAddresses()
    {
        const QString address = QStringLiteral("https://x.org/a_b_c/*d*/`e`/@ana");
        const QString link = QStringLiteral("<a href=\"%1\">%1</a>").arg(address);
        QCOMPARE(toHtml(address), link);
        QCOMPARE(toHtml(QStringLiteral("**") + address + QStringLiteral("**")),
                 QStringLiteral("<b>") + link + QStringLiteral("</b>"));
        QCOMPARE(toHtml(QStringLiteral("(https://x.org/a_(b)), too")),
                 QStringLiteral("(<a href=\"https://x.org/a_(b)\">https://x.org/a_(b)</a>), too"));
        QCOMPARE(plainOf(address), address);
        QVERIFY(!toHtml(QStringLiteral("https://")).contains(u'<'));
        QVERIFY(!toHtml(QStringLiteral("https://...")).contains(u'<'));
    }

    void mentionsLeadToThePerson()
    {
        const auto link = [](const char *name, const char *shown) {
            return QStringLiteral("<a href=\"dunlin://user/%1\">%2</a>")
                    .arg(QLatin1String(name), QLatin1String(shown));
        };
        QCOMPARE(toHtml(QStringLiteral("@ana_s: see")),
                 link("ana_s", "@ana_s") + QLatin1String(": see"));
        QCOMPARE(toHtml(QStringLiteral("ask @Ben.O.")),
                 QLatin1String("ask ") + link("ben.o", "@Ben.O") + QLatin1Char('.'));
        QCOMPARE(toHtml(QStringLiteral("**@ana**")),
                 QLatin1String("<b>") + link("ana", "@ana") + QLatin1String("</b>"));
        QCOMPARE(plainOf(QStringLiteral("hi @ana")), QStringLiteral("hi @ana"));
    }

    void emojiAreShownAsQtCanDrawThem()
    {
        const QString rainbow = QStringLiteral("\U0001F3F3\uFE0F\u200D\U0001F308");
        QCOMPARE(toHtml(rainbow), QStringLiteral("\U0001F3F3\u200D\U0001F308"));
        QCOMPARE(toHtml(QStringLiteral("\u2764\uFE0F")), QStringLiteral("\u2764\uFE0F"));
        QCOMPARE(plainOf(rainbow), rainbow);
    }

    void quotesAndCodeAreWholeLines()
    {
        const QString html = toHtml(QStringLiteral(
                "You wrote\n> **so**\n> and so\nand\n```\nif (a < b)\n    *c*;\n```"));
        QVERIFY2(html.startsWith(QLatin1String("<div>You wrote</div><table class=\"quote\"")),
                 qPrintable(html));
        QVERIFY2(html.contains(QLatin1String("<b>so</b><br>and so</td>")), qPrintable(html));
        QVERIFY2(html.contains(QLatin1String("<div>and</div>")), qPrintable(html));
        QVERIFY2(html.contains(QLatin1String("<tt>if (a &lt; b)<br>&nbsp;&nbsp;&nbsp; *c*;</tt>")),
                 qPrintable(html));
        QCOMPARE(plainOf(QStringLiteral("You wrote\n> **so**\n```\n*c*;\n```\nbye")),
                 QStringLiteral("You wrote\nso\n*c*;\nbye"));
        QCOMPARE(plainOf(QStringLiteral("```one line```")), QStringLiteral("one line"));
        // Without an end it is no code.
        QCOMPARE(toHtml(QStringLiteral("```\nopen")), QStringLiteral("```<br>open"));
    }

    void noHtmlOfAPeerGetsThrough_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
             {"<img src=x onerror=1>", "**<b>**", "`</code><img src=file:///etc/passwd>`",
              "> <table><tr><td>", "```\n</code></td></tr></table><a href='x'>\n```",
              "https://x.org/\"><img src=y>", "https://x.org/'onclick='1", "@ana\"><b>",
              "<style>a{}</style>", "&lt;b&gt; &#60;b>", "*<i>*_</i>_", "```<br>```",
              "https://x.org/&quot;><b>"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }

    void noHtmlOfAPeerGetsThrough()
    {
        QFETCH(QString, text);
        static const QStringList ours{QStringLiteral("a"),     QStringLiteral("b"),
                                      QStringLiteral("i"),     QStringLiteral("br"),
                                      QStringLiteral("div"),   QStringLiteral("code"),
                                      QStringLiteral("tr"),    QStringLiteral("td"),
                                      QStringLiteral("table"), QStringLiteral("tt")};
        const QString html = toHtml(text);
        QHash<QString, int> open;
        for (const QString &tag : tagsOf(html)) {
            const bool isEnd = tag.startsWith(u'/');
            const QString name = isEnd ? tag.mid(1) : tag;
            QVERIFY2(ours.contains(name), qPrintable(html));
            if (name != QLatin1String("br"))
                open[name] += isEnd ? -1 : 1;
        }
        for (const int count : std::as_const(open))
            QCOMPARE(count, 0);
        // What is seen is what was written, marks aside: nothing of it was taken for HTML.
        QTextDocument document;
        document.setHtml(html);
        const auto shown = [](QString plain) {
            return plain.remove(QRegularExpression(QStringLiteral("\\s")));
        };
        QString plain = document.toPlainText();
        plain.replace(QChar::Nbsp, u' ');
        QCOMPARE(shown(plain), shown(plainOf(text)));
    }

    void hostileTextTakesNoLongerThanOther_data()
    {
        QTest::addColumn<QString>("unit");
        for (const char *unit :
             {"*",     "`",    ">",        "_",          "**a",       "*a ",       "(*",  "_a _",
              "`a",    "` ",   "```\n",    "```a\n",     "> ",        "> \n",      "@",   "@a",
              "h",     "http", "https://", "https://x.", "https://(", "https://)", "[](", "***a ",
              "*a_b ", "\n",   "<",        "(*(_(**",    "x*) y_) ",  "@abc/"})
            QTest::newRow(unit) << QString::fromUtf8(unit);
    }

    void hostileTextTakesNoLongerThanOther()
    {
        QFETCH(QString, unit);
        const auto fastestNs = [&](int size) {
            const QString text = unit.repeated(size / unit.size());
            qint64 fastest = std::numeric_limits<qint64>::max();
            // Others use the machine too.
            for (int i = 0; i < 7; ++i) {
                QElapsedTimer timer;
                timer.start();
                const QString html = toHtml(text);
                const QString plain = plainOf(text);
                fastest = std::min(fastest, timer.nsecsElapsed());
            }
            return fastest;
        };
        // With the length, that is by 16; by 256 if a place were looked at once for each other one.
        constexpr int times = 16;
        const qint64 shortNs = fastestNs(longestMessage / times);
        const qint64 longNs = fastestNs(longestMessage);
        const QString seen = QStringLiteral("%1 ns, then %2 ns").arg(shortNs).arg(longNs);
        QVERIFY2(longNs < 8 * times * shortNs + limitNs / 2, qPrintable(seen));
        if (QStringLiteral("*`>_").contains(unit))
            QVERIFY2(longNs < 2 * limitNs, qPrintable(seen));
    }
};

QTEST_MAIN(MessageFormatTest)
#include "tst_message_format.moc"
