// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "composer_controller.h"
#include "find_controller.h"
#include "message_actions.h"
#include "message_list_model.h"
#include "retention_controller.h"
#include "viewer_controller.h"

#include <QTimer>

namespace dunlin::client {

/// The open conversation: its header, its messages, its composer.
class ConversationController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from the app controller")
    Q_PROPERTY(QString conversationId READ conversationId NOTIFY opened)
    Q_PROPERTY(bool isOpen READ isOpen NOTIFY opened)
    /// The window has the focus and shows it.
    Q_PROPERTY(bool isInView READ isInView WRITE setInView NOTIFY isInViewChanged)
    Q_PROPERTY(QString name READ name NOTIFY headerChanged)
    Q_PROPERTY(QString initials READ initials NOTIFY headerChanged)
    Q_PROPERTY(int colorIndex READ colorIndex NOTIFY headerChanged)
    Q_PROPERTY(bool isOnline READ isOnline NOTIFY headerChanged)
    Q_PROPERTY(bool isTyping READ isTyping NOTIFY headerChanged)
    /// The other's account was deleted: nobody reads what is written.
    Q_PROPERTY(bool isPeerDeleted READ isPeerDeleted NOTIFY headerChanged)
    Q_PROPERTY(bool isPinned READ isPinned NOTIFY headerChanged)
    Q_PROPERTY(bool isMuted READ isMuted NOTIFY headerChanged)
    Q_PROPERTY(QString about READ about NOTIFY headerChanged)
    Q_PROPERTY(QString statusText READ statusText NOTIFY headerChanged)
    Q_PROPERTY(int unread READ unread NOTIFY headerChanged)
    Q_PROPERTY(QString avatarBlobId READ avatarBlobId NOTIFY headerChanged)
    Q_PROPERTY(dunlin::client::MessageListModel *messages READ messages CONSTANT)
    Q_PROPERTY(dunlin::client::ComposerController *composer READ composer CONSTANT)
    Q_PROPERTY(dunlin::client::MessageActions *actions READ actions CONSTANT)
    Q_PROPERTY(dunlin::client::FindController *find READ find CONSTANT)
    Q_PROPERTY(int pinnedCount READ pinnedCount NOTIFY pinsChanged)
    /// Of the pinned message that is shown in the bar.
    Q_PROPERTY(QString pinnedText READ pinnedText NOTIFY pinsChanged)
    Q_PROPERTY(qint64 pinnedSeq READ pinnedSeq NOTIFY pinsChanged)
    Q_PROPERTY(dunlin::client::ViewerController *viewer READ viewer CONSTANT)
    Q_PROPERTY(dunlin::client::RetentionController *retention READ retention CONSTANT)
    Q_PROPERTY(dunlin::client::BlobCache *blobs READ blobs CONSTANT)

public:
    explicit ConversationController(Client &client, QObject *parent = nullptr);

    [[nodiscard]] QString conversationId() const;
    [[nodiscard]] bool isOpen() const { return bool(m_id); }
    [[nodiscard]] bool isInView() const { return m_isInView; }
    void setInView(bool isInView);
    [[nodiscard]] QString name() const;
    [[nodiscard]] QString initials() const;
    [[nodiscard]] int colorIndex() const;
    [[nodiscard]] bool isOnline() const;
    [[nodiscard]] bool isTyping() const;
    [[nodiscard]] bool isPeerDeleted() const { return m_summary.peer.isDeleted; }
    [[nodiscard]] bool isPinned() const { return m_summary.isPinned; }
    [[nodiscard]] bool isMuted() const;
    [[nodiscard]] QString about() const { return m_summary.peer.about; }
    [[nodiscard]] QString statusText() const;
    [[nodiscard]] int unread() const { return m_summary.unread; }
    [[nodiscard]] QString avatarBlobId() const { return m_summary.peer.avatarBlobId; }
    MessageListModel *messages() { return &m_messages; }
    ComposerController *composer() { return &m_composer; }
    MessageActions *actions() { return &m_actions; }
    FindController *find() { return &m_find; }
    [[nodiscard]] int pinnedCount() const { return int(m_summary.pinned.size()); }
    [[nodiscard]] QString pinnedText() const { return m_pinnedText; }
    [[nodiscard]] qint64 pinnedSeq() const { return m_pinned.value; }
    ViewerController *viewer() { return &m_viewer; }
    RetentionController *retention() { return &m_retention; }
    BlobCache *blobs() { return &m_client.blobs(); }

    Q_INVOKABLE void open(const QString &conversationId);
    /// Shows the message at seq.
    Q_INVOKABLE void openAt(const QString &conversationId, qint64 seq);
    Q_INVOKABLE void close();
    Q_INVOKABLE void jumpToNewest();
    /// Shows a message of the open conversation and marks it for a moment.
    Q_INVOKABLE void jumpTo(qint64 seq);
    /// Shows the first message of this day or a later one, the last message when there is none.
    Q_INVOKABLE void jumpToDate(const QDateTime &dayBegin);
    /// Shows the pinned message of the bar, which then has the one before it.
    Q_INVOKABLE void jumpToPinned();

    Q_INVOKABLE void retry(qint64 localId);
    Q_INVOKABLE void discard(qint64 localId);
    Q_INVOKABLE void copy(const QString &text);
    /// The message at this row of the model has been on screen in the focused window.
    Q_INVOKABLE void seen(int row);
    Q_INVOKABLE void setPinned(bool isPinned);
    /// hours 0: not muted; -1: until unmuted.
    Q_INVOKABLE void mute(int hours);

    /// Words what is shown in the language of now.
    void retranslate();
    /// Writes what waits to be written, before the app ends.
    void flushDraft();

Q_SIGNALS:
    void opened();
    void isInViewChanged();
    void headerChanged();
    void pinsChanged();
    /// The messages are there: where the view should stand. isFound: it is what was looked for.
    void shown(int row, bool isFound);
    void failed(const QString &text);

private:
    void openConversation(ConversationId id, MessageSeq around);
    QCoro::Task<void> loadSummary(ConversationId id, bool isFirst);
    QCoro::Task<void> tellFailure(QCoro::Task<Result<void>> change);
    void onLoaded();
    void onMoved(MessageSeq around);
    void showRow(int row, MessageSeq wanted);
    QCoro::Task<void> jumpToTime(qint64 timeMs);
    QCoro::Task<void> showPinned(MessageSeq seq);
    void updatePins();

    Client &m_client;
    MessageListModel m_messages;
    ComposerController m_composer;
    MessageActions m_actions;
    FindController m_find;
    ViewerController m_viewer;
    RetentionController m_retention;
    ConversationId m_id;
    ConversationSummary m_summary;
    MessageSeq m_around;
    MessageSeq m_pinned;
    QString m_pinnedText;
    MessageSeq m_readOnOpen;
    bool m_hadUnreadOnOpen = false;
    bool m_isShown = false;
    bool m_isInView = false;
    bool m_hasSummary = false;
    QTimer m_minuteTimer;
};

} // namespace dunlin::client
