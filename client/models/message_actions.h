// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "message_list_model.h"

#include <QTimer>

namespace dunlin::client {

/// What is done to messages of the open conversation: to one, or to those that are selected. All of
/// it is seen at once, offline as well.
class MessageActions : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from the conversation controller")
    Q_PROPERTY(bool isSelecting READ isSelecting NOTIFY selectionChanged)
    Q_PROPERTY(int selectedCount READ selectedCount NOTIFY selectionChanged)
    Q_PROPERTY(bool canDeleteForEveryone READ canDeleteForEveryone NOTIFY selectionChanged)
    /// Deleted, but can be brought back for some seconds; 0: none.
    Q_PROPERTY(int removedCount READ removedCount NOTIFY removedChanged)
    Q_PROPERTY(int forwardCount READ forwardCount NOTIFY forwardChanged)

public:
    MessageActions(Client &client, MessageListModel &messages, QObject *parent = nullptr);
    ~MessageActions() override;

    [[nodiscard]] bool isSelecting() const { return !m_messages.selected().isEmpty(); }
    [[nodiscard]] int selectedCount() const { return int(m_messages.selected().size()); }
    [[nodiscard]] bool canDeleteForEveryone() const;
    [[nodiscard]] int removedCount() const { return int(m_removed.size()); }
    [[nodiscard]] int forwardCount() const { return int(m_forwarded.size()); }

    /// Of another conversation: nothing is selected, and what was removed is.
    void open(ConversationId id);

    /// The same emoji again takes it back.
    Q_INVOKABLE void react(qint64 seq, const QString &emoji);
    Q_INVOKABLE void setPinned(qint64 seq, bool isPinned);
    /// They vanish at once and can be brought back for some seconds.
    Q_INVOKABLE void remove(qint64 seq, bool forEveryone);
    Q_INVOKABLE void removeSelected(bool forEveryone);
    Q_INVOKABLE void undoRemove();
    /// Does now what could still be undone.
    Q_INVOKABLE void finishRemove();
    Q_INVOKABLE void toggleSelected(qint64 seq);
    Q_INVOKABLE void clearSelection();
    Q_INVOKABLE void copySelected();
    /// Which ones go to whoever is chosen next.
    Q_INVOKABLE void startForward(qint64 seq);
    Q_INVOKABLE void startForwardSelected();
    Q_INVOKABLE void cancelForward();
    Q_INVOKABLE void forwardTo(const QStringList &conversationIds);

Q_SIGNALS:
    void selectionChanged();
    void removedChanged();
    void forwardChanged();
    /// A sentence for the user.
    void told(const QString &text);

private:
    void remove(QList<MessageSeq> seqs, bool forEveryone);
    QCoro::Task<void> forward(QList<MessageSeq> seqs, QStringList conversationIds);
    [[nodiscard]] QList<const StoredMessage *> selectedMessages() const;

    Client &m_client;
    MessageListModel &m_messages;
    ConversationId m_id;
    QList<MessageSeq> m_removed;
    bool m_isRemovedForEveryone = false;
    QList<MessageSeq> m_forwarded;
    QTimer m_undoTimer;
};

} // namespace dunlin::client
