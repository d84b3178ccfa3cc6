// SPDX-License-Identifier: Apache-2.0
#include "keychain_token_store.h"

#include "secret_service.h"

#include <QCoroSignal>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QSettings>

#include <qt6keychain/keychain.h>

namespace dunlin::client {
namespace {

const QString service = QStringLiteral("dunlin");
const QString keySetting = QStringLiteral("session/keychainKey");
const QString placeSetting = QStringLiteral("session/place");
const QString fileChoice = QStringLiteral("file");

/// A job deletes itself while it still tells that it is finished; this one goes later.
template <typename Job> std::shared_ptr<Job> jobFor(const QString &key)
{
    const std::shared_ptr<Job> job(new Job(service), [](Job *ended) { ended->deleteLater(); });
    job->setAutoDelete(false);
    job->setKey(key);
    return job;
}

QCoro::Task<void> run(std::shared_ptr<QKeychain::Job> job)
{
    job->start();
    co_await qCoro(job.get(), &QKeychain::Job::finished);
}

/// What is in the way, in words the interface can use.
QCoro::Task<TokenProblem> problemNow(QKeychain::Error error)
{
    if (error == QKeychain::AccessDeniedByUser)
        co_return TokenProblem::Locked;
    const auto state = co_await secretServiceState();
    if (state == SecretServiceState::Locked)
        co_return TokenProblem::Locked;
    if (state == SecretServiceState::Absent)
        co_return TokenProblem::NoKeychain;
    co_return TokenProblem::Refused;
}

QCoro::Task<TokenResult<void>> write(QString key, QString token)
{
    const auto job = jobFor<QKeychain::WritePasswordJob>(key);
    job->setTextData(token);
    co_await run(job);
    if (job->error() != QKeychain::NoError) {
        const auto problem = co_await problemNow(job->error());
        co_return tl::unexpected(problem);
    }
    co_return TokenResult<void>();
}

/// Empty when there is no such entry.
QCoro::Task<TokenResult<QString>> read(QString key)
{
    const auto job = jobFor<QKeychain::ReadPasswordJob>(key);
    co_await run(job);
    if (job->error() == QKeychain::NoError)
        co_return job->textData();
    const auto problem = co_await problemNow(job->error());
    // A locked keychain finds nothing either; an open one is believed.
    if (job->error() == QKeychain::EntryNotFound && problem == TokenProblem::Refused)
        co_return QString();
    co_return tl::unexpected(problem);
}

QCoro::Task<void> remove(QString key)
{
    const auto job = jobFor<QKeychain::DeletePasswordJob>(key);
    co_await run(job);
}

} // namespace

/// What is kept of one profile: its settings, and its file.
struct KeychainTokenStore::Profile {
    explicit Profile(const QString &directory)
        : name(QFileInfo(directory).fileName()),
          settings(directory + QLatin1String("/settings.ini"), QSettings::IniFormat),
          file(directory + QLatin1String("/token"))
    { }

    /// Of the entry; empty when there has been none.
    [[nodiscard]] QString key() const { return settings.value(keySetting).toString(); }
    QString keyMade()
    {
        if (key().isEmpty()) {
            const QString digits = QString::number(QRandomGenerator::system()->generate64(), 16);
            settings.setValue(keySetting, QString(name + QLatin1Char('-') + digits));
        }
        return key();
    }
    [[nodiscard]] bool isFileChosen() const
    {
        return settings.value(placeSetting).toString() == fileChoice;
    }

    const QString name;
    QSettings settings;
    FileTokenStore file;
};

KeychainTokenStore::KeychainTokenStore(QString directory)
    : m_profile(std::make_shared<Profile>(directory))
{ }

KeychainTokenStore::~KeychainTokenStore() = default;

TokenPlace KeychainTokenStore::place() const
{
    const bool isFile = m_profile->isFileChosen() || !m_profile->file.read().isEmpty();
    return isFile ? TokenPlace::File : TokenPlace::Keychain;
}

void KeychainTokenStore::choose(TokenPlace place)
{
    if (place == TokenPlace::File)
        m_profile->settings.setValue(placeSetting, fileChoice);
    else
        m_profile->settings.remove(placeSetting);
}

QCoro::Task<TokenResult<QString>> KeychainTokenStore::load()
{
    const auto profile = m_profile;
    const QString inFile = profile->file.read();
    if (profile->isFileChosen())
        co_return inFile;
    if (!inFile.isEmpty()) {
        migrate(profile, inFile); // nobody waits for a keychain that asks first
        co_return inFile;
    }
    if (profile->key().isEmpty())
        co_return QString();
    co_return co_await read(profile->key());
}

QCoro::Task<void> KeychainTokenStore::migrate(std::shared_ptr<Profile> profile, QString token)
{
    const auto saved = co_await saveInKeychain(profile, token);
    if (!saved)
        co_return;
    // Meanwhile the user may have signed out, or somebody else in.
    if (profile->file.read() != token) {
        co_await remove(profile->key());
        co_return;
    }
    profile->file.remove();
}

QCoro::Task<TokenResult<void>> KeychainTokenStore::saveInKeychain(std::shared_ptr<Profile> profile,
                                                                  QString token)
{
    return write(profile->keyMade(), token);
}

QCoro::Task<TokenResult<void>> KeychainTokenStore::save(QString token)
{
    const auto profile = m_profile;
    if (profile->isFileChosen()) {
        const auto written = profile->file.write(token);
        if (written && !profile->key().isEmpty())
            co_await remove(profile->key());
        co_return written;
    }
    const auto saved = co_await saveInKeychain(profile, token);
    if (saved)
        profile->file.remove();
    co_return saved;
}

QCoro::Task<void> KeychainTokenStore::clear()
{
    const auto profile = m_profile;
    profile->file.remove();
    const QString key = profile->key();
    if (key.isEmpty())
        co_return;
    profile->settings.remove(keySetting);
    co_await remove(key);
}

QCoro::Task<TokenResult<void>> KeychainTokenStore::prepare()
{
    const auto profile = m_profile;
    if (profile->isFileChosen())
        co_return TokenResult<void>();
    // Only writing tells whether writing works; beside the key, whose entry may be in use.
    const QString trial = profile->keyMade() + QLatin1String("-trial");
    const QString nothing = QStringLiteral("-");
    const auto written = co_await write(trial, nothing);
    if (written)
        co_await remove(trial);
    co_return written;
}

} // namespace dunlin::client
