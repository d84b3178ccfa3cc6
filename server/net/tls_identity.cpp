// SPDX-License-Identifier: Apache-2.0
#include "net/tls_identity.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

namespace dunlin::net {
namespace {

Result<QByteArray> contentOf(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorCode::Unavailable,
                       "cannot read " + name.toStdString() + ": "
                               + file.errorString().toStdString());
    }
    return file.readAll();
}

QSslKey keyFrom(const QByteArray &pem)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec}) {
        QSslKey key(pem, algorithm);
        if (!key.isNull())
            return key;
    }
    return {};
}

/// Qt finds this out at the first handshake only.
bool belongTogether(const QByteArray &certificatePem, const QByteArray &keyPem)
{
    const auto bioOf = [](const QByteArray &bytes) {
        return std::unique_ptr<BIO, decltype(&BIO_free)>(
                BIO_new_mem_buf(bytes.constData(), static_cast<int>(bytes.size())), BIO_free);
    };
    const auto certificateBio = bioOf(certificatePem);
    const auto keyBio = bioOf(keyPem);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
            PEM_read_bio_X509(certificateBio.get(), nullptr, nullptr, nullptr), X509_free);
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
            PEM_read_bio_PrivateKey(keyBio.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
    return certificate && key && X509_check_private_key(certificate.get(), key.get()) == 1;
}

} // namespace

TlsIdentity::TlsIdentity(QString certificateFile, QString privateKeyFile)
    : certificateFile_(std::move(certificateFile)), privateKeyFile_(std::move(privateKeyFile))
{ }

Result<void> TlsIdentity::load()
{
    if (!QSslSocket::supportsSsl())
        return failure(ErrorCode::Unavailable, "this system has no TLS for Qt");
    const auto certificates = contentOf(certificateFile_);
    if (!certificates)
        return tl::unexpected(certificates.error());
    const auto chain = QSslCertificate::fromData(*certificates, QSsl::Pem);
    if (chain.isEmpty()) {
        return failure(ErrorCode::Unavailable,
                       certificateFile_.toStdString() + " has no certificate in PEM form");
    }
    auto pem = contentOf(privateKeyFile_);
    if (!pem)
        return tl::unexpected(pem.error());
    const QSslKey key = keyFrom(*pem);
    const bool isRight = belongTogether(*certificates, *pem);
    OPENSSL_cleanse(pem->data(), static_cast<std::size_t>(pem->size()));
    if (key.isNull()) {
        return failure(ErrorCode::Unavailable,
                       privateKeyFile_.toStdString()
                               + " has no RSA or EC key in PEM form, without a password");
    }
    if (!isRight)
        return failure(ErrorCode::Unavailable, "the key is not the certificate's");
    QSslConfiguration configuration;
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone); // clients prove themselves by tokens
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(key);
    const std::scoped_lock lock(mutex_);
    configuration_ = configuration;
    return {};
}

QSslConfiguration TlsIdentity::configuration() const
{
    const std::scoped_lock lock(mutex_);
    return configuration_;
}

} // namespace dunlin::net
