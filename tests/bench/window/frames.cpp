// SPDX-License-Identifier: Apache-2.0
#include "frames.h"

#include <QEventLoop>
#include <QFile>
#include <QTimer>

#include <algorithm>

namespace dunlin::bench {
namespace {

using namespace std::chrono_literals;
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

} // namespace

QQuickItem *itemNamed(QQuickItem *root, const char *name)
{
    QQuickItem *found = findItem(root, QLatin1String(name));
    if (found == nullptr)
        qFatal("there is no %s", name);
    return found;
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

void addTimes(QJsonObject &row, const QString &word, QList<double> samples)
{
    std::sort(samples.begin(), samples.end());
    const auto at = [&samples](double part) {
        return samples[qsizetype(double(samples.size() - 1) * part)];
    };
    row[word + QStringLiteral("s")] = samples.size();
    row[word + QStringLiteral("_p50_ms")] = at(0.5);
    row[word + QStringLiteral("_p99_ms")] = at(0.99);
    row[word + QStringLiteral("_max_ms")] = samples.last();
}

FrameRecorder::FrameRecorder(QQuickWindow &window) : m_window(window) { }

void FrameRecorder::run(const std::function<bool()> &isDone)
{
    QEventLoop loop;
    QElapsedTimer clock;
    const auto drawing = connect(&m_window, &QQuickWindow::frameSwapped, this, [&] {
        if (clock.isValid())
            frames.append(double(clock.nsecsElapsed()) / nsPerMs);
        if (isDone()) {
            loop.quit();
            return;
        }
        clock.start();
        m_window.update();
    });
    m_window.update();
    loop.exec();
    disconnect(drawing);
}

double frameWith(QQuickWindow &window, const QElapsedTimer &clock,
                 const std::function<bool()> &isThere)
{
    QEventLoop loop;
    double elapsed = 0;
    const auto drawing = QObject::connect(&window, &QQuickWindow::frameSwapped, &loop, [&] {
        if (isThere()) {
            elapsed = double(clock.nsecsElapsed()) / nsPerMs;
            loop.quit();
        } else {
            window.update();
        }
    });
    QTimer::singleShot(10s, &loop, [] { qFatal("what is waited for does not come"); });
    window.update();
    loop.exec();
    QObject::disconnect(drawing);
    return elapsed;
}

} // namespace dunlin::bench
