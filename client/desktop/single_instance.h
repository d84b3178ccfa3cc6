// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLocalServer>
#include <QLockFile>
#include <QObject>

namespace dunlin::client {

/// One running app for each profile: the first holds a lock in the profile's directory and listens
/// on a socket in $XDG_RUNTIME_DIR, on which a second one asks it to come to the front. A lock
/// whose holder has crashed is taken over. GUI thread.
class SingleInstance : public QObject {
    Q_OBJECT
public:
    enum class Outcome {
        First, ///< The profile is ours until this object ends.
        HandedOver, ///< Another app has it, and comes to the front.
        NoAnswer ///< Another app has it, and does not answer.
    };

    /// directory: the profile's.
    explicit SingleInstance(const QString &directory, QObject *parent = nullptr);

    /// link: what this start was to open; may be empty. Waits some seconds for another app to
    /// answer, so before there is a window.
    Outcome claim(const QString &link);

Q_SIGNALS:
    /// Another start wants the window at the front; link is empty, or what is to be opened.
    void raiseWanted(const QString &link);

private:
    [[nodiscard]] bool handOver(const QString &link) const;
    void onConnection();

    QLockFile m_lock;
    QString m_socketPath;
    QLocalServer m_server;
};

} // namespace dunlin::client
