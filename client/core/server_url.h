// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QUrl>

namespace dunlin::client {

/// The server's address as a person types it: "chat.example.org", "192.168.0.5:7380",
/// "wss://chat.example.org/dunlin". Without a scheme, what is on this machine or in a private
/// network, or has a port, is taken as ws://, everything else as wss://. Behind a "#" it may say
/// which certificate the server shows, see server_trust.h; such an address is wss://. An empty URL
/// when it is no address.
QUrl serverUrlFromText(const QString &text);

/// As a person would type it.
QString textFromServerUrl(const QUrl &url);

} // namespace dunlin::client
