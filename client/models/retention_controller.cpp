// SPDX-License-Identifier: Apache-2.0
#include "retention_controller.h"

#include <QPointer>

#include <algorithm>
#include <array>

namespace dunlin::client {
namespace {

constexpr std::array choices{Retention{},           Retention{.untilDelivered = true},
                             Retention{.days = 1},  Retention{.days = 7},
                             Retention{.days = 28}, Retention{.days = 90},
                             Retention{.days = 365}};

const Retention *choiceAt(int option)
{
    return option >= 0 && option < int(choices.size()) ? &choices[std::size_t(option)] : nullptr;
}

/// "4 weeks".
QString periodText(int days)
{
    if (days == 365)
        return RetentionController::tr("1 year");
    const bool isWeeks = days % 7 == 0 && days < 60;
    return isWeeks ? RetentionController::tr("%Ln weeks", nullptr, days / 7)
                   : RetentionController::tr("%Ln days", nullptr, days);
}

QString textOf(const Retention &retention)
{
    if (retention.days > 0)
        return RetentionController::tr("Messages are deleted after %1")
                .arg(periodText(retention.days));
    if (retention.untilDelivered)
        return RetentionController::tr("Messages are kept on devices only");
    return {};
}

/// Something would go that stays now.
bool isStricter(const Retention &wanted, const Retention &now)
{
    const Retention together = both(wanted, now);
    return together != now;
}

} // namespace

RetentionController::RetentionController(Client &client, QObject *parent)
    : QObject(parent), m_client(client)
{
    connect(&client, &Client::serverRetentionChanged, this, &RetentionController::changed);
}

QString RetentionController::text() const
{
    return m_id ? textOf(both(m_retention, m_client.serverRetention())) : QString();
}

QString RetentionController::serverText() const
{
    const Retention &policy = m_client.serverRetention();
    if (policy.days > 0)
        return tr("This server deletes all messages after %1.").arg(periodText(policy.days));
    if (policy.untilDelivered)
        return tr("This server keeps messages only until everyone has them.");
    return {};
}

QStringList RetentionController::options() const
{
    QStringList words{tr("Until deleted", "how long messages are kept"),
                      tr("On devices only", "how long messages are kept")};
    for (const Retention &choice : choices) {
        if (choice.days > 0)
            words += periodText(choice.days);
    }
    return words;
}

int RetentionController::current() const
{
    const auto found = std::find(choices.begin(), choices.end(), m_retention);
    return found == choices.end() ? -1 : int(found - choices.begin());
}

QString RetentionController::question() const
{
    const Retention *asked = choiceAt(m_asked);
    if (asked == nullptr)
        return {};
    if (asked->days > 0)
        return tr("Messages that are older than %1 are deleted now, for everyone and from all "
                  "devices. The others follow when they are as old.")
                .arg(periodText(asked->days));
    return tr("Messages are deleted from the server once all devices of everyone here have them. "
              "A device that signs in later does not find them.");
}

void RetentionController::open(ConversationId id)
{
    m_id = id;
    m_retention = {};
    m_asked = -1;
    m_isBusy = false;
    m_errorText.clear();
    Q_EMIT changed();
}

void RetentionController::setRetention(Retention retention)
{
    if (m_retention == retention)
        return;
    m_retention = retention;
    Q_EMIT changed();
}

void RetentionController::choose(int option)
{
    const Retention *wanted = choiceAt(option);
    if (wanted == nullptr || m_isBusy)
        return;
    m_errorText.clear();
    m_asked = *wanted != m_retention && isStricter(*wanted, m_retention) ? option : -1;
    if (m_asked < 0 && *wanted != m_retention)
        send(*wanted);
    Q_EMIT changed();
}

void RetentionController::confirm()
{
    const Retention *asked = choiceAt(m_asked);
    if (asked == nullptr || m_isBusy)
        return;
    m_asked = -1;
    send(*asked);
}

void RetentionController::cancel()
{
    m_asked = -1;
    m_errorText.clear();
    Q_EMIT changed();
}

QCoro::Task<void> RetentionController::send(Retention wanted)
{
    const QPointer<RetentionController> guard(this);
    const ConversationId id = m_id;
    m_isBusy = true;
    Q_EMIT changed();
    const auto set = co_await m_client.setRetention(id, wanted);
    if (!guard || id != m_id)
        co_return;
    m_isBusy = false;
    if (set)
        m_retention = wanted; // the update log says so too, soon
    else
        m_errorText = client::errorText(set.error().code);
    Q_EMIT changed();
    if (set)
        Q_EMIT taken();
}

} // namespace dunlin::client
