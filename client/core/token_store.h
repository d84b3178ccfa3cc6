// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tl/expected.hpp>

#include <QCoroTask>
#include <QString>

namespace dunlin::client {

/// Why a token cannot be kept, or cannot be had.
enum class TokenProblem {
    NoKeychain, ///< There is none, or nothing answers for it.
    Locked, ///< It is locked, and was not unlocked when it asked.
    Refused, ///< It said no, for a reason of its own.
    CannotWrite ///< The file cannot be written: the disk is full, or the directory is not ours.
};
template <typename T> using TokenResult = tl::expected<T, TokenProblem>;

enum class TokenPlace { Keychain, File };

/// Where the device's token is kept between runs. Lives on the GUI thread. A keychain may ask the
/// user first, and then a task takes as long as the user does.
class TokenStore {
public:
    virtual ~TokenStore() = default;

    /// Empty: none.
    virtual QCoro::Task<TokenResult<QString>> load() = 0;
    /// In the place that is chosen, and nowhere else.
    virtual QCoro::Task<TokenResult<void>> save(QString token) = 0;
    /// Wherever it is.
    virtual QCoro::Task<void> clear() = 0;
    /// Tries whether a token could be saved, before there is one.
    virtual QCoro::Task<TokenResult<void>> prepare() = 0;

    /// Where the token is, or would be.
    [[nodiscard]] virtual TokenPlace place() const = 0;
    /// From the next save() on, in this run and later ones. A file is chosen by the user alone.
    virtual void choose(TokenPlace place) = 0;
};

/// A file only its owner can read (mode 0600).
class FileTokenStore final : public TokenStore {
public:
    explicit FileTokenStore(QString filePath) : m_filePath(std::move(filePath)) { }

    QCoro::Task<TokenResult<QString>> load() override;
    QCoro::Task<TokenResult<void>> save(QString token) override;
    QCoro::Task<void> clear() override;
    QCoro::Task<TokenResult<void>> prepare() override;
    [[nodiscard]] TokenPlace place() const override { return TokenPlace::File; }
    void choose(TokenPlace /*place*/) override { } // there is no other

    /// As the tasks, at once.
    [[nodiscard]] QString read() const;
    [[nodiscard]] TokenResult<void> write(const QString &token) const;
    void remove() const;

private:
    const QString m_filePath;
};

/// ~/.local/share/dunlin/<profile>/, created with mode 0700; DUNLIN_PROFILE_ROOT replaces the part
/// before the profile.
QString profileDirectory(const QString &profile);

} // namespace dunlin::client
