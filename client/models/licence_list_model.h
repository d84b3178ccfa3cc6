// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace dunlin::client {

/// What the app stands on and under which licence; its own text.
class LicenceListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    /// The licence of Dunlin in full.
    Q_PROPERTY(QString ownText READ ownText CONSTANT)

public:
    enum Role { NameRole = Qt::UserRole + 1, LicenceRole, AddressRole };

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] static QString ownText();
};

} // namespace dunlin::client
