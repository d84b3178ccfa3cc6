// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client.h"

#include <QtQml/qqmlregistration.h>

namespace dunlin::client {

/// Where the session is kept on this computer, and what to do when the keychain does not take it. A
/// file instead of the keychain is used only after the user has said so. GUI thread.
class KeychainController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from the app controller")
    /// Empty: there is none.
    Q_PROPERTY(QString problemText READ problemText NOTIFY problemChanged)
    /// The problem keeps from a session that is there, rather than from keeping a new one.
    Q_PROPERTY(bool isSessionThere READ isSessionThere NOTIFY problemChanged)
    Q_PROPERTY(bool isInFile READ isInFile NOTIFY placeChanged)
    Q_PROPERTY(bool isMoving READ isMoving NOTIFY placeChanged)
    /// Why the last move failed; empty otherwise.
    Q_PROPERTY(QString moveError READ moveError NOTIFY placeChanged)

public:
    explicit KeychainController(Client &client, QObject *parent = nullptr);

    [[nodiscard]] QString problemText() const;
    [[nodiscard]] bool isSessionThere() const { return m_isSessionThere; }
    [[nodiscard]] bool isInFile() const;
    [[nodiscard]] bool isMoving() const { return m_isMoving; }
    [[nodiscard]] QString moveError() const { return m_moveError; }

    /// Whether a session that begins now can be kept; the problem says why not.
    QCoro::Task<bool> prepare();
    /// Takes over what Session::restore() found.
    void noteRestore();

    /// From now on the session is kept in a file.
    Q_INVOKABLE void allowFile();
    /// Moves the session out of the file.
    Q_INVOKABLE void moveToKeychain();

Q_SIGNALS:
    void problemChanged();
    void placeChanged();

private:
    void setProblem(std::optional<TokenProblem> problem, bool isSessionThere);
    QCoro::Task<void> move();

    Client &m_client;
    std::optional<TokenProblem> m_problem;
    bool m_isSessionThere = false;
    bool m_isMoving = false;
    QString m_moveError;
};

} // namespace dunlin::client
