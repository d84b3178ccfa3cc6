// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace dunlin::test {

/// A desktop's session of its own: a message bus, a home, and what is started in it. Ends with its
/// owner.
class DesktopSession {
public:
    enum class Bus {
        Running, ///< Only what is started here answers.
        Activating, ///< It also starts what this machine has installed.
        None
    };

    explicit DesktopSession(Bus bus = Bus::Running);
    ~DesktopSession();
    DesktopSession(const DesktopSession &) = delete;
    DesktopSession &operator=(const DesktopSession &) = delete;

    [[nodiscard]] QString home() const { return directory_.filePath(QStringLiteral("home")); }
    /// Where the bus is; empty without one.
    [[nodiscard]] QString address() const { return address_; }
    /// What a program of this session is started with.
    [[nodiscard]] QProcessEnvironment environment() const;
    /// Gives the variables to this process. Before it has spoken to a bus.
    void adopt() const;

    /// Goes on until the session ends.
    QProcess *start(const QString &program, const QStringList &arguments,
                    const QByteArray &input = {});
    /// Waits for its end, and gives what it has written; stands for errors as well.
    QString run(const QString &program, const QStringList &arguments) const;
    /// Waits until somebody has this name on the bus.
    [[nodiscard]] bool waitForName(const QString &name) const;

private:
    QTemporaryDir directory_;
    QString address_;
    std::vector<std::unique_ptr<QProcess>> processes_; ///< The bus first.
};

} // namespace dunlin::test
