// SPDX-License-Identifier: Apache-2.0
#include "await.h"
#include "fault_proxy.h"
#include "message_status.h"
#include "picture_item.h"
#include "sample_pictures.h"
#include "server_process.h"
#include "test_cluster.h"
#include "window_driver.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>

using namespace dunlin::client;
using namespace dunlin::test;

namespace {

constexpr qint64 mebibyte = 1024 * 1024;
/// For a photo on a machine that does other things as well.
constexpr int longMs = 30'000;

} // namespace

/// Two people, each in the app's real window, send each other pictures through the real server.
class PicturesTest : public QObject {
    Q_OBJECT

    WindowManager windowManager_;
    TestCluster cluster_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<FaultProxy> proxy_;
    QTemporaryDir directory_;
    std::unique_ptr<WindowDriver> ana_;
    std::unique_ptr<WindowDriver> ben_;

    std::unique_ptr<WindowDriver> open(const QString &profile)
    {
        return std::make_unique<WindowDriver>(directory_.filePath(profile),
                                              proxy_->webSocketUrl().toString());
    }
    QUrl fileOf(const QString &name, const QByteArray &bytes)
    {
        QFile file(directory_.filePath(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        file.write(bytes);
        return QUrl::fromLocalFile(file.fileName());
    }
    /// A photo of some megabytes: DUNLIN_TEST_PHOTO, or one that is made up.
    QUrl photo()
    {
        const QString given = qEnvironmentVariable("DUNLIN_TEST_PHOTO");
        return !given.isEmpty()
                ? QUrl::fromLocalFile(given)
                : fileOf(QStringLiteral("photo.jpg"), encoded(noise(QSize(2400, 1600)), "jpeg"));
    }
    static QList<PictureItem *> picturesOf(const WindowDriver &window)
    {
        QList<PictureItem *> pictures;
        for (QQuickItem *item : window.findAll(QStringLiteral("messagePicture")))
            pictures.append(qobject_cast<PictureItem *>(item));
        return pictures;
    }
    static int ready(const WindowDriver &window)
    {
        const auto pictures = picturesOf(window);
        return int(std::count_if(pictures.begin(), pictures.end(), [](const PictureItem *picture) {
            return picture->status() == PictureItem::Ready;
        }));
    }
    static void waitUntilPrepared(WindowDriver &window, int count)
    {
        const auto *attachments = window.app().conversation()->composer()->attachments();
        QTRY_COMPARE_WITH_TIMEOUT(attachments->count(), count, longMs);
        QTRY_VERIFY_WITH_TIMEOUT(!attachments->isPreparing(), longMs);
    }
    static QString shownProblem(WindowDriver &window)
    {
        return window.textOf(QStringLiteral("attachmentProblem"));
    }

private Q_SLOTS:
    void initTestCase()
    {
        AppWindow::prepareApplication();
        QVERIFY(cluster_.isRunning());
        server_ = std::make_unique<ServerProcess>(
                cluster_.conninfo(),
                QStringList{QStringLiteral("--heartbeat-interval-ms"), QStringLiteral("500")});
        QVERIFY(server_->start());
        proxy_ = std::make_unique<FaultProxy>(server_->port());
        ana_ = open(QStringLiteral("ana"));
        ana_->createAccount(QStringLiteral("ana"), QStringLiteral("Ana Souza"));
        ben_ = open(QStringLiteral("ben"));
        ben_->createAccount(QStringLiteral("ben"), QStringLiteral("Ben Okafor"));
        QVERIFY(ana_->activate());
        ana_->press(Qt::Key_N, Qt::ControlModifier);
        ana_->type(QStringLiteral("ben"));
        QTRY_COMPARE(ana_->app().search()->count(), 1);
        QTRY_VERIFY(!ana_->app().search()->isSearching());
        ana_->press(Qt::Key_Return);
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("composerField")));
        ana_->send(QStringLiteral("Look at this"));
        ben_->openOnlyConversation();
    }
    void cleanupTestCase()
    {
        ana_.reset();
        ben_.reset();
    }

