// SPDX-License-Identifier: Apache-2.0
#include "world.h"

#include "database.h"

#include "accounts/token.h"

#include <QCoroTimer>

namespace dunlin::chaos {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t firstUser = 1'000'000;
constexpr std::int64_t firstStranger = 2'000'000;
constexpr std::int64_t firstConversation = 10'000'000;
constexpr int deviceIds = 20; // of each user, all with the same secret
constexpr auto tickInterval = 10ms;
constexpr std::size_t samplesKept = 500;
constexpr std::size_t waitingMax = 40;

accounts::Token tokenOf(std::int64_t user, int device)
{
    accounts::Token token{.user = UserId{user}, .device = DeviceId{device}};
    token.secret.fill(42);
    return token;
}

std::string text(std::int64_t number)
{
    return std::to_string(number);
}

} // namespace

World::World(Bed &bed, Options options) : bed_(bed), options_(options), random_(options.seed)
{
    for (int i = 0; i < options_.proxies; ++i)
        proxies_.push_back(std::make_unique<test::FaultProxy>(bed.port(), bed.address()));
    timer_.setInterval(tickInterval);
    connect(&timer_, &QTimer::timeout, this, &World::tick);
    clock_.start();
}

std::string World::tokenOfStranger(int number)
{
    return tokenOf(firstStranger + number, 1).text();
}

int World::anyBelow(int end)
{
    return std::uniform_int_distribution<int>(0, end - 1)(random_);
}

QUrl World::nextServer()
{
    return proxies_[nextProxy_++ % proxies_.size()]->webSocketUrl();
}

/// By SQL: registering through the server would hash a password for everyone.
void World::fillDatabase()
{
    Database database(bed_.conninfo());
    const std::string hash =
            QByteArray::fromStdString(tokenOf(firstUser, 1).hash()).toHex().toStdString();
    const auto addUsers = [&](std::int64_t first, int count, int devices) {
        database.run("INSERT INTO users (user_id, user_name, display_name, password_hash) SELECT i,"
                     " 'user' || i, 'User ' || i, '' FROM generate_series("
                     + text(first) + ", " + text(first + count - 1) + ") i");
        database.run("INSERT INTO devices (user_id, device_id, name, token_hash) SELECT i, d,"
                     " 'chaos', '\\x"
                     + hash + "' FROM generate_series(" + text(first) + ", "
                     + text(first + count - 1) + ") i, generate_series(1, " + text(devices)
                     + ") d");
    };
    addUsers(firstUser, options_.users, deviceIds);
    addUsers(firstStranger, strangers, 1);
    for (int i = 0; i < options_.conversations; ++i) {
        const ConversationId id{firstConversation + i};
        // Pair by pair of all pairs, so that no two are the same.
        const int distance = 1 + i / options_.users;
        const UserId first{firstUser + i % options_.users};
        const UserId second{firstUser + (i + distance) % options_.users};
        record_.members[id] = {first, second};
        database.run("INSERT INTO conversations (conversation_id, kind) VALUES (" + text(id.value)
                     + ", 1)");
        database.run("INSERT INTO direct_conversations VALUES ("
                     + text(std::min(first, second).value) + ", "
                     + text(std::max(first, second).value) + ", " + text(id.value) + ")");
        for (const UserId member : {first, second}) {
            database.run("INSERT INTO members (conversation_id, user_id) VALUES (" + text(id.value)
                         + ", " + text(member.value) + ")");
            database.run("INSERT INTO user_conversations (user_id, conversation_id) VALUES ("
                         + text(member.value) + ", " + text(id.value) + ")");
        }
    }
}

void World::addDevice(int user)
{
    const UserId id{firstUser + user};
    const int device = 1 + int(devices_.size()) % (deviceIds - options_.apps);
    devices_.push_back(std::make_unique<Device>(
            Device::Options{.server = nextServer(),
                            .token = tokenOf(id.value, device).text(),
                            .user = id,
                            .seed = options_.seed + unsigned(devices_.size()),
                            .isSilent = int(devices_.size())
                                    >= options_.users * options_.devicesPerUser},
            record_));
    connect(devices_.back().get(), &Device::posted, this,
            [this, id](const ClientId &clientId, ConversationId conversation,
                       const std::string &written) {
                ++acknowledged_;
                if (anyBelow(20) != 0)
                    return;
                const Sample sample{clientId, conversation, id, written};
                if (samples_.size() < samplesKept)
                    samples_.push_back(sample);
                else
                    samples_[std::size_t(anyBelow(samplesKept))] = sample;
            });
    devices_.back()->open();
}

