// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "attachment_list_model.h"
#include "message_list_model.h"

#include <QTimer>

namespace dunlin::client {

/// What is being written in the open conversation: the draft with the message it answers, or
/// another text for a message that was sent.
class ComposerController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from the conversation controller")
    Q_PROPERTY(QString text READ text NOTIFY textReplaced)
    Q_PROPERTY(bool isSending READ isSending NOTIFY sendingChanged)
    Q_PROPERTY(QString sendError READ sendError NOTIFY sendErrorChanged)
    Q_PROPERTY(bool isReplying READ isReplying NOTIFY targetChanged)
    Q_PROPERTY(bool isEditing READ isEditing NOTIFY targetChanged)
    /// Of the message that is answered or edited.
    /// Whose message is answered, or that one is edited.
    Q_PROPERTY(QString targetTitle READ targetTitle NOTIFY targetChanged)
    Q_PROPERTY(QString targetText READ targetText NOTIFY targetChanged)
    Q_PROPERTY(qint64 targetSeq READ targetSeq NOTIFY targetChanged)
    Q_PROPERTY(dunlin::client::AttachmentListModel *attachments READ attachments CONSTANT)

public:
    ComposerController(Client &client, MessageListModel &messages, QObject *parent = nullptr);

    /// What the field is to show.
    [[nodiscard]] QString text() const;
    /// What was taken from the composer is not safely kept yet.
    [[nodiscard]] bool isSending() const { return m_isSending; }
    [[nodiscard]] QString sendError() const { return m_sendError; }
    [[nodiscard]] bool isReplying() const { return !isEditing() && bool(m_draft.replyTo); }
    [[nodiscard]] bool isEditing() const { return bool(m_edited); }
    [[nodiscard]] QString targetTitle() const;
    [[nodiscard]] QString targetText() const;
    [[nodiscard]] qint64 targetSeq() const { return target().value; }
    AttachmentListModel *attachments() { return &m_attachments; }

    /// Of another conversation: begins empty, until its draft is there.
    void open(ConversationId id);
    /// The draft as the store has it. Read before the last call of version() changed: ignored.
    void takeDraft(const Draft &draft, quint64 version);
    /// Of the draft that was written here last.
    [[nodiscard]] quint64 version() const { return m_version; }
    /// Writes what waits to be written.
    void flushDraft();

    /// Takes the text and the attachments for sending; sent(true) once they are safely kept,
    /// sent(false) when they have to stay in the composer; nothing when another conversation is
    /// open by then.
    Q_INVOKABLE void send(const QString &text);
    /// On each change of the field's text.
    Q_INVOKABLE void edited(const QString &text);
    Q_INVOKABLE void reply(qint64 seq);
    Q_INVOKABLE void edit(qint64 seq);
    /// The newest own message; false when there is none that can be edited.
    Q_INVOKABLE bool editLast();
    /// Neither answers nor edits any more.
    Q_INVOKABLE void cancelTarget();

Q_SIGNALS:
    /// text() is something else now, not by what was typed. isOpened: another conversation's.
    void textReplaced(bool isOpened);
    void sendingChanged();
    void sendErrorChanged();
    void targetChanged();
    void sent(bool isTaken);
    void focusWanted();

private:
    [[nodiscard]] MessageSeq target() const { return isEditing() ? m_edited : m_draft.replyTo; }
    [[nodiscard]] const StoredMessage *targetMessage() const;
    QCoro::Task<void> queue(ConversationId id, QString text, QList<Image> images,
                            References references);
    QCoro::Task<void> saveEdit(ConversationId id, MessageSeq seq, QString text);
    QCoro::Task<void> loadTarget(MessageSeq seq);
    void endEdit();
    void setSendError(const QString &text);
    void setSending(bool isSending);

    Client &m_client;
    MessageListModel &m_messages;
    AttachmentListModel m_attachments;
    ConversationId m_id;
    Draft m_draft;
    Draft m_kept; ///< As the store has it.
    StoredMessage m_target; ///< Of an answer to a message that the model does not have.
    MessageSeq m_edited;
    QString m_editedText;
    QString m_sendError;
    bool m_hasDraft = false;
    bool m_isSending = false;
    quint64 m_version = 0;
    QTimer m_draftTimer;
};

} // namespace dunlin::client
