// SPDX-License-Identifier: Apache-2.0
#include "image_preparer.h"
#include "sample_pictures.h"

#include "dunlin/limits.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

namespace {

/// The most the process has had in memory, in bytes.
qint64 peakBytes()
{
    std::ifstream status("/proc/self/status");
    std::string line;
    while (std::getline(status, line)) {
        if (line.starts_with("VmHWM:"))
            return std::stoll(line.substr(6)) * 1024;
    }
    return 0;
}

bool isReddish(QRgb pixel)
{
    return qRed(pixel) > 200 && qBlue(pixel) < 60;
}

} // namespace

class ImagePreparerTest : public QObject {
    Q_OBJECT

    QTemporaryDir directory_;
    int files_ = 0;

    QString fileOf(const QByteArray &bytes, const QString &name = {})
    {
        QString path = directory_.filePath(name.isEmpty() ? QStringLiteral("source%1").arg(++files_)
                                                          : name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        file.write(bytes);
        return path;
    }
    QString made() const { return directory_.filePath(QStringLiteral("made")); }
    PictureResult<Image> prepare(const QByteArray &bytes, bool isOriginal = false)
    {
        return ImagePreparer(made()).prepareFile(fileOf(bytes), isOriginal);
    }
    static QByteArray bytesOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    int filesMade() const { return int(QDir(made()).entryList(QDir::Files).size()); }

private Q_SLOTS:
    void init()
    {
        QDir(made()).removeRecursively();
        QVERIFY(QDir().mkpath(made()));
    }

    void aPhotoIsUprightAndDoesNotSayWhereItWasTaken()
    {
        const QByteArray photo = withExif(encoded(halves(QSize(400, 200)), "jpeg"));
        QVERIFY(photo.contains("Exif"));
        const auto image = prepare(photo);
        QVERIFY(image);
        QCOMPARE(QSize(image->width, image->height), QSize(200, 400));
        QCOMPARE(image->contentType, QStringLiteral("image/jpeg"));
        QVERIFY(!bytesOf(image->file).contains("Exif"));
        const QImage sent(image->file);
        QCOMPARE(sent.size(), QSize(200, 400));
        QVERIFY(isReddish(sent.pixel(100, 50))); // what was left is above
        QVERIFY(!isReddish(sent.pixel(100, 350)));
    }

    void textsOfAPngAreNotSent()
    {
        QImage drawing = halves(QSize(64, 64));
        drawing.setText(QStringLiteral("Author"), QStringLiteral("Ana at home"));
        const QByteArray png = encoded(drawing, "png");
        QVERIFY(png.contains("Ana at home"));
        const auto image = prepare(png);
        QVERIFY(image);
        QVERIFY(!bytesOf(image->file).contains("Ana at home"));
    }

    void aLargePhotoIsScaledUnlessAllOfItIsWanted()
    {
        const QByteArray photo = encoded(noise(QSize(4000, 3000)), "jpeg");
        const auto scaled = prepare(photo);
        QVERIFY(scaled);
        QCOMPARE(QSize(scaled->width, scaled->height), QSize(2560, 1920));
        const auto original = prepare(photo, true);
        QVERIFY(original);
        QCOMPARE(QSize(original->width, original->height), QSize(4000, 3000));
        QCOMPARE(original->byteSize, QFile(original->file).size());
        QCOMPARE(QImage(original->thumbnailFile).width(), ImagePreparer::thumbnailSide);
    }

    void aPreviewFitsIntoTheMessage()
    {
        const auto image = prepare(encoded(noise(QSize(1000, 700)), "jpeg"));
        QVERIFY(image);
        QVERIFY(!image->preview.isEmpty());
        QVERIFY(image->preview.size() <= qsizetype(limits::imagePreviewBytes));
        QVERIFY(!QImage::fromData(image->preview).isNull());
    }

    void aPreviewThatDeclaresMoreThanAFewPixelsIsNotDecoded()
    {
        QVERIFY(!readPreview(encoded(halves(QSize(32, 24)), "jpeg")).isNull());
        QVERIFY(readPreview(encoded(halves(QSize(65, 24)), "jpeg")).isNull());
        QVERIFY(readPreview(encoded(halves(QSize(32, 24)), "png")).isNull());
        QVERIFY(readPreview(pngDeclaring(QSize(1, 60'000))).isNull());
        QVERIFY(readPreview("<svg width='9' height='9'/>").isNull());
    }

    void whatAPeerSendsIsOnlyTakenInTheFormatsThatAreSent()
    {
        const QString drawing = fileOf(encoded(halves(QSize(8, 8)), "bmp"));
        QVERIFY(readPicture(drawing));
        QCOMPARE(int(readPicture(drawing, {}, PictureOrigin::Peer).error()),
                 int(PictureProblem::NotAPicture));
    }

    void whatIsTransparentStaysSo()
    {
        QImage sticker(100, 100, QImage::Format_ARGB32);
        sticker.fill(Qt::transparent);
        sticker.setPixel(50, 50, qRgba(255, 0, 0, 255));
        const auto image = prepare(encoded(sticker, "png"));
        QVERIFY(image);
        QCOMPARE(image->contentType, QStringLiteral("image/png"));
        QCOMPARE(qAlpha(QImage(image->file).pixel(0, 0)), 0);
    }

    void aSmallPictureNeedsNoThumbnail()
    {
        const auto image = prepare(encoded(halves(QSize(300, 200)), "png"));
        QVERIFY(image);
        QVERIFY(image->thumbnailFile.isEmpty());
        QCOMPARE(filesMade(), 1);
    }

    void anAnimationStaysOne()
    {
        const auto image = prepare(animatedGif("comment"));
        QVERIFY(image);
        QCOMPARE(image->contentType, QStringLiteral("image/gif"));
        QImageReader reader(image->file);
        QCOMPARE(reader.imageCount(), 2);
        QVERIFY(!bytesOf(image->file).contains("comment"));
    }

    void aPictureUnderAWrongNameIsTakenForWhatItIs()
    {
        const QString path =
                fileOf(encoded(halves(QSize(64, 64)), "png"), QStringLiteral("holiday.jpg"));
        const auto image = ImagePreparer(made()).prepareFile(path, false);
        QVERIFY(image);
        QCOMPARE(image->contentType, QStringLiteral("image/png"));
    }

    void whatIsNoPictureIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("problem");
        const auto row = [](const char *name, const QByteArray &bytes, PictureProblem problem) {
            QTest::newRow(name) << bytes << int(problem);
        };
        row("empty", {}, PictureProblem::NotAPicture);
        row("text", "Dear Ben, this is no picture", PictureProblem::NotAPicture);
        row("svg", R"(<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>)",
            PictureProblem::NotAPicture);
        row("html that begins like a GIF", "GIF89a/*<script>*/=1", PictureProblem::Damaged);
        row("a PNG's head alone", encoded(halves(QSize(64, 64)), "png").left(60),
            PictureProblem::Damaged);
        // Found by fuzzing: Qt tells 257 by 2 pixels, and decodes 65,282 by 2.
        row("a GIF of two sizes",
            QByteArray("GIF89a\x02\xFF\x02\0\x80\0\0\0\0\0\0\0\0"
                       "\x2C\2\0\0\0\xFF\0\0\0\0\2\0;",
                       32),
            PictureProblem::Damaged);
        row("a bomb", pngDeclaring(QSize(20'000, 20'000)), PictureProblem::TooManyPixels);
        row("a line", pngDeclaring(QSize(70'000, 1)), PictureProblem::TooManyPixels);
    }
    void whatIsNoPictureIsRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, problem);
        const qint64 before = peakBytes();
        const auto image = prepare(bytes);
        QVERIFY(!image);
        QCOMPARE(int(image.error()), problem);
        QCOMPARE(filesMade(), 0);
        constexpr qint64 allowed = 8 * 1024 * 1024;
        QVERIFY2(peakBytes() - before < allowed, "it was decoded before it was refused");
    }

    void aFileThatIsGoneIsSaidToBe()
    {
        const auto image =
                ImagePreparer(made()).prepareFile(QStringLiteral("/nowhere/at/all"), false);
        QVERIFY(!image);
        QCOMPARE(int(image.error()), int(PictureProblem::CannotRead));
    }

    void aDirectoryThatIsGoneLeavesNothingHalf()
    {
        const auto image = ImagePreparer(QStringLiteral("/nowhere/at/all"))
                                   .prepareBitmap(halves(QSize(64, 64)), false);
        QVERIFY(!image);
        QCOMPARE(int(image.error()), int(PictureProblem::CannotWrite));
    }

    void aPictureOfAPersonIsTheSquareInItsMiddle()
    {
        const auto bytes = ImagePreparer::prepareAvatar(
                fileOf(withExif(encoded(halves(QSize(1600, 800)), "jpeg"))));
        QVERIFY(bytes);
        QCOMPARE(QImage::fromData(*bytes).size(), QSize(512, 512));
        QVERIFY(!bytes->contains("Exif"));
    }
};

QTEST_MAIN(ImagePreparerTest)
#include "tst_image_preparer.moc"
