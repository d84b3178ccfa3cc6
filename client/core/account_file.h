// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "types.h"

#include <QUrl>

#include <optional>

namespace dunlin::client {

/// Whose device this is and of which server, in a file beside the store: when the store is damaged
/// beyond reading, the token still signs in. No secret is in it.
class AccountFile {
public:
    struct Account {
        Person self;
        QUrl server;
    };

    explicit AccountFile(QString filePath) : m_filePath(std::move(filePath)) { }

    [[nodiscard]] std::optional<Account> load() const;
    /// What it cannot keep is missed only after damage.
    void save(const Account &account) const;
    void clear() const;

private:
    QString m_filePath;
};

} // namespace dunlin::client
