// SPDX-License-Identifier: Apache-2.0
#include "quit_signals.h"

#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace dunlin::client {
namespace {

constexpr std::array handled{SIGTERM, SIGINT, SIGHUP};
std::atomic<int> wakeEnd = -1;

/// Only what is safe in a signal handler.
void wake(int /*signal*/)
{
    const char byte = 0;
    // A full pipe has woken already.
    [[maybe_unused]] const auto written = ::write(wakeEnd, &byte, 1);
}

} // namespace

QuitSignals::QuitSignals(QObject *parent) : QObject(parent)
{
    if (::pipe2(m_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return; // the signals end the program as ever
    wakeEnd = m_pipe[1];
    m_notifier = std::make_unique<QSocketNotifier>(m_pipe[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        if (::read(m_pipe[0], &byte, 1) == 1)
            Q_EMIT quitWanted();
    });
    for (const int signal : handled)
        std::signal(signal, wake);
}

QuitSignals::~QuitSignals()
{
    if (m_pipe[0] < 0)
        return;
    for (const int signal : handled)
        std::signal(signal, SIG_DFL);
    wakeEnd = -1;
    for (const int end : m_pipe)
        ::close(end);
}

} // namespace dunlin::client
