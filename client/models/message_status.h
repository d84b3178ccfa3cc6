// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "types.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

/// What the ticks of an own message say. QML: MessageStatus.Sent.
namespace dunlin::client::MessageStatus {

Q_NAMESPACE
QML_ELEMENT

enum Value { None, Queued, Sent, Delivered, Read, Failed };
Q_ENUM_NS(Value)

/// Of an own message at seq, given how far the other has come.
inline Value of(SendState state, MessageSeq seq, MessageSeq peerDelivered, MessageSeq peerRead)
{
    if (state == SendState::Queued)
        return Queued;
    if (state == SendState::Failed)
        return Failed;
    if (seq <= peerRead)
        return Read;
    return seq <= peerDelivered ? Delivered : Sent;
}

} // namespace dunlin::client::MessageStatus
