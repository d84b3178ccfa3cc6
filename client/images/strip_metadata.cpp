// SPDX-License-Identifier: Apache-2.0
#include "strip_metadata.h"

#include <QtEndian>

#include <algorithm>
#include <array>

namespace dunlin::client {
namespace {

/// Takes bytes from the front; once there are too few, isWhole() is false.
class Reader {
public:
    explicit Reader(const QByteArray &bytes) : m_bytes(bytes) { }

    [[nodiscard]] bool isWhole() const { return m_isWhole; }
    [[nodiscard]] qsizetype position() const { return m_position; }
    [[nodiscard]] QByteArray since(qsizetype begin) const
    {
        return m_bytes.mid(begin, m_position - begin);
    }

    void seek(qsizetype position) { m_position = position; }
    quint8 byte()
    {
        const QByteArray one = take(1);
        return one.isEmpty() ? 0 : static_cast<quint8>(one[0]);
    }
    QByteArray take(qsizetype count)
    {
        if (count < 0 || m_bytes.size() - m_position < count) {
            m_isWhole = false;
            return {};
        }
        m_position += count;
        return m_bytes.mid(m_position - count, count);
    }

private:
    const QByteArray &m_bytes;
    qsizetype m_position = 0;
    bool m_isWhole = true;
};

// GIF: section numbers are those of the specification.

constexpr quint8 gifExtension = 0x21;
constexpr quint8 gifImage = 0x2C;
constexpr quint8 gifTrailer = 0x3B;
constexpr quint8 gifGraphicControl = 0xF9;
constexpr quint8 gifApplication = 0xFF;

/// 18 and 20: a table of 3 bytes a colour, when the highest bit of its flags says so.
void takeColors(Reader &reader, quint8 flags)
{
    if ((flags & 0x80) != 0)
        reader.take(3LL * (2LL << (flags & 0x07)));
}

/// 15: blocks of up to 255 bytes, until an empty one.
void takeSubBlocks(Reader &reader)
{
    quint8 size = 0;
    do {
        size = reader.byte();
        reader.take(size);
    } while (reader.isWhole() && size != 0);
}

/// What is kept of an extension: how long a frame stands, and how often all of them are repeated.
QByteArray takeExtension(Reader &reader, qsizetype begin)
{
    const quint8 label = reader.byte();
    QByteArray repeat;
    if (label == gifApplication) {
        const QByteArray name = reader.take(reader.byte());
        const qsizetype block = reader.position();
        if ((name == "NETSCAPE2.0" || name == "ANIMEXTS1.0") && reader.byte() == 3
            && reader.byte() == 1) {
            reader.take(2);
            repeat = reader.since(begin) + '\0';
        } else {
            reader.seek(block);
        }
    }
    takeSubBlocks(reader);
    return label == gifGraphicControl ? reader.since(begin) : repeat;
}

/// 20 to 22.
void takeImage(Reader &reader)
{
    const QByteArray descriptor = reader.take(9);
    if (!reader.isWhole())
        return;
    takeColors(reader, static_cast<quint8>(descriptor[8]));
    reader.byte(); // the LZW code size
    takeSubBlocks(reader);
}

// WebP.

constexpr quint32 webpHeaderBytes = 12;
/// Flags of the chunk VP8X for what is left out.
constexpr quint8 webpLeftOut = 0x08 | 0x04 | 0x20; // Exif, XMP, colour profile
constexpr std::array<const char *, 5> webpKept{"VP8X", "ANIM", "ANMF", "ALPH", "VP8L"};

bool isKeptChunk(const QByteArray &name)
{
    return name == "VP8 " || std::find(webpKept.begin(), webpKept.end(), name) != webpKept.end();
}

} // namespace

std::optional<QByteArray> strippedGif(const QByteArray &bytes)
{
    Reader reader(bytes);
    const QByteArray signature = reader.take(6);
    if (signature != "GIF89a" && signature != "GIF87a")
        return std::nullopt;
    const QByteArray screen = reader.take(7);
    if (!reader.isWhole())
        return std::nullopt;
    takeColors(reader, static_cast<quint8>(screen[4]));
    QByteArray kept = reader.since(0);
    while (reader.isWhole()) {
        const qsizetype begin = reader.position();
        switch (reader.byte()) {
        case gifExtension:
            kept += takeExtension(reader, begin);
            break;
        case gifImage:
            takeImage(reader);
            kept += reader.since(begin);
            break;
        case gifTrailer:
            if (!reader.isWhole())
                return std::nullopt;
            return kept + reader.since(begin);
        default:
            return std::nullopt;
        }
    }
    return std::nullopt;
}

std::optional<QByteArray> strippedWebp(const QByteArray &bytes)
{
    Reader reader(bytes);
    const QByteArray riff = reader.take(4);
    const auto declared = qFromLittleEndian<quint32>(reader.take(4).leftJustified(4, '\0').data());
    const QByteArray kind = reader.take(4);
    const qint64 end = qint64(declared) + 8;
    if (riff != "RIFF" || kind != "WEBP" || end > bytes.size())
        return std::nullopt;
    QByteArray kept;
    while (reader.position() < end) {
        const qsizetype begin = reader.position();
        const QByteArray name = reader.take(4);
        const QByteArray length = reader.take(4);
        if (!reader.isWhole())
            return std::nullopt;
        const auto size = qFromLittleEndian<quint32>(length.constData());
        reader.take(qsizetype(size) + size % 2); // chunks begin at even places
        if (!reader.isWhole() || reader.position() > end)
            return std::nullopt;
        if (!isKeptChunk(name))
            continue;
        QByteArray chunk = reader.since(begin);
        if (name == "VP8X" && size > 0)
            chunk[8] = static_cast<char>(static_cast<quint8>(chunk[8]) & ~webpLeftOut);
        kept += chunk;
    }
    QByteArray head("RIFF....WEBP", webpHeaderBytes);
    qToLittleEndian<quint32>(static_cast<quint32>(kept.size() + 4), head.data() + 4);
    return head + kept;
}

} // namespace dunlin::client
