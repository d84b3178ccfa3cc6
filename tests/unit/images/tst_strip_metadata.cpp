// SPDX-License-Identifier: Apache-2.0
#include "sample_pictures.h"
#include "strip_metadata.h"

#include <QImageReader>
#include <QTest>

using namespace dunlin::client;
using namespace dunlin::test;

namespace {

int framesOf(QByteArray bytes)
{
    QBuffer buffer(&bytes);
    QImageReader reader(&buffer);
    int frames = 0;
    while (!reader.read().isNull())
        ++frames;
    return frames;
}

} // namespace

class StripMetadataTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anAnimationKeepsItsFramesAndLosesWhatIsSaidInIt()
    {
        const QByteArray gif = animatedGif("taken at home", "<script>alert(1)</script>");
        QCOMPARE(framesOf(gif), 2);
        const auto stripped = strippedGif(gif);
        QVERIFY(stripped);
        QCOMPARE(framesOf(*stripped), 2);
        QVERIFY(!stripped->contains("taken at home"));
        QVERIFY(!stripped->contains("spy"));
        QVERIFY(stripped->contains("NETSCAPE2.0"));
        QVERIFY(!stripped->contains("script"));
        QVERIFY(stripped->endsWith('\x3B'));
    }

    void aGifThatIsCutAnywhereIsRefused()
    {
        const QByteArray gif = animatedGif("a");
        for (qsizetype size = 0; size < gif.size(); ++size)
            QVERIFY2(!strippedGif(gif.left(size)), qPrintable(QString::number(size)));
    }

    void aWebpLosesPlaceAndAuthor()
    {
        if (!QImageWriter::supportedImageFormats().contains("webp"))
            QFAIL("the plugin for WebP is missing: qt6-image-formats-plugins");
        const QByteArray webp = webpWithExif();
        QCOMPARE(framesOf(webp), 1);
        const auto stripped = strippedWebp(webp + "behind");
        QVERIFY(stripped);
        QCOMPARE(framesOf(*stripped), 1);
        QVERIFY(!stripped->contains("52.5 N"));
        QVERIFY(!stripped->contains("Ana"));
        QVERIFY(!stripped->contains("behind"));
        QCOMPARE(quint8(stripped->at(12 + 8)) & 0x0C, 0);
    }

    void aWebpThatIsCutAnywhereIsRefused()
    {
        const QByteArray webp = webpWithExif();
        for (qsizetype size = 0; size < webp.size(); ++size)
            QVERIFY2(!strippedWebp(webp.left(size)), qPrintable(QString::number(size)));
    }
};

QTEST_GUILESS_MAIN(StripMetadataTest)
#include "tst_strip_metadata.moc"
