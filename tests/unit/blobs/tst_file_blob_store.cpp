// SPDX-License-Identifier: Apache-2.0
// Blobs in real files of a temporary directory.
#include "blobs/file_blob_store.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <future>

using namespace dunlin;
using namespace dunlin::blobs;

namespace {

using Writer = BlobStore::Writer;

/// What the store answers, waited for.
template <typename T> class Asked {
public:
    BlobStore::Done<T> done()
    {
        return [promise = promise_](Result<T> result) { promise->set_value(std::move(result)); };
    }
    Result<T> result() { return promise_->get_future().get(); }

private:
    std::shared_ptr<std::promise<Result<T>>> promise_ = std::make_shared<std::promise<Result<T>>>();
};

QByteArray bytesOf(qsizetype count, char seed = 1)
{
    QByteArray bytes(count, Qt::Uninitialized);
    quint32 state = quint32(seed);
    for (char &byte : bytes) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24U);
    }
    return bytes;
}

std::string sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toStdString();
}

} // namespace

class FileBlobStoreTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<FileBlobStore> store_;
    std::int64_t lastNumber_ = 0;

    BlobId newId() { return {.owner = UserId{7}, .number = ++lastNumber_}; }
    void openStore()
    {
        store_.reset();
        auto opened = FileBlobStore::open((directory_->path() + QLatin1String("/b")).toStdString());
        QVERIFY(opened.has_value());
        store_ = std::move(*opened);
    }
    QStringList files() const
    {
        QStringList found;
        QDirIterator all(directory_->path(), QDir::Files, QDirIterator::Subdirectories);
        while (all.hasNext())
            found += QDir(directory_->path() + QLatin1String("/b")).relativeFilePath(all.next());
        found.sort();
        return found;
    }

    BlobId begun()
    {
        const BlobId id = newId();
        Asked<void> asked;
        store_->begin(id, asked.done());
        return asked.result() ? id : BlobId();
    }
    Result<std::int64_t> size(BlobId id)
    {
        Asked<std::int64_t> asked;
        store_->size(id, asked.done());
        return asked.result();
    }
    Result<std::int64_t> halt(BlobId id)
    {
        Asked<std::int64_t> asked;
        store_->halt(id, asked.done());
        return asked.result();
    }
    Result<Writer> open(BlobId id, std::int64_t offset, std::optional<Checksum> checksum = {})
    {
        Asked<Writer> asked;
        store_->open(id, offset, std::move(checksum), asked.done());
        return asked.result();
    }
    Result<void> append(BlobId id, Writer writer, const QByteArray &bytes)
    {
        Asked<void> asked;
        store_->append(id, writer, bytes, asked.done());
        return asked.result();
    }
    Result<void> close(BlobId id, Writer writer)
    {
        Asked<void> asked;
        store_->close(id, writer, asked.done());
        return asked.result();
    }
    Result<std::string> finish(BlobId id)
    {
        Asked<std::string> asked;
        store_->finish(id, asked.done());
        return asked.result();
    }
    Result<QByteArray> read(BlobId id, std::int64_t offset, std::int64_t maximum)
    {
        Asked<QByteArray> asked;
        store_->read(id, offset, maximum, asked.done());
        return asked.result();
    }
    Result<void> remove(BlobId id)
    {
        Asked<void> asked;
        store_->remove(id, asked.done());
        return asked.result();
    }
    template <typename T> static QString codeOf(const Result<T> &result)
    {
        return result ? QStringLiteral("OK")
                      : QString::fromUtf8(toWireName(result.error().code).data());
    }
    BlobId upload(const QByteArray &bytes)
    {
        const BlobId id = begun();
        const auto writer = open(id, 0);
        return writer && append(id, *writer, bytes) && close(id, *writer) && finish(id) ? id
                                                                                        : BlobId();
    }

