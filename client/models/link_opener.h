// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app_link.h"
#include "client.h"

namespace dunlin::client {

/// Finds what a dunlin:// link means. Before somebody is signed in the latest link waits. GUI
/// thread.
class LinkOpener : public QObject {
    Q_OBJECT
public:
    explicit LinkOpener(Client &client, QObject *parent = nullptr);

    void open(const QString &link);

Q_SIGNALS:
    void personFound(dunlin::UserId user);
    void conversationFound(dunlin::ConversationId conversation);
    /// Why a link leads nowhere.
    void failed(const QString &text);

private:
    QCoro::Task<void> find(PersonLink link);
    QCoro::Task<void> find(ConversationLink link);

    Client &m_client;
    QString m_waiting;
};

} // namespace dunlin::client
