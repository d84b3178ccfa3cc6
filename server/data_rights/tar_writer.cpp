// SPDX-License-Identifier: Apache-2.0
#include "data_rights/tar_writer.h"

#include <algorithm>

namespace dunlin::data_rights {
namespace {

constexpr qsizetype blockBytes = 512;

/// A field of the head of a file: where it begins and how long it is.
struct Field {
    qsizetype offset;
    qsizetype bytes;
};
constexpr Field nameField{0, 100};
constexpr Field modeField{100, 8};
constexpr Field ownerField{108, 8};
constexpr Field groupField{116, 8};
constexpr Field sizeField{124, 12};
constexpr Field timeField{136, 12};
constexpr Field checksumField{148, 8};
constexpr Field kindField{156, 1};
constexpr Field magicField{257, 8};

void put(QByteArray &head, Field field, const QByteArray &value)
{
    head.replace(field.offset, std::min(field.bytes, value.size()), value.left(field.bytes));
}

/// Octal digits and a NUL.
void putNumber(QByteArray &head, Field field, qint64 number)
{
    put(head, field, QByteArray::number(number, 8).rightJustified(field.bytes - 1, '0') + '\0');
}

QByteArray headOf(const QString &name, qint64 byteSize, std::int64_t timeMs)
{
    QByteArray head(blockBytes, '\0');
    put(head, nameField, name.toLatin1());
    putNumber(head, modeField, 0600);
    putNumber(head, ownerField, 0);
    putNumber(head, groupField, 0);
    putNumber(head, sizeField, byteSize);
    putNumber(head, timeField, timeMs / 1000);
    put(head, kindField, "0");
    put(head, magicField,
        QByteArray("ustar\0"
                   "00",
                   8));
    put(head, checksumField, QByteArray(checksumField.bytes, ' '));
    qint64 sum = 0;
    for (const char byte : head)
        sum += static_cast<unsigned char>(byte);
    put(head, checksumField,
        QByteArray::number(sum, 8).rightJustified(6, '0') + QByteArray("\0 ", 2));
    return head;
}

} // namespace

TarWriter::TarWriter(QIODevice &device, std::int64_t timeMs) : device_(device), timeMs_(timeMs) { }

Result<void> TarWriter::add(const QString &name, const QByteArray &content)
{
    return begin(name, content.size()).and_then([&] { return write(content); }).and_then([&] {
        return end();
    });
}

Result<void> TarWriter::begin(const QString &name, qint64 byteSize)
{
    auto done = write(headOf(name, byteSize, timeMs_));
    written_ = 0;
    return done;
}

Result<void> TarWriter::write(const QByteArray &bytes)
{
    if (device_.write(bytes) != bytes.size()) {
        return failure(ErrorCode::StorageFull,
                       "the archive cannot be written: " + device_.errorString().toStdString());
    }
    written_ += bytes.size();
    return {};
}

Result<void> TarWriter::end()
{
    const qsizetype rest = static_cast<qsizetype>(written_ % blockBytes);
    return rest == 0 ? Result<void>() : write(QByteArray(blockBytes - rest, '\0'));
}

Result<void> TarWriter::finish()
{
    return write(QByteArray(2 * blockBytes, '\0'));
}

} // namespace dunlin::data_rights
