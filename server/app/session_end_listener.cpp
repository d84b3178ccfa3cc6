// SPDX-License-Identifier: Apache-2.0
#include "app/session_end_listener.h"

#include "log/log.h"

namespace dunlin::app {

SessionEndListener::SessionEndListener(const std::string &conninfo, QObject *parent)
    : QObject(parent), connection_(conninfo, std::string("LISTEN ") + accounts::sessionEndsChannel)
{
    connect(&connection_, &store::Connection::readyChanged, this, [this](bool isReady) {
        if (isReady)
            Q_EMIT listening();
    });
    connect(&connection_, &store::Connection::notified, this,
            [this](const std::string &, const std::string &payload) {
                const auto end = accounts::sessionEndIn(payload);
                if (end)
                    Q_EMIT told(*end);
                else
                    log::warning("a notification was not understood");
            });
}

} // namespace dunlin::app
