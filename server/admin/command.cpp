// SPDX-License-Identifier: Apache-2.0
#include "admin/command.h"

#include <CLI/CLI.hpp>

namespace dunlin::admin {
namespace {

/// One command: its words are those of the group, if it has one, and its own.
CLI::App *add(CLI::App *group, const char *name, const char *what, Command &command)
{
    CLI::App *one = group->add_subcommand(name, what);
    one->add_flag("--json", command.isJson, "the answer as JSON")->configurable(false);
    const std::string words =
            group->get_parent() == nullptr ? name : group->get_name() + ' ' + name;
    one->callback([&command, words] { command.words = words; });
    return one;
}

CLI::App *addGroup(CLI::App &cli, const char *name, const char *what)
{
    CLI::App *group = cli.add_subcommand(name, what);
    group->require_subcommand(1);
    return group;
}

CLI::App *addForUser(CLI::App *group, const char *name, const char *what, Command &command)
{
    CLI::App *one = add(group, name, what, command);
    one->add_option("user", command.user, "the user name or the id")
            ->required()
            ->configurable(false);
    return one;
}

void describeUsers(CLI::App &cli, Command &command)
{
    CLI::App *user = addGroup(cli, "user", "accounts");
    addForUser(user, "add", "make an account; its password is read from the standard input",
               command)
            ->add_option("--display-name", command.displayName, "how others see it")
            ->configurable(false);
    CLI::App *list = add(user, "list", "accounts, the oldest first", command);
    list->add_option("--after", command.after, "go on after this id")->configurable(false);
    list->add_option("--limit", command.limit, "how many at most")
            ->check(CLI::Range(1, 1'000'000))
            ->capture_default_str()
            ->configurable(false);
    addForUser(user, "show", "one account", command);
    addForUser(user, "disable", "sign it out everywhere and let nobody sign in", command);
    addForUser(user, "enable", "let people sign in again", command);
    addForUser(user, "reset-password",
               "set the password, read from the standard input, and sign it out everywhere",
               command);
    addForUser(user, "export", "write all of its data to the standard output, as a tar archive",
               command);
    addForUser(user, "delete", "delete the account and erase what it wrote, for good", command)
            ->add_flag("--yes", command.isSure, "do not ask")
            ->configurable(false);
}

void describeDevices(CLI::App &cli, Command &command)
{
    CLI::App *device = addGroup(cli, "device", "devices of an account");
    addForUser(device, "list", "its devices, the one that was active last first", command);
    addForUser(device, "revoke", "sign a device out", command)
            ->add_option("device", command.device, "the device's id")
            ->required()
            ->configurable(false);
}

} // namespace

void describe(CLI::App &cli, Command &command)
{
    // What concerns every command, such as --data-dir, may be written behind it as well.
    cli.fallthrough();
    cli.require_subcommand(0, 1);
    describeUsers(cli, command);
    describeDevices(cli, command);
    add(&cli, "stats", "how much there is", command);
    add(&cli, "gc", "remove what has expired now instead of within the hour", command);
    CLI::App *config = addGroup(cli, "config", "settings");
    add(config, "check", "look at the settings and print what counts", command);
    CLI::App *migrate = addGroup(cli, "migrate", "the database's tables");
    add(migrate, "status", "which steps it has taken, and which the server will take", command);
}

} // namespace dunlin::admin
