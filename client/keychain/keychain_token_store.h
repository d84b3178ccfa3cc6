// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "token_store.h"

#include <memory>

namespace dunlin::client {

/// The token in the desktop's keychain (Secret Service, KWallet), or, once the user has chosen so,
/// in the profile's file. A file that is there without such a choice is from before there was a
/// keychain: its token moves into the keychain as soon as there is one that takes it.
///
/// The entry is of the service "dunlin"; its key, the profile's name and random digits, stands in
/// the profile's settings, so that a profile can be moved, and two of one name do not meet.
class KeychainTokenStore final : public TokenStore {
public:
    /// directory: the profile's.
    explicit KeychainTokenStore(QString directory);
    ~KeychainTokenStore() override;

    QCoro::Task<TokenResult<QString>> load() override;
    QCoro::Task<TokenResult<void>> save(QString token) override;
    QCoro::Task<void> clear() override;
    QCoro::Task<TokenResult<void>> prepare() override;
    [[nodiscard]] TokenPlace place() const override;
    void choose(TokenPlace place) override;

private:
    struct Profile;
    static QCoro::Task<TokenResult<void>> saveInKeychain(std::shared_ptr<Profile> profile,
                                                         QString token);
    static QCoro::Task<void> migrate(std::shared_ptr<Profile> profile, QString token);

    /// Shared with tasks under way, which may outlive this.
    std::shared_ptr<Profile> m_profile;
};

} // namespace dunlin::client
