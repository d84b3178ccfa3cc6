// SPDX-License-Identifier: Apache-2.0
#include "text_modes.h"

#include "await.h"
#include "frames.h"
#include "picture_scroll.h"
#include "profile.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace dunlin::bench {
namespace {

using namespace std::chrono_literals;
using test::await;

constexpr auto arrivalInterval = 20ms; // 50 a second
constexpr int keys = 300;
constexpr auto keyInterval = 60ms;
constexpr int emojiOpenings = 10;
constexpr int scrolledFrames = 1500;
constexpr int jumps = 30;

void openTalk(client::AppController &app, QQuickWindow &window, ConversationId id)
{
    QElapsedTimer clock;
    clock.start();
    app.conversation()->open(QString::number(id.value));
    auto *messages = app.conversation()->messages();
    frameWith(window, clock, [&] { return messages->isLoaded() && messages->count() > 0; });
}

qint64 slowOnes(const QList<double> &frames)
{
    return std::count_if(frames.begin(), frames.end(), [](double ms) { return ms > slowMs; });
}

/// What the server would send, put into the store.
class Arrivals : public QObject {
public:
    explicit Arrivals(client::AppController &app) : m_app(app)
    {
        connect(&m_timer, &QTimer::timeout, this, &Arrivals::addOne);
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.start(arrivalInterval);
    }
    int count = 0;

private:
    void addOne()
    {
        v1::Update update;
        update.set_seq(2 + count);
        const auto last = m_app.conversation()->messages()->newestSeq().value;
        m_next = std::max<int>(m_next, int(last)) + 1;
        *update.mutable_message_added() =
                textMessage(talk, m_next, QDateTime::currentMSecsSinceEpoch());
        m_app.client().store().applyUpdates({update}, UpdateSeq{2 + count});
        ++count;
    }
    client::AppController &m_app;
    QTimer m_timer;
    int m_next = 0;
};

} // namespace

QJsonObject openConversations(client::AppController &app, QQuickWindow &window, int conversations)
{
    auto *messages = app.conversation()->messages();
    QList<double> times;
    for (int index = 0; index < conversations; ++index) {
        const ConversationId id{talk.value + index};
        QElapsedTimer clock;
        clock.start();
        app.conversation()->open(QString::number(id.value));
        times.append(frameWith(window, clock, [&] {
            return app.conversation()->name() == QStringLiteral("Person %1").arg(index + 1)
                    && messages->isLoaded() && messages->count() > 0;
        }));
    }
    QJsonObject row;
    addTimes(row, QStringLiteral("open"), times);
    return row;
}

QJsonObject typeWhileMessagesArrive(client::AppController &app, QQuickWindow &window)
{
    openTalk(app, window, talk);
    QQuickItem *field = itemNamed(window.contentItem(), "composerField");
    field->forceActiveFocus();
    Arrivals arrivals(app);
    if (!QTest::qWaitFor([&] { return arrivals.count > 50; }, 10'000))
        qFatal("no messages arrive");
    QList<double> times;
    for (int key = 0; key < keys; ++key) {
        // In no step with the arrivals.
        QTest::qWait(int(keyInterval.count()) + key % 7);
        const auto before = field->property("length").toInt();
        QElapsedTimer clock;
        clock.start();
        QTest::keyClick(&window, Qt::Key(Qt::Key_A + key % 26));
        times.append(frameWith(window, clock,
                               [&] { return field->property("length").toInt() > before; }));
    }
    QJsonObject row;
    addTimes(row, QStringLiteral("key"), times);
    row[QStringLiteral("arrived")] = arrivals.count;
    return row;
}

QJsonObject openEmoji(client::AppController &app, QQuickWindow &window)
{
    openTalk(app, window, talk);
    QQuickItem *button = itemNamed(window.contentItem(), "emojiButton");
    const QPoint place = button->mapToScene(button->boundingRect().center()).toPoint();
    QList<double> times;
    for (int opening = 0; opening <= emojiOpenings; ++opening) {
        QElapsedTimer clock;
        clock.start();
        QTest::mouseClick(&window, Qt::LeftButton, {}, place);
        const QQuickItem *grid = itemNamed(window.contentItem(), "emojiGrid");
        times.append(frameWith(window, clock, [&] { return grid->isVisible(); }));
        QTest::keyClick(&window, Qt::Key_Escape);
        if (!QTest::qWaitFor([&] { return !grid->isVisible(); }))
            qFatal("the emoji do not close");
    }
    QJsonObject row;
    // Loads the list, and makes and draws what is shown of it.
    row[QStringLiteral("first_ms")] = times.takeFirst();
    addTimes(row, QStringLiteral("emoji"), times);
    return row;
}

QJsonObject readLongConversation(client::AppController &app, QQuickWindow &window)
{
    openTalk(app, window, talk);
    auto *messages = app.conversation()->messages();
    QQuickItem *list = itemNamed(window.contentItem(), "messageList");
    FrameRecorder scrolling(window);
    scroll(list, scrolling, -1, scrolledFrames);

    const auto summary = await(app.client().store().conversation(talk));
    const auto first =
            await(app.client().store().messagesBetween(talk, MessageSeq{1}, MessageSeq{1}));
    if (!summary || !first || first->isEmpty())
        qFatal("the conversation is not there");
    const qint64 begin = first->first().sentAtMs;
    const qint64 end = QDateTime::currentMSecsSinceEpoch();
    QRandomGenerator random(7);
    FrameRecorder jumping(window);
    QList<double> times;
    for (int jump = 0; jump < jumps; ++jump) {
        const qint64 time = begin + qint64(random.generateDouble() * double(end - begin));
        const QDateTime day = QDateTime::fromMSecsSinceEpoch(time).date().startOfDay();
        bool isShown = false;
        const auto showing = QObject::connect(
                app.conversation(), &client::ConversationController::shown, &window,
                [&](int row, bool) { isShown = messages->timeAt(row) >= day; });
        QElapsedTimer clock;
        clock.start();
        app.conversation()->jumpToDate(day);
        bool wasShown = false; // and drawn with the frame after
        jumping.run([&] { return std::exchange(wasShown, isShown); });
        times.append(double(clock.elapsed()));
        QObject::disconnect(showing);
        scroll(list, jumping, -1, 20); // what is around loads without a stop
    }
    QJsonObject row;
    addTimes(row, QStringLiteral("frame"), scrolling.frames + jumping.frames);
    row[QStringLiteral("frames_over_32_ms")] = slowOnes(scrolling.frames);
    row[QStringLiteral("frames_over_32_ms_jumping")] = slowOnes(jumping.frames);
    addTimes(row, QStringLiteral("jump"), times);
    return row;
}

} // namespace dunlin::bench
