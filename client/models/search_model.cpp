// SPDX-License-Identifier: Apache-2.0
#include "search_model.h"

#include "conversation_list_model.h"
#include "message_format.h"
#include "texts.h"

#include <QPointer>
#include <QRegularExpression>

#include <algorithm>

namespace dunlin::client {
namespace {

using namespace std::chrono_literals;

constexpr int peopleMax = 20;
constexpr int messagesMax = 50;
constexpr qsizetype charactersBefore = 24;

/// The text from a few words before the first word that was looked for.
QString excerpt(const QString &text, const QString &query)
{
    QString line = plainOf(text).simplified();
    const QString word = query.simplified().section(QLatin1Char(' '), 0, 0);
    const QRegularExpression beginning(QLatin1String("\\b") + QRegularExpression::escape(word),
                                       QRegularExpression::CaseInsensitiveOption
                                               | QRegularExpression::UseUnicodePropertiesOption);
    const qsizetype at = beginning.match(line).capturedStart();
    if (at <= charactersBefore)
        return line;
    const qsizetype space = line.indexOf(QLatin1Char(' '), at - charactersBefore);
    return QStringLiteral("\u2026") + line.mid(space < at ? space + 1 : at);
}

} // namespace

SearchModel::SearchModel(Client &client, const ConversationListModel &conversations,
                         QObject *parent)
    : QAbstractListModel(parent), m_client(client), m_conversations(conversations)
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(120ms);
    connect(&m_delay, &QTimer::timeout, this, [this] { search(m_query.trimmed()); });
}

int SearchModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant SearchModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    const Row &row = m_rows[index.row()];
    switch (role) {
    case KindRole:
        return row.kind;
    case SectionRole:
        return row.kind == PersonKind          ? tr("People")
                : row.kind == ConversationKind ? tr("Conversations")
                                               : tr("Messages");
    case TitleRole:
        return row.title;
    case SubtitleRole:
        return row.subtitle;
    case InitialsRole:
        return initialsOf(shownName(row.person));
    case ColorIndexRole:
        return colorIndexOf(row.person);
    case AvatarBlobIdRole:
        return row.person.avatarBlobId;
    case TimeTextRole:
        return listTimeText(row.timeMs, QDateTime::currentDateTime());
    case UserIdRole:
        return QString::number(row.person.id.value);
    case ConversationIdRole:
        return QString::number(row.conversation.value);
    case SeqRole:
        return QVariant::fromValue<qint64>(row.seq.value);
    default:
        return {};
    }
}

QHash<int, QByteArray> SearchModel::roleNames() const
{
    return {{KindRole, "kind"},
            {SectionRole, "section"},
            {TitleRole, "title"},
            {SubtitleRole, "subtitle"},
            {InitialsRole, "initials"},
            {ColorIndexRole, "colorIndex"},
            {AvatarBlobIdRole, "avatarBlobId"},
            {TimeTextRole, "timeText"},
            {UserIdRole, "userId"},
            {ConversationIdRole, "conversationId"},
            {SeqRole, "seq"}};
}

void SearchModel::setQuery(const QString &query)
{
    if (m_query == query)
        return;
    m_query = query;
    ++m_generation;
    Q_EMIT queryChanged();
    if (!isActive()) {
        m_delay.stop();
        m_isSearching = false;
        m_notice.clear();
        setRows({}, {}, {});
        return;
    }
    m_isSearching = true;
    m_delay.start();
    Q_EMIT resultsChanged();
}

QList<SearchModel::Row> SearchModel::findConversations(const QString &query) const
{
    QList<Row> found;
    for (const ConversationSummary &row : m_conversations.rows()) {
        if (shownName(row.peer).contains(query, Qt::CaseInsensitive)
            || row.peer.userName.startsWith(query, Qt::CaseInsensitive)) {
            found.append({.kind = ConversationKind,
                          .person = row.peer,
                          .title = shownName(row.peer),
                          .subtitle = row.previewText.simplified(),
                          .timeMs = row.previewAtMs,
                          .conversation = row.id,
                          .seq = {}});
        }
    }
    return found;
}

QCoro::Task<void> SearchModel::search(QString query)
{
    const QPointer<SearchModel> guard(this);
    const quint64 generation = ++m_generation;
    const QList<Row> conversations = findConversations(query);
    const auto stored = co_await m_client.searchMessages(query, messagesMax);
    if (!guard || generation != m_generation)
        co_return;
    QList<Row> messages;
    for (const StoredMessage &message : stored.value_or(QList<StoredMessage>())) {
        const auto &rows = m_conversations.rows();
        const auto in = std::find_if(rows.begin(), rows.end(), [&](const auto &row) {
            return row.id == message.conversation;
        });
        const Person peer = in == rows.end() ? Person() : in->peer;
        messages.append({.kind = MessageKind,
                         .person = peer,
                         .title = shownName(peer),
                         .subtitle = excerpt(message.text, query),
                         .timeMs = message.sentAtMs,
                         .conversation = message.conversation,
                         .seq = message.seq});
    }
    setRows({}, conversations, messages); // what is here already; people follow
    const auto found = co_await m_client.findPeople(query, peopleMax);
    if (!guard || generation != m_generation)
        co_return;
    QList<Row> people;
    for (const Person &person : found.value_or(QList<Person>())) {
        people.append({.kind = PersonKind,
                       .person = person,
                       .title = shownName(person),
                       .subtitle = QLatin1Char('@') + person.userName,
                       .timeMs = 0,
                       .conversation = {},
                       .seq = {}});
    }
    const bool isOffline = !found && isTransient(found.error().code);
    m_notice = !isOffline ? QString() : tr("Offline. People can be found when you are back.");
    m_isSearching = false;
    setRows(people, conversations, messages);
}

void SearchModel::setRows(const QList<Row> &people, const QList<Row> &conversations,
                          const QList<Row> &messages)
{
    beginResetModel();
    m_rows = people + conversations + messages;
    endResetModel();
    Q_EMIT resultsChanged();
}

} // namespace dunlin::client
