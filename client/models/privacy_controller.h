// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client.h"

#include <QtQml/qqmlregistration.h>

namespace dunlin::client {

/// What the user lets others know, the same on all devices. A change shows at once and is taken
/// back when the server does not take it.
class PrivacyController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from the app controller")
    Q_PROPERTY(bool showsReadReceipts READ showsReadReceipts WRITE setShowsReadReceipts NOTIFY
                       privacyChanged)
    Q_PROPERTY(bool showsLastSeen READ showsLastSeen WRITE setShowsLastSeen NOTIFY privacyChanged)
    /// Why the last change was taken back; empty otherwise.
    Q_PROPERTY(QString errorText READ errorText NOTIFY errorTextChanged)

public:
    explicit PrivacyController(Client &client, QObject *parent = nullptr);

    [[nodiscard]] bool showsReadReceipts() const { return !m_client.privacy().hidesReadReceipts; }
    void setShowsReadReceipts(bool shows);
    [[nodiscard]] bool showsLastSeen() const { return !m_client.privacy().hidesLastSeen; }
    void setShowsLastSeen(bool shows);
    [[nodiscard]] QString errorText() const { return m_errorText; }

Q_SIGNALS:
    void privacyChanged();
    void errorTextChanged();

private:
    QCoro::Task<void> change(Privacy privacy);
    void setErrorText(const QString &text);

    Client &m_client;
    QString m_errorText;
};

} // namespace dunlin::client
