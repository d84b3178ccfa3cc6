// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"

#include <QByteArray>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QString>
#include <QUrl>

namespace dunlin::client {

/// Whose certificate a server may show. By default one that an authority of this system vouches
/// for. An address can say more, behind a "#":
///
///     wss://chat.example.org#sha256=9F:86:D0:...   this very certificate, whoever made it
///     wss://chat.example.org#ca=/home/ana/ca.pem   one that these authorities vouch for, no others
///
/// There is no way to go on with any other. What is behind the "#" never leaves this machine.
struct ServerTrust {
    /// SHA-256 of the certificate in DER form; empty: any that is vouched for.
    QByteArray fingerprint = {};
    /// A PEM file; empty: the system's authorities.
    QString authorityFile = {};

    /// Whether the address says something of the kind, rightly or not.
    static bool isIn(const QUrl &server);
    /// Error: INVALID_ARGUMENT, for what is neither of the above.
    static Result<ServerTrust> of(const QUrl &server);

    /// What to connect with. Error: SERVER_NOT_TRUSTED, when the file has no certificate.
    [[nodiscard]] Result<QSslConfiguration> configuration() const;
    /// The certificate is the one that is meant, and needs nobody to vouch for it.
    [[nodiscard]] bool isPinned(const QSslCertificate &certificate) const;
    /// False: the certificate may be vouched for, but is not the one that is meant.
    [[nodiscard]] bool isAllowed(const QSslCertificate &certificate) const;
};

} // namespace dunlin::client
