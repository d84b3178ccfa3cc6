// SPDX-License-Identifier: Apache-2.0
#include "album_layout.h"

#include <QTest>

using namespace dunlin::client;

class AlbumLayoutTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSinglePictureKeepsItsShape_data()
    {
        QTest::addColumn<QSize>("picture");
        QTest::addColumn<QSizeF>("shown");
        QTest::newRow("wide") << QSize(2560, 1280) << QSizeF(400, 200);
        QTest::newRow("high") << QSize(1200, 2400) << QSizeF(210, 420);
        QTest::newRow("small") << QSize(200, 150) << QSizeF(200, 150);
        QTest::newRow("tiny") << QSize(2, 2) << QSizeF(120, 120);
        QTest::newRow("a stripe") << QSize(4000, 40) << QSizeF(400, 120);
    }
    void aSinglePictureKeepsItsShape()
    {
        QFETCH(QSize, picture);
        QFETCH(QSizeF, shown);
        const AlbumLayout layout = layoutAlbum({picture});
        QCOMPARE(QSizeF(layout.width, layout.width * layout.height), shown);
        QCOMPARE(layout.places, (QList{QRectF(0, 0, 1, layout.height)}));
    }

    void anAlbumFillsItsWidthAndNothingOverlaps_data()
    {
        QTest::addColumn<int>("count");
        for (int count = 2; count <= 10; ++count)
            QTest::addRow("%d", count) << count;
    }
    void anAlbumFillsItsWidthAndNothingOverlaps()
    {
        QFETCH(int, count);
        const QList<QSize> shapes{{900, 600}, {600, 900}, {10, 5000}, {5000, 10}, {0, 0}};
        QList<QSize> pictures;
        for (int i = 0; i < count; ++i)
            pictures.append(shapes[i % shapes.size()]);
        const AlbumLayout layout = layoutAlbum(pictures);
        QCOMPARE(layout.places.size(), count);
        const QRectF all(0, 0, 1 + 1e-9, layout.height + 1e-9);
        for (const QRectF &place : layout.places) {
            QVERIFY(place.width() > 0.1 && place.height() > 0.1);
            QVERIFY(all.contains(place));
            for (const QRectF &other : layout.places)
                QVERIFY(&place == &other || !place.intersects(other));
        }
        // The last of each row ends where the album does.
        QVERIFY(std::abs(layout.places.last().right() - 1) < 1e-9);
    }

    void noPictureNeedsNoPlace()
    {
        QVERIFY(layoutAlbum({}).places.isEmpty());
        QCOMPARE(layoutAlbum({}).width, 0.0);
    }
};

QTEST_GUILESS_MAIN(AlbumLayoutTest)
#include "tst_album_layout.moc"
