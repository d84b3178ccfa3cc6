// SPDX-License-Identifier: Apache-2.0
#include "app/configuration.h"

#include "ids/id_generator.h"

#include <CLI/CLI.hpp>
#include <QDir>
#include <QStandardPaths>
#include <toml++/toml.h>

#include <unistd.h>

#include <set>

namespace dunlin::app {
namespace {

/// As written, before it is checked.
struct Raw {
    std::string dataDirectory;
    std::string databaseUrl;
    std::string address = "127.0.0.1";
    int port = 7380;
    int ioThreads = 0;
    int passwordThreads = 1;
    int nodeId = 0;
    std::string serverId = "dunlin-1";
    int heartbeatIntervalMs = 5000;
    std::string user = "dunlin";
    std::vector<std::string> allowedOrigins;
    std::vector<std::string> trustedProxies{"127.0.0.1", "::1"};
    Limits limits;
    std::vector<std::string> exemptAddresses;
    int tokenLifetimeMinutes =
            static_cast<int>(std::chrono::minutes(limits::tokenLifetime).count());
    int retentionDays = 0;
    bool retentionUntilDelivered = false;
    std::string tlsCertificate;
    std::string tlsPrivateKey;
    std::string logLevel = "info";
    std::string logFormat = "text";
    int slowQueryMs = 500;
    std::string metricsToken;
    std::vector<std::string> metricsAllowedAddresses{"127.0.0.0/8", "::1"};
    bool isHealthCheck = false;
};

/// CLI11's own reader knows no nested TOML; this one hands it "section.key" as "--section-key".
class TomlConfig final : public CLI::Config {
public:
    std::string to_config(const CLI::App *, bool, bool, std::string) const override { return {}; }

    std::vector<CLI::ConfigItem> from_config(std::istream &input) const override
    {
        std::vector<CLI::ConfigItem> found;
        try {
            addTable(toml::parse(input), std::string(), found);
        } catch (const toml::parse_error &error) {
            throw CLI::ConfigError("configuration file, line "
                                   + std::to_string(error.source().begin.line) + ": "
                                   + std::string(error.description()));
        }
        return found;
    }

private:
    static std::string textOf(const toml::node &node)
    {
        if (const auto text = node.value<std::string>())
            return *text;
        if (const auto number = node.value<std::int64_t>())
            return std::to_string(*number);
        if (const auto flag = node.value<bool>())
            return *flag ? "true" : "false";
        return {};
    }

    static bool isInEnvironment(std::string name)
    {
        for (char &c : name)
            c = c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        return qEnvironmentVariableIsSet(("DUNLIN_" + name).c_str());
    }

