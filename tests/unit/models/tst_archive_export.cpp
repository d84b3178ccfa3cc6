// SPDX-License-Identifier: Apache-2.0
#include "archive_export.h"
#include "model_fixture.h"
#include "storage_controller.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>

#include <numeric>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

namespace {

constexpr std::int64_t ben = 7;
const QString hostile = QStringLiteral("<script>alert(1)</script> **bold**");

v1::Message messageOf(int seq, const QString &text)
{
    v1::Message message;
    message.set_conversation_id(ben);
    message.set_seq(seq);
    message.set_message_id(ben * 10'000 + seq);
    message.set_sender_id(seq % 2 == 0 ? ben : ModelFixture::self.value);
    message.set_sent_at_ms(1'700'000'000'000 + seq);
    message.set_text(text.toStdString());
    message.set_client_id(ClientId::random().toBytes());
    return message;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class ArchiveExportTest : public QObject {
    Q_OBJECT

    QTemporaryDir target_;

    /// Messages of these places in a conversation that is as long as the last of them.
    static void fill(ModelFixture &fixture, const std::vector<int> &seqs)
    {
        fixture.addConversation(ben, "Ben & Co");
        std::vector<v1::Message> messages;
        for (const int seq : seqs)
            messages.push_back(messageOf(seq, QStringLiteral("message %1").arg(seq)));
        v1::Conversation conversation;
        conversation.set_conversation_id(ben);
        conversation.set_last_seq(seqs.back());
        auto &me = *conversation.add_members();
        me.set_user_id(ModelFixture::self.value);
        me.set_user_name("me");
        auto &peer = *conversation.add_members();
        peer.set_user_id(ben);
        peer.set_user_name("ben");
        peer.set_display_name("Ben & Co");
        std::vector<v1::Conversation> conversations{conversation};
        QVERIFY(ModelFixture::await(fixture.store().addHistory(std::move(messages))));
        QVERIFY(ModelFixture::await(
                fixture.store().applyConversations(std::move(conversations), std::nullopt)));
    }

    ArchiveReport exported(ModelFixture &fixture, const QString &name)
    {
        ArchiveExport archive(fixture.client());
        QDir(target_.path()).mkpath(name);
        const auto report = ModelFixture::await(archive.run(target_.filePath(name)));
        return report ? *report : ArchiveReport();
    }

    static QJsonObject messagesIn(const ArchiveReport &report)
    {
        return QJsonDocument::fromJson(
                       contentOf(report.directory + QLatin1String("/001 ben/messages.json")))
                .object();
    }

private Q_SLOTS:
    void everyMessageIsThereInOrder()
    {
        constexpr int count = 2345;
        ModelFixture fixture;
        fixture.signIn();
        std::vector<int> seqs(count);
        std::iota(seqs.begin(), seqs.end(), 1);
        fill(fixture, seqs);
        QVERIFY(ModelFixture::await(
                fixture.store().queueMessage(ConversationId{ben}, QStringLiteral("unsent"))));

        const ArchiveReport report = exported(fixture, QStringLiteral("all"));
        QCOMPARE(report.messages, count + 1);
        QCOMPARE(report.conversations, 1);
        QVERIFY(report.isComplete);
        const QJsonObject json = messagesIn(report);
        QVERIFY(json[QLatin1String("isComplete")].toBool());
        const QJsonArray messages = json[QLatin1String("messages")].toArray();
        QCOMPARE(messages.size(), count + 1);
        for (int i = 0; i < count; ++i)
            QCOMPARE(messages[i][QLatin1String("seq")].toString(), QString::number(i + 1));
        QCOMPARE(messages[count][QLatin1String("text")].toString(), QStringLiteral("unsent"));
        QVERIFY(messages[count][QLatin1String("isUnsent")].toBool());
        QCOMPARE(messages[1][QLatin1String("sender")].toString(), QStringLiteral("ben"));
        // Pages that lead to each other.
        const QString folder = report.directory + QLatin1String("/001 ben/");
        QVERIFY(contentOf(folder + QLatin1String("page-1.html")).contains("page-2.html"));
        QVERIFY(contentOf(folder + QLatin1String("page-3.html")).contains("message 2345"));
        QVERIFY(!QFile::exists(folder + QLatin1String("page-4.html")));
        const QByteArray index = contentOf(report.directory + QLatin1String("/index.html"));
        QVERIFY2(index.contains("Ben &amp; Co") && index.contains("001%20ben/page-1.html"),
                 index.constData());
        QVERIFY(contentOf(report.directory + QLatin1String("/profile.json")).contains("\"me\""));
    }

    void whatIsOnlyOnTheServerIsLeftOutAndSaid()
    {
        ModelFixture fixture;
        fixture.signIn();
        fill(fixture, {1, 2, 3, 40, 41, 42});
        const ArchiveReport report = exported(fixture, QStringLiteral("holes"));
        QVERIFY(!report.isComplete);
        QCOMPARE(report.messages, 6);
        QVERIFY(!messagesIn(report)[QLatin1String("isComplete")].toBool());

        ModelFixture beginning;
        beginning.signIn();
        fill(beginning, {40, 41, 42});
        QCOMPARE(exported(beginning, QStringLiteral("late")).messages, 3);
    }

    void picturesComeAlongAndTextStaysText()
    {
        ModelFixture fixture;
        fixture.signIn();
        fill(fixture, {1});
        const QString picture = target_.filePath(QStringLiteral("picture"));
        {
            QFile file(picture);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("bytes of a picture");
        }
        fixture.client().blobs().adopt(QStringLiteral("0123456789abcdef0123456789abcdef"), picture);
        QTRY_VERIFY(!fixture.client()
                             .blobs()
                             .file(QStringLiteral("0123456789abcdef0123456789abcdef"))
                             .isEmpty());
        v1::Update update;
        update.set_seq(1);
        *update.mutable_message_added() = messageOf(2, hostile);
        for (const char *blob :
             {"0123456789abcdef0123456789abcdef", "ffffffffffffffffffffffffffffffff"}) {
            auto &image = *update.mutable_message_added()->add_images();
            image.set_blob_id(blob);
            image.set_content_type("image/png");
        }
        std::vector<v1::Update> updates{update};
        QVERIFY(ModelFixture::await(
                fixture.store().applyUpdates(std::move(updates), UpdateSeq{1})));

        const ArchiveReport report = exported(fixture, QStringLiteral("pictures"));
        QCOMPARE(report.pictures, 1);
        QCOMPARE(report.picturesMissing, 1);
        const QString folder = report.directory + QLatin1String("/001 ben/");
        QCOMPARE(contentOf(folder + QLatin1String("picture-1.png")),
                 QByteArray("bytes of a picture"));
        const QByteArray page = contentOf(folder + QLatin1String("page-1.html"));
        QVERIFY2(!page.contains("<script") && page.contains("&lt;script&gt;")
                         && page.contains("<b>bold</b>")
                         && page.contains("<img src=\"picture-1.png\""),
                 page.constData());
        QCOMPARE(messagesIn(report)[QLatin1String("messages")][1][QLatin1String("text")].toString(),
                 hostile);
    }

    void whatWasDoneToAMessageComesAlong()
    {
        constexpr std::int64_t cleo = 9;
        ModelFixture fixture;
        fixture.signIn();
        // A long way back, on another page.
        std::vector<int> seqs(1200);
        std::iota(seqs.begin(), seqs.end(), 1);
        fill(fixture, seqs);
        Person forwarded;
        forwarded.id = UserId{cleo};
        forwarded.userName = QStringLiteral("cleo");
        forwarded.displayName = QStringLiteral("Cleo <3");
        const QList<Person> people{forwarded};
        QVERIFY(ModelFixture::await(fixture.store().putPeople(people)));
        std::vector<v1::Message> messages;
        for (int seq = 1201; seq <= 1207; ++seq)
            messages.push_back(messageOf(seq, QStringLiteral("message %1").arg(seq)));
        messages[0].set_edited_at_ms(1'700'000'100'000);
        messages[0].set_is_pinned(true);
        messages[1].set_reply_to_seq(3);
        messages[2].set_forwarded_from(cleo);
        for (const std::int64_t user : {ModelFixture::self.value, ben}) {
            auto &reaction = *messages[3].add_reactions();
            reaction.set_user_id(user);
            reaction.set_emoji("\U0001F44D");
        }
        messages[4].set_is_deleted(true);
        messages[4].clear_text();
        messages[5].set_is_hidden(true);
        messages[5].clear_text();
        std::vector<v1::Update> updates;
        for (const v1::Message &message : messages) {
            v1::Update update;
            update.set_seq(int(updates.size()) + 1);
            *update.mutable_message_added() = message;
            updates.push_back(update);
        }
        v1::Update read;
        read.set_seq(int(updates.size()) + 1);
        auto &raised = *read.mutable_watermark_raised();
        raised.set_conversation_id(ben);
        raised.mutable_watermark()->set_user_id(ben);
        raised.mutable_watermark()->set_delivered_seq(1205);
        raised.mutable_watermark()->set_read_seq(1203);
        updates.push_back(read);
        const UpdateSeq last{read.seq()};
        QVERIFY(ModelFixture::await(fixture.store().applyUpdates(std::move(updates), last)));

        const ArchiveReport report = exported(fixture, QStringLiteral("actions"));
        QCOMPARE(report.messages, 1206); // one is hidden
        const QJsonArray all = messagesIn(report)[QLatin1String("messages")].toArray();
        QCOMPARE(all.size(), 1207);
        const auto json = [&all](int seq) { return all[seq - 1].toObject(); };
        QCOMPARE(json(1201)[QLatin1String("editedAt")].toString(),
                 QStringLiteral("2023-11-14T22:15:00.000Z"));
        QVERIFY(json(1201)[QLatin1String("isPinned")].toBool());
        QVERIFY(!json(1200).contains(QLatin1String("editedAt")));
        QCOMPARE(json(1202)[QLatin1String("replyToSeq")].toString(), QStringLiteral("3"));
        QCOMPARE(json(1203)[QLatin1String("forwardedFrom")][QLatin1String("userName")].toString(),
                 QStringLiteral("cleo"));
        const QJsonArray reactions = json(1204)[QLatin1String("reactions")].toArray();
        QCOMPARE(reactions.size(), 2);
        QCOMPARE(reactions[1][QLatin1String("sender")].toString(), QStringLiteral("ben"));
        QCOMPARE(reactions[1][QLatin1String("emoji")].toString(), QString::fromUtf8("\U0001F44D"));
        QVERIFY(json(1205)[QLatin1String("isDeleted")].toBool());
        QVERIFY(json(1206)[QLatin1String("isHidden")].toBool());
        QVERIFY(!json(1206).contains(QLatin1String("text")));
        // Own ones are those at odd places.
        QCOMPARE(json(1203)[QLatin1String("status")].toString(), QStringLiteral("read"));
        QCOMPARE(json(1207)[QLatin1String("status")].toString(), QStringLiteral("sent"));
        QVERIFY(!json(1202).contains(QLatin1String("status")));

        const QByteArray page = contentOf(report.directory + QLatin1String("/001 ben/page-2.html"));
        const auto element = [&page](int seq) {
            const QByteArray begin = "id=\"m" + QByteArray::number(seq) + '"';
            const auto from = page.indexOf(begin);
            return from < 0 ? QByteArray() : page.mid(from, page.indexOf('\n', from) - from);
        };
        const auto has = [&element](int seq, const char *words) {
            const bool isThere = element(seq).contains(words);
            if (!isThere)
                qWarning("%d: %s", seq, element(seq).constData());
            return isThere;
        };
        QVERIFY(has(1201, "edited"));
        QVERIFY(has(1201, "pinned"));
        QVERIFY(has(1202, "<a href=\"page-1.html#m3\">") && has(1202, "message 3</a>"));
        QVERIFY(has(1203, "Forwarded from") && has(1203, "Cleo &lt;3"));
        QVERIFY(has(1203, "Read"));
        QVERIFY(has(1204, "\U0001F44D") && has(1204, "Ben &amp; Co"));
        QVERIFY(has(1205, "Deleted message"));
        QCOMPARE(element(1206), QByteArray());
        QVERIFY(contentOf(report.directory + QLatin1String("/001 ben/page-1.html"))
                        .contains("id=\"m3\""));
    }

    void theResultIsToldAndAPlaceThatCannotBeWrittenToIsAnError()
    {
        ModelFixture fixture;
        fixture.signIn();
        fill(fixture, {1, 2, 3});
        StorageController storage(fixture.client());
        QSignalSpy changed(&storage, &StorageController::exportChanged);
        storage.exportTo(QUrl::fromLocalFile(target_.path()));
        QVERIFY(storage.isExporting()); // and the caller goes on
        QTRY_VERIFY(!storage.isExporting());
        QVERIFY(!storage.hasFailed());
        QCOMPARE(storage.progress(), 1.0);
        QVERIFY(QDir(storage.exportedFolder().toLocalFile()).exists());
        QVERIFY2(storage.resultText().contains(QLatin1String("3")),
                 qPrintable(storage.resultText()));

        // A file is no folder; root could write to any folder.
        storage.exportTo(QUrl::fromLocalFile(target_.filePath(QStringLiteral("picture"))));
        QTRY_VERIFY(!storage.isExporting());
        QVERIFY(storage.hasFailed());
        QVERIFY(!storage.resultText().isEmpty());

        storage.reload();
        QTRY_VERIFY(!storage.databaseText().isEmpty());
        QVERIFY(!storage.databaseText().startsWith(QLatin1String("0 ")));
    }
};

QTEST_GUILESS_MAIN(ArchiveExportTest)
#include "tst_archive_export.moc"
