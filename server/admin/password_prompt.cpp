// SPDX-License-Identifier: Apache-2.0
#include "admin/password_prompt.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>

namespace dunlin::admin {
namespace {

bool isTerminal()
{
    return ::isatty(STDIN_FILENO) == 1;
}

/// What is typed is not shown while it lives.
class Hidden {
public:
    Hidden()
    {
        ::tcgetattr(STDIN_FILENO, &before_);
        termios hidden = before_;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    ~Hidden()
    {
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
        std::cerr << '\n';
    }
    Hidden(const Hidden &) = delete;
    Hidden &operator=(const Hidden &) = delete;

private:
    termios before_{};
};

std::string readHidden(const char *prompt)
{
    std::cerr << prompt << std::flush;
    const Hidden hidden;
    std::string line;
    std::getline(std::cin, line);
    return line;
}

} // namespace

Result<std::string> readNewPassword()
{
    if (!isTerminal()) {
        std::string line;
        std::getline(std::cin, line);
        if (line.empty())
            return failure(ErrorCode::InvalidArgument,
                           "give the password on the standard input, as one line");
        return line;
    }
    const std::string password = readHidden("New password: ");
    if (readHidden("The same again: ") != password)
        return failure(ErrorCode::InvalidArgument, "the two are not the same");
    return password;
}

bool isConfirmed(const std::string &question, const std::string &name)
{
    if (!isTerminal())
        return false;
    std::cerr << question << ": " << std::flush;
    std::string line;
    std::getline(std::cin, line);
    return line == name;
}

} // namespace dunlin::admin
