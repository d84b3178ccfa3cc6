// SPDX-License-Identifier: Apache-2.0
#include "device_list_model.h"

#include "texts.h"

#include <QPointer>

namespace dunlin::client {

DeviceListModel::DeviceListModel(Client &client, QObject *parent)
    : QAbstractListModel(parent), m_client(client)
{ }

int DeviceListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_devices.size());
}

QVariant DeviceListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_devices.size())
        return {};
    const Device &device = m_devices[index.row()];
    switch (role) {
    case NameRole:
        return device.name;
    case StatusTextRole:
        if (device.isCurrent)
            return tr("This device");
        return device.isOnline
                ? tr("Online now")
                : tr("Last active %1")
                          .arg(listTimeText(device.lastActiveAtMs, QDateTime::currentDateTime()));
    case IsCurrentRole:
        return device.isCurrent;
    case DeviceIdRole:
        return QString::number(device.id.value);
    default:
        return {};
    }
}

QHash<int, QByteArray> DeviceListModel::roleNames() const
{
    return {{NameRole, "name"},
            {StatusTextRole, "statusText"},
            {IsCurrentRole, "isCurrent"},
            {DeviceIdRole, "deviceId"}};
}

void DeviceListModel::reload()
{
    load();
}

QCoro::Task<void> DeviceListModel::load()
{
    const QPointer<DeviceListModel> guard(this);
    const auto devices = co_await m_client.devices();
    if (!guard)
        co_return;
    setErrorText(devices ? QString() : client::errorText(devices.error().code));
    if (!devices)
        co_return;
    beginResetModel();
    m_devices = *devices;
    endResetModel();
}

void DeviceListModel::revoke(const QString &deviceId)
{
    revokeDevice(DeviceId{deviceId.toLongLong()});
}

QCoro::Task<void> DeviceListModel::revokeDevice(DeviceId id)
{
    const QPointer<DeviceListModel> guard(this);
    const auto revoked = co_await m_client.revokeDevice(id);
    if (!guard)
        co_return;
    if (revoked)
        co_await load();
    else
        setErrorText(client::errorText(revoked.error().code));
}

void DeviceListModel::setErrorText(const QString &text)
{
    if (m_errorText == text)
        return;
    m_errorText = text;
    Q_EMIT errorTextChanged();
}

} // namespace dunlin::client
