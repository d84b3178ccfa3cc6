// SPDX-License-Identifier: Apache-2.0
// Writes a frame of every kind into a new folder, see README.md.
#include "dunlin/codec.h"
#include "sample_frames.h"

#include <QDir>
#include <QFile>

#include <iostream>

namespace {

using namespace dunlin;

bool write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    // Never over one that is there.
    return file.open(QIODevice::WriteOnly | QIODevice::NewOnly) && file.write(bytes) == bytes.size()
            && file.flush();
}

bool record(const QDir &folder)
{
    for (const auto &[name, frame] : test::sampleFrames()) {
        const QString path = folder.filePath(QString::fromStdString(name));
        const auto bytes = [&frame = frame](codec::FrameKind kind) {
            return std::visit([kind](const auto &one) { return codec::encode(one, kind); }, frame);
        };
        if (!write(path + QLatin1String(".bin"), bytes(codec::FrameKind::Binary))
            || !write(path + QLatin1String(".json"), bytes(codec::FrameKind::Text) + '\n')) {
            std::cerr << "cannot write " << path.toStdString() << '\n';
            return false;
        }
    }
    return true;
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc != 2) {
        std::cerr << "record_frames FOLDER\n";
        return 2;
    }
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    if (folder.exists() || !folder.mkpath(QStringLiteral("."))) {
        std::cerr << argv[1] << " is there already, or cannot be made\n";
        return 1;
    }
    return record(folder) ? 0 : 1;
}
