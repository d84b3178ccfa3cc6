// SPDX-License-Identifier: Apache-2.0
#include "certificate_authority.h"

#include <QCryptographicHash>
#include <QDir>
#include <QProcess>
#include <QSslCertificate>

#include <sys/stat.h>

namespace dunlin::test {
namespace {

QStringList newKey(const QString &file)
{
    return {QStringLiteral("req"),
            QStringLiteral("-newkey"),
            QStringLiteral("ec"),
            QStringLiteral("-pkeyopt"),
            QStringLiteral("ec_paramgen_curve:P-256"),
            QStringLiteral("-nodes"),
            QStringLiteral("-keyout"),
            file};
}

} // namespace

CertificateAuthority::CertificateAuthority()
    : directory_(QStringLiteral("/tmp/dunlin-test-tls-XXXXXX"))
{
    run(newKey(path(QStringLiteral("ca.key")))
        + QStringList{QStringLiteral("-x509"), QStringLiteral("-out"), file(),
                      QStringLiteral("-subj"), QStringLiteral("/CN=Authority of a test"),
                      QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-addext"),
                      QStringLiteral("keyUsage=critical,keyCertSign")});
    open();
}

void CertificateAuthority::issue(const QString &name, const QString &places, int days) const
{
    const QString request = path(name + QLatin1String(".csr"));
    run(newKey(path(name + QLatin1String(".key")))
        + QStringList{QStringLiteral("-out"), request, QStringLiteral("-subj"),
                      QStringLiteral("/CN=A server"), QStringLiteral("-addext"),
                      QLatin1String("subjectAltName=") + places});
    run({QStringLiteral("x509"), QStringLiteral("-req"), QStringLiteral("-in"), request,
         QStringLiteral("-CA"), file(), QStringLiteral("-CAkey"), path(QStringLiteral("ca.key")),
         QStringLiteral("-CAcreateserial"), QStringLiteral("-days"), QString::number(days),
         QStringLiteral("-copy_extensions"), QStringLiteral("copy"), QStringLiteral("-out"),
         path(name + QLatin1String(".pem"))});
    open();
}

void CertificateAuthority::selfSign(const QString &name) const
{
    run(newKey(path(name + QLatin1String(".key")))
        + QStringList{QStringLiteral("-x509"), QStringLiteral("-out"),
                      path(name + QLatin1String(".pem")), QStringLiteral("-subj"),
                      QStringLiteral("/CN=A server"), QStringLiteral("-days"),
                      QStringLiteral("2")});
    open();
}

QString CertificateAuthority::fingerprint(const QString &name) const
{
    const auto certificates = QSslCertificate::fromPath(path(name + QLatin1String(".pem")));
    return QString::fromLatin1(certificates.value(0).digest(QCryptographicHash::Sha256).toHex(':'));
}

QStringList CertificateAuthority::flags(const QString &name) const
{
    return {QStringLiteral("--tls-certificate"), path(name + QLatin1String(".pem")),
            QStringLiteral("--tls-private-key"), path(name + QLatin1String(".key"))};
}

void CertificateAuthority::run(const QStringList &arguments) const
{
    QProcess openssl;
    openssl.setProcessChannelMode(QProcess::MergedChannels);
    openssl.start(QStringLiteral("openssl"), arguments);
    if (!openssl.waitForFinished() || openssl.exitCode() != 0)
        qFatal("openssl: %s", openssl.readAll().constData());
}

void CertificateAuthority::open() const
{
    ::chmod(directory_.path().toLocal8Bit().constData(), 0755);
    for (const QFileInfo &info : QDir(directory_.path()).entryInfoList(QDir::Files))
        ::chmod(info.filePath().toLocal8Bit().constData(), 0644);
}

} // namespace dunlin::test
