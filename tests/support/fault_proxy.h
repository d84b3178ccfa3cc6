// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHostAddress>
#include <QObject>
#include <QTcpServer>
#include <QUrl>

#include <chrono>

class QTcpSocket;

namespace dunlin::test {

/// What the link is like.
struct Weather {
    /// Everything arrives this much later.
    std::chrono::milliseconds delay{0};
    /// Nothing is taken in this direction: who sends waits in TCP. A client whose server is held up
    /// this way is one that does not read.
    bool stallsToServer = false;
    bool stallsToClient = false;
    /// What is sent in this direction vanishes, and the connection looks alive for ever: half open.
    /// Both ways together are a cable that was pulled.
    bool losesToServer = false;
    bool losesToClient = false;
    /// Bytes travel one by one: a short piece whole, of a long one the first 64, where its frame's
    /// head is.
    bool isSplit = false;
};

/// Stands between clients and a server on the loopback, and breaks what goes through when told to.
class FaultProxy : public QObject {
    Q_OBJECT

public:
    explicit FaultProxy(quint16 serverPort,
                        const QHostAddress &server = QHostAddress(QHostAddress::LocalHost));

    [[nodiscard]] QUrl webSocketUrl() const;

    /// Resets every connection there is.
    void cutAll();
    /// Refuses new connections, or takes them again.
    void setOpen(bool isOpen);
    /// Resets every connection, once, when this many more bytes have gone through either way.
    void cutAfter(qint64 bytes) { bytesUntilCut_ = bytes; }
    /// From now on, for connections there are and those that come. One that has lost something
    /// never works again, since its stream has a hole: it stays silent until it is cut.
    void setWeather(Weather weather);
    [[nodiscard]] const Weather &weather() const { return weather_; }
    /// What has gone through, either way.
    [[nodiscard]] qint64 bytesPassed() const { return bytesPassed_; }
    [[nodiscard]] int connections() const;

Q_SIGNALS:
    void weatherChanged();

private:
    friend class FaultProxyWay;

    void onConnection();
    void countPassed(qint64 bytes);

    const quint16 serverPort_;
    const QHostAddress serverAddress_;
    QTcpServer server_;
    quint16 port_ = 0;
    Weather weather_;
    qint64 bytesPassed_ = 0;
    qint64 bytesUntilCut_ = -1; ///< Negative: it is not cut.
};

} // namespace dunlin::test
