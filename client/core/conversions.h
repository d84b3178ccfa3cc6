// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "types.h"

#include "dunlin.pb.h"

namespace dunlin::client {

/// Between the wire's types and the client's.
inline QString toQString(const std::string &text)
{
    return QString::fromStdString(text);
}
QByteArray toByteArray(const ClientId &id);
Person toPerson(const v1::User &user);
Presence toPresence(const v1::Presence &presence);
Device toDevice(const v1::Device &device);

using WireImages = google::protobuf::RepeatedPtrField<v1::Image>;
QList<Image> toImages(const WireImages &images);
/// Without files.
void fill(WireImages &to, const QList<Image> &images);
/// As the store keeps them; empty for none.
QByteArray encodeImages(const WireImages &images);
QList<Image> decodeImages(const QByteArray &bytes);

} // namespace dunlin::client
