// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session_ends.h"
#include "store/connection.h"

#include <QObject>

namespace dunlin::app {

/// Hears from the database whose sessions have to end: what other servers and the operator's
/// commands have done. Lives on a thread with an event loop; one for a server.
class SessionEndListener final : public QObject {
    Q_OBJECT

public:
    explicit SessionEndListener(const std::string &conninfo, QObject *parent = nullptr);

Q_SIGNALS:
    void told(const dunlin::accounts::SessionEnd &end);
    /// It listens from now on. What was told before is not known: who is signed in has to be
    /// looked at.
    void listening();

private:
    store::Connection connection_;
};

} // namespace dunlin::app
