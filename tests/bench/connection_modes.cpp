// SPDX-License-Identifier: Apache-2.0
#include "cpu_meter.h"
#include "modes.h"
#include "samples.h"

namespace dunlin::bench {
namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr int signInUsers = 8;
constexpr const char *password = "correct horse";

void waitNs(Run &run, std::int64_t duration)
{
    run.loop.run(clockNs() + duration, [] { return false; });
}

} // namespace

void runIdle(Run &run, QJsonObject &row, int connections)
{
    // The first connections also pay for what is made once.
    const Clients first = connectUsers(run, Bed::firstIdleUser, 50);
    waitNs(run, second / 2);
    CpuMeter meter(run.bed.process());
    const std::int64_t memoryBefore = meter.serverMemory();
    meter.start();
    const std::int64_t begin = clockNs();
    const Clients clients = connectUsers(run, Bed::firstIdleUser + 50, connections);
    row[QStringLiteral("connect_seconds")] = double(clockNs() - begin) / double(second);
    meter.stop(row, connections);
    waitNs(run, second); // requests and their buffers go
    row[QStringLiteral("bytes_per_connection")] =
            double(meter.serverMemory() - memoryBefore) / connections;
}

void runHeartbeats(Run &run, QJsonObject &row, int connections)
{
    Samples samples;
    std::vector<std::int64_t> sentAt(std::size_t(connections), 0);
    std::int64_t answers = 0;
    const Clients clients =
            connectUsers(run, Bed::firstIdleUser, connections,
                         [&](Client &client, const v1::ServerFrame &frame) {
                             if (!frame.has_heartbeat_answer())
                                 return;
                             ++answers;
                             samples.add(clockNs() - sentAt[std::size_t(client.index)]);
                         });
    v1::ClientFrame beat;
    beat.set_request_id(7);
    beat.mutable_heartbeat();
    const std::int64_t interval = second / connections;
    std::int64_t next = clockNs();
    std::size_t turn = 0;
    const auto tick = [&] {
        for (; next <= clockNs(); next += interval) {
            sentAt[turn] = next;
            clients[turn]->send(beat);
            turn = (turn + 1) % clients.size();
        }
        return next;
    };
    const auto never = [] { return false; };
    run.loop.run(clockNs() + second, never, tick);
    CpuMeter meter(run.bed.process());
    meter.start();
    samples.clear();
    answers = 0;
    const std::int64_t begin = clockNs();
    run.loop.run(begin + std::int64_t(run.seconds * double(second)), never, tick);
    const double elapsed = double(clockNs() - begin) / double(second);
    meter.stop(row, answers);
    row[QStringLiteral("heartbeats_per_second")] = double(answers) / elapsed;
    row[QStringLiteral("p50_ms")] = samples.percentileMs(0.5);
    row[QStringLiteral("p99_ms")] = samples.percentileMs(0.99);
}

void runSignIns(Run &run, QJsonObject &row)
{
    // With the real password hash, each user on a connection of its own.
    static int round = 0;
    ++round;
    Clients clients;
    std::vector<std::string> names;
    for (int i = 0; i < signInUsers; ++i) {
        clients.push_back(std::make_unique<Client>(run.loop));
        clients.back()->connect(run.bed.port(), [](Client &, const v1::ServerFrame &) {});
        run.loop.run(clockNs() + 10 * second, [&] { return clients.back()->isOpen(); });
        names.push_back("signer" + std::to_string(round) + "x" + std::to_string(i));
        v1::ClientFrame request;
        request.mutable_register_account()->set_user_name(names.back());
        request.mutable_register_account()->set_password(password);
        request.mutable_register_account()->set_device_name("bench");
        if (!ask(run, *clients.back(), request).has_signed_in())
            die(QString::asprintf("cannot register %s", names.back().c_str()));
    }
    Samples samples;
    std::vector<std::int64_t> sentAt(clients.size(), 0);
    // Signing in and out in turn keeps the account's devices few.
    const auto send = [&](Client &client, bool signIn) {
        v1::ClientFrame request;
        request.set_request_id(9);
        if (signIn) {
            request.mutable_sign_in()->set_user_name(names[std::size_t(client.index)]);
            request.mutable_sign_in()->set_password(password);
            request.mutable_sign_in()->set_device_name("bench");
            sentAt[std::size_t(client.index)] = clockNs();
        } else {
            request.mutable_sign_out();
        }
        client.send(request);
    };
    for (std::size_t i = 0; i < clients.size(); ++i) {
        clients[i]->index = int(i);
        clients[i]->setOnFrame([&](Client &client, const v1::ServerFrame &frame) {
            if (frame.has_signed_in())
                samples.add(clockNs() - sentAt[std::size_t(client.index)]);
            if (frame.has_signed_in() || frame.has_done())
                send(client, frame.has_done());
        });
        send(*clients[i], false);
    }
    CpuMeter meter(run.bed.process());
    meter.start();
    const std::int64_t begin = clockNs();
    run.loop.run(begin + std::int64_t(run.seconds * double(second)), [] { return false; });
    row[QStringLiteral("sign_ins_per_second")] =
            double(samples.count()) / (double(clockNs() - begin) / double(second));
    meter.stop(row);
    row[QStringLiteral("p50_ms")] = samples.percentileMs(0.5);
    row[QStringLiteral("p99_ms")] = samples.percentileMs(0.99);
}

void runPresence(Run &run, QJsonObject &row)
{
    int told = 0;
    int toldGone = 0;
    Clients followers = connectUsers(run, Bed::firstFollower, Bed::followers);
    for (const auto &follower : followers) {
        v1::ClientFrame request;
        request.mutable_subscribe_presence()->add_user_ids(Bed::userId(Bed::presenceUser));
        if (!ask(run, *follower, request).has_presence_list())
            die(QString::asprintf("presence is refused"));
        follower->setOnFrame([&](Client &, const v1::ServerFrame &frame) {
            if (frame.has_presence())
                ++(frame.presence().is_online() ? told : toldGone);
        });
    }
    Samples samples;
    const std::int64_t end = clockNs() + std::int64_t(run.seconds * double(second));
    const auto waitForAll = [&](const int &count) {
        if (!run.loop.run(clockNs() + 5 * second, [&] { return count == Bed::followers; }))
            die(QString::asprintf("%d of %d followers were told", count, Bed::followers));
    };
    while (clockNs() < end) {
        told = toldGone = 0;
        const std::int64_t begin = clockNs();
        Clients comer = connectUsers(run, Bed::presenceUser, 1);
        waitForAll(told);
        samples.add(clockNs() - begin);
        comer.clear();
        // Coming again before the server has seen the last one go is no news to anyone.
        waitForAll(toldGone);
    }
    row[QStringLiteral("p50_ms")] = samples.percentileMs(0.5);
    row[QStringLiteral("p99_ms")] = samples.percentileMs(0.99);
}

} // namespace dunlin::bench
