// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"

#include <QByteArray>
#include <QIODevice>
#include <QString>

namespace dunlin::data_rights {

/// Writes a tar archive (POSIX.1-1988 ustar) from front to back: for a pipe as well as for a file.
/// Errors of every function: STORAGE_FULL, with what the device says.
class TarWriter {
public:
    /// device is open for writing and outlives the writer. Every file gets this time.
    TarWriter(QIODevice &device, std::int64_t timeMs);

    /// A file whose content is at hand. name: ASCII, at most 100 bytes.
    Result<void> add(const QString &name, const QByteArray &content);

    /// A file in pieces: begin() with its size, write() until there are as many bytes, end().
    Result<void> begin(const QString &name, qint64 byteSize);
    Result<void> write(const QByteArray &bytes);
    Result<void> end();

    /// The archive's end.
    Result<void> finish();

private:
    QIODevice &device_;
    const std::int64_t timeMs_;
    qint64 written_ = 0; ///< Of the file.
};

} // namespace dunlin::data_rights
