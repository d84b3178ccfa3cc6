// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app.h"
#include "bed.h"
#include "device.h"

#include "fault_proxy.h"

#include <QTemporaryDir>
#include <QTimer>

#include <memory>
#include <random>
#include <vector>

namespace dunlin::chaos {

/// The people of a run: users with several devices each, some of them the app's own core, who write
/// to each other through proxies.
class World : public QObject {
    Q_OBJECT

public:
    struct Options {
        unsigned seed = 0;
        int users = 12;
        int devicesPerUser = 2;
        int conversations = 16;
        int apps = 3;
        int proxies = 4;
        /// Of all users together.
        int messagesPerSecond = 1500;
        std::size_t messages = 20'000;
        qint64 settleMs = 120'000;
    };

    /// The server of bed runs.
    World(Bed &bed, Options options);

    /// Makes the people and connects them.
    QCoro::Task<void> begin();
    /// They write until there are as many messages as wanted and stop() was called.
    void write();
    void stop();
    /// Some devices lose their connection and come back.
    void reconnectSome();
    [[nodiscard]] bool hasWrittenAll() const { return acknowledged_ >= options_.messages; }
    /// So far, by the simulated devices.
    [[nodiscard]] std::size_t acknowledged() const { return acknowledged_; }

    /// With the network as it should be: waits until every device has everything and nothing waits
    /// to be sent; then a new device of every user does the same from the beginning. False when
    /// that takes too long; whatever is missing then is for the checker to name.
    QCoro::Task<bool> settle();
    /// All that was seen, the database included.
    QCoro::Task<Record> finish();

    [[nodiscard]] std::vector<std::unique_ptr<test::FaultProxy>> &proxies() { return proxies_; }
    [[nodiscard]] int snapshots() const;

    /// Users without conversations, for those who only connect.
    static constexpr int strangers = 1000;
    static std::string tokenOfStranger(int number);

private:
    void fillDatabase();
    void addDevice(int user);
    void tick();
    void writeOne();
    void trouble(Device &device);
    QCoro::Task<bool> isSettled();
    QCoro::Task<bool> waitUntilSettled();
    [[nodiscard]] QUrl nextServer();
    int anyBelow(int end);
    std::string anyText();

    struct Sample {
        ClientId clientId;
        ConversationId conversation;
        UserId sender;
        std::string text;
    };

    Bed &bed_;
    const Options options_;
    std::mt19937 random_;
    Record record_;
    std::vector<std::unique_ptr<test::FaultProxy>> proxies_;
    std::size_t nextProxy_ = 0;
    QTemporaryDir profiles_;
    std::vector<std::unique_ptr<Device>> devices_;
    std::vector<std::unique_ptr<App>> apps_;
    std::vector<Sample> samples_; ///< Acknowledged, to be sent again.
    QTimer timer_;
    QElapsedTimer clock_;
    qint64 lastTickMs_ = 0;
    double due_ = 0;
    std::size_t number_ = 0;
    std::size_t acknowledged_ = 0;
};

} // namespace dunlin::chaos
