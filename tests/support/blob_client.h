// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server_process.h"

#include <QByteArray>
#include <QNetworkAccessManager>

#include <string>
#include <utility>

namespace dunlin::test {

using HttpFields = QList<std::pair<QByteArray, QByteArray>>;

struct HttpAnswer {
    int status = 0; ///< 0: there was none.
    QByteArray body = {};
    HttpFields fields = {};

    [[nodiscard]] QByteArray field(const QByteArray &name) const;
    /// Of an error: its stable code, and its sentence.
    [[nodiscard]] QString code() const;
    [[nodiscard]] QString message() const;
};

/// Uploads and downloads blobs as one user. Blocking, the event loop running.
class BlobClient {
public:
    /// server outlives the client. token may be empty.
    BlobClient(const ServerProcess &server, std::string token);

    HttpAnswer ask(const QByteArray &method, const QString &path, const HttpFields &fields = {},
                   const QByteArray &body = {});
    /// The path of a new upload; empty when refused.
    QString begin(qint64 size);
    HttpAnswer send(const QString &path, qint64 offset, const QByteArray &bytes,
                    HttpFields fields = {});
    /// The path of a new blob; empty when refused.
    QString upload(const QByteArray &bytes);
    /// -1 when there is no such upload.
    qint64 offset(const QString &path);
    /// The head of a PATCH, to be sent by hand.
    [[nodiscard]] QByteArray patchHead(const QString &path, qint64 offset, qint64 length,
                                       const QByteArray &fields = {}) const;

    static std::string idOf(const QString &path);

private:
    const ServerProcess &server_;
    const QByteArray token_;
    QNetworkAccessManager network_;
};

/// Bytes that do not repeat, the same for the same seed.
QByteArray randomBytes(qsizetype count, quint32 seed = 42);

} // namespace dunlin::test
