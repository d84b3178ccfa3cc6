// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "types.h"

#include "dunlin/error_code.h"

#include "dunlin.pb.h"

namespace dunlin::client {

// Between the wire's types and the client's.

/// As an error is named on the wire, which is how its code is kept and passed on.
inline QString wireNameOf(ErrorCode code)
{
    const auto name = toWireName(code);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

inline QString toQString(const std::string &text)
{
    return QString::fromStdString(text);
}
QByteArray toByteArray(const ClientId &id);
Person toPerson(const v1::User &user);
/// Of what PendingAction::request may be.
ConversationId conversationOf(const v1::ClientFrame &request);
QList<MessageSeq> seqsOf(const v1::ClientFrame &request);
Presence toPresence(const v1::Presence &presence);
Device toDevice(const v1::Device &device);
Privacy toPrivacy(const v1::Privacy &privacy);
/// As the store keeps it under privacyKey.
inline const QString privacyKey = QStringLiteral("privacy");
QString encodePrivacy(const Privacy &privacy);
Privacy decodePrivacy(const QString &text);
Retention toRetention(const v1::Retention &retention);
/// As the store keeps it under serverRetentionKey.
inline const QString serverRetentionKey = QStringLiteral("serverRetention");
QString encodeRetention(const Retention &retention);
Retention decodeRetention(const QString &text);

using WireImages = google::protobuf::RepeatedPtrField<v1::Image>;
QList<Image> toImages(const WireImages &images);
/// Without files.
void fill(WireImages &to, const QList<Image> &images);
/// As the store keeps them; empty for none.
QByteArray encodeImages(const WireImages &images);
using WireReactions = google::protobuf::RepeatedPtrField<v1::Reaction>;
/// As the store keeps them; empty for none.
QByteArray encodeReactions(const WireReactions &reactions);
WireReactions decodeReactions(const QByteArray &bytes);
QList<Reaction> toReactions(const WireReactions &reactions);
Draft toDraft(const v1::Draft &draft);
void fill(v1::Draft &to, const Draft &draft);
QList<Image> decodeImages(const QByteArray &bytes);

} // namespace dunlin::client
