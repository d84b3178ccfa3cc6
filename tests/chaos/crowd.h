// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection.h"

#include <QCoroTask>
#include <QElapsedTimer>
#include <QObject>

#include <map>
#include <memory>
#include <vector>

namespace dunlin::chaos {

/// A thousand of the app's own connections, each in sync with its user's update log.
class Crowd : public QObject {
    Q_OBJECT

public:
    struct Person {
        std::string token;
        ConversationId conversation;
        UpdateSeq cursor;
    };
    explicit Crowd(std::vector<Person> people, QUrl server);

    /// Writes this many messages, one for each of the first, and waits for the answers.
    QCoro::Task<void> write(int count);
    /// From now on, everyone has to come back and Sync once more.
    void expectReturn();
    /// ms since expectReturn() until everyone has; -1 when that takes more than a minute.
    QCoro::Task<qint64> waitUntilBack();
    /// How many came back in each 100 ms.
    [[nodiscard]] const std::map<qint64, int> &returns() const { return returns_; }

private:
    struct Member {
        Person person;
        std::unique_ptr<client::Connection> connection;
        UpdateSeq cursor = {};
        bool isBack = false;
    };
    QCoro::Task<void> sync(std::size_t index);

    std::vector<Member> members_;
    std::size_t back_ = 0;
    QElapsedTimer timer_;
    std::map<qint64, int> returns_;
};

} // namespace dunlin::chaos
