// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection.h"

#include <QCoroTask>
#include <QElapsedTimer>
#include <QObject>
#include <QThread>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace dunlin::chaos {

/// A thousand of the app's own connections, each in sync with its user's update log. On a thread of
/// their own, so that what they have to do does not hold up who starts the server and looks at the
/// clock.
class Crowd {
public:
    struct Person {
        std::string token;
        ConversationId conversation;
        UpdateSeq cursor;
    };
    explicit Crowd(std::vector<Person> people, QUrl server);
    ~Crowd();
    Crowd(const Crowd &) = delete;
    Crowd &operator=(const Crowd &) = delete;

    /// Writes this many messages, one for each of the first, and waits for the answers.
    QCoro::Task<void> write(int count);
    /// From now on, everyone has to come back and Sync once more.
    void expectReturn();
    /// ms since expectReturn() until everyone has; -1 when that takes more than a minute.
    QCoro::Task<qint64> waitUntilBack();
    /// How many came back in each 100 ms; once all have.
    [[nodiscard]] const std::map<qint64, int> &returns() const { return returns_; }

private:
    struct Member {
        Person person;
        std::unique_ptr<client::Connection> connection;
        UpdateSeq cursor = {};
        bool isBack = false;
    };
    void connectAll(std::vector<Person> people, const QUrl &server);
    QCoro::Task<void> sync(std::size_t index);
    QCoro::Task<void> writeAll(int count);
    void onThread(const std::function<void()> &work);

    QThread thread_;
    QObject onIt_; ///< Lives on the thread.
    std::vector<Member> members_;
    std::atomic<std::size_t> back_ = 0;
    std::atomic<bool> isWritten_ = false;
    QElapsedTimer timer_;
    std::map<qint64, int> returns_;
};

} // namespace dunlin::chaos
