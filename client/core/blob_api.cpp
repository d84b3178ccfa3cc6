// SPDX-License-Identifier: Apache-2.0
#include "blob_api.h"

#include "dunlin/error_code.h"

#include <QBuffer>
#include <QCoroNetworkReply>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>

namespace dunlin::client {
namespace {

constexpr int stallMs = 30'000;
constexpr int firstErrorStatus = 400;
/// A connection's worth of a download in memory.
constexpr qint64 readBufferBytes = 256 * 1024;

/// QCoro deletes nothing: the reply goes when who asked has read it.
struct LaterDeleter {
    void operator()(QNetworkReply *reply) const { reply->deleteLater(); }
};
using ReplyPtr = std::unique_ptr<QNetworkReply, LaterDeleter>;

/// For answers without a body, to HEAD.
ErrorCode codeOf(int status)
{
    switch (status) {
    case 401:
        return ErrorCode::InvalidToken;
    case 404:
        return ErrorCode::BlobNotFound;
    case 409:
        return ErrorCode::UploadOffsetMismatch;
    case 413:
        return ErrorCode::BlobTooLarge;
    default:
        return status >= 500 || status == 429 ? ErrorCode::Unavailable : ErrorCode::Internal;
    }
}

QString blobPath(const QString &blobId)
{
    return QLatin1String("blobs/") + blobId;
}

} // namespace

BlobApi::BlobApi(QObject *parent) : QObject(parent)
{
    // As Connection does: see its checkCertificate().
    connect(&m_network, &QNetworkAccessManager::sslErrors, this, [this](QNetworkReply *reply) {
        if (m_trust.isPinned(reply->sslConfiguration().peerCertificate()))
            reply->ignoreSslErrors();
    });
    connect(&m_network, &QNetworkAccessManager::encrypted, this, [this](QNetworkReply *reply) {
        if (!m_trust.isAllowed(reply->sslConfiguration().peerCertificate()))
            reply->abort();
    });
}

BlobApi::~BlobApi()
{
    close();
}

void BlobApi::open(const QUrl &server, const QString &token)
{
    m_trust = ServerTrust::of(server).value_or(ServerTrust());
    // Without what the address names as its authorities there are none.
    QSslConfiguration nobody = QSslConfiguration::defaultConfiguration();
    nobody.setCaCertificates({});
    m_tls = m_trust.configuration().value_or(nobody);
    m_network.clearConnectionCache();
    m_base = server.adjusted(QUrl::RemoveFragment);
    m_base.setScheme(server.scheme() == QLatin1String("wss") ? QStringLiteral("https")
                                                             : QStringLiteral("http"));
    if (!m_base.path().endsWith(u'/'))
        m_base.setPath(m_base.path() + u'/');
    setToken(token);
}

void BlobApi::setToken(const QString &token)
{
    m_authorization = "Bearer " + token.toLatin1();
}

void BlobApi::close()
{
    const auto replies =
            m_network.findChildren<QNetworkReply *>(QString(), Qt::FindDirectChildrenOnly);
    for (QNetworkReply *reply : replies)
        reply->abort();
}

QNetworkRequest BlobApi::requestFor(const QString &path) const
{
    QNetworkRequest request(m_base.resolved(QUrl(path)));
    request.setRawHeader("Authorization", m_authorization);
    request.setSslConfiguration(m_tls);
    request.setRawHeader("Tus-Resumable", "1.0.0");
    request.setTransferTimeout(stallMs);
    // Blobs have a cache of their own, and are what they say without compression.
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setRawHeader("Accept-Encoding", "identity");
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    return request;
}

QCoro::Task<Result<QString>> BlobApi::begin(qint64 byteSize)
{
    QNetworkRequest request = requestFor(QStringLiteral("blobs"));
    request.setRawHeader("Upload-Length", QByteArray::number(byteSize));
    request.setHeader(QNetworkRequest::ContentTypeHeader,
                      QStringLiteral("application/offset+octet-stream"));
    const ReplyPtr reply(m_network.post(request, QByteArray()));
    co_await reply.get();
    if (const auto done = resultOf(*reply); !done)
        co_return tl::unexpected(done.error());
    const QString location = QString::fromLatin1(reply->rawHeader("Location"));
    QString id = location.section(u'/', -1);
    if (id.isEmpty())
        co_return failure(ErrorCode::Internal, "an upload without a place");
    co_return id;
}

QCoro::Task<Result<qint64>> BlobApi::offset(QString blobId)
{
    const ReplyPtr reply(m_network.head(requestFor(blobPath(blobId))));
    co_await reply.get();
    co_return offsetAfter(*reply);
}

QNetworkReply *BlobApi::append(const QString &blobId, std::unique_ptr<QIODevice> source,
                               qint64 offset)
{
    source->seek(offset);
    QNetworkRequest request = requestFor(blobPath(blobId));
    request.setRawHeader("Upload-Offset", QByteArray::number(offset));
    request.setHeader(QNetworkRequest::ContentTypeHeader,
                      QStringLiteral("application/offset+octet-stream"));
    QNetworkReply *reply = m_network.sendCustomRequest(request, "PATCH", source.get());
    source.release()->setParent(reply); // which reads from it
    return reply;
}

QCoro::Task<Result<QString>> BlobApi::upload(QByteArray bytes)
{
    const QPointer<BlobApi> guard(this);
    auto id = co_await begin(bytes.size());
    if (!id)
        co_return id;
    if (!guard)
        co_return failure(ErrorCode::Unavailable, "the app is closing");
    const qsizetype size = bytes.size();
    auto buffer = std::make_unique<QBuffer>();
    buffer->setData(bytes);
    buffer->open(QIODevice::ReadOnly);
    const ReplyPtr reply(append(*id, std::move(buffer), 0));
    co_await reply.get();
    const auto offset = offsetAfter(*reply);
    if (!offset)
        co_return tl::unexpected(offset.error());
    if (*offset != size)
        co_return failure(ErrorCode::Unavailable, "the upload was cut");
    co_return id;
}

QCoro::Task<Result<void>> BlobApi::remove(QString blobId)
{
    const ReplyPtr reply(m_network.deleteResource(requestFor(blobPath(blobId))));
    co_await reply.get();
    co_return resultOf(*reply);
}

QNetworkReply *BlobApi::get(const QString &blobId, qint64 offset)
{
    QNetworkRequest request = requestFor(blobPath(blobId));
    if (offset > 0)
        request.setRawHeader("Range", "bytes=" + QByteArray::number(offset) + '-');
    QNetworkReply *reply = m_network.get(request);
    reply->setReadBufferSize(readBufferBytes);
    return reply;
}

Result<void> BlobApi::resultOf(QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0 || (reply.error() != QNetworkReply::NoError && status < firstErrorStatus))
        return failure(ErrorCode::Unavailable, reply.errorString().toStdString());
    if (status < firstErrorStatus)
        return {};
    const auto body = QJsonDocument::fromJson(reply.readAll()).object();
    const auto error = body[QLatin1String("error")].toObject();
    const auto code = errorCodeFromWireName(error[QLatin1String("code")].toString().toStdString());
    return failure(code.value_or(codeOf(status)),
                   error[QLatin1String("message")].toString().toStdString());
}

Result<qint64> BlobApi::offsetAfter(QNetworkReply &reply)
{
    if (const auto done = resultOf(reply); !done)
        return tl::unexpected(done.error());
    bool isNumber = false;
    const qint64 offset = reply.rawHeader("Upload-Offset").toLongLong(&isNumber);
    if (!isNumber || offset < 0)
        return failure(ErrorCode::Internal, "an upload without an offset");
    return offset;
}

} // namespace dunlin::client
