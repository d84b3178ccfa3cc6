// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fault_proxy.h"

#include <QCoroTask>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <QWebSocket>

#include <memory>
#include <vector>

namespace dunlin::chaos {

/// Many clients who connect and sign in in one moment, try again when that fails, and leave in one
/// moment with the object.
class Storm : public QObject {
    Q_OBJECT

public:
    Storm(const std::vector<std::unique_ptr<test::FaultProxy>> &proxies, int clients);

    /// ms until everyone has signed in; -1 when that takes more than a minute.
    QCoro::Task<qint64> waitUntilIn();

private:
    void open(std::size_t index);

    std::vector<QUrl> servers_;
    std::vector<std::unique_ptr<QWebSocket>> sockets_;
    std::vector<bool> isIn_;
    std::size_t in_ = 0;
    QElapsedTimer timer_;
};

} // namespace dunlin::chaos
