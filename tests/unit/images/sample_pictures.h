// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QBuffer>
#include <QByteArray>
#include <QImage>
#include <QImageWriter>
#include <QtEndian>

/// Pictures as files, good and bad.
namespace dunlin::test {

inline QByteArray encoded(const QImage &image, const char *format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter(&buffer, format).write(image);
    return bytes;
}

/// The left half red, the right half blue.
inline QImage halves(QSize size)
{
    QImage image(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            image.setPixel(x, y, x < size.width() / 2 ? qRgb(255, 0, 0) : qRgb(0, 0, 255));
    }
    return image;
}

/// What does not compress: as large a file as a photo's.
inline QImage noise(QSize size)
{
    QImage image(size, QImage::Format_RGB32);
    quint32 state = 7;
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            state = state * 1664525 + 1013904223;
            image.setPixel(x, y, state >> 8U);
        }
    }
    return image;
}

/// An Exif segment that says "turn right to show it upright", with the place it was taken at.
inline QByteArray withExif(const QByteArray &jpeg)
{
    const auto entry = [](quint16 tag, quint16 type, quint32 count, quint32 value) {
        QByteArray bytes(12, '\0');
        qToLittleEndian(tag, bytes.data());
        qToLittleEndian(type, bytes.data() + 2);
        qToLittleEndian(count, bytes.data() + 4);
        qToLittleEndian(value, bytes.data() + 8);
        return bytes;
    };
    constexpr quint32 gpsOffset = 8 + 2 + 2 * 12 + 4;
    const QByteArray tiff = QByteArray("II*\0\x08\0\0\0", 8) + QByteArray("\x02\0", 2)
            + entry(0x0112, 3, 1, 6) + entry(0x8825, 4, 1, gpsOffset) + QByteArray(4, '\0')
            + QByteArray("\x01\0", 2) + entry(0x0001, 2, 2, 'N') + QByteArray(4, '\0');
    const QByteArray payload = QByteArray("Exif\0\0", 6) + tiff;
    QByteArray head("\xFF\xE1\0\0", 4);
    qToBigEndian(quint16(payload.size() + 2), head.data() + 2);
    return jpeg.left(2) + head + payload + jpeg.mid(2);
}

inline quint32 crc32(const QByteArray &bytes)
{
    quint32 crc = 0xFFFFFFFF;
    for (const char byte : bytes) {
        crc ^= static_cast<quint8>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
    }
    return ~crc;
}

/// A PNG of a few bytes that declares this size.
inline QByteArray pngDeclaring(QSize size)
{
    QByteArray png = encoded(halves(QSize(4, 4)), "png");
    qToBigEndian(quint32(size.width()), png.data() + 16);
    qToBigEndian(quint32(size.height()), png.data() + 20);
    qToBigEndian(crc32(png.mid(12, 17)), png.data() + 29);
    return png;
}

/// Two frames of 2 by 2 pixels, with a comment, and something behind the end.
inline QByteArray animatedGif(const QByteArray &comment, const QByteArray &behind = {})
{
    // Each pixel behind a clear code, so that codes stay 3 bits long.
    const auto frame = [](int color) {
        quint32 bits = 0;
        int count = 0;
        for (int pixel = 0; pixel < 4; ++pixel) {
            bits |= (4U << count) | (quint32(color) << (count + 3));
            count += 6;
        }
        bits |= 5U << count;
        QByteArray data(4, '\0');
        qToLittleEndian(bits, data.data());
        return QByteArray("\x21\xF9\x04\x00\x0A\x00\x00\x00", 8)
                + QByteArray("\x2C\0\0\0\0\x02\0\x02\0\0", 10) + QByteArray("\x02\x04", 2) + data
                + QByteArray(1, '\0');
    };
    return QByteArray("GIF89a\x02\0\x02\0\x81\0\0", 13)
            + QByteArray("\0\0\0\xFF\0\0\0\xFF\0\0\0\xFF", 12)
            + QByteArray("\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0", 19) + QByteArray("\x21\xFE", 2)
            + char(comment.size()) + comment + '\0' + frame(1)
            + QByteArray("\x21\xFF\x0BXMP DataXMP\x03", 15) + "spy" + '\0' + frame(2) + "\x3B"
            + behind;
}

inline QByteArray riffChunk(const QByteArray &name, const QByteArray &payload)
{
    QByteArray length(4, '\0');
    qToLittleEndian(quint32(payload.size()), length.data());
    return name + length + payload + QByteArray(payload.size() % 2, '\0');
}

/// As a camera writes it: the picture, and in chunks of their own what it knows about it.
inline QByteArray webpWithExif()
{
    const QByteArray plain = encoded(halves(QSize(8, 8)), "webp");
    const QByteArray picture = plain.mid(12);
    const QByteArray extended = riffChunk("VP8X", QByteArray("\x0C\0\0\0\x07\0\0\x07\0\0", 10));
    const QByteArray all = "WEBP" + extended + picture + riffChunk("EXIF", "52.5 N 13.4 E")
            + riffChunk("XMP ", "Ana");
    return riffChunk("RIFF", all);
}

} // namespace dunlin::test
