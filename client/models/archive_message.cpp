// SPDX-License-Identifier: Apache-2.0
#include "archive_message.h"

#include "message_format.h"
#include "message_status.h"
#include "message_values.h"
#include "texts.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>

namespace dunlin::client {
namespace {

QString isoTime(qint64 timeMs)
{
    return QDateTime::fromMSecsSinceEpoch(timeMs, Qt::UTC).toString(Qt::ISODateWithMs);
}

MessageStatus::Value statusOf(const StoredMessage &message, const ArchiveContext &context)
{
    if (message.sender != context.self.id || message.isDeleted)
        return MessageStatus::None;
    return MessageStatus::of(message.state, message.seq, context.conversation.peerDeliveredSeq,
                             context.conversation.peerReadSeq);
}

QString statusKey(MessageStatus::Value status)
{
    switch (status) {
    case MessageStatus::Queued:
        return QStringLiteral("queued");
    case MessageStatus::Sent:
        return QStringLiteral("sent");
    case MessageStatus::Delivered:
        return QStringLiteral("delivered");
    case MessageStatus::Read:
        return QStringLiteral("read");
    case MessageStatus::Failed:
        return QStringLiteral("failed");
    case MessageStatus::None:
        break;
    }
    return {};
}

/// The words of the window, which its ticks have for screen readers.
QString statusText(MessageStatus::Value status)
{
    switch (status) {
    case MessageStatus::Queued:
        return QCoreApplication::translate("StatusTicks", "Waiting to be sent");
    case MessageStatus::Sent:
        return QCoreApplication::translate("StatusTicks", "Sent", "a message");
    case MessageStatus::Delivered:
        return QCoreApplication::translate("StatusTicks", "Delivered", "a message");
    case MessageStatus::Read:
        return QCoreApplication::translate("StatusTicks", "Read", "a message");
    case MessageStatus::Failed:
        return QCoreApplication::translate("StatusTicks", "Not sent");
    case MessageStatus::None:
        break;
    }
    return {};
}

QString nameOf(const Person &person)
{
    const QString name = shownName(person);
    return name.isEmpty()
            ? QCoreApplication::translate("dunlin::client::MessageListModel", "Someone")
            : name;
}

/// Time, and what became of the message.
QString metaText(const StoredMessage &message, const ArchiveContext &context)
{
    QStringList words{fullTimeText(message.sentAtMs)};
    if (message.editedAtMs > 0 && !message.isDeleted)
        words += QCoreApplication::translate("MessageMeta", "edited", "a message") + u' '
                + fullTimeText(message.editedAtMs);
    if (message.isPinned)
        words += QCoreApplication::translate("MessageMeta", "pinned", "a message");
    const QString status = statusText(statusOf(message, context));
    if (!status.isEmpty())
        words += status;
    return words.join(QStringLiteral(" \u00B7 "));
}

QString quoteHtml(const Quote &quote, const ArchiveContext &context, const QString &page)
{
    const auto name = [&context](UserId user) { return nameOf(context.person(user)); };
    const QVariantMap shown = quoteValue(quote, context.self.id, name);
    if (shown.isEmpty())
        return {};
    QString words = shown.value(QStringLiteral("text")).toString().toHtmlEscaped();
    const QString sender = shown.value(QStringLiteral("name")).toString();
    if (!sender.isEmpty())
        words = QStringLiteral("<b>%1</b> %2").arg(sender.toHtmlEscaped(), words);
    if (!page.isEmpty())
        words = QStringLiteral("<a href=\"%1#%2\">%3</a>")
                        .arg(page, archivedAnchor(quote.seq), words);
    return QStringLiteral("<blockquote dir=\"auto\">%1</blockquote>").arg(words);
}

QString forwardedHtml(const StoredMessage &message, const ArchiveContext &context)
{
    if (!message.forwardedFrom)
        return {};
    constexpr const char *list = "dunlin::client::MessageListModel";
    const QString words = message.forwardedFrom == context.self.id
            ? QCoreApplication::translate(list, "Forwarded from you")
            : QCoreApplication::translate(list, "Forwarded from %1")
                      .arg(isolated(nameOf(context.person(message.forwardedFrom))));
    return QStringLiteral("<p><small>%1</small></p>").arg(words.toHtmlEscaped());
}

QString picturesHtml(const QStringList &pictures)
{
    QString html;
    for (const QString &name : pictures)
        html += name.isEmpty()
                ? QStringLiteral("<p>[%1]</p>")
                          .arg(QCoreApplication::translate("Archive", "A picture that is missing")
                                       .toHtmlEscaped())
                : QStringLiteral("<img src=\"%1\" loading=\"lazy\" alt=\"\">").arg(name);
    return html;
}

QString reactionsHtml(const StoredMessage &message, const ArchiveContext &context)
{
    const auto name = [&context](UserId user) { return nameOf(context.person(user)); };
    QStringList shown;
    const QVariantList groups = reactionsValue(message.reactions, context.self.id, name);
    for (const QVariant &value : groups) {
        const QVariantMap group = value.toMap();
        shown += group.value(QStringLiteral("emoji")).toString().toHtmlEscaped() + u' '
                + group.value(QStringLiteral("names")).toString().toHtmlEscaped();
    }
    return shown.isEmpty()
            ? QString()
            : QStringLiteral("<p class=\"reactions\">%1</p>").arg(shown.join(u"<br>"));
}

QJsonArray picturesJson(const StoredMessage &message, const QStringList &pictures)
{
    QJsonArray json;
    for (qsizetype i = 0; i < message.images.size(); ++i) {
        const Image &image = message.images[i];
        json.append(QJsonObject{{QStringLiteral("file"), pictures.value(i)},
                                {QStringLiteral("contentType"), image.contentType},
                                {QStringLiteral("width"), image.width},
                                {QStringLiteral("height"), image.height}});
    }
    return json;
}

QJsonArray reactionsJson(const StoredMessage &message, const ArchiveContext &context)
{
    QJsonArray json;
    for (const Reaction &reaction : message.reactions)
        json.append(QJsonObject{{QStringLiteral("sender"), context.person(reaction.user).userName},
                                {QStringLiteral("emoji"), reaction.emoji}});
    return json;
}

/// What has been done to the message, and what it refers to.
void addActions(QJsonObject &json, const StoredMessage &message, const ArchiveContext &context)
{
    if (message.editedAtMs > 0)
        json.insert(QStringLiteral("editedAt"), isoTime(message.editedAtMs));
    if (message.isPinned)
        json.insert(QStringLiteral("isPinned"), true);
    if (message.quote.seq)
        json.insert(QStringLiteral("replyToSeq"), QString::number(message.quote.seq.value));
    if (message.forwardedFrom)
        json.insert(QStringLiteral("forwardedFrom"),
                    archivedPerson(context.person(message.forwardedFrom)));
    if (!message.reactions.isEmpty())
        json.insert(QStringLiteral("reactions"), reactionsJson(message, context));
    const QString status = statusKey(statusOf(message, context));
    if (!status.isEmpty())
        json.insert(QStringLiteral("status"), status);
}

} // namespace

Person ArchiveContext::person(UserId id) const
{
    if (id == self.id)
        return self;
    if (id == conversation.peer.id)
        return conversation.peer;
    return others.value(id, Person{.id = id});
}

QJsonObject archivedPerson(const Person &person)
{
    return {{QStringLiteral("userId"), QString::number(person.id.value)},
            {QStringLiteral("userName"), person.userName},
            {QStringLiteral("displayName"), person.displayName},
            {QStringLiteral("about"), person.about}};
}

QJsonObject archivedJson(const StoredMessage &message, const ArchiveContext &context,
                         const QStringList &pictures)
{
    QJsonObject json{{QStringLiteral("sender"), context.person(message.sender).userName},
                     {QStringLiteral("sentAt"), isoTime(message.sentAtMs)}};
    if (message.seq) {
        json.insert(QStringLiteral("seq"), QString::number(message.seq.value));
        json.insert(QStringLiteral("messageId"), QString::number(message.id.value));
    } else {
        json.insert(QStringLiteral("isUnsent"), true);
    }
    if (message.isDeleted || message.isHidden) {
        json.insert(message.isDeleted ? QStringLiteral("isDeleted") : QStringLiteral("isHidden"),
                    true);
        return json;
    }
    json.insert(QStringLiteral("text"), message.text);
    if (!message.images.isEmpty())
        json.insert(QStringLiteral("pictures"), picturesJson(message, pictures));
    addActions(json, message, context);
    return json;
}

QString archivedHtml(const StoredMessage &message, const ArchiveContext &context,
                     const QStringList &pictures, const QString &quotePage)
{
    if (message.isHidden)
        return {};
    const Person sender = context.person(message.sender);
    const QString body = message.isDeleted
            ? QStringLiteral("<div><i>%1</i></div>").arg(previewOf(message).toHtmlEscaped())
            : forwardedHtml(message, context) + quoteHtml(message.quote, context, quotePage)
                    + picturesHtml(pictures)
                    + QStringLiteral("<div dir=\"auto\">%1</div>").arg(toHtml(message.text))
                    + reactionsHtml(message, context);
    const QString anchor =
            message.seq ? QStringLiteral(" id=\"%1\"").arg(archivedAnchor(message.seq)) : QString();
    return QStringLiteral("<div class=\"m%1\"%2><b>%3</b> <small>%4</small>%5</div>\n")
            .arg(QLatin1String(sender.id == context.self.id ? " own" : ""), anchor,
                 nameOf(sender).toHtmlEscaped(), metaText(message, context).toHtmlEscaped(), body);
}

QString archivedAnchor(MessageSeq seq)
{
    return QStringLiteral("m%1").arg(seq.value);
}

} // namespace dunlin::client
