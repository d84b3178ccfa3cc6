// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace dunlin::client {

/// The devices of the account, this one marked.
class DeviceListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from the app controller")
    Q_PROPERTY(QString errorText READ errorText NOTIFY errorTextChanged)

public:
    enum Role { NameRole = Qt::UserRole + 1, StatusTextRole, IsCurrentRole, DeviceIdRole };

    explicit DeviceListModel(Client &client, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] QString errorText() const { return m_errorText; }

    Q_INVOKABLE void reload();
    /// Signs the device out.
    Q_INVOKABLE void revoke(const QString &deviceId);

Q_SIGNALS:
    void errorTextChanged();

private:
    QCoro::Task<void> load();
    QCoro::Task<void> revokeDevice(DeviceId id);
    void setErrorText(const QString &text);

    Client &m_client;
    QList<Device> m_devices;
    QString m_errorText;
};

} // namespace dunlin::client
