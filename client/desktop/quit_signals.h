// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <array>
#include <memory>

namespace dunlin::client {

/// SIGTERM, SIGINT and SIGHUP as a Qt signal, so that the app ends as it does from its menu. One in
/// a program; while it lives, the signals do nothing else. GUI thread.
class QuitSignals : public QObject {
    Q_OBJECT
public:
    explicit QuitSignals(QObject *parent = nullptr);
    ~QuitSignals() override;

Q_SIGNALS:
    void quitWanted();

private:
    std::array<int, 2> m_pipe{-1, -1};
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace dunlin::client
