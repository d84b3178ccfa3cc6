// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/device_tokens.h"
#include "accounts/password_hasher.h"
#include "dunlin/limits.h"
#include "ids/id_generator.h"
#include "store/database.h"
#include "throttle/keyed_limiter.h"
#include "throttle/sign_in_throttle.h"
#include "types/types.h"

#include <functional>
#include <string>
#include <vector>

namespace dunlin::accounts {

/// A device that has proved whose it is.
struct Entrance {
    User user;
    DeviceId device;
    /// Only of tokens that are new; never logged.
    std::string token = {};
    std::string refreshToken = {}; ///< As token.
    std::int64_t tokenExpiresAtMs = 0; ///< As token.
    UpdateSeq newestUpdateSeq = {};
    /// The device's acknowledged cursor.
    UpdateSeq cursor = {};
    Privacy privacy = {};
};

struct DeviceInfo {
    DeviceId id;
    std::string name = {};
    std::int64_t createdAtMs = 0;
    std::int64_t lastActiveAtMs = 0;
};

/// Which device of whom.
struct Device {
    UserId user;
    DeviceId id;
};

struct Registration {
    std::string userName;
    std::string displayName; ///< Empty: the user name.
    std::string password;
    std::string deviceName;
    /// What limits by address count by, see throttle/network_address.h; empty: none.
    std::string network = {};
};

struct Credentials {
    std::string userName;
    std::string password;
    std::string deviceName;
    std::string network = {}; ///< As above.
};

struct PasswordChange {
    UserId user;
    DeviceId device; ///< The one that asks, and stays.
    std::string oldPassword;
    std::string newPassword;
    std::string network = {}; ///< As above.
};

/// How often strangers may try, shared by all threads.
struct EntranceLimits {
    throttle::SignInThrottle &signIns;
    throttle::KeyedLimiter &registrations;
};

/// Accounts and their devices: each device has one session, proved by its token. Lives on one I/O
/// thread. Errors of every function, beside those named: UNAVAILABLE, INTERNAL.
class AccountService {
public:
    /// Runs a function on the service's thread, from any other.
    using RunHere = std::function<void(std::function<void()>)>;

    /// All references outlive the service and its tasks.
    AccountService(store::Database &database, IdGenerator &ids, PasswordHasher &hasher,
                   EntranceLimits limits, RunHere runHere,
                   std::chrono::milliseconds tokenLifetime = limits::tokenLifetime);

    /// Is told of a device whose refresh token was shown twice: it is gone.
    void setOnSpentToken(std::function<void(UserId, DeviceId)> onSpentToken)
    {
        onSpentToken_ = std::move(onSpentToken);
    }

    /// Errors: USER_NAME_TAKEN, RATE_LIMITED, OVERLOADED, and those of validation.h.
    QCoro::Task<Result<Entrance>> registerAccount(Registration registration);
    /// An account without a device; deviceName is not looked at. Errors as registerAccount().
    QCoro::Task<Result<User>> addAccount(Registration registration);
    /// A new device. Errors: WRONG_PASSWORD (an unknown user name as well), ACCOUNT_DISABLED,
    /// TOO_MANY_DEVICES, RATE_LIMITED, OVERLOADED.
    QCoro::Task<Result<Entrance>> signIn(Credentials credentials);
    /// A known device. Errors: INVALID_TOKEN, TOKEN_EXPIRED.
    QCoro::Task<Result<Entrance>> authenticate(std::string token);
    /// The next tokens of a known device, see DeviceTokens. Errors: INVALID_TOKEN, DEVICE_REVOKED.
    QCoro::Task<Result<Entrance>> refresh(std::string refreshToken);
    /// The first refresh token of a device that has none. Error: INVALID_TOKEN.
    QCoro::Task<Result<Entrance>> beginRefresh(UserId user, DeviceId device);
    /// The devices that are signed out by it. Errors: WRONG_PASSWORD, RATE_LIMITED, OVERLOADED, and
    /// those of validation.h.
    QCoro::Task<Result<std::vector<DeviceId>>> changePassword(PasswordChange change);

    QCoro::Task<Result<std::vector<DeviceInfo>>> devices(UserId user);
    /// Its token works no more, and its sessions end, on every server of the database (see
    /// session_ends.h). Error: DEVICE_NOT_FOUND.
    QCoro::Task<Result<void>> revokeDevice(UserId user, DeviceId device);
    /// The device has stored everything up to seq; a lower one than before is ignored.
    QCoro::Task<Result<void>> acknowledgeCursor(UserId user, DeviceId device, UpdateSeq seq);
    /// Those of the devices whose tokens work no more.
    QCoro::Task<Result<std::vector<Device>>> goneAmong(std::vector<Device> devices);
    /// network: as of Credentials. Errors: WRONG_PASSWORD, RATE_LIMITED, OVERLOADED.
    QCoro::Task<Result<void>> checkPassword(UserId user, std::string network, std::string password);
    /// What is kept of a new password. Errors: OVERLOADED, those of validation::checkPassword().
    QCoro::Task<Result<std::string>> hashPassword(std::string password);
    /// The device is in use now; written at most once a minute. False when it is not there.
    QCoro::Task<Result<bool>> recordActive(UserId user, DeviceId device);

private:
    QCoro::Task<Result<Entrance>> create(Registration registration,
                                         std::optional<std::string> deviceName);
    QCoro::Task<Result<std::string>> hash(std::string password);
    QCoro::Task<Result<bool>> verify(std::string password, std::string storedHash);
    /// As verify(), and counted. Error: RATE_LIMITED.
    QCoro::Task<Result<bool>> verifySlowly(std::string network, std::string userName,
                                           std::string password, std::string storedHash);
    Result<void> takeRegistration(const std::string &network);
    /// What is kept of the user's password; empty when this is not it. Errors: USER_NOT_FOUND, that
    /// of verifySlowly().
    QCoro::Task<Result<std::string>> hashIfRight(UserId user, std::string network,
                                                 std::string password);
    QCoro::Task<Result<Entrance>> entranceOfDevice(UserId user, DeviceId device, UpdateSeq cursor);
    QCoro::Task<Result<Entrance>> entranceWith(TokenPair pair);
    QCoro::Task<Result<std::vector<DeviceId>>>
    replacePassword(UserId user, DeviceId kept, std::string oldHash, std::string newHash);

    store::Database &database_;
    IdGenerator &ids_;
    PasswordHasher &hasher_;
    const EntranceLimits limits_;
    const RunHere runHere_;
    DeviceTokens tokens_;
    std::function<void(UserId, DeviceId)> onSpentToken_;
};

} // namespace dunlin::accounts
