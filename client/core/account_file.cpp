// SPDX-License-Identifier: Apache-2.0
#include "account_file.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace dunlin::client {
namespace {

const QString userIdKey = QStringLiteral("user_id");
const QString userNameKey = QStringLiteral("user_name");
const QString serverKey = QStringLiteral("server");

} // namespace

std::optional<AccountFile::Account> AccountFile::load() const
{
    QFile file(m_filePath);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    Account account;
    account.self.id = UserId{json[userIdKey].toString().toLongLong()};
    account.self.userName = json[userNameKey].toString();
    account.server = QUrl(json[serverKey].toString());
    if (!account.self.id || !account.server.isValid())
        return std::nullopt;
    return account;
}

void AccountFile::save(const Account &account) const
{
    const QJsonObject json{{userIdKey, QString::number(account.self.id.value)},
                           {userNameKey, account.self.userName},
                           {serverKey, account.server.toString()}};
    QSaveFile file(m_filePath);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(json).toJson()) < 0
        || !file.commit())
        qWarning("the account's file could not be written");
}

void AccountFile::clear() const
{
    QFile::remove(m_filePath);
}

} // namespace dunlin::client
