// SPDX-License-Identifier: Apache-2.0
#include "message_values.h"

#include "message_format.h"
#include "pictures_value.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace dunlin::client {

QString previewOf(const QString &text, qsizetype images, bool isDeleted)
{
    if (isDeleted)
        return QCoreApplication::translate("Messages", "Deleted message");
    if (text.isEmpty() && images > 0)
        return picturesText(int(images));
    constexpr qsizetype longest = 300;
    return plainOf(text.left(longest)).simplified();
}

QString previewOf(const StoredMessage &message)
{
    return previewOf(message.text, message.images.size(), message.isDeleted);
}

QVariantMap quoteValue(const Quote &quote, UserId self, const NameOf &nameOf)
{
    if (!quote.seq)
        return {};
    const QString missing = quote.isRemoved
            ? QCoreApplication::translate("Messages", "Removed message")
            : QCoreApplication::translate("Messages", "Earlier message");
    const QString text =
            quote.isKnown ? previewOf(quote.text, quote.images.size(), quote.isDeleted) : missing;
    return {{QStringLiteral("seq"), QVariant::fromValue<qint64>(quote.seq.value)},
            {QStringLiteral("name"), quote.isKnown ? nameOf(quote.sender) : QString()},
            {QStringLiteral("text"), text},
            {QStringLiteral("isOwn"), quote.sender == self}};
}

QVariantList reactionsValue(const QList<Reaction> &reactions, UserId self, const NameOf &nameOf)
{
    struct Group {
        QString emoji;
        QStringList names;
        bool isOwn = false;
    };
    QList<Group> groups;
    for (const Reaction &reaction : reactions) {
        auto found = std::find_if(groups.begin(), groups.end(), [&](const Group &group) {
            return group.emoji == reaction.emoji;
        });
        if (found == groups.end())
            found = groups.insert(groups.end(), Group{.emoji = reaction.emoji, .names = {}});
        found->names.append(nameOf(reaction.user));
        found->isOwn = found->isOwn || reaction.user == self;
    }
    std::stable_sort(groups.begin(), groups.end(), [](const Group &left, const Group &right) {
        return left.names.size() > right.names.size();
    });
    QVariantList values;
    for (const Group &group : std::as_const(groups)) {
        values.append(
                QVariantMap{{QStringLiteral("emoji"), group.emoji},
                            {QStringLiteral("count"), int(group.names.size())},
                            {QStringLiteral("isOwn"), group.isOwn},
                            {QStringLiteral("names"), QLocale().createSeparatedList(group.names)}});
    }
    return values;
}

} // namespace dunlin::client
