// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace dunlin::client {

/// Starts a profile when the user logs in: a file in ~/.config/autostart (Desktop Application
/// Autostart Specification), one for each profile. What the file says is what is so; other programs
/// may change it. Any thread.
class Autostart {
public:
    /// directory: the profile's.
    explicit Autostart(const QString &directory);

    /// False as well when another program has switched the file off.
    [[nodiscard]] bool isEnabled() const;
    [[nodiscard]] bool isMinimised() const;
    /// False when the file cannot be written.
    [[nodiscard]] bool enable(bool isMinimised) const;
    void disable() const;

    [[nodiscard]] QString filePath() const { return m_filePath; }

private:
    [[nodiscard]] QString command(bool isMinimised) const;
    [[nodiscard]] QString valueOf(const QString &key) const;

    QString m_root; ///< Empty: where profiles are unless told otherwise.
    QString m_profile;
    QString m_filePath;
};

/// As an argument of Exec: quoted and escaped where the Desktop Entry Specification wants it.
QString execArgument(const QString &argument);

} // namespace dunlin::client
