// SPDX-License-Identifier: Apache-2.0
#include "backup/backup_folder.h"

#include "blobs/digest.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <fcntl.h>
#include <unistd.h>

#include <array>

namespace dunlin::backup {
namespace {

constexpr int formatVersion = 1;
constexpr qint64 pieceBytes = 1024 * 1024;

tl::unexpected<Error> cannot(const char *what, const QFile &file)
{
    return failure(ErrorCode::Unavailable,
                   std::string("cannot ") + what + ' ' + file.fileName().toStdString() + ": "
                           + file.errorString().toStdString());
}

struct Number {
    const char *name;
    std::int64_t Summary::*value;
};
constexpr std::array numbers = {
        Number{"users", &Summary::users}, Number{"messages", &Summary::messages},
        Number{"blobs", &Summary::blobs}, Number{"blob_bytes", &Summary::blobBytes},
        Number{"broken_blobs", &Summary::brokenBlobs}};

/// Of what is read; written to a copy, when there is one.
Result<QByteArray> digest(QFile &from, QFile *to)
{
    blobs::Digest digest;
    while (true) {
        const QByteArray piece = from.read(pieceBytes);
        if (piece.isEmpty())
            break;
        digest.add(piece);
        if (to != nullptr && to->write(piece) != piece.size())
            return cannot("write", *to);
    }
    if (from.error() != QFileDevice::NoError)
        return cannot("read", from);
    return QByteArray::fromStdString(digest.result()).toHex();
}

Result<void> flush(QFile &file)
{
    if (!file.flush() || ::fsync(file.handle()) != 0)
        return cannot("flush", file);
    return {};
}

} // namespace

Result<QByteArray> copyFile(const QString &from, const QString &to)
{
    QFile source(from);
    QFile copy(to);
    if (!source.open(QIODevice::ReadOnly))
        return cannot("read", source);
    if (!QDir().mkpath(QFileInfo(to).path()) || !copy.open(QIODevice::WriteOnly))
        return cannot("write", copy);
    copy.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    auto sum = digest(source, &copy);
    if (!sum)
        return sum;
    if (const auto flushed = flush(copy); !flushed)
        return tl::unexpected(flushed.error());
    return sum;
}

Result<QByteArray> sha256Of(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return cannot("read", file);
    return digest(file, nullptr);
}

Result<void> writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return cannot("write", file);
    return flush(file);
}

Result<void> flushFolder(const QString &path)
{
    const int folder = ::open(path.toLocal8Bit().constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool isFlushed = folder >= 0 && ::fsync(folder) == 0;
    if (folder >= 0)
        ::close(folder);
    if (!isFlushed)
        return failure(ErrorCode::Unavailable, "cannot flush " + path.toStdString());
    return {};
}

Result<void> writeSums(const QString &folder, const std::vector<Sum> &sums)
{
    QByteArray text;
    for (const Sum &sum : sums)
        text += sum.sha256 + "  " + sum.path.toUtf8() + '\n';
    return writeFile(folder + u'/' + sumsName, text);
}

Result<std::vector<Sum>> readSums(const QString &folder)
{
    QFile file(folder + u'/' + sumsName);
    if (!file.open(QIODevice::ReadOnly))
        return cannot("read", file);
    std::vector<Sum> sums;
    while (!file.atEnd()) {
        const QByteArray line = file.readLine().trimmed();
        const qsizetype end = line.indexOf("  ");
        const QString path = QString::fromUtf8(line.mid(end + 2));
        // Nothing outside the folder is meant.
        if (end != 64 || path.startsWith(u'/') || path.contains(QLatin1String("..")))
            return failure(ErrorCode::InvalidArgument, "SHA256SUMS is damaged");
        sums.push_back({.path = path, .sha256 = line.left(end)});
    }
    return sums;
}

Result<void> writeManifest(const QString &folder, const Summary &summary)
{
    QJsonObject json;
    json[QLatin1String("format")] = formatVersion;
    json[QLatin1String("made_at")] = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
    for (const Number &number : numbers)
        json[QLatin1String(number.name)] = qint64(summary.*number.value);
    return writeFile(folder + u'/' + manifestName, QJsonDocument(json).toJson());
}

Result<Summary> readManifest(const QString &folder)
{
    QFile file(folder + u'/' + manifestName);
    const QJsonObject json = file.open(QIODevice::ReadOnly)
            ? QJsonDocument::fromJson(file.readAll()).object()
            : QJsonObject();
    const int format = json[QLatin1String("format")].toInt();
    if (format == 0)
        return failure(ErrorCode::InvalidArgument, folder.toStdString() + " is no backup");
    if (format > formatVersion) {
        return failure(ErrorCode::InvalidArgument,
                       folder.toStdString() + " was made by a newer version");
    }
    Summary summary;
    for (const Number &number : numbers)
        summary.*number.value = json[QLatin1String(number.name)].toInteger();
    return summary;
}

} // namespace dunlin::backup
