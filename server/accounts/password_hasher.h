// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/limits.h"
#include "dunlin/result.h"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace dunlin::accounts {

/// Hashes and checks passwords with Argon2id (RFC 9106, by libsodium), each of which takes tens of
/// milliseconds and 64 MiB on purpose: on threads of its own, so that no I/O thread waits, and in a
/// bounded queue, so that a flood of sign-ins costs bounded time and memory.
///
/// hash() and verify() may be called on any thread. A callback runs on one of the hasher's threads
/// and has to carry the answer home itself (IoThread::post).
class PasswordHasher {
public:
    struct Options {
        /// Also how many times 64 MiB are in use at once.
        int threads = 1;
        /// How many wait at most; with one thread, the last one waits some 3 s.
        std::size_t queueLength = limits::passwordQueue;
    };

    /// The parameters of Argon2id: t = 2, m = 64 MiB, p = 1. Above the floor that OWASP's Password
    /// Storage Cheat Sheet names (t = 2, m = 19 MiB).
    static constexpr unsigned long long operations = 2;
    static constexpr std::size_t memoryBytes = 64UL * 1024 * 1024;

    using HashCallback = std::function<void(Result<std::string> hash)>;
    using VerifyCallback = std::function<void(Result<bool> isRight)>;

    explicit PasswordHasher(Options options);
    /// Answers what waits with SHUTTING_DOWN and waits for what is running.
    ~PasswordHasher();
    PasswordHasher(const PasswordHasher &) = delete;
    PasswordHasher &operator=(const PasswordHasher &) = delete;

    /// The hash in libsodium's text form ("$argon2id$..."), with a random salt.
    /// Errors: OVERLOADED with retryAfter, SHUTTING_DOWN, INTERNAL (no memory).
    void hash(std::string password, HashCallback callback);

    /// Whether the password belongs to the hash. An empty hash is right for no password and takes
    /// as long as any other, so that time does not tell which user names exist. Errors as hash().
    void verify(std::string password, std::string hash, VerifyCallback callback);

private:
    struct Job {
        std::function<void()> run;
        std::function<void(Error)> refuse;
    };

    void enqueue(Job job);
    void work();

    const Options options_;
    const std::string nobodysHash_;
    std::mutex mutex_;
    std::condition_variable hasWork_;
    std::deque<Job> queue_;
    bool isStopping_ = false;
    std::vector<std::thread> threads_;
};

} // namespace dunlin::accounts
