// SPDX-License-Identifier: Apache-2.0
#include "licence_list_model.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QUrl>

#include <algorithm>

using namespace dunlin::client;

namespace {

QString lettersOf(const QString &text)
{
    return text.toLower().remove(QRegularExpression(QStringLiteral("[^a-z0-9+]")));
}

} // namespace

class LicenceListModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyDependencyOfTheTableIsListed()
    {
        const LicenceListModel model;
        QStringList listed;
        for (int row = 0; row < model.rowCount(); ++row) {
            const auto index = model.index(row);
            listed.append(lettersOf(model.data(index, LicenceListModel::NameRole).toString()));
            QVERIFY(!model.data(index, LicenceListModel::LicenceRole).toString().isEmpty());
            const QUrl address = model.data(index, LicenceListModel::AddressRole).toUrl();
            QCOMPARE(address.scheme(), QStringLiteral("https"));
        }
        QFile page(QStringLiteral(DUNLIN_SOURCE_DIR "/ARCHITECTURE.md"));
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QString table =
                QString::fromUtf8(page.readAll()).section(QStringLiteral("## Dependencies"), 1);
        static const QRegularExpression line(QStringLiteral("^\\| ([^|]+) \\|"),
                                             QRegularExpression::MultilineOption);
        int seen = 0;
        auto rows = line.globalMatch(table);
        while (rows.hasNext()) {
            const QString names = rows.next().captured(1);
            const bool isOurs = names != QLatin1String("package")
                    && !names.contains(QLatin1String("(tests)"))
                    && !names.contains(QLatin1String("(bench)"))
                    && !names.contains(QLatin1String("(fuzzing)"));
            if (!isOurs)
                continue;
            const QString first =
                    lettersOf(names.section(QRegularExpression(QStringLiteral("[-, (]")), 0, 0));
            const bool isListed =
                    std::any_of(listed.begin(), listed.end(),
                                [&](const QString &name) { return name.contains(first); });
            QVERIFY2(isListed, qPrintable(names));
            ++seen;
        }
        QVERIFY2(seen >= 10, qPrintable(QString::number(seen)));
    }

    void theOwnLicenceIsThereInFull()
    {
        QVERIFY(LicenceListModel::ownText().contains(QLatin1String("Apache License")));
        QVERIFY(LicenceListModel::ownText().contains(QLatin1String("END OF TERMS AND CONDITIONS")));
    }
};

QTEST_GUILESS_MAIN(LicenceListModelTest)
#include "tst_licence_list_model.moc"
