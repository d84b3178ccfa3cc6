// SPDX-License-Identifier: Apache-2.0
#include "api/blob_routes.h"

#include "api/rest.h"
#include "api/upload_headers.h"
#include "blobs/digest.h"
#include "dunlin/limits.h"
#include "metrics/metrics.h"

#include <QByteArray>
#include <QDateTime>
#include <QLocale>

namespace dunlin::api {
namespace {

using net::HttpRequest;
using net::HttpResponse;

constexpr const char *tusVersion = "1.0.0";

void addVersion(HttpResponse &response)
{
    response.headers.emplace_back("Tus-Resumable", tusVersion);
}

HttpResponse empty(int status)
{
    HttpResponse response;
    response.status = status;
    addVersion(response);
    return response;
}

HttpResponse refusal(const Error &error)
{
    HttpResponse response = net::errorResponse(error);
    addVersion(response);
    if (error.code == ErrorCode::UploadVersionUnsupported)
        response.headers.emplace_back("Tus-Version", tusVersion);
    return response;
}

Result<void> checkVersion(const HttpRequest &request)
{
    if (request.header("tus-resumable") != tusVersion)
        return failure(ErrorCode::UploadVersionUnsupported, "uploads speak tus 1.0.0");
    return {};
}

Result<BlobId> blobIn(const HttpRequest &request)
{
    const auto id = BlobId::parse(request.pathValues.at("blobId"));
    if (!id)
        return failure(ErrorCode::BlobNotFound, "there is no such blob");
    return *id;
}

void addExpiry(HttpResponse &response, const blobs::Upload &upload)
{
    if (upload.expiresAtMs == 0)
        return;
    const auto when = QDateTime::fromMSecsSinceEpoch(upload.expiresAtMs, Qt::UTC);
    const QString date = QLocale::c().toString(when, QStringLiteral("ddd, dd MMM yyyy HH:mm:ss"));
    response.headers.emplace_back("Upload-Expires", date.toStdString() + " GMT");
}

/// The bytes of one PATCH.
class UploadSink final : public net::BodySink {
public:
    explicit UploadSink(std::unique_ptr<blobs::UploadWriter> writer)
        : writer_(std::move(writer)) { }

    QCoro::Task<std::optional<HttpResponse>> write(QByteArray bytes) override
    {
        metrics::add(metrics::Counter::BlobBytesReceived, static_cast<std::uint64_t>(bytes.size()));
        const auto appended = co_await writer_->append(std::move(bytes));
        std::optional<HttpResponse> refused;
        if (!appended)
            refused = refusal(appended.error());
        co_return refused;
    }

    QCoro::Task<HttpResponse> finish() override
    {
        const auto committed = co_await writer_->commit();
        if (!committed)
            co_return refusal(committed.error());
        HttpResponse response = empty(204);
        response.headers.emplace_back("Upload-Offset", std::to_string(writer_->upload().offset));
        addExpiry(response, writer_->upload());
        co_return response;
    }

private:
    const std::unique_ptr<blobs::UploadWriter> writer_;
};

class BlobReader final : public net::BodySource {
public:
    BlobReader(blobs::BlobService &blobs, BlobId id, std::int64_t offset)
        : blobs_(blobs), id_(id), offset_(offset)
    { }

