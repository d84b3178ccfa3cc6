// SPDX-License-Identifier: Apache-2.0
#include "picture_scroll.h"

#include "frames.h"
#include "profile.h"

#include <QTest>

#include <algorithm>

namespace dunlin::bench {
namespace {

/// Device-independent pixels in each frame: a notch of a fast wheel.
constexpr qreal step = 120;
/// Frames in which nothing moves before the end is believed: an older page may be on its way.
constexpr int stillFramesAtEnd = 100;

} // namespace

void scroll(QQuickItem *list, FrameRecorder &recorder, int direction, int framesMax)
{
    int still = 0;
    int drawn = 0;
    recorder.run([&] {
        const qreal top = list->property("originY").toReal();
        const qreal bottom = top + list->property("contentHeight").toReal() - list->height();
        const qreal from = list->property("contentY").toReal();
        const qreal to = std::clamp(from + direction * step, top, std::max(top, bottom));
        still = qFuzzyCompare(to, from) ? still + 1 : 0;
        list->setProperty("contentY", to);
        return still > stillFramesAtEnd || ++drawn == framesMax;
    });
}

QJsonObject scrollThroughPictures(client::AppController &app, QQuickWindow &window)
{
    app.conversation()->open(QString::number(talk.value));
    auto *messages = app.conversation()->messages();
    if (!QTest::qWaitFor([&] { return messages->isLoaded() && messages->count() > 0; }, 10'000))
        qFatal("the conversation does not open");
    QQuickItem *list = itemNamed(window.contentItem(), "messageList");
    FrameRecorder recorder(window);
    scroll(list, recorder, -1);
    if (messages->seqAt(messages->count() - 1) != 1)
        qFatal("the first picture was not reached");
    scroll(list, recorder, 1);
    QJsonObject row;
    addTimes(row, QStringLiteral("frame"), recorder.frames);
    row[QStringLiteral("frames_over_32_ms")] =
            std::count_if(recorder.frames.begin(), recorder.frames.end(),
                          [](double frame) { return frame > slowMs; });
    return row;
}

} // namespace dunlin::bench
