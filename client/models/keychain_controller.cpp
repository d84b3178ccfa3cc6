// SPDX-License-Identifier: Apache-2.0
#include "keychain_controller.h"

#include <QPointer>

namespace dunlin::client {

KeychainController::KeychainController(Client &client, QObject *parent)
    : QObject(parent), m_client(client)
{
    connect(&client.session(), &Session::signedIn, this, [this] {
        setProblem({}, false);
        Q_EMIT placeChanged();
    });
}

QString KeychainController::problemText() const
{
    if (!m_problem)
        return {};
    switch (*m_problem) {
    case TokenProblem::NoKeychain:
        return tr("No keychain answers on this computer.");
    case TokenProblem::Locked:
        return tr("Your keychain is locked.");
    case TokenProblem::Refused:
        return tr("Your keychain cannot be used at the moment.");
    case TokenProblem::CannotWrite:
        break;
    }
    return tr("The disk is full, or the folder of this profile cannot be written.");
}

bool KeychainController::isInFile() const
{
    return m_client.tokens().place() == TokenPlace::File;
}

void KeychainController::setProblem(std::optional<TokenProblem> problem, bool isSessionThere)
{
    m_problem = problem;
    m_isSessionThere = isSessionThere;
    Q_EMIT problemChanged();
}

QCoro::Task<bool> KeychainController::prepare()
{
    const QPointer<KeychainController> guard(this);
    const auto prepared = co_await m_client.tokens().prepare();
    if (!guard)
        co_return false;
    if (prepared)
        setProblem({}, false);
    else
        setProblem(prepared.error(), false);
    co_return prepared.has_value();
}

void KeychainController::noteRestore()
{
    const auto problem = m_client.session().tokenProblem();
    setProblem(problem, problem.has_value());
}

void KeychainController::allowFile()
{
    m_client.tokens().choose(TokenPlace::File);
    setProblem({}, false);
    Q_EMIT placeChanged();
}

void KeychainController::moveToKeychain()
{
    if (!m_isMoving)
        move();
}

QCoro::Task<void> KeychainController::move()
{
    const QPointer<KeychainController> guard(this);
    m_isMoving = true;
    m_moveError.clear();
    Q_EMIT placeChanged();
    m_client.tokens().choose(TokenPlace::Keychain);
    const auto moved = co_await m_client.session().moveToken();
    if (!guard)
        co_return;
    m_isMoving = false;
    if (!moved) {
        m_client.tokens().choose(TokenPlace::File);
        m_problem = moved.error();
        m_moveError = problemText();
        m_problem.reset();
    }
    Q_EMIT placeChanged();
}

} // namespace dunlin::client
