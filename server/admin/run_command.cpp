// SPDX-License-Identifier: Apache-2.0
#include "admin/run_command.h"

#include "admin/commands.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <iostream>
#include <map>

namespace dunlin::admin {
namespace {

using Handler = Reply (*)(Workplace &, Command);

const std::map<std::string_view, Handler> &handlers()
{
    static const std::map<std::string_view, Handler> all{
            {"user add", addUser},        {"user list", listUsers},
            {"user show", showUser},      {"user disable", disableUser},
            {"user enable", enableUser},  {"user reset-password", resetPassword},
            {"user export", exportUser},  {"user delete", deleteUser},
            {"device list", listDevices}, {"device revoke", revokeDevice},
            {"stats", showStatistics},    {"gc", collectGarbage},
    };
    return all;
}

Result<Report> answer(Workplace &workplace, const Command &command, const Fields &settings)
{
    if (command.words == "config check") {
        Report report;
        report.rows.push_back(settings);
        return report;
    }
    if (command.words == "migrate status")
        return showMigrations(workplace);
    const auto handler = handlers().find(command.words);
    if (handler == handlers().end())
        return failure(ErrorCode::Unimplemented, "there is no command " + command.words);
    if (auto opened = workplace.open(); !opened)
        return tl::unexpected(opened.error());
    return QCoro::waitFor(handler->second(workplace, command));
}

ExitCode exitCodeOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::UserNotFound:
    case ErrorCode::DeviceNotFound:
        return ExitCode::NotFound;
    case ErrorCode::InvalidArgument:
        return ExitCode::Mistake;
    case ErrorCode::UserNameTaken:
    case ErrorCode::InvalidUserName:
    case ErrorCode::PasswordTooShort:
    case ErrorCode::PasswordTooLong:
    case ErrorCode::DisplayNameTooLong:
    case ErrorCode::InvalidUtf8:
        return ExitCode::Refused;
    default:
        return ExitCode::Failed;
    }
}

std::string toText(const Error &error, bool isJson)
{
    if (!isJson)
        return "dunlin-server: " + error.message + '\n';
    const QJsonObject body{
            {QStringLiteral("code"), QString::fromUtf8(toWireName(error.code).data())},
            {QStringLiteral("message"), QString::fromStdString(error.message)}};
    return QJsonDocument(QJsonObject{{QStringLiteral("error"), body}})
                   .toJson(QJsonDocument::Compact)
                   .toStdString()
            + '\n';
}

} // namespace

int runCommand(const Command &command, Place place, const Fields &settings)
{
    Workplace workplace(std::move(place));
    const auto report = answer(workplace, command, settings);
    if (!report) {
        std::cerr << toText(report.error(), command.isJson) << std::flush;
        return static_cast<int>(exitCodeOf(report.error().code));
    }
    std::ostream &out = report->isAside ? std::cerr : std::cout;
    out << (command.isJson ? toJson(*report) : toText(*report)) << std::flush;
    return static_cast<int>(ExitCode::Done);
}

} // namespace dunlin::admin
