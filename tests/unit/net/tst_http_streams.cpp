// SPDX-License-Identifier: Apache-2.0
// Bodies of any length, either way: in pieces, at the pace of whoever is slower.
#include "dunlin/limits.h"
#include "net/http_connection.h"

#include <QTcpServer>
#include <QTest>
#include <QTimer>

#include <deque>

using namespace dunlin;
using namespace dunlin::net;
using namespace std::chrono_literals;

namespace {

/// What became of the body of one request, and how it is treated.
struct Received {
    QByteArray bytes = {};
    qsizetype largestPiece = 0;
    int pieces = 0;
    bool isFinished = false;
    bool isDropped = false; ///< The sink is gone.
    /// Bytes after which more is refused.
    qsizetype refusedFrom = std::numeric_limits<qsizetype>::max();
    /// With isHeld each piece waits until it is let go.
    bool isHeld = false;
    std::coroutine_handle<> waiting = {};
};

struct UntilLetGo {
    Received *received;
    [[nodiscard]] bool await_ready() const noexcept { return !received->isHeld; }
    void await_suspend(std::coroutine_handle<> waiting) const { received->waiting = waiting; }
    void await_resume() const noexcept { }
};

class Sink final : public BodySink {
public:
    explicit Sink(std::shared_ptr<Received> received) : received_(std::move(received)) { }
    ~Sink() override { received_->isDropped = true; }

    QCoro::Task<std::optional<HttpResponse>> write(QByteArray bytes) override
    {
        const auto received = received_;
        received->bytes += bytes;
        received->largestPiece = std::max(received->largestPiece, bytes.size());
        ++received->pieces;
        const UntilLetGo hold{received.get()};
        co_await hold;
        std::optional<HttpResponse> refusal;
        if (received->bytes.size() > received->refusedFrom) {
            refusal = errorResponse(
                    Error{.code = ErrorCode::Overloaded, .message = "that is too much"});
        }
        co_return refusal;
    }
    QCoro::Task<HttpResponse> finish() override
    {
        received_->isFinished = true;
        HttpResponse response;
        response.status = 204;
        co_return response;
    }

private:
    const std::shared_ptr<Received> received_;
};

class Source final : public BodySource {
public:
    explicit Source(qint64 failsAt) : failsAt_(failsAt) { }

    QCoro::Task<Result<QByteArray>> read(qint64 maximum) override
    {
        if (given_ >= failsAt_)
            co_return failure(ErrorCode::Internal, "the disk is broken");
        given_ += maximum;
        co_return QByteArray(maximum, 's');
    }

private:
    const qint64 failsAt_;
    qint64 given_ = 0;
};

QByteArray patch(const QByteArray &path, qsizetype length, const QByteArray &fields = {})
{
    return "PATCH " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + QByteArray::number(length)
            + "\r\n" + fields + "\r\n";
}

constexpr qint64 megabytes = 1024 * 1024;
constexpr qint64 sourceBytes = 8 * megabytes;

} // namespace

class HttpStreamsTest : public QObject {
    Q_OBJECT

    QTcpServer server_;
    HttpRouter router_;
    WebSocketAcceptor acceptor_{{}, [](const std::unique_ptr<WebSocketConnection> &) {}};
    HttpDeadlines deadlines_;
    /// Of the next requests, one each.
    std::deque<std::shared_ptr<Received>> expected_;

