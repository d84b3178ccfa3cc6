// SPDX-License-Identifier: Apache-2.0
#include "picture_scroll.h"

#include "profile.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QQuickItem>
#include <QTest>
#include <QTimer>

#include <algorithm>

namespace dunlin::bench {
namespace {

/// Device-independent pixels in each frame: a notch of a fast wheel.
constexpr qreal step = 120;
/// What a frame may take before one is seen to be missing at 30 a second.
constexpr double slowMs = 32;
constexpr double nsPerMs = 1e6;

QQuickItem *findItem(QQuickItem *item, const QString &name)
{
    if (item->objectName() == name)
        return item;
    const auto children = item->childItems();
    for (QQuickItem *child : children) {
        if (QQuickItem *found = findItem(child, name))
            return found;
    }
    return nullptr;
}

double megabytesOf(const char *field)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const auto lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(field))
            return line.mid(qsizetype(qstrlen(field))).trimmed().split(' ').first().toDouble()
                    / 1024;
    }
    return 0;
}

/// Moves the view with every frame, and measures from one frame's end to the next.
class Scroller : public QObject {
public:
    Scroller(QQuickItem *list, QQuickWindow &window) : m_list(list), m_window(window)
    {
        connect(&window, &QQuickWindow::frameSwapped, this, &Scroller::onFrame);
    }

    /// direction -1: towards what is older. Ends where nothing moves any more.
    void run(int direction)
    {
        m_direction = direction;
        m_still = 0;
        m_isFirst = true;
        m_window.update();
        m_loop.exec();
    }
    QList<double> frames;

private:
    [[nodiscard]] qreal value(const char *name) const { return m_list->property(name).toReal(); }

    void onFrame()
    {
        if (m_direction == 0)
            return;
        if (!m_isFirst)
            frames.append(double(m_clock.nsecsElapsed()) / nsPerMs);
        m_isFirst = false;
        const qreal top = value("originY");
        const qreal bottom = top + value("contentHeight") - m_list->height();
        const qreal from = value("contentY");
        const qreal to = std::clamp(from + m_direction * step, top, std::max(top, bottom));
        m_still = qFuzzyCompare(to, from) ? m_still + 1 : 0;
        if (m_still > stillFramesAtEnd) {
            m_direction = 0;
            m_loop.quit();
            return;
        }
        m_list->setProperty("contentY", to);
        m_clock.start();
        m_window.update();
    }

    /// An older page may be on its way.
    static constexpr int stillFramesAtEnd = 100;
    QQuickItem *m_list;
    QQuickWindow &m_window;
    QEventLoop m_loop;
    QElapsedTimer m_clock;
    int m_direction = 0;
    int m_still = 0;
    bool m_isFirst = true;
};

} // namespace

QJsonObject scrollThroughPictures(client::AppController &app, QQuickWindow &window)
{
    app.conversation()->open(QString::number(talk.value));
    auto *messages = app.conversation()->messages();
    if (!QTest::qWaitFor([&] { return messages->isLoaded() && messages->count() > 0; }, 10'000))
        qFatal("the conversation does not open");
    QQuickItem *list = findItem(window.contentItem(), QStringLiteral("messageList"));
    if (list == nullptr)
        qFatal("there is no list of messages");
    Scroller scroller(list, window);
    scroller.run(-1);
    const bool isAtFirst = messages->seqAt(messages->count() - 1) == 1;
    scroller.run(1);
    QList<double> frames = scroller.frames;
    std::sort(frames.begin(), frames.end());
    const auto at = [&frames](double part) {
        return frames[qsizetype(double(frames.size() - 1) * part)];
    };
    const auto slow = std::count_if(frames.begin(), frames.end(),
                                    [](double frame) { return frame > slowMs; });
    if (!isAtFirst)
        qFatal("the first picture was not reached");
    return {{QStringLiteral("mode"), QStringLiteral("pictures")},
            {QStringLiteral("frames"), frames.size()},
            {QStringLiteral("p50_ms"), at(0.5)},
            {QStringLiteral("p99_ms"), at(0.99)},
            {QStringLiteral("max_ms"), frames.last()},
            {QStringLiteral("frames_over_32_ms"), qint64(slow)},
            {QStringLiteral("rss_mb"), megabytesOf("VmRSS:")},
            {QStringLiteral("peak_rss_mb"), megabytesOf("VmHWM:")}};
}

} // namespace dunlin::bench