    void aDroppedPhotoArrivesThoughTheLinkIsCutMeanwhile()
    {
        QVERIFY(ana_->activate());
        ana_->drop(QStringLiteral("messageList"), {photo()});
        waitUntilPrepared(*ana_, 1);
        ana_->type(QStringLiteral("From the lake"));
        ana_->screenshot(QStringLiteral("picture-attached"));
        QVERIFY(ben_->activate());
        QVERIFY(ana_->activate());
        proxy_->cutAfter(mebibyte / 2);
        ana_->press(Qt::Key_Return);
        QTRY_COMPARE(picturesOf(*ana_).size(), 1);
        QCOMPARE(ana_->app().conversation()->composer()->attachments()->count(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(picturesOf(*ben_).size(), 1, longMs);
        ben_->screenshot(QStringLiteral("picture-preview"));
        QTRY_COMPARE_WITH_TIMEOUT(ready(*ben_), 1, longMs);
        QTRY_COMPARE(ready(*ana_), 1);
        QTRY_VERIFY(ana_->newestStatus() >= int(MessageStatus::Delivered));
        QVERIFY(ben_->activate());
        QTRY_COMPARE(ana_->newestStatus(), int(MessageStatus::Read));
        ana_->screenshot(QStringLiteral("picture-sent"));
        ben_->screenshot(QStringLiteral("picture-received"));
        QVERIFY(ben_->messages().endsWith(QStringLiteral("From the lake")));
    }

    void itIsLookedAtInFullWithZoomAndKeys()
    {
        QVERIFY(ben_->activate());
        ben_->click(picturesOf(*ben_).first());
        QTRY_VERIFY(ben_->isVisible(QStringLiteral("pictureViewer")));
        auto *viewed = qobject_cast<PictureItem *>(ben_->find(QStringLiteral("viewedPicture")));
        QTRY_COMPARE_WITH_TIMEOUT(viewed->status(), PictureItem::Ready, longMs);
        ben_->screenshot(QStringLiteral("viewer"));
        const qreal width = viewed->width();
        ben_->press(Qt::Key_Plus);
        QTRY_VERIFY(viewed->width() > width);
        ben_->screenshot(QStringLiteral("viewer-zoomed"));
        ben_->press(Qt::Key_0);
        QTRY_COMPARE(viewed->width(), width);
        ben_->press(Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(QGuiApplication::clipboard()->image().width() > 1000);
        ben_->press(Qt::Key_Escape);
        QTRY_VERIFY(!ben_->isVisible(QStringLiteral("pictureViewer")));
    }

    void itIsSavedToAFile()
    {
        const QString place = directory_.filePath(QStringLiteral("saved.jpg"));
        ben_->click(picturesOf(*ben_).first());
        QTRY_VERIFY(ben_->isVisible(QStringLiteral("pictureViewer")));
        auto *viewer = ben_->app().conversation()->viewer();
        QVERIFY(viewer->fileName().endsWith(QLatin1String(".jpg")));
        viewer->save(QUrl::fromLocalFile(place));
        QTRY_VERIFY(QFile::exists(place));
        QTRY_VERIFY(!QImage(place).isNull());
        QTRY_VERIFY(ben_->app().notice().contains(place));
        ben_->click(QStringLiteral("closeViewerButton"));
    }

    void aCopiedPictureIsPastedAndNeedsNoWords()
    {
        QVERIFY(ben_->activate());
        ben_->click(QStringLiteral("composerField"));
        QGuiApplication::clipboard()->setImage(halves(QSize(300, 600)));
        ben_->press(Qt::Key_V, Qt::ControlModifier);
        waitUntilPrepared(*ben_, 1);
        ben_->press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(picturesOf(*ana_).size(), 2, longMs);
        QTRY_COMPARE_WITH_TIMEOUT(ready(*ana_), 2, longMs);
        QTRY_VERIFY(ana_->messages().endsWith(QString()));
    }

    void severalPicturesMakeAnAlbumAndTheViewerGoesThroughAll()
    {
        QVERIFY(ana_->activate());
        QList<QUrl> files;
        for (const QSize size :
             {QSize(900, 600), QSize(600, 900), QSize(800, 800), QSize(1200, 500), QSize(500, 500)})
            files.append(fileOf(QStringLiteral("album%1.png").arg(files.size()),
                                encoded(halves(size), "png")));
        ana_->drop(QStringLiteral("messageList"), files);
        waitUntilPrepared(*ana_, 5);
        ana_->screenshot(QStringLiteral("album-attached"));
        ana_->click(QStringLiteral("removeAttachmentButton"));
        const auto *attachments = ana_->app().conversation()->composer()->attachments();
        QTRY_COMPARE(attachments->count(), 4);
        ana_->press(Qt::Key_Return);
        QTRY_COMPARE(attachments->count(), 4);
        ana_->find(QStringLiteral("originalBox"))->forceActiveFocus(Qt::TabFocusReason);
        ana_->press(Qt::Key_Return);
        QTRY_VERIFY(attachments->isOriginal());
        ana_->press(Qt::Key_Space);
        QTRY_VERIFY(!attachments->isOriginal());
        waitUntilPrepared(*ana_, 4);
        ana_->click(QStringLiteral("sendButton"));
        QTRY_VERIFY_WITH_TIMEOUT(
                ben_->app().conversation()->messages()->messageAt(0) != nullptr
                        && ben_->app().conversation()->messages()->messageAt(0)->images.size() == 4,
                longMs);
        QTRY_VERIFY_WITH_TIMEOUT(ready(*ben_) >= 4, longMs);
        ben_->screenshot(QStringLiteral("album"));

        QVERIFY(ben_->activate());
        auto *viewer = ben_->app().conversation()->viewer();
        viewer->open(0, 0);
        int seen = 1;
        for (; viewer->hasNewer(); ++seen)
            ben_->press(Qt::Key_Right);
        QCOMPARE(seen, 4);
        QTRY_VERIFY(viewer->hasOlder());
        for (int back = 0; back < 5; ++back) {
            QTRY_VERIFY(viewer->hasOlder());
            ben_->press(Qt::Key_Left);
        }
        QTRY_VERIFY(!viewer->hasOlder());
        QCOMPARE(viewer->caption(), QStringLiteral("From the lake"));
        ben_->press(Qt::Key_Escape);
    }

    void anAnimationPlaysWhileItIsSeenAndStopsWhenNot()
    {
        QVERIFY(ana_->activate());
        ana_->app().conversation()->composer()->attachments()->addFiles(
                {fileOf(QStringLiteral("moving.gif"), animatedGif("secret place"))});
        waitUntilPrepared(*ana_, 1);
        ana_->click(QStringLiteral("sendButton"));
        const auto moving = [this]() -> PictureItem * {
            for (PictureItem *picture : picturesOf(*ben_)) {
                if (picture->isAnimated())
                    return picture;
            }
            return nullptr;
        };
        QTRY_VERIFY_WITH_TIMEOUT(moving() != nullptr, longMs);
        QVERIFY(ben_->activate());
        QTRY_VERIFY_WITH_TIMEOUT(moving()->isPlaying(), longMs);
        QVERIFY(ana_->activate()); // Ben looks elsewhere
        QTRY_VERIFY(!moving()->isPlaying());
        QVERIFY(ben_->activate());
        QTRY_VERIFY(moving()->isPlaying());
    }

    void whatIsNoPictureIsToldAtOnce()
    {
        QVERIFY(ana_->activate());
        ana_->drop(QStringLiteral("messageList"),
                   {fileOf(QStringLiteral("notes.txt"), "no picture"),
                    fileOf(QStringLiteral("fine.png"), encoded(halves(QSize(64, 64)), "png"))});
        waitUntilPrepared(*ana_, 1);
        QTRY_VERIFY(shownProblem(*ana_).contains(QLatin1String("notes.txt")));
        ana_->screenshot(QStringLiteral("picture-refused"));
        ana_->click(QStringLiteral("removeAttachmentButton"));
        QTRY_COMPARE(ana_->app().conversation()->composer()->attachments()->count(), 0);
        QTRY_VERIFY(shownProblem(*ana_).isEmpty());
    }

    void aPictureOnItsWayShowsHowFarItIsAndCanBeTakenBack()
    {
        QVERIFY(ana_->activate());
        ana_->click(QStringLiteral("composerField"));
        proxy_->setOpen(false);
        proxy_->cutAll();
        QTRY_VERIFY(ana_->app().client().connection().state() != ConnectionState::Online);
        ana_->app().conversation()->composer()->attachments()->addFiles({photo()});
        waitUntilPrepared(*ana_, 1);
        ana_->press(Qt::Key_Return);
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("uploadRing")));
        QCOMPARE(ana_->newestStatus(), int(MessageStatus::Queued));
        QTRY_VERIFY(
                ana_->textOf(QStringLiteral("connectionLine")).startsWith(QLatin1String("Off")));
        ana_->screenshot(QStringLiteral("picture-waiting"));
        ana_->click(QStringLiteral("cancelUploadButton"));
        QTRY_VERIFY(!ana_->isVisible(QStringLiteral("uploadRing")));
        proxy_->setOpen(true);
        QTRY_COMPARE(ana_->app().client().connection().state(), ConnectionState::Online);
    }

    void aPersonsPictureIsSeenByOthers()
    {
        QVERIFY(ana_->activate());
        ana_->press(Qt::Key_Comma, Qt::ControlModifier);
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("changePictureButton")));
        ana_->click(QStringLiteral("changePictureButton"));
        const auto dialog = [] {
            return qobject_cast<QFileDialog *>(QApplication::activeModalWidget());
        };
        QTRY_VERIFY(dialog() != nullptr);
        const QUrl face =
                fileOf(QStringLiteral("face.png"), encoded(halves(QSize(700, 500)), "png"));
        dialog()->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"))
                ->setText(face.toLocalFile());
        QMetaObject::invokeMethod(dialog(), "accept");
        QTRY_VERIFY2(!ana_->app().selfAvatarBlobId().isEmpty(), qPrintable(ana_->app().notice()));
        QTRY_COMPARE(ben_->app().conversation()->avatarBlobId(), ana_->app().selfAvatarBlobId());
        QTRY_VERIFY(ana_->isVisible(QStringLiteral("removePictureButton")));
        QTRY_VERIFY(!ben_->app().blobs()->file(ana_->app().selfAvatarBlobId()).isEmpty());
        ana_->screenshot(QStringLiteral("settings-picture"));
        ben_->screenshot(QStringLiteral("avatar"));
        ana_->click(QStringLiteral("removePictureButton"));
        QTRY_VERIFY(ben_->app().conversation()->avatarBlobId().isEmpty());
        ana_->click(QStringLiteral("closeSettingsButton"));
    }
};

QTEST_MAIN(PicturesTest)
#include "tst_pictures.moc"
