// SPDX-License-Identifier: Apache-2.0
#include "accounts/password_hasher.h"

#include "metrics/metrics.h"

#include <QtGlobal>

#include <sodium.h>

#include <array>
#include <utility>

namespace dunlin::accounts {
namespace {

/// Overwrites a password once it is not needed any more.
class Wiped {
public:
    explicit Wiped(std::string text) : text_(std::move(text)) { }
    Wiped(const Wiped &) = delete;
    Wiped &operator=(const Wiped &) = delete;
    ~Wiped() { sodium_memzero(text_.data(), text_.size()); }

    [[nodiscard]] const std::string &text() const noexcept { return text_; }

private:
    std::string text_;
};

Result<std::string> hashNow(const std::string &password)
{
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(),
                              PasswordHasher::operations, PasswordHasher::memoryBytes,
                              crypto_pwhash_ALG_ARGON2ID13)
        != 0) {
        return failure(ErrorCode::Internal, "not enough memory to hash a password");
    }
    return std::string(hash.data());
}

/// One that no password is right for: it is made up, not computed. Checking against it does what
/// checking against a real one does.
std::string madeUpHash()
{
    if (sodium_init() < 0)
        qFatal("libsodium cannot be initialised");
    constexpr std::size_t saltBytes = 16;
    constexpr std::size_t hashBytes = 32;
    const auto randomText = [](std::size_t bytes) {
        std::string raw(bytes, '\0');
        randombytes_buf(raw.data(), raw.size());
        std::string text(
                sodium_base64_encoded_len(bytes, sodium_base64_VARIANT_ORIGINAL_NO_PADDING), '\0');
        sodium_bin2base64(text.data(), text.size(),
                          reinterpret_cast<const unsigned char *>(raw.data()), raw.size(),
                          sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
        text.pop_back(); // the end of a C string
        return text;
    };
    return "$argon2id$v=19$m=" + std::to_string(PasswordHasher::memoryBytes / 1024)
            + ",t=" + std::to_string(PasswordHasher::operations) + ",p=1$" + randomText(saltBytes)
            + '$' + randomText(hashBytes);
}

} // namespace

PasswordHasher::PasswordHasher(Options options) : options_(options), nobodysHash_(madeUpHash())
{
    for (int index = 0; index < options_.threads; ++index)
        threads_.emplace_back([this] { work(); });
}

PasswordHasher::~PasswordHasher()
{
    std::deque<Job> refused;
    {
        const std::scoped_lock lock(mutex_);
        isStopping_ = true;
        refused.swap(queue_);
    }
    hasWork_.notify_all();
    metrics::change(metrics::Gauge::PasswordsWaiting, -static_cast<std::int64_t>(refused.size()));
    for (const Job &job : refused)
        job.refuse({.code = ErrorCode::ShuttingDown, .message = "the server is stopping"});
    for (std::thread &thread : threads_)
        thread.join();
}

void PasswordHasher::hash(std::string password, HashCallback callback)
{
    const auto secret = std::make_shared<const Wiped>(std::move(password));
    enqueue({.run = [secret, callback] { callback(hashNow(secret->text())); },
             .refuse = [callback](Error error) { callback(tl::unexpected(std::move(error))); }});
}

void PasswordHasher::verify(std::string password, std::string hash, VerifyCallback callback)
{
    const auto secret = std::make_shared<const Wiped>(std::move(password));
    if (hash.empty())
        hash = nobodysHash_;
    const auto check = [secret, hash = std::move(hash)]() -> Result<bool> {
        return crypto_pwhash_str_verify(hash.c_str(), secret->text().data(), secret->text().size())
                == 0;
    };
    enqueue({.run = [check, callback] { callback(check()); },
             .refuse = [callback](Error error) { callback(tl::unexpected(std::move(error))); }});
}

void PasswordHasher::enqueue(Job job)
{
    Error error{.code = ErrorCode::Overloaded,
                .message = "too many sign-ins at once",
                .retryAfter = std::chrono::seconds(2)};
    {
        const std::scoped_lock lock(mutex_);
        if (isStopping_) {
            error = {.code = ErrorCode::ShuttingDown, .message = "the server is stopping"};
        } else if (queue_.size() < options_.queueLength) {
            queue_.push_back(std::move(job));
            metrics::change(metrics::Gauge::PasswordsWaiting, 1);
            hasWork_.notify_one();
            return;
        }
    }
    job.refuse(std::move(error));
}

void PasswordHasher::work()
{
    while (true) {
        Job job;
        {
            std::unique_lock lock(mutex_);
            hasWork_.wait(lock, [this] { return isStopping_ || !queue_.empty(); });
            if (queue_.empty())
                return;
            job = std::move(queue_.front());
            queue_.pop_front();
            metrics::change(metrics::Gauge::PasswordsWaiting, -1);
        }
        job.run();
    }
}

} // namespace dunlin::accounts
