// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client.h"
#include "notification_service.h"

#include <QColor>
#include <QHash>
#include <QSet>
#include <QTimer>

#include <optional>

namespace dunlin::client {

/// Tells the desktop of new messages: one notification for each conversation, gone once they are
/// read, here or on another device.
///
/// New is what has come since the app last looked: at its start what the store did not have yet.
/// While the app catches up nothing is told; then each conversation once, and many conversations
/// together. What a new device finds on the server is not new. GUI thread.
class MessageNotifier : public QObject {
    Q_OBJECT
public:
    MessageNotifier(Client &client, NotificationService &service, QObject *parent = nullptr);

    /// False: nothing is told, and what is told is withdrawn. What comes meanwhile is not told
    /// later.
    void setEnabled(bool isEnabled);
    /// Who wrote, and not what.
    void setContentHidden(bool isHidden);
    /// The conversation the user looks at in the focused window; none otherwise.
    void setInView(ConversationId conversation);
    /// Behind initials.
    void setPalette(QList<QColor> palette) { m_palette = std::move(palette); }

Q_SIGNALS:
    /// The user wants to see the window, and this conversation unless it is none.
    void openWanted(dunlin::ConversationId conversation);

private:
    /// What a conversation's notification tells of.
    struct Told {
        QList<MessageSeq> messages;
        QString text;
        bool operator==(const Told &) const = default;
    };
    struct News {
        ConversationSummary summary;
        Told told;
    };

    void onSignedIn();
    void onSignedOut();
    void onCaughtUpChanged();
    void onActivated(const QString &key);
    void onReply(const QString &key, const QString &text);
    QCoro::Task<void> takeBaseline();
    QCoro::Task<void> begin();
    QCoro::Task<void> work();
    QCoro::Task<std::optional<News>> look(ConversationId id, bool isCaughtUp);
    QCoro::Task<Told> find(ConversationSummary summary);
    QCoro::Task<void> show(News news);
    QCoro::Task<void> markRead(ConversationId id);
    void tell(const QList<News> &news);
    void forgetRead(const ConversationSummary &summary);
    void withdraw(ConversationId id);
    void withdrawAll();
    [[nodiscard]] QString textOf(const QList<StoredMessage> &messages, int count) const;
    [[nodiscard]] bool mayTellOf(const ConversationSummary &summary) const;

    Client &m_client;
    NotificationService &m_service;
    QList<QColor> m_palette;
    ConversationId m_inView;
    bool m_isEnabled = true;
    bool m_isContentHidden = false;
    bool m_hasBaseline = false;
    bool m_isFirstSync = false; ///< Everything that comes is history of before.
    bool m_isWorking = false;
    QHash<ConversationId, MessageSeq> m_known; ///< Up to here nothing is new.
    QHash<ConversationId, Told> m_told;
    QSet<ConversationId> m_together; ///< What one notification tells of.
    QSet<ConversationId> m_changed;
    QTimer m_timer;
};

} // namespace dunlin::client
