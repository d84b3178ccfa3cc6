// SPDX-License-Identifier: Apache-2.0
#include "attachment_list_model.h"
#include "model_fixture.h"
#include "sample_pictures.h"

#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QMimeData>

using namespace dunlin;
using namespace dunlin::client;
using namespace dunlin::test;

class AttachmentListModelTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ModelFixture> fixture_;
    std::unique_ptr<AttachmentListModel> model_;
    QTemporaryDir sources_;
    int drawings_ = 0;

    QUrl fileOf(const QString &name, const QByteArray &bytes)
    {
        QFile file(sources_.filePath(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        file.write(bytes);
        return QUrl::fromLocalFile(file.fileName());
    }
    QUrl drawing()
    {
        const QString name = QStringLiteral("drawing%1.png").arg(++drawings_);
        return fileOf(name, encoded(halves(QSize(64, 64)), "png"));
    }
    [[nodiscard]] qsizetype filesPrepared() const
    {
        return QDir(fixture_->client().preparedDirectory()).entryList(QDir::Files).size();
    }

private Q_SLOTS:
    void init()
    {
        fixture_ = std::make_unique<ModelFixture>();
        fixture_->signIn();
        model_ = std::make_unique<AttachmentListModel>(fixture_->client());
        model_->open(ConversationId{1});
    }
    void cleanup()
    {
        model_.reset();
        fixture_.reset();
    }

    void aFileIsMadeReadyAndTakenOnce()
    {
        model_->addFiles({drawing()});
        QCOMPARE(model_->count(), 1);
        QVERIFY(model_->isPreparing());
        QVERIFY(model_->take().isEmpty()); // not before it is ready
        QTRY_VERIFY(!model_->isPreparing());
        const QList<Image> images = model_->take();
        QCOMPARE(images.size(), 1);
        QVERIFY(QFile::exists(images[0].file));
        QCOMPARE(model_->count(), 0);
        model_->putBack(ConversationId{1}, images);
        QCOMPARE(model_->take(), images);
    }

    void whatIsRefusedGoesAndIsNamed()
    {
        model_->addFiles({fileOf(QStringLiteral("notes.txt"), "words"), drawing()});
        QTRY_VERIFY(!model_->isPreparing());
        QCOMPARE(model_->count(), 1);
        QVERIFY(model_->problemText().contains(QLatin1String("notes.txt")));
        model_->remove(0);
        QVERIFY(model_->problemText().isEmpty());
        QCOMPARE(filesPrepared(), 0);
    }

    void aPictureThatIsNotOnThisComputerIsExplained()
    {
        model_->addFiles({QUrl(QStringLiteral("https://example.org/picture.png"))});
        QCOMPARE(model_->count(), 0);
        QVERIFY(model_->problemText().contains(QLatin1String("example.org")));
    }

    void eachConversationKeepsItsOwn()
    {
        model_->addFiles({drawing()});
        model_->open(ConversationId{2}); // before it is ready
        QCOMPARE(model_->count(), 0);
        model_->addFiles({drawing(), drawing()});
        QTRY_VERIFY(!model_->isPreparing());
        QTRY_COMPARE(filesPrepared(), 3);
        model_->open(ConversationId{1});
        QCOMPARE(model_->count(), 1);
        QTRY_VERIFY(!model_->isPreparing());
        model_->open(ConversationId{2});
        QCOMPARE(model_->take().size(), 2);
    }

    void onesThatAreRemovedLeaveNoFile()
    {
        model_->addFiles({drawing(), drawing()});
        model_->remove(0); // while it is prepared
        QTRY_VERIFY(!model_->isPreparing());
        model_->remove(0);
        QTRY_COMPARE(filesPrepared(), 0);
    }

    void whoSignsInNextFindsNothing()
    {
        model_->addFiles({drawing()});
        QTRY_VERIFY(!model_->isPreparing());
        model_->open(ConversationId{2});
        model_->addFiles({drawing()});
        QTRY_VERIFY(!model_->isPreparing());
        Q_EMIT fixture_->client().session().signedOut({});
        QCOMPARE(model_->count(), 0);
        model_->open(ConversationId{1});
        QCOMPARE(model_->count(), 0);
        QCOMPARE(filesPrepared(), 0);
    }

    void askingForTheOriginalMakesItAgain()
    {
        model_->addFiles(
                {fileOf(QStringLiteral("large.jpg"), encoded(noise(QSize(2700, 100)), "jpeg"))});
        QTRY_VERIFY(!model_->isPreparing());
        model_->setOriginal(true);
        QVERIFY(model_->isPreparing());
        QTRY_VERIFY(!model_->isPreparing());
        const QList<Image> images = model_->take();
        QCOMPARE(images[0].width, 2700);
        QTRY_COMPARE(filesPrepared(), 2); // it and its thumbnail
    }

    void aCopiedBitmapIsTakenAndACopiedTextIsNot()
    {
        auto *text = new QMimeData; // the clipboard owns it
        text->setText(QStringLiteral("words"));
        text->setImageData(halves(QSize(9, 9)));
        QGuiApplication::clipboard()->setMimeData(text);
        QVERIFY(!model_->addFromClipboard());
        QGuiApplication::clipboard()->setImage(halves(QSize(9, 9)));
        QVERIFY(model_->addFromClipboard());
        QTRY_VERIFY(!model_->isPreparing());
        QCOMPARE(model_->take().first().width, 9);
    }
};

QTEST_MAIN(AttachmentListModelTest)
#include "tst_attachment_list_model.moc"
