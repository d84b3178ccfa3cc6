// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace dunlin::test {

/// Makes certificates, by openssl(1), in a directory that everyone can read: the server of a test
/// that root runs is another user.
class CertificateAuthority {
public:
    CertificateAuthority();

    /// What the authority itself shows: PEM.
    [[nodiscard]] QString file() const { return path(QStringLiteral("ca.pem")); }
    [[nodiscard]] QString path(const QString &name) const { return directory_.filePath(name); }

    /// NAME.pem and NAME.key, for a server at these places, such as "DNS:localhost". days 0: it has
    /// expired.
    void issue(const QString &name,
               const QString &places = QStringLiteral("DNS:localhost,IP:127.0.0.1"),
               int days = 2) const;
    /// As issue(), vouched for by nobody but itself.
    void selfSign(const QString &name) const;
    /// SHA-256 of NAME.pem, in hexadecimal digits.
    [[nodiscard]] QString fingerprint(const QString &name) const;
    /// The flags for a server with NAME.
    [[nodiscard]] QStringList flags(const QString &name) const;

private:
    void run(const QStringList &arguments) const;
    void open() const;

    QTemporaryDir directory_;
};

} // namespace dunlin::test
