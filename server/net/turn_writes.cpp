// SPDX-License-Identifier: Apache-2.0
#include "net/turn_writes.h"

#include <QAbstractEventDispatcher>

#include <algorithm>

namespace dunlin::net {

TurnWrites::TurnWrites(QObject *parent) : QObject(parent)
{
    // Before the wait of each turn. Should it not come, Qt's write notifier is enabled still.
    connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, this,
            &TurnWrites::write);
}

void TurnWrites::add(QTcpSocket &socket)
{
    // Again in a row is common; again later finds nothing left to write.
    if (sockets_.empty() || sockets_.back() != &socket)
        sockets_.push_back(&socket);
}

void TurnWrites::remove(QTcpSocket &socket)
{
    std::erase(sockets_, &socket);
    std::replace(writing_.begin(), writing_.end(), &socket, static_cast<QTcpSocket *>(nullptr));
}

void TurnWrites::write()
{
    // What a write sets off may add and remove sockets, in both lists.
    writing_.swap(sockets_);
    for (std::size_t i = 0; i < writing_.size(); ++i) {
        if (writing_[i] != nullptr)
            writing_[i]->flush();
    }
    writing_.clear();
}

} // namespace dunlin::net
