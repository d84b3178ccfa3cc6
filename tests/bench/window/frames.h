// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QElapsedTimer>
#include <QJsonObject>
#include <QList>
#include <QQuickItem>
#include <QQuickWindow>

#include <functional>

/// What the measurements of the window share.
namespace dunlin::bench {

/// What a frame may take before one is seen to be missing at 30 a second.
inline constexpr double slowMs = 32;

/// The first item with this name, the item itself among them; ends the program when there is none.
QQuickItem *itemNamed(QQuickItem *root, const char *name);

/// A field of /proc/self/status that is in kB, in MB.
double megabytesOf(const char *field);

/// Adds count, p50_ms, p99_ms and max_ms of the samples, with this word before them.
void addTimes(QJsonObject &row, const QString &word, QList<double> samples);

/// Draws frame after frame and keeps how long each took, from the end of one to the end of the
/// next: a frame that waits for anything on the GUI thread is a long one.
class FrameRecorder : public QObject {
public:
    explicit FrameRecorder(QQuickWindow &window);

    /// Draws until isDone, called after each frame, says so. Not more than one at a time.
    void run(const std::function<bool()> &isDone);

    QList<double> frames;

private:
    QQuickWindow &m_window;
};

/// Waits until a condition holds after a frame, and gives the milliseconds since clock was started.
/// Ends the program after 10 s.
double frameWith(QQuickWindow &window, const QElapsedTimer &clock,
                 const std::function<bool()> &isThere);

} // namespace dunlin::bench
