// SPDX-License-Identifier: Apache-2.0
#include "cpu_meter.h"

#include "loop.h"

#include <QDir>
#include <QFile>

#include <sys/resource.h>
#include <unistd.h>

#include <map>
#include <set>

namespace dunlin::bench {
namespace {

/// The fields of /proc/PID/stat behind the name, which may hold spaces: [0] is the state.
QList<QByteArray> statOf(pid_t process)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray line = file.readAll();
    return line.mid(line.lastIndexOf(')') + 2).split(' ');
}

double secondsOf(pid_t process)
{
    const auto fields = statOf(process);
    if (fields.size() < 13)
        return 0;
    // utime and stime, fields 14 and 15 of proc(5).
    return (fields[11].toDouble() + fields[12].toDouble()) / double(::sysconf(_SC_CLK_TCK));
}

double seconds(const timeval &time)
{
    return double(time.tv_sec) + double(time.tv_usec) / 1e6;
}

} // namespace

CpuMeter::CpuMeter(pid_t server) : server_(server) { }

std::vector<pid_t> CpuMeter::postgres() const
{
    std::multimap<pid_t, pid_t> children;
    const QStringList names = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (const QString &name : names) {
        const auto process = static_cast<pid_t>(name.toInt());
        const auto fields = process > 0 ? statOf(process) : QList<QByteArray>();
        if (fields.size() > 1)
            children.emplace(static_cast<pid_t>(fields[1].toInt()), process);
    }
    std::vector<pid_t> found;
    std::vector<pid_t> open{server_};
    while (!open.empty()) {
        const auto [begin, end] = children.equal_range(open.back());
        open.pop_back();
        for (auto child = begin; child != end; ++child) {
            found.push_back(child->second);
            open.push_back(child->second);
        }
    }
    return found;
}

CpuMeter::Times CpuMeter::read() const
{
    Times times;
    times.server = secondsOf(server_);
    for (const pid_t process : postgres())
        times.postgres += secondsOf(process);
    rusage own{};
    ::getrusage(RUSAGE_SELF, &own);
    times.generator = seconds(own.ru_utime) + seconds(own.ru_stime);
    return times;
}

void CpuMeter::start()
{
    begin_ = read();
    beginNs_ = clockNs();
}

void CpuMeter::stop(QJsonObject &row, std::int64_t operations)
{
    const double elapsed = double(clockNs() - beginNs_) / 1e9;
    const Times end = read();
    row[QStringLiteral("server_cores")] = (end.server - begin_.server) / elapsed;
    row[QStringLiteral("postgres_cores")] = (end.postgres - begin_.postgres) / elapsed;
    row[QStringLiteral("generator_cores")] = (end.generator - begin_.generator) / elapsed;
    if (operations <= 0)
        return;
    row[QStringLiteral("server_us")] = (end.server - begin_.server) * 1e6 / double(operations);
    row[QStringLiteral("postgres_us")] =
            (end.postgres - begin_.postgres) * 1e6 / double(operations);
}

std::int64_t CpuMeter::serverMemory() const
{
    QFile file(QStringLiteral("/proc/%1/statm").arg(server_));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE);
}

} // namespace dunlin::bench