QCoro::Task<void> World::begin()
{
    fillDatabase();
    for (int device = 0; device < options_.devicesPerUser; ++device) {
        for (int user = 0; user < options_.users; ++user)
            addDevice(user);
    }
    for (int i = 0; i < options_.apps; ++i) {
        const client::Person self{.id = UserId{firstUser + i},
                                  .userName = QStringLiteral("user%1").arg(firstUser + i)};
        apps_.push_back(
                std::make_unique<App>(profiles_.filePath(QString::number(i)), self, nextServer(),
                                      tokenOf(self.id.value, deviceIds - i).text(), record_));
        co_await apps_.back()->start();
    }
}

void World::write()
{
    lastTickMs_ = clock_.elapsed();
    timer_.start();
}

void World::stop()
{
    timer_.stop();
}

void World::reconnectSome()
{
    devices_[std::size_t(anyBelow(int(devices_.size())))]->reconnect();
}

void World::tick()
{
    const qint64 now = clock_.elapsed();
    due_ += double(now - lastTickMs_) / 1000 * options_.messagesPerSecond;
    due_ = std::min(due_, double(options_.messagesPerSecond) / 10); // no flood after a pause
    lastTickMs_ = now;
    for (; due_ >= 1; --due_)
        writeOne();
}

std::string World::anyText()
{
    std::string written = text(std::int64_t(++number_)) + ' ';
    const int kind = anyBelow(100);
    const int length = kind == 0 ? 8000 : kind < 10 ? 1000 : 60;
    written.resize(written.size() + std::size_t(anyBelow(length)), char('a' + anyBelow(26)));
    return written;
}

void World::writeOne()
{
    const int app = anyBelow(200);
    auto conversation = std::next(record_.members.begin(), anyBelow(options_.conversations));
    const UserId sender = conversation->second[std::size_t(anyBelow(2))];
    if (app < options_.apps && apps_[std::size_t(app)]->user() == sender) {
        apps_[std::size_t(app)]->post(conversation->first, QString::fromStdString(anyText()));
        return;
    }
    const int index =
            int(sender.value - firstUser) + anyBelow(options_.devicesPerUser) * options_.users;
    Device &device = *devices_[std::size_t(index)];
    if (device.waiting() >= waitingMax)
        return; // it is offline
    if (const int chance = anyBelow(200); chance < 4)
        trouble(device);
    else
        device.post(conversation->first, anyText(), chance < 6);
}

/// What an honest client does not do, or a client with a bad link.
void World::trouble(Device &device)
{
    const int kind = anyBelow(4);
    if (kind == 0) {
        device.postInvalid(record_.members.begin()->first);
    } else if (kind == 1) {
        for (const auto &[conversation, members] : record_.members) {
            if (std::find(members.begin(), members.end(), device.user()) == members.end()) {
                device.post(conversation, anyText()); // not a member
                return;
            }
        }
    } else if (!samples_.empty()) {
        const Sample &sample = samples_[std::size_t(anyBelow(int(samples_.size())))];
        for (const auto &other : devices_) {
            // By any of the sender's devices.
            if (other->user() == sample.sender && anyBelow(2) == 0) {
                other->resend(sample.clientId, sample.conversation, sample.text);
                return;
            }
        }
    }
}

QCoro::Task<bool> World::isSettled()
{
    std::map<UserId, UpdateSeq> newest = Database(bed_.conninfo()).newestUpdates();
    for (const auto &device : devices_) {
        if (!device->isOnline() || device->waiting() > 0 || !device->hasHistory()
            || device->cursor() != newest[device->user()])
            co_return false;
    }
    for (const auto &app : apps_) {
        const UpdateSeq wanted = newest[app->user()];
        const bool isAppSettled = co_await app->isSettled(wanted);
        if (!isAppSettled)
            co_return false;
    }
    co_return true;
}

QCoro::Task<bool> World::waitUntilSettled()
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < options_.settleMs) {
        const UpdateSeq before = devices_.front()->cursor();
        const bool isOnce = co_await isSettled();
        co_await QCoro::sleepFor(300ms);
        // Twice: the last receipts may just be on their way.
        const bool isTwice = isOnce && co_await isSettled();
        if (isTwice && devices_.front()->cursor() == before)
            co_return true;
    }
    co_return false;
}

QCoro::Task<bool> World::settle()
{
    const bool isSettled = co_await waitUntilSettled();
    if (!isSettled)
        co_return false;
    for (int user = 0; user < options_.users; ++user)
        addDevice(user);
    co_return co_await waitUntilSettled();
}

QCoro::Task<Record> World::finish()
{
    for (const auto &app : apps_)
        co_await app->note();
    record_.database = Database(bed_.conninfo()).read();
    for (const auto &device : devices_)
        device->close();
    apps_.clear();
    co_return std::move(record_);
}

int World::snapshots() const
{
    int count = 0;
    for (const auto &device : devices_)
        count += device->snapshots();
    return count;
}

} // namespace dunlin::chaos
