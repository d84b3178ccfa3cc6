// SPDX-License-Identifier: Apache-2.0
#include "throttle/network_address.h"

namespace dunlin::throttle {
namespace {

constexpr int customerBits = 64;

QHostAddress unmapped(const QHostAddress &address)
{
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4);
    return isIpv4 ? QHostAddress(ipv4) : address;
}

/// "203.0.113.5", "203.0.113.5:1234", "2001:db8::1" or "[2001:db8::1]:1234".
QHostAddress addressFrom(std::string_view word)
{
    QString text = QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size())).trimmed();
    if (text.startsWith(u'['))
        text = text.mid(1, text.indexOf(u']') - 1);
    else if (text.count(u':') == 1)
        text = text.section(u':', 0, 0);
    return unmapped(QHostAddress(text));
}

} // namespace

std::string networkOf(const QHostAddress &address)
{
    const QHostAddress plain = unmapped(address);
    if (plain.protocol() == QAbstractSocket::IPv4Protocol)
        return plain.toString().toStdString();
    Q_IPV6ADDR bytes = plain.toIPv6Address();
    for (int i = customerBits / 8; i < 16; ++i)
        bytes[i] = 0;
    return QHostAddress(bytes).toString().toStdString() + "/64";
}

Result<NetworkList> NetworkList::parse(const QStringList &words)
{
    NetworkList list;
    for (const QString &word : words) {
        const auto subnet = QHostAddress::parseSubnet(word.trimmed());
        if (subnet.first.isNull() || subnet.second < 0) {
            return failure(ErrorCode::InvalidArgument,
                           word.toStdString() + " is not an address or a network");
        }
        list.subnets_.push_back(subnet);
    }
    return list;
}

bool NetworkList::contains(const QHostAddress &address) const
{
    const QHostAddress plain = unmapped(address);
    for (const auto &subnet : subnets_) {
        if (plain.isInSubnet(subnet))
            return true;
    }
    return false;
}

QHostAddress forwardedAddress(const QHostAddress &peer, std::string_view forwardedFor,
                              const NetworkList &trustedProxies)
{
    QHostAddress sender = unmapped(peer);
    while (trustedProxies.contains(sender) && !forwardedFor.empty()) {
        const auto comma = forwardedFor.rfind(',');
        const bool isLast = comma == std::string_view::npos;
        const QHostAddress before = addressFrom(forwardedFor.substr(isLast ? 0 : comma + 1));
        if (before.isNull())
            break;
        sender = before;
        forwardedFor = isLast ? std::string_view() : forwardedFor.substr(0, comma);
    }
    return sender;
}

} // namespace dunlin::throttle
