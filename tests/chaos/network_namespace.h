// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHostAddress>
#include <QString>

#include <memory>

namespace dunlin::chaos {

/// A network of its own for a process, joined to ours by one cable. Needs root and iproute2.
class NetworkNamespace {
public:
    /// Nothing where the system does not allow it.
    static std::unique_ptr<NetworkNamespace> make();
    ~NetworkNamespace();
    NetworkNamespace(const NetworkNamespace &) = delete;
    NetworkNamespace &operator=(const NetworkNamespace &) = delete;

    /// For setns().
    [[nodiscard]] int descriptor() const { return descriptor_; }
    /// Of whoever listens inside.
    [[nodiscard]] QHostAddress address() const { return address_; }
    /// The cable, plugged in or pulled. Connections stay and hear nothing.
    void setUp(bool isUp) const;

private:
    explicit NetworkNamespace(int number);

    QString name_;
    QString cable_;
    QHostAddress address_;
    int descriptor_ = -1;
};

} // namespace dunlin::chaos
