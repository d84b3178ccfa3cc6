// SPDX-License-Identifier: Apache-2.0
#include "desktop_session.h"

#include <QDir>
#include <QTest>

namespace dunlin::test {
namespace {

constexpr int startMs = 10'000;
/// Nothing listens there. Without any address, libdbus and GLib start a bus of their own.
const QString noAddress = QStringLiteral("unix:path=/nonexistent/bus");

const char *const plainBus = R"(<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
)";

} // namespace

DesktopSession::DesktopSession(Bus bus)
{
    constexpr auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    for (const char *name : {"home", "runtime"}) {
        QDir(directory_.path()).mkdir(QLatin1String(name));
        QFile::setPermissions(directory_.filePath(QLatin1String(name)), ownerOnly);
    }
    if (bus == Bus::None)
        return;
    const QString configuration = directory_.filePath(QStringLiteral("bus.conf"));
    QFile file(configuration);
    if (!file.open(QIODevice::WriteOnly) || file.write(plainBus) < 0)
        qFatal("%s cannot be written", qPrintable(configuration));
    file.close();
    const QString kind = bus == Bus::Activating ? QStringLiteral("--session")
                                                : QLatin1String("--config-file=") + configuration;
    auto *daemon = start(QStringLiteral("dbus-daemon"),
                         {kind, QStringLiteral("--nofork"), QStringLiteral("--print-address")});
    while (!daemon->canReadLine() && daemon->waitForReadyRead(startMs)) { }
    address_ = QString::fromLatin1(daemon->readLine().trimmed());
    if (address_.isEmpty())
        qFatal("dbus-daemon does not start");
}

DesktopSession::~DesktopSession()
{
    for (auto process = processes_.rbegin(); process != processes_.rend(); ++process) {
        (*process)->terminate();
        if (!(*process)->waitForFinished(startMs))
            (*process)->kill();
        (*process)->waitForFinished();
    }
}

QProcessEnvironment DesktopSession::environment() const
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), home());
    for (const char *name : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME",
                             "GNOME_KEYRING_CONTROL", "XDG_CURRENT_DESKTOP"})
        environment.remove(QLatin1String(name));
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"),
                       directory_.filePath(QStringLiteral("runtime")));
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"),
                       address_.isEmpty() ? noAddress : address_);
    return environment;
}

void DesktopSession::adopt() const
{
    const auto variables = environment();
    for (const char *name : {"HOME", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"})
        qputenv(name, variables.value(QLatin1String(name)).toLocal8Bit());
    for (const char *name : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
        qunsetenv(name);
}

QProcess *DesktopSession::start(const QString &program, const QStringList &arguments,
                                const QByteArray &input)
{
    processes_.push_back(std::make_unique<QProcess>());
    QProcess *process = processes_.back().get();
    process->setProcessEnvironment(environment());
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process->start(program, arguments);
    if (!process->waitForStarted(startMs))
        qFatal("%s does not start", qPrintable(program));
    process->write(input);
    process->closeWriteChannel();
    return process;
}

QString DesktopSession::run(const QString &program, const QStringList &arguments) const
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    process.closeWriteChannel();
    if (!process.waitForFinished(startMs * 3))
        return QStringLiteral("%1 does not end").arg(program);
    return QString::fromUtf8(process.readAll().trimmed());
}

bool DesktopSession::waitForName(const QString &name) const
{
    return QTest::qWaitFor(
            [&] {
                return run(QStringLiteral("dbus-send"),
                           {QStringLiteral("--session"), QStringLiteral("--print-reply=literal"),
                            QStringLiteral("--dest=org.freedesktop.DBus"), QStringLiteral("/"),
                            QStringLiteral("org.freedesktop.DBus.NameHasOwner"),
                            QLatin1String("string:") + name})
                        .endsWith(QLatin1String("true"));
            },
            startMs);
}

} // namespace dunlin::test
