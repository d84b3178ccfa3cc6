// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "attachment_list_model.h"
#include "message_list_model.h"
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
    Q_PROPERTY(QString name READ name NOTIFY headerChanged)
    Q_PROPERTY(QString initials READ initials NOTIFY headerChanged)
    Q_PROPERTY(int colorIndex READ colorIndex NOTIFY headerChanged)
    Q_PROPERTY(bool isOnline READ isOnline NOTIFY headerChanged)
    Q_PROPERTY(bool isTyping READ isTyping NOTIFY headerChanged)
    Q_PROPERTY(bool isPinned READ isPinned NOTIFY headerChanged)
    Q_PROPERTY(bool isMuted READ isMuted NOTIFY headerChanged)
    Q_PROPERTY(QString about READ about NOTIFY headerChanged)
    Q_PROPERTY(QString statusText READ statusText NOTIFY headerChanged)
    Q_PROPERTY(int unread READ unread NOTIFY headerChanged)
    Q_PROPERTY(QString draft READ draft NOTIFY draftLoaded)
    Q_PROPERTY(bool isSending READ isSending NOTIFY sendingChanged)
    Q_PROPERTY(QString sendError READ sendError NOTIFY sendErrorChanged)
    Q_PROPERTY(QString avatarBlobId READ avatarBlobId NOTIFY headerChanged)
    Q_PROPERTY(dunlin::client::MessageListModel *messages READ messages CONSTANT)
    Q_PROPERTY(dunlin::client::AttachmentListModel *attachments READ attachments CONSTANT)
    Q_PROPERTY(dunlin::client::ViewerController *viewer READ viewer CONSTANT)
    Q_PROPERTY(dunlin::client::BlobCache *blobs READ blobs CONSTANT)

public:
    explicit ConversationController(Client &client, QObject *parent = nullptr);

    [[nodiscard]] QString conversationId() const;
    [[nodiscard]] bool isOpen() const { return bool(m_id); }
    [[nodiscard]] QString name() const;
    [[nodiscard]] QString initials() const;
    [[nodiscard]] int colorIndex() const;
    [[nodiscard]] bool isOnline() const;
    [[nodiscard]] bool isTyping() const;
    [[nodiscard]] bool isPinned() const { return m_summary.isPinned; }
    [[nodiscard]] bool isMuted() const;
    [[nodiscard]] QString about() const { return m_summary.peer.about; }
    [[nodiscard]] QString statusText() const;
    [[nodiscard]] int unread() const { return m_summary.unread; }
    [[nodiscard]] QString draft() const { return m_draft; }
    /// What was taken from the composer is not safely kept yet.
    [[nodiscard]] bool isSending() const { return m_isSending; }
    [[nodiscard]] QString sendError() const { return m_sendError; }
    [[nodiscard]] QString avatarBlobId() const { return m_summary.peer.avatarBlobId; }
    MessageListModel *messages() { return &m_messages; }
    AttachmentListModel *attachments() { return &m_attachments; }
    ViewerController *viewer() { return &m_viewer; }
    BlobCache *blobs() { return &m_client.blobs(); }

    Q_INVOKABLE void open(const QString &conversationId);
    /// Shows the message at seq.
    Q_INVOKABLE void openAt(const QString &conversationId, qint64 seq);
    Q_INVOKABLE void close();
    Q_INVOKABLE void jumpToNewest();

    /// Takes the text and the attachments for sending; sent(true) once they are safely kept,
    /// sent(false) when they have to stay in the composer; nothing when another conversation is
    /// open by then.
    Q_INVOKABLE void send(const QString &text);
    /// On each change of the composer's text.
    Q_INVOKABLE void edited(const QString &text);
    Q_INVOKABLE void retry(qint64 localId);
    Q_INVOKABLE void discard(qint64 localId);
    Q_INVOKABLE void copy(const QString &text);
    /// The message at this row of the model has been on screen in the focused window.
    Q_INVOKABLE void seen(int row);
    Q_INVOKABLE void setPinned(bool isPinned);
    /// hours 0: not muted; -1: until unmuted.
    Q_INVOKABLE void mute(int hours);

    /// Writes what waits to be written, before the app ends.
    void flushDraft();

Q_SIGNALS:
    void opened();
    void headerChanged();
    void draftLoaded();
    void sendErrorChanged();
    void sendingChanged();
    void sent(bool isTaken);
    /// The first page is there: where the view should stand. isFound: it is what was looked for.
    void shown(int row, bool isFound);
    void failed(const QString &text);

private:
    void openConversation(ConversationId id, MessageSeq around);
    QCoro::Task<void> loadSummary(ConversationId id, bool isFirst);
    QCoro::Task<void> queue(ConversationId id, QString text, QList<Image> images);
    QCoro::Task<void> changeSettings(bool isPinned, qint64 mutedUntilMs);
    void onLoaded();
    void setSendError(const QString &text);
    void setSending(bool isSending);

    Client &m_client;
    MessageListModel m_messages;
    AttachmentListModel m_attachments;
    ViewerController m_viewer;
    ConversationId m_id;
    ConversationSummary m_summary;
    MessageSeq m_around;
    MessageSeq m_readOnOpen;
    bool m_hadUnreadOnOpen = false;
    bool m_isShown = false;
    bool m_hasSummary = false;
    QString m_draft;
    QString m_sendError;
    bool m_isSending = false;
    QTimer m_draftTimer;
    QTimer m_minuteTimer;
};

} // namespace dunlin::client