    std::shared_ptr<Received> expectUpload()
    {
        expected_.push_back(std::make_shared<Received>());
        return expected_.back();
    }
    std::unique_ptr<QTcpSocket> connected()
    {
        auto client = std::make_unique<QTcpSocket>();
        client->connectToHost(QHostAddress::LocalHost, server_.serverPort());
        client->waitForConnected();
        return client;
    }
    /// Everything the server says until it contains this, or the connection ends.
    static QByteArray readUntil(QTcpSocket &client, const QByteArray &end)
    {
        QByteArray answer;
        const bool arrived = QTest::qWaitFor(
                [&] {
                    answer += client.readAll();
                    return end.isEmpty() ? client.state() == QAbstractSocket::UnconnectedState
                                         : answer.contains(end);
                },
                20'000);
        return arrived ? answer : answer + " (no end)";
    }

private Q_SLOTS:
    void initTestCase()
    {
        router_.addUpload("PATCH", "/sink",
                          [this](const HttpRequest &) -> QCoro::Task<HttpRouter::Upload> {
                              const auto received = expected_.front();
                              expected_.pop_front();
                              co_return std::make_shared<Sink>(received);
                          });
        router_.addUpload(
                "PATCH", "/closed", [](const HttpRequest &) -> QCoro::Task<HttpRouter::Upload> {
                    HttpResponse refusal = errorResponse(
                            Error{.code = ErrorCode::MethodNotAllowed, .message = "not now"});
                    refusal.headers.emplace_back("X-Own", "field");
                    co_return tl::unexpected(std::move(refusal));
                });
        const auto give = [](const HttpRequest &request) -> QCoro::Task<HttpResponse> {
            HttpResponse response;
            response.contentType = "application/octet-stream";
            response.source =
                    std::make_shared<Source>(request.path == "/broken" ? megabytes : sourceBytes);
            response.sourceBytes = sourceBytes;
            co_return response;
        };
        router_.add("GET", "/source", give);
        router_.add("GET", "/broken", give);
        router_.add("POST", "/echo", [](const HttpRequest &request) -> QCoro::Task<HttpResponse> {
            HttpResponse response;
            response.body = "echo " + request.body;
            co_return response;
        });
        connect(&server_, &QTcpServer::newConnection, this, [this] {
            auto *socket = server_.nextPendingConnection();
            socket->setParent(nullptr);
            new HttpConnection( // deletes itself
                    std::unique_ptr<QTcpSocket>(socket), router_, acceptor_, this, deadlines_);
        });
        QVERIFY(server_.listen(QHostAddress::LocalHost));
    }
    void cleanup()
    {
        deadlines_ = {};
        expected_.clear();
    }

    void aStreamedBodyArrivesWholeAndInPieces()
    {
        const auto received = expectUpload();
        const QByteArray body(3 * megabytes, 'b');
        const auto client = connected();
        client->write(patch("/sink", body.size()) + body);
        const auto answer = readUntil(*client, "\r\n\r\n");
        QVERIFY2(answer.startsWith("HTTP/1.1 204 No Content\r\n"), answer);
        QVERIFY2(!answer.contains("Content-Length"), answer);
        QVERIFY(received->isFinished);
        QCOMPARE(received->bytes, body);
        QVERIFY(received->largestPiece <= qsizetype(limits::httpStreamBytes));
    }

    void whatIsSentBehindAStreamedBodyIsTheNextRequest()
    {
        const auto first = expectUpload();
        const auto second = expectUpload();
        const auto empty = expectUpload();
        const QByteArray body(300'000, 'b');
        const auto client = connected();
        client->write(patch("/sink", body.size()) + body + patch("/sink", 5) + "hello"
                      + patch("/sink", 0)
                      + "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
                        "Connection: close\r\n\r\nend");
        const auto answer = readUntil(*client, {});
        QVERIFY2(answer.endsWith("echo end"), answer);
        QCOMPARE(answer.count("HTTP/1.1 204"), 3);
        QCOMPARE(first->bytes, body);
        QCOMPARE(second->bytes, QByteArray("hello"));
        QVERIFY(empty->isFinished);
    }

    void aRequestMayComeByteByByte()
    {
        const auto received = expectUpload();
        const auto client = connected();
        const QByteArray request = patch("/sink", 20) + QByteArray(20, 'z');
        for (const char byte : request) {
            client->write(&byte, 1);
            client->flush();
            QCoreApplication::processEvents();
        }
        QVERIFY(readUntil(*client, "\r\n\r\n").startsWith("HTTP/1.1 204"));
        QCOMPARE(received->bytes, QByteArray(20, 'z'));
    }

    void aSlowSinkHoldsThePeerBack()
    {
        const auto received = expectUpload();
        received->isHeld = true;
        const QByteArray body(64 * megabytes, 'b');
        const auto client = connected();
        client->write(patch("/sink", body.size()) + body);
        QTRY_COMPARE(received->pieces, 1);
        // Until the kernel's buffers are full and nothing moves any more: most of it is still here.
        qint64 left = -1;
        QTRY_VERIFY_WITH_TIMEOUT(
                std::exchange(left, client->bytesToWrite()) == client->bytesToWrite(), 20'000);
        QVERIFY2(left > 32 * megabytes, QByteArray::number(left).constData());
        QCOMPARE(received->pieces, 1);
        received->isHeld = false;
        received->waiting.resume();
        QVERIFY(readUntil(*client, "\r\n\r\n").startsWith("HTTP/1.1 204"));
        QCOMPARE(received->bytes.size(), body.size());
    }

    void aPeerThatAsksFirstIsToldToGoOn()
    {
        const auto received = expectUpload();
        const auto client = connected();
        client->write(patch("/sink", 5, "Expect: 100-Continue\r\n"));
        QCOMPARE(readUntil(*client, "\r\n\r\n"), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
        client->write("hello");
        QVERIFY(readUntil(*client, "\r\n\r\n").startsWith("HTTP/1.1 204"));
        QCOMPARE(received->bytes, QByteArray("hello"));

        client->write("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
                      "Expect: 100-continue\r\n\r\n");
        QCOMPARE(readUntil(*client, "\r\n\r\n"), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
        client->write("abc");
        QVERIFY(readUntil(*client, "echo abc").startsWith("HTTP/1.1 200"));
    }

    void aPeerThatAsksFirstIsRefusedWithoutItsBody()
    {
        const auto client = connected();
        client->write(patch("/closed", 25 * megabytes, "Expect: 100-continue\r\n"));
        const auto answer = readUntil(*client, {});
        QVERIFY2(answer.startsWith("HTTP/1.1 405"), answer);
        QVERIFY2(answer.contains("METHOD_NOT_ALLOWED") && answer.contains("X-Own: field"), answer);
    }

    void aRefusalReachesAPeerThatSendsAllOfItFirst()
    {
        const QByteArray body(25 * megabytes, 'b');
        const auto client = connected();
        client->write(patch("/closed", body.size()) + body);
        QTRY_COMPARE_WITH_TIMEOUT(client->bytesToWrite(), 0, 20'000);
        QVERIFY(readUntil(*client, {}).startsWith("HTTP/1.1 405"));
    }

    void aSinkThatRefusesEndsTheConnection()
    {
        const auto received = expectUpload();
        received->refusedFrom = 500'000;
        const QByteArray body(5 * megabytes, 'b');
        const auto client = connected();
        client->write(patch("/sink", body.size()) + body);
        const auto answer = readUntil(*client, {});
        QVERIFY2(answer.startsWith("HTTP/1.1 503") && answer.contains("OVERLOADED"), answer);
        QVERIFY(received->isDropped && !received->isFinished);
        QVERIFY(received->bytes.size() < body.size());
    }

    void aStreamedBodyHasToDeclareItsLength_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QByteArray>("status");
        QTest::newRow("none") << QByteArray() << QByteArray("411");
        QTest::newRow("chunked") << QByteArray("Transfer-Encoding: chunked\r\n")
                                 << QByteArray("411");
        QTest::newRow("negative") << QByteArray("Content-Length: -5\r\n") << QByteArray("400");
        QTest::newRow("two") << QByteArray("Content-Length: 5\r\nContent-Length: 6\r\n")
                             << QByteArray("400");
        QTest::newRow("both") << QByteArray("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")
                              << QByteArray("400");
    }
    void aStreamedBodyHasToDeclareItsLength()
    {
        QFETCH(QByteArray, fields);
        QFETCH(QByteArray, status);
        const auto client = connected();
        client->write("PATCH /sink HTTP/1.1\r\nHost: x\r\n" + fields
                      + "\r\n5\r\nhello\r\n0\r\n\r\n");
        const auto answer = readUntil(*client, {});
        QVERIFY2(answer.startsWith("HTTP/1.1 " + status), answer);
        QVERIFY2(answer.contains("Content-Type: application/json"), answer);
    }

    void anUploadThatStallsIsEnded()
    {
        deadlines_.stall = 200ms;
        const auto received = expectUpload();
        const auto client = connected();
        client->write(patch("/sink", 1000) + "some of it");
        QTRY_COMPARE(received->bytes, QByteArray("some of it"));
        QVERIFY(readUntil(*client, {}).isEmpty());
        QVERIFY(!received->isFinished);
        QTRY_VERIFY(received->isDropped);
    }

    void bytesThatDripInDoNotKeepAnUpload()
    {
        deadlines_.stall = 300ms;
        const auto received = expectUpload();
        const auto client = connected();
        client->write(patch("/sink", 1000));
        QTimer drip;
        connect(&drip, &QTimer::timeout, client.get(), [&] { client->write("x"); });
        drip.start(20);
        QTRY_VERIFY_WITH_TIMEOUT(received->isDropped, 5000);
        QVERIFY(!received->bytes.isEmpty()); // it did move, to the end
        QVERIFY(received->bytes.size() < 100);
        QVERIFY(!received->isFinished);
    }

    void whatHasArrivedOfAnUploadThatIsCutIsTaken()
    {
        const auto received = expectUpload();
        received->isHeld = true;
        const auto client = connected();
        client->write(patch("/sink", 1000) + "some");
        QTRY_COMPARE(received->bytes, QByteArray("some"));
        client->write(" more");
        client->disconnectFromHost();
        QTRY_COMPARE(client->state(), QAbstractSocket::UnconnectedState);
        received->isHeld = false;
        received->waiting.resume();
        QTRY_VERIFY(received->isDropped);
        QCOMPARE(received->bytes, QByteArray("some more"));
        QVERIFY(!received->isFinished);
        QTRY_COMPARE(findChildren<HttpConnection *>().size(), 0);
    }

    void aSinkThatWritesWhenTheServerEndsIsNotUsedAgain()
    {
        const auto received = expectUpload();
        received->isHeld = true;
        const auto client = connected();
        client->write(patch("/sink", 1000) + "some");
        QTRY_COMPARE(received->pieces, 1);
        qDeleteAll(findChildren<HttpConnection *>());
        QVERIFY(!received->isDropped); // its write is under way
        received->waiting.resume();
        QVERIFY(received->isDropped && !received->isFinished);
    }

    void aStreamedAnswerArrivesWholeAndTheConnectionGoesOn()
    {
        const auto client = connected();
        client->write("GET /source HTTP/1.1\r\nHost: x\r\n\r\n"
                      "HEAD /source HTTP/1.1\r\nHost: x\r\n\r\n"
                      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
                      "Connection: close\r\n\r\nend");
        const auto answer = readUntil(*client, {});
        const qsizetype body = answer.indexOf("\r\n\r\n") + 4;
        const QByteArray length = "Content-Length: " + QByteArray::number(sourceBytes) + "\r\n";
        QVERIFY(answer.left(body).contains(length));
        QCOMPARE(answer.mid(body, sourceBytes), QByteArray(sourceBytes, 's'));
        const QByteArray behind = answer.mid(body + sourceBytes);
        QVERIFY2(behind.startsWith("HTTP/1.1 200") && behind.contains(length), behind);
        QVERIFY2(behind.endsWith("echo end"), behind);
    }

    void aSlowReaderGetsAllOfIt()
    {
        // Longer in all than any deadline, but never without progress for that long.
        deadlines_ = {.head = 100ms, .stall = 2s};
        const auto client = connected();
        client->setReadBufferSize(64 * 1024);
        client->write("GET /source HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        qint64 taken = 0;
        QTimer pace;
        connect(&pace, &QTimer::timeout, client.get(), [&] { taken += client->readAll().size(); });
        pace.start(5);
        QTRY_COMPARE_WITH_TIMEOUT(client->state(), QAbstractSocket::UnconnectedState, 20'000);
        pace.stop();
        taken += client->readAll().size();
        QVERIFY2(taken > sourceBytes, QByteArray::number(taken).constData());
    }

    void aPeerThatTakesNothingIsCut()
    {
        deadlines_.stall = 200ms;
        const auto client = connected();
        client->setReadBufferSize(1024);
        client->write("GET /source HTTP/1.1\r\nHost: x\r\n\r\n");
        QTRY_COMPARE(findChildren<HttpConnection *>().size(), 1);
        QTRY_COMPARE(findChildren<HttpConnection *>().size(), 0);
    }

    void aBodyThatCannotBeReadCutsTheConnection()
    {
        const auto client = connected();
        client->write("GET /broken HTTP/1.1\r\nHost: x\r\n\r\n");
        const auto answer = readUntil(*client, {});
        QVERIFY(answer.startsWith("HTTP/1.1 200"));
        QVERIFY(answer.size() < sourceBytes);
    }
};

QTEST_GUILESS_MAIN(HttpStreamsTest)
#include "tst_http_streams.moc"
