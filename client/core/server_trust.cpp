// SPDX-License-Identifier: Apache-2.0
#include "server_trust.h"

#include <QCryptographicHash>
#include <QSslSocket>

namespace dunlin::client {
namespace {

constexpr QLatin1String fingerprintKey("sha256=");
constexpr QLatin1String authorityKey("ca=");
constexpr qsizetype fingerprintBytes = 32;

} // namespace

bool ServerTrust::isIn(const QUrl &server)
{
    const QString text = server.fragment(QUrl::FullyDecoded);
    return text.startsWith(fingerprintKey) || text.startsWith(authorityKey);
}

Result<ServerTrust> ServerTrust::of(const QUrl &server)
{
    ServerTrust trust;
    const QString text = server.fragment(QUrl::FullyDecoded);
    if (text.isEmpty())
        return trust;
    if (text.startsWith(authorityKey)) {
        trust.authorityFile = text.mid(authorityKey.size());
        if (!trust.authorityFile.isEmpty())
            return trust;
    } else if (text.startsWith(fingerprintKey)) {
        QString digits = text.mid(fingerprintKey.size());
        digits.remove(u':');
        trust.fingerprint = QByteArray::fromHex(digits.toLatin1());
        // fromHex() leaves out what is no digit.
        if (trust.fingerprint.size() == fingerprintBytes
            && trust.fingerprint.toHex() == digits.toLower().toLatin1())
            return trust;
    }
    return failure(ErrorCode::InvalidArgument, "behind # stands sha256= or ca=");
}

Result<QSslConfiguration> ServerTrust::configuration() const
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!authorityFile.isEmpty()) {
        const auto authorities = QSslCertificate::fromPath(authorityFile, QSsl::Pem);
        if (authorities.isEmpty())
            return failure(ErrorCode::ServerNotTrusted, "there is no certificate in the file");
        configuration.setCaCertificates(authorities);
    }
    return configuration;
}

bool ServerTrust::isPinned(const QSslCertificate &certificate) const
{
    return !fingerprint.isEmpty() && certificate.digest(QCryptographicHash::Sha256) == fingerprint;
}

bool ServerTrust::isAllowed(const QSslCertificate &certificate) const
{
    return fingerprint.isEmpty() || isPinned(certificate);
}

} // namespace dunlin::client