    static void addTable(const toml::table &table, const std::string &prefix,
                         std::vector<CLI::ConfigItem> &found)
    {
        for (const auto &[key, node] : table) {
            std::string name = prefix + std::string(key.str());
            std::replace(name.begin(), name.end(), '_', '-');
            if (const toml::table *inner = node.as_table()) {
                addTable(*inner, name + '-', found);
                continue;
            }
            if (isInEnvironment(name))
                continue; // which wins over the file
            CLI::ConfigItem item;
            item.name = name;
            if (const toml::array *list = node.as_array()) {
                for (const toml::node &element : *list)
                    item.inputs.push_back(textOf(element));
            } else {
                item.inputs.push_back(textOf(node));
            }
            found.push_back(std::move(item));
        }
    }
};

void describeLimits(CLI::App &cli, Raw &raw)
{
    const auto add = [&cli](const char *name, const char *environment, int &value,
                            const char *words) {
        cli.add_option(name, value, words)
                ->envname(environment)
                ->check(CLI::Range(0, 1'000'000))
                ->capture_default_str();
    };
    add("--limits-unauthenticated-per-address", "DUNLIN_LIMITS_UNAUTHENTICATED_PER_ADDRESS",
        raw.limits.unauthenticatedPerAddress,
        "connections of an address that are not signed in; 0, here and below: no limit");
    add("--limits-requests-per-second", "DUNLIN_LIMITS_REQUESTS_PER_SECOND",
        raw.limits.requestsPerSecond, "requests of a device; twice as many after a rest");
    add("--limits-sign-in-failures-per-account", "DUNLIN_LIMITS_SIGN_IN_FAILURES_PER_ACCOUNT",
        raw.limits.signInFailuresPerAccount,
        "wrong passwords for an account from an address before it has to wait");
    add("--limits-sign-in-failures-per-address", "DUNLIN_LIMITS_SIGN_IN_FAILURES_PER_ADDRESS",
        raw.limits.signInFailuresPerAddress,
        "wrong passwords from an address before it has to wait");
    add("--limits-registrations-per-hour", "DUNLIN_LIMITS_REGISTRATIONS_PER_HOUR",
        raw.limits.registrationsPerHour, "accounts an address may make");
    cli.add_option("--limits-exempt-addresses", raw.exemptAddresses,
                   "addresses and networks that no limit by address is for")
            ->envname("DUNLIN_LIMITS_EXEMPT_ADDRESSES")
            ->delimiter(',');
}

void describe(CLI::App &cli, Raw &raw)
{
    cli.set_version_flag("--version", "dunlin-server " DUNLIN_VERSION);
    cli.config_formatter(std::make_shared<TomlConfig>());
    cli.set_config("--config", "",
                   "TOML file; a key such as database.url is written [database] url")
            ->envname("DUNLIN_CONFIG");
    cli.allow_config_extras(CLI::config_extras_mode::error);
    cli.add_option("--data-dir", raw.dataDirectory, "where the private PostgreSQL keeps its data")
            ->envname("DUNLIN_DATA_DIR");
    cli.add_option("--database-url", raw.databaseUrl,
                   "an outside PostgreSQL instead of the private one")
            ->envname("DUNLIN_DATABASE_URL");
    cli.add_option("--address", raw.address, "address to listen on")
            ->envname("DUNLIN_ADDRESS")
            ->capture_default_str();
    cli.add_option("--port", raw.port, "port to listen on; 0 takes a free one")
            ->envname("DUNLIN_PORT")
            ->check(CLI::Range(0, 65535))
            ->capture_default_str();
    cli.add_option("--io-threads", raw.ioThreads, "0: one for each core")
            ->envname("DUNLIN_IO_THREADS")
            ->check(CLI::Range(0, 256))
            ->capture_default_str();
    cli.add_option("--password-threads", raw.passwordThreads,
                   "password hashes at once, 64 MiB each")
            ->envname("DUNLIN_PASSWORD_THREADS")
            ->check(CLI::Range(1, 64))
            ->capture_default_str();
    cli.add_option("--node-id", raw.nodeId, "different for every server of a cluster")
            ->envname("DUNLIN_NODE_ID")
            ->check(CLI::Range(0, IdGenerator::maxNode))
            ->capture_default_str();
    cli.add_option("--server-id", raw.serverId, "this server's name, told to clients")
            ->envname("DUNLIN_SERVER_ID")
            ->capture_default_str();
    cli.add_option("--heartbeat-interval-ms", raw.heartbeatIntervalMs,
                   "how often devices show that they are there")
            ->envname("DUNLIN_HEARTBEAT_INTERVAL_MS")
            ->check(CLI::Range(100, 600'000))
            ->capture_default_str();
    cli.add_option("--user", raw.user, "who to become when started by root")
            ->envname("DUNLIN_USER")
            ->capture_default_str();
    cli.add_option("--allowed-origins", raw.allowedOrigins,
                   "web origins whose pages may connect; none by default")
            ->envname("DUNLIN_ALLOWED_ORIGINS")
            ->delimiter(',');
    cli.add_option("--trusted-proxies", raw.trustedProxies,
                   "addresses and networks of proxies whose X-Forwarded-For is believed")
            ->envname("DUNLIN_TRUSTED_PROXIES")
            ->delimiter(',')
            ->capture_default_str();
    describeLimits(cli, raw);
    cli.add_option("--token-lifetime-minutes", raw.tokenLifetimeMinutes,
                   "how long a device's token works; its refresh token gets it the next")
            ->envname("DUNLIN_TOKEN_LIFETIME_MINUTES")
            ->check(CLI::Range(1, 525'600))
            ->capture_default_str();
    cli.add_option("--retention-days", raw.retentionDays,
                   "remove messages this many days after they were sent, also from devices;"
                   " 0: never")
            ->envname("DUNLIN_RETENTION_DAYS")
            ->check(CLI::Range(0, 36'500))
            ->capture_default_str();
    cli.add_option("--retention-until-delivered", raw.retentionUntilDelivered,
                   "true: remove messages from the server once every device of every member has"
                   " them")
            ->envname("DUNLIN_RETENTION_UNTIL_DELIVERED")
            ->capture_default_str();
    auto *certificate =
            cli.add_option("--tls-certificate", raw.tlsCertificate,
                           "PEM file of the certificate and its chain; read again at SIGHUP")
                    ->envname("DUNLIN_TLS_CERTIFICATE");
    auto *key = cli.add_option("--tls-private-key", raw.tlsPrivateKey,
                               "PEM file of the certificate's key")
                        ->envname("DUNLIN_TLS_PRIVATE_KEY");
    certificate->needs(key);
    key->needs(certificate);
    cli.add_option("--log-level", raw.logLevel, "debug, info, warning or error")
            ->envname("DUNLIN_LOG_LEVEL")
            ->check(CLI::IsMember({"debug", "info", "warning", "error"}))
            ->capture_default_str();
    cli.add_option("--log-format", raw.logFormat, "text or json")
            ->envname("DUNLIN_LOG_FORMAT")
            ->check(CLI::IsMember({"text", "json"}))
            ->capture_default_str();
    cli.add_option("--log-slow-query-ms", raw.slowQueryMs,
                   "log what PostgreSQL takes longer for; 0: nothing")
            ->envname("DUNLIN_LOG_SLOW_QUERY_MS")
            ->check(CLI::Range(0, 3'600'000))
            ->capture_default_str();
    cli.add_option("--metrics-token", raw.metricsToken,
                   "a bearer token that may read /metrics from anywhere")
            ->envname("DUNLIN_METRICS_TOKEN");
    cli.add_option(
               "--metrics-allowed-addresses", raw.metricsAllowedAddresses,
               "addresses or networks that may read /metrics without it; the loopback by default")
            ->envname("DUNLIN_METRICS_ALLOWED_ADDRESSES")
            ->delimiter(',');
    cli.add_flag("--health-check", raw.isHealthCheck,
                 "ask the server that runs with these settings whether it is ready, and exit")
            ->configurable(false);
}

log::Level toLevel(const std::string &name)
{
    return name == "debug"      ? log::Level::Debug
            : name == "warning" ? log::Level::Warning
            : name == "error"   ? log::Level::Error
                                : log::Level::Info;
}

Configuration toConfiguration(const Raw &raw, const QHostAddress &address)
{
    Configuration configuration;
    configuration.dataDirectory = raw.dataDirectory.empty()
            ? defaultDataDirectory(::geteuid() == 0)
            : QDir(QString::fromStdString(raw.dataDirectory)).absolutePath();
    configuration.databaseUrl = raw.databaseUrl;
    configuration.address = address;
    configuration.port = static_cast<quint16>(raw.port);
    configuration.ioThreads = raw.ioThreads;
    configuration.passwordThreads = raw.passwordThreads;
    configuration.nodeId = raw.nodeId;
    configuration.serverId = raw.serverId;
    configuration.heartbeatInterval = std::chrono::milliseconds(raw.heartbeatIntervalMs);
    configuration.user = QString::fromStdString(raw.user);
    for (const std::string &origin : raw.allowedOrigins)
        configuration.allowedOrigins.append(QString::fromStdString(origin));
    configuration.limits = raw.limits;
    configuration.tokenLifetime = std::chrono::minutes(raw.tokenLifetimeMinutes);
    configuration.retention = {.untilDelivered = raw.retentionUntilDelivered,
                               .days = raw.retentionDays};
    configuration.tlsCertificate = QString::fromStdString(raw.tlsCertificate);
    configuration.tlsPrivateKey = QString::fromStdString(raw.tlsPrivateKey);
    configuration.logLevel = toLevel(raw.logLevel);
    configuration.logFormat = raw.logFormat == "json" ? log::Format::Json : log::Format::Text;
    configuration.slowQuery = std::chrono::milliseconds(raw.slowQueryMs);
    configuration.metricsAccess.token = raw.metricsToken;
    return configuration;
}

Result<void> readNetworks(const char *option, const std::vector<std::string> &words,
                          throttle::NetworkList &list)
{
    QStringList all;
    for (const std::string &word : words) {
        if (!word.empty()) // a list in the environment may be empty
            all.append(QString::fromStdString(word));
    }
    auto parsed = throttle::NetworkList::parse(all);
    if (!parsed)
        return failure(parsed.error().code, std::string(option) + ": " + parsed.error().message);
    list = std::move(*parsed);
    return {};
}

/// What counts, after the command line, the environment and the file.
admin::Fields settingsOf(const CLI::App &cli)
{
    const std::set<std::string> secrets{"database-url", "metrics-token"};
    admin::Fields settings;
    for (const CLI::Option *option : cli.get_options()) {
        const std::string name = option->get_single_name();
        if (option->get_envname().empty() || name == "config")
            continue;
        std::string value = option->get_default_str();
        if (option->count() > 0)
            value = CLI::detail::join(option->results(), ",");
        if (secrets.contains(name))
            value = value.empty() ? "none" : "given";
        settings.emplace_back(QString::fromStdString(name), QString::fromStdString(value));
    }
    return settings;
}

} // namespace

QString defaultDataDirectory(bool isRoot)
{
    if (isRoot)
        return QStringLiteral("/var/lib/dunlin-server");
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
            + QLatin1String("/dunlin-server");
}

Invocation readInvocation(int argc, const char *const *argv)
{
    Raw raw;
    CLI::App cli("The server of the Dunlin messenger.", "dunlin-server");
    Invocation invocation;
    describe(cli, raw);
    admin::describe(cli, invocation.command);
    try {
        cli.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        std::ostringstream out;
        invocation.exitCode = cli.exit(error, out, out) == 0 ? 0 : 2;
        invocation.output = out.str();
        return invocation;
    }
    const QHostAddress address(QString::fromStdString(raw.address));
    if (address.isNull()) {
        invocation.exitCode = 2;
        invocation.output = "--address: " + raw.address + " is not an IP address\n";
        return invocation;
    }
    invocation.configuration = toConfiguration(raw, address);
    const auto networks =
            readNetworks("--trusted-proxies", raw.trustedProxies,
                         invocation.configuration.trustedProxies)
                    .and_then([&] {
                        return readNetworks("--limits-exempt-addresses", raw.exemptAddresses,
                                            invocation.configuration.limits.exemptAddresses);
                    })
                    .and_then([&] {
                        return readNetworks("--metrics-allowed-addresses",
                                            raw.metricsAllowedAddresses,
                                            invocation.configuration.metricsAccess.networks);
                    });
    if (!networks) {
        invocation.exitCode = 2;
        invocation.output = networks.error().message + '\n';
        return invocation;
    }
    invocation.settings = settingsOf(cli);
    invocation.isRun = !raw.isHealthCheck && !invocation.command;
    invocation.isHealthCheck = raw.isHealthCheck;
    return invocation;
}

} // namespace dunlin::app
