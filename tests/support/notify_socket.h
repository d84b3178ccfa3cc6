// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/file_descriptor.h"

#include <QByteArray>
#include <QTemporaryDir>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <array>
#include <cstring>

namespace dunlin::test {

/// What systemd has at the other end of NOTIFY_SOCKET.
class NotifySocket {
public:
    NotifySocket() : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0))
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path().constData(), sizeof address.sun_path - 1);
        const auto *name = reinterpret_cast<const sockaddr *>(&address);
        if (::bind(socket_.get(), name, sizeof address) != 0)
            qFatal("no socket at %s", path().constData());
        // The server of a test that root runs is another user.
        ::chmod(directory_.path().toLocal8Bit().constData(), 0755);
        ::chmod(path().constData(), 0666);
    }

    [[nodiscard]] QByteArray path() const
    {
        return directory_.filePath(QStringLiteral("notify")).toLocal8Bit();
    }

    /// The oldest message that was not taken yet, or "".
    QByteArray take()
    {
        std::array<char, 512> text{};
        const auto size = ::recv(socket_.get(), text.data(), text.size(), 0);
        return size > 0 ? QByteArray(text.data(), static_cast<int>(size)) : QByteArray();
    }

private:
    QTemporaryDir directory_;
    net::FileDescriptor socket_;
};

} // namespace dunlin::test
