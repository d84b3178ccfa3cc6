// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive_writer.h"
#include "client.h"

#include <QThreadPool>

#include <functional>

namespace dunlin::client {

/// Exports everything of the user: pages through every conversation, from the server what this
/// device does not have while it can be reached, and writes on a thread of its own. Lives on the
/// GUI thread, which it leaves free.
class ArchiveExport : public QObject {
    Q_OBJECT
public:
    explicit ArchiveExport(Client &client, QObject *parent = nullptr);

    /// Into a new folder in parent; one at a time. After cancel() what is written so far stays.
    /// Errors: INTERNAL when the folder cannot be written to or the store cannot be read.
    QCoro::Task<Result<ArchiveReport>> run(QString parent);
    void cancel() { m_isCancelled = true; }
    [[nodiscard]] bool isCancelled() const { return m_isCancelled; }

Q_SIGNALS:
    /// 0 to 1.
    void progressed(double progress);

private:
    using Writer = std::shared_ptr<ArchiveWriter>;
    using Files = QHash<QString, QString>;

    QCoro::Task<bool> onThread(std::function<bool()> work);
    QCoro::Task<Result<void>> exportConversation(Writer writer, ConversationSummary conversation);
    QCoro::Task<Files> picturesOf(QList<StoredMessage> messages);
    /// Who wrote first what was forwarded.
    QCoro::Task<void> findPeople(QList<StoredMessage> messages);
    /// The first message of the newest ones that are here without a hole; 0: there is none.
    QCoro::Task<MessageSeq> firstHere(ConversationId id);
    void advance(qint64 messages);

    Client &m_client;
    QThreadPool m_pool;
    QHash<UserId, Person> m_people;
    bool m_isCancelled = false;
    qint64 m_total = 0;
    qint64 m_done = 0;
};

} // namespace dunlin::client
