// SPDX-License-Identifier: Apache-2.0
#include "network_namespace.h"

#include <QProcess>

#include <fcntl.h>
#include <unistd.h>

namespace dunlin::chaos {
namespace {

bool ip(const QString &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("ip"), arguments.split(u' '));
    return process.waitForFinished() && process.exitStatus() == QProcess::NormalExit
            && process.exitCode() == 0;
}

} // namespace

NetworkNamespace::NetworkNamespace(int number)
    : name_(QStringLiteral("dunlin-chaos-%1").arg(number)),
      cable_(QStringLiteral("dchaos%1").arg(number)),
      address_(QStringLiteral("10.213.%1.%2").arg(number / 64 % 256).arg(number % 64 * 4 + 2))
{ }

std::unique_ptr<NetworkNamespace> NetworkNamespace::make()
{
    const int number = int(::getpid() % (64 * 256));
    std::unique_ptr<NetworkNamespace> made(new NetworkNamespace(number));
    const QString &name = made->name_;
    const QString &cable = made->cable_;
    const QString inside = made->address_.toString() + QLatin1String("/30");
    const QString ours =
            QHostAddress(made->address_.toIPv4Address() - 1).toString() + QLatin1String("/30");
    const bool isMade = ip(QStringLiteral("netns add ") + name)
            && ip(QStringLiteral("link add %1 type veth peer name eth0 netns %2").arg(cable, name))
            && ip(QStringLiteral("addr add %1 dev %2").arg(ours, cable))
            && ip(QStringLiteral("link set %1 up").arg(cable))
            && ip(QStringLiteral("-n %1 addr add %2 dev eth0").arg(name, inside))
            && ip(QStringLiteral("-n %1 link set eth0 up").arg(name))
            && ip(QStringLiteral("-n %1 link set lo up").arg(name));
    const QByteArray path = (QLatin1String("/run/netns/") + name).toLocal8Bit();
    made->descriptor_ = ::open(path.constData(), O_RDONLY | O_CLOEXEC);
    return isMade && made->descriptor_ >= 0 ? std::move(made) : nullptr;
}

NetworkNamespace::~NetworkNamespace()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
    ip(QStringLiteral("netns del ") + name_);
    ip(QStringLiteral("link del ") + cable_); // gone with it, a moment later
}

void NetworkNamespace::setUp(bool isUp) const
{
    ip(QStringLiteral("link set %1 %2")
               .arg(cable_, isUp ? QStringLiteral("up") : QStringLiteral("down")));
}

} // namespace dunlin::chaos
