// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/file_descriptor.h"

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace dunlin::app {

/// SIGTERM, SIGINT and SIGHUP as Qt signals. Make it before any thread, so that every thread has
/// them blocked and none is interrupted.
class Signals final : public QObject {
    Q_OBJECT

public:
    explicit Signals(QObject *parent = nullptr);

Q_SIGNALS:
    void stopRequested(int signal);
    void reloadRequested();

private:
    net::FileDescriptor descriptor_;
    std::unique_ptr<QSocketNotifier> notifier_;
};

} // namespace dunlin::app
