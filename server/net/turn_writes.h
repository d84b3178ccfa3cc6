// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTcpSocket>

#include <vector>

namespace dunlin::net {

/// Writes each socket once per turn of the event loop, however many messages it was given in the
/// turn: one system call, where Qt's way costs a change of what epoll watches, a wait and another
/// change besides. Lives on the thread whose sockets it writes.
class TurnWrites final : public QObject {
    Q_OBJECT

public:
    explicit TurnWrites(QObject *parent = nullptr);

    /// socket has got something to write.
    void add(QTcpSocket &socket);
    /// The socket goes.
    void remove(QTcpSocket &socket);

private:
    void write();

    std::vector<QTcpSocket *> sockets_;
    std::vector<QTcpSocket *> writing_;
};

} // namespace dunlin::net
