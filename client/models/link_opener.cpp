// SPDX-License-Identifier: Apache-2.0
#include "link_opener.h"

#include "texts.h"

#include <QPointer>

#include <algorithm>

namespace dunlin::client {

LinkOpener::LinkOpener(Client &client, QObject *parent) : QObject(parent), m_client(client)
{
    connect(&client.session(), &Session::signedIn, this, [this] {
        if (!m_waiting.isEmpty())
            open(std::exchange(m_waiting, {}));
    });
}

void LinkOpener::open(const QString &link)
{
    const auto parsed = parseAppLink(link);
    if (!parsed) {
        Q_EMIT failed(tr("This link is not one that Dunlin knows."));
        return;
    }
    if (!m_client.session().isSignedIn()) {
        m_waiting = link;
        return;
    }
    std::visit([this](const auto &target) { find(target); }, *parsed);
}

QCoro::Task<void> LinkOpener::find(PersonLink link)
{
    const QPointer<LinkOpener> guard(this);
    const auto isMeant = [&link](const Person &person) { return person.userName == link.userName; };
    // Who is known already is found without a link to the server.
    const auto known = co_await m_client.store().conversations();
    if (!guard)
        co_return;
    for (const ConversationSummary &summary : known.value_or(QList<ConversationSummary>())) {
        if (isMeant(summary.peer)) {
            Q_EMIT conversationFound(summary.id);
            co_return;
        }
    }
    const auto people = co_await m_client.findPeople(link.userName);
    if (!guard)
        co_return;
    if (!people) {
        Q_EMIT failed(errorText(people.error().code));
        co_return;
    }
    const auto person = std::find_if(people->begin(), people->end(), isMeant);
    if (person == people->end())
        Q_EMIT failed(tr("Nobody on this server is called %1.").arg(isolated(link.userName)));
    else
        Q_EMIT personFound(person->id);
}

QCoro::Task<void> LinkOpener::find(ConversationLink link)
{
    const QPointer<LinkOpener> guard(this);
    const auto summary = co_await m_client.store().conversation(link.conversation);
    if (!guard)
        co_return;
    if (summary)
        Q_EMIT conversationFound(link.conversation);
    else
        Q_EMIT failed(tr("This conversation is not one of yours."));
}

} // namespace dunlin::client
