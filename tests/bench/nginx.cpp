// SPDX-License-Identifier: Apache-2.0
#include "nginx.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>

#include <sys/prctl.h>
#include <sys/stat.h>

#include <csignal>

namespace dunlin::bench {
namespace {

int freePort()
{
    QTcpServer probe;
    probe.listen(QHostAddress::LocalHost);
    return probe.serverPort();
}

/// What Debian's nginx does unasked, but for the log and the size of a body.
const char *const configuration = R"(
worker_processes auto;
daemon off;
pid %1/pid;
error_log %1/error.log;
events {}
http {
    access_log off;
    client_max_body_size 100m;
    client_body_temp_path %1/bodies;
    proxy_temp_path %1/other;
    fastcgi_temp_path %1/other;
    uwsgi_temp_path %1/other;
    scgi_temp_path %1/other;
    server {
        listen 127.0.0.1:%2;
        root %1/files;
        location / { dav_methods PUT DELETE; }
    }
}
)";

} // namespace

Nginx::Nginx() : directory_(QStringLiteral("/tmp/dunlin-bench-nginx-XXXXXX"))
{
    const int port = freePort();
    // Started by root, its workers become another user.
    for (const char *name : {"", "/files", "/bodies"}) {
        const QByteArray path = (directory_.path() + QLatin1String(name)).toLocal8Bit();
        ::mkdir(path.constData(), 0777);
        ::chmod(path.constData(), 0777);
    }
    QFile file(directory_.filePath(QStringLiteral("nginx.conf")));
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.write(QString::fromLatin1(configuration).arg(directory_.path()).arg(port).toUtf8());
    file.close();
    process_.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process_.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
    process_.start(
            QStringLiteral("nginx"),
            {QStringLiteral("-p"), directory_.path(), QStringLiteral("-c"), file.fileName()});
    QDeadlineTimer deadline(5000);
    while (process_.waitForStarted() && port_ == 0 && !deadline.hasExpired()) {
        QTcpSocket probe;
        probe.connectToHost(QHostAddress(QHostAddress::LocalHost), quint16(port));
        if (probe.waitForConnected(1000))
            port_ = port;
        else if (process_.waitForFinished(20))
            break;
    }
}

Nginx::~Nginx()
{
    process_.terminate();
    process_.waitForFinished();
}

} // namespace dunlin::bench
