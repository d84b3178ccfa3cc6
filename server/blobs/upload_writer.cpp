// SPDX-License-Identifier: Apache-2.0
#include "blobs/upload_writer.h"

#include "blobs/blob_service.h"
#include "blobs/store_questions.h"

namespace dunlin::blobs {

UploadWriter::~UploadWriter()
{
    if (writer_ != 0)
        service_.questions_->store().leave(upload_.id, writer_);
}

QCoro::Task<Result<void>> UploadWriter::append(QByteArray bytes)
{
    const std::int64_t count = bytes.size();
    if (count > upload_.byteSize - upload_.offset)
        co_return failure(ErrorCode::BlobTooLarge, "that is more than was announced");
    const Turns::Next turn(service_.turns_, upload_.id.number);
    co_await turn;
    auto asked =
            service_.questions_->ask<void>([id = upload_.id, writer = writer_,
                                            bytes = std::move(bytes)](BlobStore &store, auto done) {
                store.append(id, writer, bytes, std::move(done));
            });
    const auto appended = co_await asked;
    if (appended)
        upload_.offset += count;
    service_.turns_.giveBack();
    co_return appended;
}

QCoro::Task<Result<void>> UploadWriter::commit()
{
    if (writer_ == 0)
        co_return Result<void>();
    auto asked = service_.questions_->ask<void>(
            [id = upload_.id, writer = writer_](BlobStore &store, auto done) {
                store.close(id, writer, std::move(done));
            });
    const auto closed = co_await asked;
    if (!closed || upload_.offset != upload_.byteSize)
        co_return closed;
    upload_.expiresAtMs = 0;
    co_return co_await service_.finish(upload_.id);
}

} // namespace dunlin::blobs
