// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client.h"

#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace dunlin::client {

/// How long the messages of the open conversation are kept: what holds, and another choice, which
/// is asked about first where it removes more than before. GUI thread.
class RetentionController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from the conversation controller")
    /// One line of what holds, the operator's decision included; empty: nothing is removed.
    Q_PROPERTY(QString text READ text NOTIFY changed)
    /// What the operator has decided for all conversations; empty: nothing.
    Q_PROPERTY(QString serverText READ serverText NOTIFY changed)
    Q_PROPERTY(QStringList options READ options CONSTANT)
    /// Of options, as it is set for the conversation; -1: none of them.
    Q_PROPERTY(int current READ current NOTIFY changed)
    /// What the user is asked before the choice counts; empty: nothing is asked.
    Q_PROPERTY(QString question READ question NOTIFY changed)
    Q_PROPERTY(bool isBusy READ isBusy NOTIFY changed)
    /// Why the last choice is not what holds; empty otherwise.
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)

public:
    explicit RetentionController(Client &client, QObject *parent = nullptr);

    [[nodiscard]] QString text() const;
    [[nodiscard]] QString serverText() const;
    [[nodiscard]] QStringList options() const;
    [[nodiscard]] int current() const;
    [[nodiscard]] QString question() const;
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    [[nodiscard]] QString errorText() const { return m_errorText; }

    /// Shows another conversation; what was asked about the one before is forgotten.
    void open(ConversationId id);
    /// What is set for the conversation.
    void setRetention(Retention retention);

    /// Asks first where it removes more.
    Q_INVOKABLE void choose(int option);
    Q_INVOKABLE void confirm();
    Q_INVOKABLE void cancel();

Q_SIGNALS:
    void changed();
    /// The server has taken the choice.
    void taken();

private:
    QCoro::Task<void> send(Retention wanted);

    Client &m_client;
    ConversationId m_id;
    Retention m_retention;
    int m_asked = -1; ///< Of options.
    bool m_isBusy = false;
    QString m_errorText;
};

} // namespace dunlin::client