    QCoro::Task<Result<QByteArray>> read(qint64 maximum) override
    {
        auto bytes = co_await blobs_.read(id_, offset_, maximum);
        if (bytes) {
            offset_ += bytes->size();
            metrics::add(metrics::Counter::BlobBytesSent,
                         static_cast<std::uint64_t>(bytes->size()));
        }
        co_return bytes;
    }

private:
    blobs::BlobService &blobs_;
    const BlobId id_;
    std::int64_t offset_;
};

QCoro::Task<HttpResponse> create(Services &services, HttpRequest request)
{
    const auto who = co_await identifyByToken(services, request);
    if (!who)
        co_return refusal(who.error());
    if (const auto version = checkVersion(request); !version)
        co_return refusal(version.error());
    const auto length = numberFrom(request.header("upload-length"));
    if (!length) {
        co_return refusal({.code = ErrorCode::InvalidArgument,
                           .message = "Upload-Length says how many bytes will come"});
    }
    const auto upload = co_await services.blobs.begin(who->user, *length);
    if (!upload)
        co_return refusal(upload.error());
    HttpResponse response = empty(201);
    response.headers.emplace_back("Location", "/blobs/" + upload->id.text());
    addExpiry(response, *upload);
    co_return response;
}

Result<blobs::Part> partIn(const HttpRequest &request)
{
    if (const auto version = checkVersion(request); !version)
        return tl::unexpected(version.error());
    if (request.header("content-type") != "application/offset+octet-stream")
        return failure(ErrorCode::UnsupportedMediaType, "send application/offset+octet-stream");
    const auto offset = numberFrom(request.header("upload-offset"));
    if (!offset)
        return failure(ErrorCode::InvalidArgument, "Upload-Offset says where the bytes belong");
    const auto byteSize = numberFrom(request.header("content-length"));
    if (!byteSize)
        return failure(ErrorCode::BlobTooLarge, "that is more than was announced");
    auto checksum = checksumFrom(request.header("upload-checksum"));
    if (!checksum)
        return tl::unexpected(checksum.error());
    return blobs::Part{.offset = *offset, .byteSize = *byteSize, .checksum = std::move(*checksum)};
}

QCoro::Task<net::HttpRouter::Upload> append(Services &services, HttpRequest request)
{
    const auto who = co_await identifyByToken(services, request);
    if (!who)
        co_return tl::unexpected(refusal(who.error()));
    const auto id = blobIn(request);
    if (!id)
        co_return tl::unexpected(refusal(id.error()));
    const auto part = partIn(request);
    if (!part)
        co_return tl::unexpected(refusal(part.error()));
    auto writer = co_await services.blobs.open(who->user, *id, *part);
    if (!writer)
        co_return tl::unexpected(refusal(writer.error()));
    co_return std::make_shared<UploadSink>(std::move(*writer));
}

QCoro::Task<HttpResponse> uploadStatus(Services &services, HttpRequest request)
{
    const auto who = co_await identifyByToken(services, request);
    if (!who)
        co_return refusal(who.error());
    if (const auto version = checkVersion(request); !version)
        co_return refusal(version.error());
    const auto id = blobIn(request);
    if (!id)
        co_return refusal(id.error());
    const auto upload = co_await services.blobs.resume(who->user, *id);
    if (!upload)
        co_return refusal(upload.error());
    HttpResponse response = empty(200);
    response.headers.emplace_back("Upload-Offset", std::to_string(upload->offset));
    response.headers.emplace_back("Upload-Length", std::to_string(upload->byteSize));
    addExpiry(response, *upload);
    co_return response;
}

QCoro::Task<HttpResponse> terminate(Services &services, HttpRequest request)
{
    const auto who = co_await identifyByToken(services, request);
    if (!who)
        co_return refusal(who.error());
    if (const auto version = checkVersion(request); !version)
        co_return refusal(version.error());
    const auto id = blobIn(request);
    if (!id)
        co_return refusal(id.error());
    const auto removed = co_await services.blobs.remove(who->user, *id);
    co_return removed ? empty(204) : refusal(removed.error());
}

QCoro::Task<HttpResponse> capabilities()
{
    HttpResponse response = empty(204);
    response.headers.emplace_back("Tus-Version", tusVersion);
    response.headers.emplace_back("Tus-Extension", "creation,expiration,termination,checksum");
    response.headers.emplace_back("Tus-Checksum-Algorithm", "sha1,sha256");
    response.headers.emplace_back("Tus-Max-Size", std::to_string(limits::blobBytes));
    co_return response;
}

/// RFC 9110, section 13.1.2; weak tags compare as well.
bool isKnown(const HttpRequest &request, std::string_view tag)
{
    const std::string_view tags = request.header("if-none-match");
    return tags == "*" || tags.find(tag) != std::string_view::npos;
}

QCoro::Task<HttpResponse> download(Services &services, HttpRequest request)
{
    const auto who = co_await identifyByToken(services, request);
    if (!who)
        co_return net::errorResponse(who.error());
    const auto id = blobIn(request);
    if (!id)
        co_return net::errorResponse(id.error());
    const auto blob = co_await services.blobs.find(who->user, *id);
    if (!blob)
        co_return net::errorResponse(blob.error());

    HttpResponse response;
    const std::string tag =
            '"' + QByteArray::fromStdString(blob->sha256).toHex().toStdString() + '"';
    response.headers.emplace_back("ETag", tag);
    response.cacheControl = "private, max-age=31536000, immutable";
    if (isKnown(request, tag)) {
        response.status = 304;
        co_return response;
    }
    // A part of something else is of no use (section 13.1.5).
    const std::string_view partOf = request.header("if-range");
    Result<std::optional<ByteRange>> range = std::nullopt;
    if (request.method == "GET" && (partOf.empty() || partOf == tag))
        range = rangeFrom(request.header("range"), blob->byteSize);
    if (!range) {
        HttpResponse refused = net::errorResponse(range.error());
        refused.headers.emplace_back("Content-Range", "bytes */" + std::to_string(blob->byteSize));
        co_return refused;
    }
    // What a peer uploaded is never shown by a browser.
    response.contentType = "application/octet-stream";
    response.headers.emplace_back("Content-Disposition", "attachment");
    response.headers.emplace_back("Accept-Ranges", "bytes");
    const ByteRange part = range->value_or(ByteRange{.begin = 0, .end = blob->byteSize});
    if (*range) {
        response.status = 206;
        response.headers.emplace_back("Content-Range",
                                      "bytes " + std::to_string(part.begin) + '-'
                                              + std::to_string(part.end - 1) + '/'
                                              + std::to_string(blob->byteSize));
    }
    response.source = std::make_shared<BlobReader>(services.blobs, *id, part.begin);
    response.sourceBytes = part.end - part.begin;
    co_return response;
}

} // namespace

void addBlobRoutes(net::HttpRouter &router, Services &services)
{
    const auto add = [&](const char *method, const char *pattern, auto handler) {
        router.add(method, pattern, [&services, handler](HttpRequest request) {
            return handler(services, std::move(request));
        });
    };
    add("POST", "/blobs", create);
    add("DELETE", "/blobs/{blobId}", terminate);
    add("GET", "/blobs/{blobId}", download);
    // The HEAD of tus asks how far an upload is, any other what a GET would give.
    add("HEAD", "/blobs/{blobId}", [](Services &here, HttpRequest request) {
        return request.header("tus-resumable").empty() ? download(here, std::move(request))
                                                       : uploadStatus(here, std::move(request));
    });
    for (const char *pattern : {"/blobs", "/blobs/{blobId}"})
        router.add("OPTIONS", pattern, [](const HttpRequest &) { return capabilities(); });
    router.addUpload("PATCH", "/blobs/{blobId}", [&services](HttpRequest request) {
        return append(services, std::move(request));
    });
}

} // namespace dunlin::api
