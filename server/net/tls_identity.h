// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"

#include <QSslConfiguration>
#include <QString>

#include <mutex>

namespace dunlin::net {

/// The certificate that the server shows, and its key: what each new connection is encrypted with.
/// TLS 1.3, or 1.2 where a client has no more; nothing older. Thread-safe.
class TlsIdentity {
public:
    /// PEM files: the certificate with the chain behind it, and its private key, RSA or EC.
    TlsIdentity(QString certificateFile, QString privateKeyFile);

    /// Reads the files, again when they have been replaced. On an error the old identity stays.
    /// Error: UNAVAILABLE, with words for an operator.
    Result<void> load();

    [[nodiscard]] QSslConfiguration configuration() const;

private:
    const QString certificateFile_;
    const QString privateKeyFile_;
    mutable std::mutex mutex_;
    QSslConfiguration configuration_;
};

} // namespace dunlin::net
