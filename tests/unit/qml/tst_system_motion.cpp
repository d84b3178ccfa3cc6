// SPDX-License-Identifier: Apache-2.0
#include "system_motion.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QDBusVirtualObject>
#include <QProcess>
#include <QTest>

using namespace dunlin::client;

namespace {

const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString interface = QStringLiteral("org.freedesktop.portal.Settings");
const QString group = QStringLiteral("org.gnome.desktop.interface");
const QString key = QStringLiteral("enable-animations");

/// As xdg-desktop-portal answers: a variant in a variant.
class FakePortal : public QDBusVirtualObject {
    Q_OBJECT
public:
    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override
    {
        if (message.interface() != interface || message.member() != QLatin1String("Read")
            || message.arguments() != QVariantList{group, key})
            return false;
        isAsked = true;
        const QDBusVariant inner(isAnimated);
        return connection.send(
                message.createReply(QVariant::fromValue(QDBusVariant(QVariant::fromValue(inner)))));
    }

    bool isAnimated = true;
    bool isAsked = false;
};

} // namespace

class SystemMotionTest : public QObject {
    Q_OBJECT

    QProcess daemon_;
    QDBusConnection portalBus_{QStringLiteral("none")};
    FakePortal portal_;

private Q_SLOTS:
    void initTestCase()
    {
        daemon_.start(QStringLiteral("dbus-daemon"),
                      {QStringLiteral("--session"), QStringLiteral("--nofork"),
                       QStringLiteral("--print-address")});
        QVERIFY(daemon_.waitForStarted());
        QVERIFY(daemon_.waitForReadyRead());
        const QByteArray address = daemon_.readLine().trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", address);
        portalBus_ = QDBusConnection::connectToBus(QString::fromLatin1(address),
                                                   QStringLiteral("portal"));
        QVERIFY(portalBus_.registerVirtualObject(path, &portal_));
        QVERIFY(portalBus_.registerService(QStringLiteral("org.freedesktop.portal.Desktop")));
    }

    void cleanupTestCase()
    {
        QDBusConnection::disconnectFromBus(QStringLiteral("portal"));
        daemon_.terminate();
        daemon_.waitForFinished();
    }

    void cleanup() { qunsetenv("DUNLIN_REDUCED_MOTION"); }

    void theDesktopsWishIsFollowed()
    {
        portal_.isAnimated = false;
        SystemMotion motion;
        QVERIFY(!motion.isReduced()); // until it has answered
        QTRY_VERIFY(motion.isReduced());
        portal_.isAnimated = true;
        portal_.isAsked = false;
        SystemMotion other;
        QTRY_VERIFY(portal_.isAsked);
        QCoreApplication::processEvents();
        QVERIFY(!other.isReduced());
    }

    void theVariableIsStronger()
    {
        portal_.isAnimated = true;
        qputenv("DUNLIN_REDUCED_MOTION", "1");
        const SystemMotion reduced;
        QVERIFY(reduced.isReduced());
        qputenv("DUNLIN_REDUCED_MOTION", "0");
        const SystemMotion moving;
        QVERIFY(!moving.isReduced());
    }
};

QTEST_GUILESS_MAIN(SystemMotionTest)
#include "tst_system_motion.moc"
