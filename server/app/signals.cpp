// SPDX-License-Identifier: Apache-2.0
#include "app/signals.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>

namespace dunlin::app {

Signals::Signals(QObject *parent) : QObject(parent)
{
    std::signal(SIGPIPE, SIG_IGN);
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    descriptor_ = net::FileDescriptor(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
    notifier_ = std::make_unique<QSocketNotifier>(descriptor_.get(), QSocketNotifier::Read);
    connect(notifier_.get(), &QSocketNotifier::activated, this, [this] {
        signalfd_siginfo info{};
        while (::read(descriptor_.get(), &info, sizeof info) == sizeof info) {
            if (info.ssi_signo == SIGHUP)
                Q_EMIT reloadRequested();
            else
                Q_EMIT stopRequested(static_cast<int>(info.ssi_signo));
        }
    });
}

} // namespace dunlin::app
