// SPDX-License-Identifier: Apache-2.0
#include "admin/commands.h"

#include "admin/password_prompt.h"
#include "data_rights/account_export.h"

#include <QDateTime>
#include <QFile>

#include <unistd.h>

namespace dunlin::admin {
namespace {

Fields fieldsOf(const accounts::Account &account)
{
    return {{QStringLiteral("userId"), number(account.user.id.value)},
            {QStringLiteral("userName"), QString::fromStdString(account.user.userName)},
            {QStringLiteral("displayName"), QString::fromStdString(account.user.displayName)},
            {QStringLiteral("createdAt"), time(account.createdAtMs)},
            {QStringLiteral("lastSeenAt"), time(account.lastSeenAtMs)},
            {QStringLiteral("devices"), number(account.devices)},
            {QStringLiteral("conversations"), number(account.conversations)},
            {QStringLiteral("blobBytes"), number(account.blobBytes)},
            {QStringLiteral("disabledAt"), time(account.disabledAtMs)},
            {QStringLiteral("deletedAt"), time(account.deletedAtMs)}};
}

Report one(Fields fields)
{
    Report report;
    report.rows.push_back(std::move(fields));
    return report;
}

/// As it is after the change.
Reply show(Workplace &workplace, UserId user)
{
    const auto account = co_await workplace.accountAdmin().show(user);
    if (!account)
        co_return tl::unexpected(account.error());
    co_return one(fieldsOf(*account));
}

} // namespace

Reply addUser(Workplace &workplace, Command command)
{
    auto password = readNewPassword();
    if (!password)
        co_return tl::unexpected(password.error());
    accounts::Registration registration{.userName = command.user,
                                        .displayName = command.displayName,
                                        .password = std::move(*password),
                                        .deviceName = {}};
    const auto user = co_await workplace.accounts().addAccount(std::move(registration));
    if (!user)
        co_return tl::unexpected(user.error());
    co_return co_await show(workplace, user->id);
}

Reply listUsers(Workplace &workplace, Command command)
{
    UserId after;
    if (!command.after.empty()) {
        const auto id = parsePositiveId(command.after);
        if (!id)
            co_return failure(ErrorCode::InvalidArgument, "--after takes an id");
        after = UserId{*id};
    }
    const auto accounts = co_await workplace.accountAdmin().list(after, command.limit);
    if (!accounts)
        co_return tl::unexpected(accounts.error());
    Report report{.isList = true};
    for (const accounts::Account &account : *accounts)
        report.rows.push_back(fieldsOf(account));
    co_return report;
}

Reply showUser(Workplace &workplace, Command command)
{
    const auto user = co_await workplace.accountAdmin().find(command.user);
    if (!user)
        co_return tl::unexpected(user.error());
    co_return co_await show(workplace, *user);
}

Reply disableUser(Workplace &workplace, Command command)
{
    const auto user = co_await workplace.accountAdmin().find(command.user);
    if (!user)
        co_return tl::unexpected(user.error());
    const auto done = co_await workplace.accountAdmin().disable(*user);
    if (!done)
        co_return tl::unexpected(done.error());
    co_return co_await show(workplace, *user);
}

Reply enableUser(Workplace &workplace, Command command)
{
    const auto user = co_await workplace.accountAdmin().find(command.user);
    if (!user)
        co_return tl::unexpected(user.error());
    const auto done = co_await workplace.accountAdmin().enable(*user);
    if (!done)
        co_return tl::unexpected(done.error());
    co_return co_await show(workplace, *user);
}

Reply resetPassword(Workplace &workplace, Command command)
{
    const auto user = co_await workplace.accountAdmin().find(command.user);
    if (!user)
        co_return tl::unexpected(user.error());
    auto password = readNewPassword();
    if (!password)
        co_return tl::unexpected(password.error());
    const auto done = co_await workplace.accountAdmin().resetPassword(*user, std::move(*password));
    if (!done)
        co_return tl::unexpected(done.error());
    co_return co_await show(workplace, *user);
}

Reply exportUser(Workplace &workplace, Command command)
{
    const auto user = co_await workplace.accountAdmin().find(command.user);
    if (!user)
        co_return tl::unexpected(user.error());
    if (::isatty(STDOUT_FILENO) == 1) {
        co_return failure(
                ErrorCode::InvalidArgument,
                "the archive goes to the standard output: write \"> FILE.tar\" behind it");
    }
    if (const auto opened = workplace.openBlobs(); !opened)
        co_return tl::unexpected(opened.error());
    QFile output;
    if (!output.open(STDOUT_FILENO, QIODevice::WriteOnly | QIODevice::Unbuffered))
        co_return failure(ErrorCode::StorageFull, "the standard output cannot be written to");
    data_rights::TarWriter archive(output, QDateTime::currentMSecsSinceEpoch());
    data_rights::AccountExport copy(workplace.database(), workplace.blobs(), archive);
    const auto exported = co_await copy.write(*user);
    if (!exported)
        co_return tl::unexpected(exported.error());
    Report report = one({{QStringLiteral("userId"), number(user->value)},
                         {QStringLiteral("conversations"), number(exported->conversations)},
                         {QStringLiteral("messages"), number(exported->messages)},
                         {QStringLiteral("pictures"), number(exported->pictures)}});
    report.isAside = true;
    co_return report;
}

Reply deleteUser(Workplace &workplace, Command command)
{
    const auto user = co_await workplace.accountAdmin().find(command.user);
    if (!user)
        co_return tl::unexpected(user.error());
    const auto account = co_await workplace.accountAdmin().show(*user);
    if (!account)
        co_return tl::unexpected(account.error());
    const bool isMarked = account->deletedAtMs != 0; // and maybe not erased
    if (!isMarked && !command.isSure
        && !isConfirmed("This cannot be undone. Write \"" + account->user.userName
                                + "\" to delete the account",
                        account->user.userName)) {
        co_return failure(ErrorCode::InvalidArgument, "not deleted; --yes does not ask");
    }
    if (const auto opened = workplace.openBlobs(); !opened)
        co_return tl::unexpected(opened.error());
    if (!isMarked) {
        const auto marked = co_await workplace.deletion().markDeleted(*user);
        if (!marked)
            co_return tl::unexpected(marked.error());
    }
    const auto erased = co_await workplace.deletion().erase(*user);
    if (!erased)
        co_return tl::unexpected(erased.error());
    co_return one({{QStringLiteral("userId"), number(user->value)},
                   {QStringLiteral("messagesErased"), number(erased->messages)},
                   {QStringLiteral("blobsRemoved"), number(erased->blobs)},
                   {QStringLiteral("updatesRemoved"), number(erased->updates)}});
}

Reply listDevices(Workplace &workplace, Command command)
{
    const auto user = co_await workplace.accountAdmin().find(command.user);
    if (!user)
        co_return tl::unexpected(user.error());
    const auto devices = co_await workplace.accounts().devices(*user);
    if (!devices)
        co_return tl::unexpected(devices.error());
    Report report{.isList = true};
    for (const accounts::DeviceInfo &device : *devices) {
        report.rows.push_back({{QStringLiteral("deviceId"), number(device.id.value)},
                               {QStringLiteral("name"), QString::fromStdString(device.name)},
                               {QStringLiteral("createdAt"), time(device.createdAtMs)},
                               {QStringLiteral("lastActiveAt"), time(device.lastActiveAtMs)}});
    }
    co_return report;
}

Reply revokeDevice(Workplace &workplace, Command command)
{
    const auto device = parsePositiveId(command.device);
    if (!device)
        co_return failure(ErrorCode::InvalidArgument, "the device's id is a number");
    const auto user = co_await workplace.accountAdmin().find(command.user);
    if (!user)
        co_return tl::unexpected(user.error());
    const auto revoked = co_await workplace.accounts().revokeDevice(*user, DeviceId{*device});
    if (!revoked)
        co_return tl::unexpected(revoked.error());
    co_return one({{QStringLiteral("userId"), number(user->value)},
                   {QStringLiteral("deviceId"), number(*device)},
                   {QStringLiteral("isRevoked"), true}});
}

} // namespace dunlin::admin
