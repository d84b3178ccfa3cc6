// SPDX-License-Identifier: Apache-2.0
#include "composer_controller.h"

#include "dunlin/limits.h"
#include "message_values.h"
#include "texts.h"

#include <QPointer>

namespace dunlin::client {
namespace {

using namespace std::chrono_literals;

bool canEdit(const StoredMessage &message)
{
    return message.seq && !message.isDeleted && !message.isHidden && !message.forwardedFrom;
}

} // namespace

ComposerController::ComposerController(Client &client, MessageListModel &messages, QObject *parent)
    : QObject(parent), m_client(client), m_messages(messages), m_attachments(client)
{
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(300ms);
    connect(&m_draftTimer, &QTimer::timeout, this, &ComposerController::flushDraft);
    // The message may come, change or go.
    connect(&messages, &QAbstractItemModel::dataChanged, this, [this] {
        if (target())
            Q_EMIT targetChanged();
    });
}

QString ComposerController::text() const
{
    return isEditing() ? m_editedText : m_draft.text;
}

const StoredMessage *ComposerController::targetMessage() const
{
    const int row = m_messages.rowOfSeq(target().value);
    if (const StoredMessage *message = m_messages.messageAt(row))
        return message;
    return target() && m_target.seq == target() ? &m_target : nullptr;
}

QString ComposerController::targetTitle() const
{
    const StoredMessage *message = targetMessage();
    if (isEditing())
        return tr("Edit message");
    if (message == nullptr)
        return tr("Reply");
    if (message->sender == m_client.session().self().id)
        return tr("Reply to your message");
    return tr("Reply to %1").arg(isolated(m_messages.nameOf(message->sender)));
}

QString ComposerController::targetText() const
{
    const StoredMessage *message = targetMessage();
    return message == nullptr ? QString() : previewOf(*message);
}

void ComposerController::open(ConversationId id)
{
    flushDraft();
    m_draftTimer.stop();
    m_id = id;
    m_hasDraft = false;
    m_draft = m_kept = {};
    m_edited = {};
    m_target = {};
    ++m_version;
    setSendError({});
    m_attachments.open(id);
    Q_EMIT targetChanged();
    Q_EMIT textReplaced(false);
}

void ComposerController::takeDraft(const Draft &draft, quint64 version)
{
    const bool isFirst = !m_hasDraft;
    if (version != m_version || (!isFirst && (m_draft != m_kept || draft == m_kept)))
        return;
    m_hasDraft = true;
    m_draft = m_kept = draft;
    if (draft.replyTo)
        loadTarget(draft.replyTo);
    Q_EMIT targetChanged();
    if (!isEditing())
        Q_EMIT textReplaced(isFirst);
}

QCoro::Task<void> ComposerController::loadTarget(MessageSeq seq)
{
    const QPointer<ComposerController> guard(this);
    const auto found = co_await m_client.store().messagesBetween(m_id, seq, seq);
    if (!guard || !found || found->isEmpty() || target() != seq)
        co_return;
    m_target = found->first();
    Q_EMIT targetChanged();
}

void ComposerController::flushDraft()
{
    if (!m_id || !m_hasDraft)
        return;
    m_draftTimer.stop();
    if (m_draft == m_kept)
        return;
    m_kept = m_draft;
    ++m_version;
    m_client.actions().saveDraft(m_id, m_draft);
}

void ComposerController::edited(const QString &text)
{
    if (!m_id || text == this->text())
        return;
    setSendError({});
    if (isEditing()) {
        m_editedText = text;
        return;
    }
    m_draft.text = text;
    m_draftTimer.start();
    m_client.setTyping(m_id, !text.trimmed().isEmpty());
}

void ComposerController::reply(qint64 seq)
{
    const StoredMessage *message = m_messages.messageAt(m_messages.rowOfSeq(seq));
    if (message == nullptr || !message->seq)
        return;
    endEdit();
    m_target = *message;
    m_draft.replyTo = message->seq;
    m_draftTimer.start();
    Q_EMIT targetChanged();
    Q_EMIT focusWanted();
}

void ComposerController::edit(qint64 seq)
{
    const StoredMessage *message = m_messages.messageAt(m_messages.rowOfSeq(seq));
    if (message == nullptr || !canEdit(*message) || m_isSending)
        return;
    m_target = *message;
    m_edited = message->seq;
    m_editedText = message->text;
    setSendError({});
    Q_EMIT targetChanged();
    Q_EMIT textReplaced(false);
    Q_EMIT focusWanted();
}

bool ComposerController::editLast()
{
    for (int row = 0; row < m_messages.count(); ++row) {
        const StoredMessage *message = m_messages.messageAt(row);
        if (message->sender != m_client.session().self().id || !canEdit(*message))
            continue;
        edit(message->seq.value);
        return true;
    }
    return false;
}

void ComposerController::cancelTarget()
{
    if (isEditing()) {
        endEdit();
        return;
    }
    m_draft.replyTo = {};
    m_draftTimer.start();
    Q_EMIT targetChanged();
}

void ComposerController::endEdit()
{
    if (!isEditing())
        return;
    m_edited = {};
    setSendError({});
    Q_EMIT targetChanged();
    Q_EMIT textReplaced(false);
}

void ComposerController::send(const QString &text)
{
    if (!m_id || m_isSending || m_attachments.isPreparing())
        return;
    if (isEditing())
        saveEdit(m_id, m_edited, text.trimmed());
    else
        queue(m_id, text, m_attachments.take(), {.replyTo = m_draft.replyTo});
}

QCoro::Task<void> ComposerController::saveEdit(ConversationId id, MessageSeq seq, QString text)
{
    const QPointer<ComposerController> guard(this);
    const StoredMessage *message = targetMessage();
    const bool isSame = message != nullptr && message->text == text;
    Result<void> kept;
    if (!isSame) {
        setSending(true);
        kept = co_await m_client.actions().edit(id, seq, text);
        if (!guard)
            co_return;
        setSending(false);
    }
    if (id != m_id || m_edited != seq)
        co_return;
    if (kept)
        endEdit();
    else
        setSendError(errorText(kept.error().code));
}

QCoro::Task<void> ComposerController::queue(ConversationId id, QString text, QList<Image> images,
                                            References references)
{
    const QPointer<ComposerController> guard(this);
    // Space around a message is no part of it.
    QString caption = text.trimmed();
    bool isTaken = false;
    setSending(true);
    do {
        const QList<Image> album = images.mid(0, qsizetype(limits::imagesPerMessage));
        const auto queued = co_await m_client.outbox().queue(id, caption, album, references);
        if (!guard)
            co_return;
        if (!queued) {
            m_attachments.putBack(id, images);
            setSending(false);
            if (id != m_id)
                co_return;
            // Here it is this computer's disk, not the server's.
            setSendError(queued.error().code == ErrorCode::StorageFull
                                 ? tr("There is no room left on this computer's disk.")
                                 : errorText(queued.error().code));
            Q_EMIT sent(isTaken); // its words are, when a first album is
            co_return;
        }
        isTaken = true;
        images = images.mid(album.size());
        caption.clear(); // stands under the first album
        references = {};
    } while (!images.isEmpty());
    m_client.setTyping(id, false);
    setSending(false);
    if (id == m_id) {
        setSendError({});
        m_draft = m_kept = {};
        ++m_version;
        m_draftTimer.stop();
        m_messages.setUnreadAfter({}, false);
        Q_EMIT targetChanged();
    }
    const Draft none;
    co_await m_client.actions().saveDraft(id, none);
    if (guard && id == m_id)
        Q_EMIT sent(true);
}

void ComposerController::setSending(bool isSending)
{
    m_isSending = isSending;
    Q_EMIT sendingChanged();
}

void ComposerController::setSendError(const QString &text)
{
    if (m_sendError == text)
        return;
    m_sendError = text;
    Q_EMIT sendErrorChanged();
}

} // namespace dunlin::client
