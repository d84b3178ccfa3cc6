// SPDX-License-Identifier: Apache-2.0
// Frames of every schema that was released mean today what they meant then.
#include "dunlin/codec.h"
#include "sample_frames.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include <google/protobuf/descriptor.h>

#include <set>

using namespace dunlin;
using codec::FrameKind;

namespace {

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The frame in the other encoding; empty when it cannot be read.
QByteArray translated(bool isOfClient, const QByteArray &bytes, FrameKind from, FrameKind to)
{
    if (isOfClient) {
        const auto frame = codec::decodeClientFrame(viewOf(bytes), from);
        return frame ? codec::encode(*frame, to) : QByteArray();
    }
    const auto frame = codec::decodeServerFrame(viewOf(bytes), from);
    return frame ? codec::encode(*frame, to) : QByteArray();
}

/// The names of all fields that are set in a message.
void collect(const google::protobuf::Message &message, std::set<std::string> &names)
{
    std::vector<const google::protobuf::FieldDescriptor *> fields;
    const auto &reflection = *message.GetReflection();
    reflection.ListFields(message, &fields);
    for (const auto *field : fields) {
        names.insert(field->full_name());
        if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE)
            continue;
        if (!field->is_repeated())
            collect(reflection.GetMessage(message, field), names);
        for (int i = 0; field->is_repeated() && i < reflection.FieldSize(message, field); ++i)
            collect(reflection.GetRepeatedMessage(message, field, i), names);
    }
}

} // namespace

class RecordedFramesTest : public QObject {
    Q_OBJECT

    QDir all_{QStringLiteral(DUNLIN_RECORDED_FRAMES)};

    /// Paths without their ends.
    QStringList recorded() const
    {
        QStringList paths;
        const auto schemas = all_.entryList({QStringLiteral("v*")}, QDir::Dirs);
        for (const QString &schema : schemas) {
            const QDir folder(all_.filePath(schema));
            const auto files = folder.entryList({QStringLiteral("*.bin")}, QDir::Files);
            for (const QString &file : files)
                paths += folder.filePath(file.chopped(4));
        }
        return paths;
    }
    static bool isOfClient(const QString &path)
    {
        return QFileInfo(path).fileName().startsWith(QLatin1String("client."));
    }

private Q_SLOTS:
    void everyRecordedFrameMeansTheSame_data()
    {
        QTest::addColumn<QString>("path");
        const QStringList paths = recorded();
        for (const QString &path : paths)
            QTest::addRow("%s", qPrintable(all_.relativeFilePath(path))) << path;
    }
    void everyRecordedFrameMeansTheSame()
    {
        QFETCH(QString, path);
        const QByteArray binary = contentOf(path + QLatin1String(".bin"));
        const QByteArray json = contentOf(path + QLatin1String(".json"));
        QVERIFY(!binary.isEmpty() && !json.isEmpty());
        // Numbers in one, names in the other: a field that has changed either is not found by it.
        const QByteArray told =
                translated(isOfClient(path), binary, FrameKind::Binary, FrameKind::Text);
        QCOMPARE(QJsonDocument::fromJson(told), QJsonDocument::fromJson(json));
        const QByteArray written =
                translated(isOfClient(path), json, FrameKind::Text, FrameKind::Binary);
        QCOMPARE(written.toHex(' '), binary.toHex(' '));
    }

    void everyFieldThereIsWasRecorded()
    {
        std::set<std::string> known;
        const QStringList paths = recorded();
        for (const QString &path : paths) {
            const QByteArray bytes = contentOf(path + QLatin1String(".bin"));
            if (isOfClient(path))
                collect(*codec::decodeClientFrame(viewOf(bytes), FrameKind::Binary), known);
            else
                collect(*codec::decodeServerFrame(viewOf(bytes), FrameKind::Binary), known);
        }
        std::set<std::string> present;
        for (const auto &[name, frame] : test::sampleFrames())
            std::visit([&present](const auto &one) { collect(one, present); }, frame);
        QVERIFY(present.size() > 100);
        for (const std::string &name : present)
            QVERIFY2(known.contains(name), (name + ": see tests/compatibility/README.md").c_str());
    }
};

QTEST_APPLESS_MAIN(RecordedFramesTest)
#include "tst_recorded_frames.moc"
