// SPDX-License-Identifier: Apache-2.0
#include "server_url.h"

#include "server_trust.h"

#include <QHostAddress>

namespace dunlin::client {
namespace {

bool isNearby(const QString &host)
{
    if (host == QLatin1String("localhost") || host.endsWith(QLatin1String(".local")))
        return true;
    const QHostAddress address(host);
    return address.isLoopback() || address.isLinkLocal() || address.isUniqueLocalUnicast()
            || address.isInSubnet(QHostAddress(QStringLiteral("10.0.0.0")), 8)
            || address.isInSubnet(QHostAddress(QStringLiteral("172.16.0.0")), 12)
            || address.isInSubnet(QHostAddress(QStringLiteral("192.168.0.0")), 16);
}

} // namespace

QUrl serverUrlFromText(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty() || trimmed.contains(QLatin1Char(' ')))
        return {};
    const bool hasScheme = trimmed.contains(QLatin1String("://"));
    QUrl url(hasScheme ? trimmed : QLatin1String("wss://") + trimmed, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return {};
    if (url.scheme() == QLatin1String("http"))
        url.setScheme(QStringLiteral("ws"));
    else if (url.scheme() == QLatin1String("https"))
        url.setScheme(QStringLiteral("wss"));
    if (!ServerTrust::isIn(url))
        url.setFragment({});
    else if (!ServerTrust::of(url))
        return {};
    if (!hasScheme && !url.hasFragment() && (isNearby(url.host()) || url.port() != -1))
        url.setScheme(QStringLiteral("ws"));
    if (url.scheme() != QLatin1String("ws") && url.scheme() != QLatin1String("wss"))
        return {};
    if (url.hasFragment() && url.scheme() != QLatin1String("wss"))
        return {};
    url.setUserInfo({});
    url.setQuery(QString());
    if (url.path().isEmpty())
        url.setPath(QStringLiteral("/"));
    return url;
}

QString textFromServerUrl(const QUrl &url)
{
    QUrl typed = url;
    if (url.path() == QLatin1String("/"))
        typed.setPath({});
    return typed.toString();
}

} // namespace dunlin::client
