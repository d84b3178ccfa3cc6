// SPDX-License-Identifier: Apache-2.0
#include "await.h"
#include "blob_cache.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

namespace {

constexpr qint64 kilobyte = 1000;

} // namespace

class BlobCacheTest : public QObject {
    Q_OBJECT

    QTemporaryDir directory_;
    BlobApi api_; // not opened: nothing is fetched
    int sources_ = 0;

    QString fileOf(qint64 bytes)
    {
        QFile file(directory_.filePath(QStringLiteral("source%1").arg(++sources_)));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        file.write(QByteArray(bytes, 'x'));
        return file.fileName();
    }
    static void lastUsedAt(const QString &path, int hoursAgo)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.setFileTime(QDateTime::currentDateTimeUtc().addSecs(-3600LL * hoursAgo),
                                 QFileDevice::FileModificationTime));
    }

private Q_SLOTS:
    void whatIsAdoptedIsThereAndTheSourceStays()
    {
        BlobCache cache(api_, directory_.filePath(QStringLiteral("adopted")));
        const QString source = fileOf(10);
        cache.adopt(QStringLiteral("1-2"), source);
        const auto fetched = await(cache.fetch(QStringLiteral("1-2")));
        QVERIFY(fetched);
        QCOMPARE(*fetched, cache.file(QStringLiteral("1-2")));
        QCOMPARE(cache.size(), 10);
        QVERIFY(QFile::exists(source));
        QVERIFY(QFile::remove(source));
        QVERIFY(!cache.file(QStringLiteral("1-2")).isEmpty());
        cache.clear();
        QTRY_VERIFY(cache.file(QStringLiteral("1-2")).isEmpty());
    }

    void whatWasUsedLongestAgoGoesFirst()
    {
        const QString place = directory_.filePath(QStringLiteral("limited"));
        BlobCache cache(api_, place, 10 * kilobyte);
        for (int i = 1; i <= 9; ++i) {
            const QString id = QStringLiteral("1-%1").arg(i);
            cache.adopt(id, fileOf(kilobyte));
            lastUsedAt(place + u'/' + id, 100 - i);
        }
        QVERIFY(!cache.file(QStringLiteral("1-1")).isEmpty()); // used now
        cache.adopt(QStringLiteral("1-10"), fileOf(3 * kilobyte));
        QTRY_VERIFY(cache.size() <= 10 * kilobyte);
        QVERIFY(!cache.file(QStringLiteral("1-1")).isEmpty());
        QVERIFY(cache.file(QStringLiteral("1-2")).isEmpty());
        QVERIFY(!cache.file(QStringLiteral("1-9")).isEmpty());
        QVERIFY(!cache.file(QStringLiteral("1-10")).isEmpty());
    }

    void aNameThatLeavesTheDirectoryIsNone()
    {
        BlobCache cache(api_, directory_.filePath(QStringLiteral("safe")));
        for (const char *name : {"../source1", "", "a/b", "..", "1-2\n"}) {
            cache.adopt(QString::fromLatin1(name), fileOf(10));
            QVERIFY(cache.file(QString::fromLatin1(name)).isEmpty());
            const auto fetched = await(cache.fetch(QString::fromLatin1(name)));
            QVERIFY(!fetched);
            QCOMPARE(int(fetched.error().code), int(ErrorCode::BlobNotFound));
        }
        QCOMPARE(cache.size(), 0);
    }

    void whoWaitsIsToldWhenTheAppCloses()
    {
        api_.open(QUrl(QStringLiteral("ws://192.0.2.1:9/")), QStringLiteral("token"));
        BlobCache cache(api_, directory_.filePath(QStringLiteral("closing")));
        Result<QString> answer = QStringLiteral("none");
        cache.fetch(QStringLiteral("1-2")).then([&](const Result<QString> &result) {
            answer = result;
        });
        cache.close();
        QTRY_VERIFY(!answer);
        QCOMPARE(int(answer.error().code), int(ErrorCode::Unavailable));
        QVERIFY(!await(cache.fetch(QStringLiteral("1-3"))));
    }
};

QTEST_GUILESS_MAIN(BlobCacheTest)
#include "tst_blob_cache.moc"
