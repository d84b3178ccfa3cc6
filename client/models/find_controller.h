// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client.h"

#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace dunlin::client {

/// Finds words in the open conversation, as they are typed, and goes from one message that has them
/// to the next. Looks at what is on this device.
class FindController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from the conversation controller")
    Q_PROPERTY(bool isActive READ isActive NOTIFY activeChanged)
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    /// How many messages have the words; 1,000 at most.
    Q_PROPERTY(int count READ count NOTIFY resultsChanged)
    /// Which of them is shown, from 1, the newest; 0 for none.
    Q_PROPERTY(int place READ place NOTIFY resultsChanged)
    /// "2 of 17", "Nothing found"; empty until something was looked for.
    Q_PROPERTY(QString statusText READ statusText NOTIFY resultsChanged)

public:
    explicit FindController(Client &client, QObject *parent = nullptr);

    [[nodiscard]] bool isActive() const { return m_isActive; }
    [[nodiscard]] QString query() const { return m_query; }
    void setQuery(const QString &query);
    [[nodiscard]] int count() const { return static_cast<int>(m_seqs.size()); }
    [[nodiscard]] int place() const { return m_place; }
    [[nodiscard]] QString statusText() const;

    /// Another conversation is open: what was looked for is forgotten.
    void reset(ConversationId id);

    Q_INVOKABLE void start();
    Q_INVOKABLE void stop();
    /// To the next message that has the words, and at the end around to the other.
    Q_INVOKABLE void toOlder();
    Q_INVOKABLE void toNewer();

Q_SIGNALS:
    void activeChanged();
    void queryChanged();
    void resultsChanged();
    /// This message is to be shown.
    void found(qint64 seq);

private:
    QCoro::Task<void> search();
    void show(int place);

    Client &m_client;
    ConversationId m_conversation;
    QString m_query;
    QList<MessageSeq> m_seqs; ///< Newest first.
    int m_place = 0;
    bool m_isActive = false;
    bool m_isSearched = false;
    quint64 m_generation = 0; ///< Answers for what was typed before are not for now.
    QTimer m_delay;
};

} // namespace dunlin::client
