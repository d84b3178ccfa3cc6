// SPDX-License-Identifier: Apache-2.0
#include "targets.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace dunlin;

namespace {

QList<fuzz::Target> targets()
{
    QList<fuzz::Target> all(fuzz::serverTargets.begin(), fuzz::serverTargets.end());
#ifdef DUNLIN_BUILD_APP
    all.append(QList<fuzz::Target>(fuzz::appTargets.begin(), fuzz::appTargets.end()));
#endif
    return all;
}

} // namespace

/// What fuzzing began with, and what it found: a finding aborts the test with the file's name
/// above.
class FuzzCorporaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsKeptDoesNoHarm_data()
    {
        QTest::addColumn<fuzz::Target>("target");
        for (const fuzz::Target &target : targets())
            QTest::newRow(target.name) << target;
    }
    void whatIsKeptDoesNoHarm()
    {
        QFETCH(const fuzz::Target, target);
        QDirIterator files(QStringLiteral(DUNLIN_FUZZ_CORPUS "/") + QLatin1String(target.name),
                           QDir::Files);
        int count = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
            const QByteArray bytes = file.readAll();
            fprintf(stderr, "%s\n", qPrintable(file.fileName()));
            target.run({bytes.constData(), static_cast<std::size_t>(bytes.size())});
            ++count;
        }
        QVERIFY2(count > 0, "there is nothing to begin with");
    }
};

Q_DECLARE_METATYPE(dunlin::fuzz::Target)
QTEST_GUILESS_MAIN(FuzzCorporaTest)
#include "tst_fuzz_corpora.moc"
