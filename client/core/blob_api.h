// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server_trust.h"

#include "dunlin/result.h"

#include <QCoroTask>
#include <QIODevice>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QUrl>

#include <memory>

namespace dunlin::client {

/// The server's blobs over HTTP: uploads by tus 1.0 (https://tus.io/protocols/resumable-upload),
/// downloads by GET. Lives on the GUI thread. Errors of every function, beside those named: the
/// server's, UNAVAILABLE when it cannot be reached or says nothing for half a minute.
class BlobApi : public QObject {
    Q_OBJECT
public:
    explicit BlobApi(QObject *parent = nullptr);
    /// As close().
    ~BlobApi() override;

    /// server: the WebSocket's address; the blobs are beside it.
    void open(const QUrl &server, const QString &token);
    /// For requests from now on.
    void setToken(const QString &token);
    /// Ends every request under way with UNAVAILABLE; whoever waits resumes before this returns.
    void close();

    /// Begins an upload and gives its blob's id.
    QCoro::Task<Result<QString>> begin(qint64 byteSize);
    /// How much of an upload the server has. Error: BLOB_NOT_FOUND.
    QCoro::Task<Result<qint64>> offset(QString blobId);
    /// Sends what source has from offset on; see offsetAfter(). The reply is the caller's.
    QNetworkReply *append(const QString &blobId, std::unique_ptr<QIODevice> source, qint64 offset);
    /// The whole upload of a small file in memory.
    QCoro::Task<Result<QString>> upload(QByteArray bytes);
    /// Ends an upload, or removes a blob that nothing shows.
    QCoro::Task<Result<void>> remove(QString blobId);
    /// The bytes from offset on; the caller's.
    QNetworkReply *get(const QString &blobId, qint64 offset);

    /// What a finished reply says.
    static Result<void> resultOf(QNetworkReply &reply);
    /// What the server has after append().
    static Result<qint64> offsetAfter(QNetworkReply &reply);

private:
    [[nodiscard]] QNetworkRequest requestFor(const QString &path) const;

    QNetworkAccessManager m_network;
    QUrl m_base;
    ServerTrust m_trust;
    QSslConfiguration m_tls;
    QByteArray m_authorization;
};

} // namespace dunlin::client
