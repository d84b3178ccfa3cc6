// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"

#include <QString>

namespace dunlin::client {

/// Where the device's token is kept between runs. Empty: none.
class TokenStore {
public:
    virtual ~TokenStore() = default;
    virtual QString load() = 0;
    virtual Result<void> save(const QString &token) = 0;
    virtual void clear() = 0;
};

/// A file only its owner can read (mode 0600).
class FileTokenStore final : public TokenStore {
public:
    explicit FileTokenStore(QString filePath) : m_filePath(std::move(filePath)) { }
    QString load() override;
    Result<void> save(const QString &token) override;
    void clear() override;

private:
    QString m_filePath;
};

/// ~/.local/share/dunlin/<profile>/, created with mode 0700; DUNLIN_PROFILE_ROOT replaces the part
/// before the profile.
QString profileDirectory(const QString &profile);

} // namespace dunlin::client
