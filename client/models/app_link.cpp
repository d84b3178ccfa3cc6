// SPDX-License-Identifier: Apache-2.0
#include "app_link.h"

#include "dunlin/validation.h"

#include <QUrl>

namespace dunlin::client {

std::optional<AppLink> parseAppLink(const QString &link)
{
    const QUrl url(link.trimmed(), QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != QLatin1String("dunlin") || !url.userInfo().isEmpty()
        || url.port() >= 0 || url.hasQuery() || url.hasFragment())
        return std::nullopt;
    // Some browsers add a slash at the end.
    QString what = url.path(QUrl::FullyDecoded).mid(1);
    if (what.endsWith(u'/'))
        what.chop(1);
    if (url.host() == QLatin1String("user")) {
        const auto name = validation::normalizedUserName(what.toStdString());
        if (!name)
            return std::nullopt;
        return PersonLink{QString::fromStdString(*name)};
    }
    if (url.host() == QLatin1String("conversation")) {
        bool isNumber = false;
        const ConversationId id{what.toLongLong(&isNumber)};
        if (!isNumber || id.value <= 0)
            return std::nullopt;
        return ConversationLink{id};
    }
    return std::nullopt;
}

} // namespace dunlin::client