private Q_SLOTS:
    void init()
    {
        directory_ = std::make_unique<QTemporaryDir>();
        openStore();
    }

    void whatIsUploadedInPiecesIsReadInPieces()
    {
        const QByteArray bytes = bytesOf(3'000'000);
        const BlobId id = begun();
        const auto writer = open(id, 0);
        QVERIFY(writer.has_value());
        for (qsizetype offset = 0; offset < bytes.size(); offset += 250'000)
            QVERIFY(append(id, *writer, bytes.mid(offset, 250'000)).has_value());
        QVERIFY(close(id, *writer).has_value());
        QCOMPARE(files(), QStringList{QStringLiteral("uploads/7-1")});
        QCOMPARE(*finish(id), sha256(bytes));
        QCOMPARE(files().size(), 1);
        QVERIFY2(files().front().startsWith(QLatin1String("blobs/")), qPrintable(files().front()));
        QCOMPARE(*size(id), bytes.size());
        QCOMPARE(*read(id, 0, 1000), bytes.left(1000));
        QCOMPARE(*read(id, 2'999'990, 1000), bytes.right(10));
        QVERIFY(read(id, 3'000'000, 1000)->isEmpty());
    }

    void anUploadGoesOnAfterTheStoreWasMadeAgain()
    {
        const QByteArray bytes = bytesOf(1'000'000);
        const BlobId id = begun();
        QVERIFY(append(id, *open(id, 0), bytes.left(400'000)).has_value());
        openStore();
        QCOMPARE(*size(id), 400'000);
        const auto writer = open(id, 400'000);
        QVERIFY(append(id, *writer, bytes.mid(400'000)).has_value());
        QVERIFY(close(id, *writer).has_value());
        QCOMPARE(*finish(id), sha256(bytes));
    }

    void finishingAgainGivesTheSameDigest()
    {
        const QByteArray bytes = bytesOf(100'000);
        const BlobId id = upload(bytes);
        QCOMPARE(*finish(id), sha256(bytes));
        openStore();
        QCOMPARE(*finish(id), sha256(bytes));
    }

    void aWriterBeginsAtTheEnd()
    {
        const BlobId id = begun();
        QVERIFY(append(id, *open(id, 0), bytesOf(100)).has_value());
        QCOMPARE(codeOf(open(id, 99)), QStringLiteral("UPLOAD_OFFSET_MISMATCH"));
        QCOMPARE(codeOf(open(id, 101)), QStringLiteral("UPLOAD_OFFSET_MISMATCH"));
        QVERIFY(open(id, 100).has_value());
    }

    void theLastWriterThatComesIsTheOneThatWrites()
    {
        const BlobId id = begun();
        const auto first = open(id, 0);
        QVERIFY(append(id, *first, bytesOf(100)).has_value());
        const auto second = open(id, 100);
        QCOMPARE(codeOf(append(id, *first, bytesOf(50))), QStringLiteral("UPLOAD_OFFSET_MISMATCH"));
        QCOMPARE(codeOf(close(id, *first)), QStringLiteral("UPLOAD_OFFSET_MISMATCH"));
        store_->leave(id, *first); // of no effect
        QVERIFY(append(id, *second, bytesOf(10)).has_value());
        QVERIFY(close(id, *second).has_value());
        QCOMPARE(*size(id), 110);
    }

    void aHaltedUploadDoesNotGrowUntilTheNextWriter()
    {
        const BlobId id = begun();
        const auto first = open(id, 0);
        QVERIFY(append(id, *first, bytesOf(100)).has_value());
        Asked<void> late; // asked before, and done before
        store_->append(id, *first, bytesOf(20), late.done());
        QCOMPARE(*halt(id), 120);
        QCOMPARE(codeOf(append(id, *first, bytesOf(50))), QStringLiteral("UPLOAD_OFFSET_MISMATCH"));
        QCOMPARE(*size(id), 120);
        QVERIFY(append(id, *open(id, 120), bytesOf(1)).has_value());
    }

    void bytesWithAChecksumCountOnlyOnceItIsRight_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("method");
        QTest::newRow("sha1") << int(Digest::Kind::Sha1) << int(QCryptographicHash::Sha1);
        QTest::newRow("sha256") << int(Digest::Kind::Sha256) << int(QCryptographicHash::Sha256);
    }
    void bytesWithAChecksumCountOnlyOnceItIsRight()
    {
        QFETCH(int, kind);
        QFETCH(int, method);
        const QByteArray bytes = bytesOf(2000);
        const auto checksumOf = [&](const QByteArray &of) {
            return Checksum{
                    .kind = Digest::Kind(kind),
                    .digest = QCryptographicHash::hash(of, QCryptographicHash::Algorithm(method))
                                      .toStdString()};
        };
        const BlobId id = begun();
        const auto plain = open(id, 0);
        QVERIFY(append(id, *plain, bytes.left(500)).has_value());
        QVERIFY(close(id, *plain).has_value());

        const auto wrong = open(id, 500, checksumOf("something else"));
        QVERIFY(append(id, *wrong, bytes.mid(500)).has_value());
        QCOMPARE(*size(id), 500);
        QCOMPARE(codeOf(close(id, *wrong)), QStringLiteral("CHECKSUM_MISMATCH"));
        QCOMPARE(*size(id), 500);

        const auto halted = open(id, 500, checksumOf(bytes.mid(500)));
        QVERIFY(append(id, *halted, bytes.mid(500)).has_value());
        QCOMPARE(*halt(id), 500);
        QCOMPARE(*size(id), 500);
        QCOMPARE(codeOf(close(id, *halted)), QStringLiteral("UPLOAD_OFFSET_MISMATCH"));

        const auto cut = open(id, 500, checksumOf(bytes.mid(500)));
        QVERIFY(append(id, *cut, bytes.mid(500, 1000)).has_value());
        store_->leave(id, *cut);
        QCOMPARE(*size(id), 500);

        // Nor does what another writer finds unchecked.
        const auto silent = open(id, 500, checksumOf(bytes.mid(500)));
        QVERIFY(append(id, *silent, bytesOf(700, 9)).has_value());
        const auto right = open(id, 500, checksumOf(bytes.mid(500)));
        QVERIFY(append(id, *right, bytes.mid(500, 700)).has_value());
        QVERIFY(append(id, *right, bytes.mid(1200)).has_value());
        QVERIFY(close(id, *right).has_value());
        QCOMPARE(*size(id), 2000);
        QCOMPARE(*finish(id), sha256(bytes));
    }

    void whatIsRemovedLeavesNoFile()
    {
        const BlobId half = begun();
        const auto writer = open(half, 0);
        QVERIFY(append(half, *writer, bytesOf(100)).has_value());
        QVERIFY(remove(half).has_value());
        // Its writer may still be there.
        QCOMPARE(codeOf(append(half, *writer, bytesOf(100))), QStringLiteral("BLOB_NOT_FOUND"));
        store_->leave(half, *writer);
        const BlobId whole = upload(bytesOf(100));
        QVERIFY(remove(whole).has_value());
        QVERIFY(remove(whole).has_value());
        QCOMPARE(codeOf(read(whole, 0, 1)), QStringLiteral("BLOB_NOT_FOUND"));
        QCOMPARE(codeOf(size(half)), QStringLiteral("BLOB_NOT_FOUND"));
        QCOMPARE(codeOf(finish(half)), QStringLiteral("BLOB_NOT_FOUND"));
        QVERIFY2(files().isEmpty(), qPrintable(files().join(u' ')));
    }

    void blobsOfDifferentTimesAreInDifferentFolders()
    {
        for (std::int64_t ms = 1; ms <= 100; ++ms) {
            lastNumber_ = (ms << 22) - 1; // the first id of each millisecond
            QVERIFY(upload("x").number != 0);
        }
        QCOMPARE(QDir(directory_->filePath(QStringLiteral("b/blobs")))
                         .entryList(QDir::Dirs | QDir::NoDotAndDotDot)
                         .size(),
                 100);
    }

    void anUploadIsNotReadAsABlob()
    {
        const BlobId id = begun();
        QVERIFY(append(id, *open(id, 0), bytesOf(100)).has_value());
        QCOMPARE(codeOf(read(id, 0, 100)), QStringLiteral("BLOB_NOT_FOUND"));
    }

    void whatDoesNotFitLeavesTheUploadAsItWas()
    {
        const BlobId id = begun();
        const auto writer = open(id, 0);
        QVERIFY(append(id, *writer, bytesOf(1000)).has_value());
        // No file may grow beyond 5,000 bytes: the write comes back short, as on a full disk.
        ::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        const rlimit low{.rlim_cur = 5000, .rlim_max = before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &low), 0);
        const auto appended = append(id, *writer, bytesOf(10'000));
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
        QCOMPARE(codeOf(appended), QStringLiteral("STORAGE_FULL"));
        QCOMPARE(*size(id), 1000);
        QVERIFY(append(id, *writer, bytesOf(10'000, 2)).has_value());
        QVERIFY(close(id, *writer).has_value());
        QCOMPARE(*finish(id), sha256(bytesOf(1000) + bytesOf(10'000, 2)));
    }

    void aDirectoryThatCannotBeUsedIsToldAtOnce()
    {
        QFile(directory_->filePath(QStringLiteral("file"))).open(QIODevice::WriteOnly);
        for (const char *path : {"file", "not/there"}) {
            const auto opened = FileBlobStore::open(
                    directory_->filePath(QString::fromLatin1(path)).toStdString());
            QCOMPARE(codeOf(opened), QStringLiteral("INTERNAL"));
        }
    }

    void whatWasAskedIsDoneBeforeTheStoreEnds()
    {
        const BlobId id = begun();
        const auto writer = open(id, 0);
        std::atomic<int> done = 0;
        for (int i = 0; i < 50; ++i)
            store_->append(id, *writer, bytesOf(1000), [&](const Result<void> &) { ++done; });
        store_.reset();
        QCOMPARE(done.load(), 50);
        openStore();
        QCOMPARE(*size(id), 50'000);
    }
};

QTEST_GUILESS_MAIN(FileBlobStoreTest)
#include "tst_file_blob_store.moc"
