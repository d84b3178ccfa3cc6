// SPDX-License-Identifier: Apache-2.0
#include "image_reading.h"
#include "strip_metadata.h"
#include "targets.h"

#include <QByteArray>

#include <algorithm>

#include <sys/mman.h>
#include <unistd.h>

namespace dunlin::fuzz {
namespace {

using namespace client;

/// Larger ones take long to decode, and no other way.
constexpr qint64 decodedPixelsMax = 1'000'000;
constexpr QSize shown{320, 240};

QByteArray arrayOf(std::string_view bytes)
{
    return {bytes.data(), static_cast<qsizetype>(bytes.size())};
}

/// A file of these bytes that is not on a disk.
class MemoryFile {
public:
    explicit MemoryFile(std::string_view bytes) : file_(memfd_create("picture", 0))
    {
        require(file_ >= 0
                        && write(file_, bytes.data(), bytes.size())
                                == static_cast<ssize_t>(bytes.size()),
                "there is memory for the file");
    }
    ~MemoryFile() { close(file_); }
    MemoryFile(const MemoryFile &) = delete;
    MemoryFile &operator=(const MemoryFile &) = delete;
    [[nodiscard]] QString path() const { return QStringLiteral("/proc/self/fd/%1").arg(file_); }

private:
    int file_;
};

} // namespace

/// As the app looks at a picture of a peer, and then shows it.
void picture(std::string_view bytes)
{
    const QImage preview = readPreview(arrayOf(bytes));
    require(preview.width() <= 64 && preview.height() <= 64, "a preview is small");

    const MemoryFile file(bytes);
    const auto facts = inspectPicture(file.path(), PictureOrigin::Peer);
    if (!facts)
        return;
    const qint64 pixels = qint64(facts->size.width()) * facts->size.height();
    require(pixels > 0 && pixels <= picturePixelsMax, "a picture has a size that can be decoded");
    const auto &format = facts->format;
    require(format == "jpeg" || format == "png" || format == "webp" || format == "gif",
            "a peer's picture is of a format that is sent");
    if (pixels > decodedPixelsMax)
        return;
    if (const auto image = readPicture(file.path(), shown, PictureOrigin::Peer)) {
        require(image->width() <= shown.width() && image->height() <= shown.height(),
                "a picture fits where it is shown");
    }
}

/// What is left of an animation is one still, and there is nothing more to leave out.
void animation(std::string_view bytes)
{
    const QByteArray file = arrayOf(bytes);
    for (const auto stripped : {strippedGif, strippedWebp}) {
        const auto once = stripped(file);
        if (!once)
            continue;
        require(once->size() <= file.size(), "what is left is not longer");
        require(stripped(*once) == once, "what is left stays as it is");
    }
}

} // namespace dunlin::fuzz
