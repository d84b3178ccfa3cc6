// SPDX-License-Identifier: Apache-2.0
#include "blob_client.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTest>

namespace dunlin::test {

namespace {

QString errorField(const QByteArray &body, QLatin1String name)
{
    return QJsonDocument::fromJson(body)[QLatin1String("error")][name].toString();
}

} // namespace

QByteArray HttpAnswer::field(const QByteArray &name) const
{
    for (const auto &[key, value] : fields) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

QString HttpAnswer::code() const
{
    return errorField(body, QLatin1String("code"));
}

QString HttpAnswer::message() const
{
    return errorField(body, QLatin1String("message"));
}

BlobClient::BlobClient(const ServerProcess &server, std::string token)
    : server_(server), token_(QByteArray::fromStdString(token))
{ }

HttpAnswer BlobClient::ask(const QByteArray &method, const QString &path, const HttpFields &fields,
                           const QByteArray &body)
{
    QNetworkRequest request(server_.httpUrl(path));
    request.setHeader(QNetworkRequest::ContentTypeHeader,
                      QStringLiteral("application/offset+octet-stream"));
    request.setRawHeader("Tus-Resumable", "1.0.0");
    if (!token_.isEmpty())
        request.setRawHeader("authToken", token_);
    for (const auto &[name, value] : fields)
        request.setRawHeader(name, value);
    // As a custom request the answer to a HEAD would be waited for with its body.
    const std::unique_ptr<QNetworkReply> reply(
            method == "HEAD" ? network_.head(request)
                             : network_.sendCustomRequest(request, method, body));
    if (!QTest::qWaitFor([&] { return reply->isFinished(); }, 60'000))
        return {};
    HttpAnswer answer{.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
                      .body = reply->readAll()};
    for (const auto &[name, value] : reply->rawHeaderPairs())
        answer.fields.append({name, value});
    return answer;
}

QString BlobClient::begin(qint64 size)
{
    const auto answer = ask("POST", QStringLiteral("/blobs"),
                            {{QByteArray("Upload-Length"), QByteArray::number(size)}});
    return answer.status == 201 ? QString::fromLatin1(answer.field("Location")) : QString();
}

HttpAnswer BlobClient::send(const QString &path, qint64 offset, const QByteArray &bytes,
                            HttpFields fields)
{
    fields.append({QByteArray("Upload-Offset"), QByteArray::number(offset)});
    return ask("PATCH", path, fields, bytes);
}

QString BlobClient::upload(const QByteArray &bytes)
{
    const QString path = begin(bytes.size());
    return send(path, 0, bytes).status == 204 ? path : QString();
}

qint64 BlobClient::offset(const QString &path)
{
    const auto answer = ask("HEAD", path);
    return answer.status == 200 ? answer.field("Upload-Offset").toLongLong() : -1;
}

QByteArray BlobClient::patchHead(const QString &path, qint64 offset, qint64 length,
                                 const QByteArray &fields) const
{
    return "PATCH " + path.toLatin1() + " HTTP/1.1\r\nHost: x\r\nauthToken: " + token_
            + "\r\nTus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\n"
              "Upload-Offset: "
            + QByteArray::number(offset) + "\r\nContent-Length: " + QByteArray::number(length)
            + "\r\n" + fields + "\r\n";
}

std::string BlobClient::idOf(const QString &path)
{
    return path.section(u'/', -1).toStdString();
}

QByteArray randomBytes(qsizetype count, quint32 seed)
{
    QByteArray bytes(count, Qt::Uninitialized);
    quint32 state = seed;
    for (char &byte : bytes) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24U);
    }
    return bytes;
}

} // namespace dunlin::test
