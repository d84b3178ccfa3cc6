// SPDX-License-Identifier: Apache-2.0
#include "app_controller.h"

#include "dunlin/validation.h"
#include "server_url.h"
#include "texts.h"

#include <QCoroFuture>
#include <QPointer>
#include <QSysInfo>
#include <QtConcurrentRun>

namespace dunlin::client {
namespace {

using namespace std::chrono_literals;

constexpr auto noticeDuration = 5s;
/// A link that is back within this time was never gone, for the user.
constexpr auto connectionTextDelay = 700ms;

QString deviceName()
{
    return QSysInfo::machineHostName() + QLatin1String(" (") + QSysInfo::prettyProductName()
            + QLatin1Char(')');
}

} // namespace

AppController::AppController(const QString &directory, const QString &server, ConnectionTimes times,
                             std::unique_ptr<TokenStore> tokens, QObject *parent)
    : QObject(parent), m_settings(directory + QLatin1String("/settings.ini"), QSettings::IniFormat),
      m_language(m_settings), m_client(directory, times, std::move(tokens)),
      m_conversations(m_client), m_conversation(m_client), m_search(m_client, m_conversations),
      m_devices(m_client), m_keychain(m_client), m_signingOut(m_client), m_deletion(m_client),
      m_links(m_client), m_appearance(m_settings), m_emoji(m_settings), m_privacy(m_client),
      m_storage(m_client)
{
    m_serverText =
            server.isEmpty() ? m_settings.value(QStringLiteral("server")).toString() : server;
    m_theme = static_cast<ThemeChoice>(m_settings.value(QStringLiteral("theme"), 0).toInt());
    m_emoji.setLanguage(m_language.code());
    m_noticeTimer.setSingleShot(true);
    connect(&m_noticeTimer, &QTimer::timeout, this, [this] { showNotice({}); });
    m_connectionTextTimer.setSingleShot(true);
    connect(&m_connectionTextTimer, &QTimer::timeout, this, [this] {
        m_isConnectionTextDue = true;
        Q_EMIT connectionTextChanged();
    });
    connect(&m_client.connection(), &Connection::stateChanged, this, [this](ConnectionState state) {
        if (state == ConnectionState::Online) {
            m_connectionTextTimer.stop();
            m_isConnectionTextDue = false;
        } else if (!m_isConnectionTextDue && !m_connectionTextTimer.isActive()) {
            m_connectionTextTimer.start(connectionTextDelay);
        }
        Q_EMIT connectionTextChanged();
    });
    connect(&m_client.connection(), &Connection::serverDistrustedChanged, this,
            &AppController::connectionTextChanged);
    connect(&m_client.store(), &LocalStore::rebuilt, this, &AppController::onStoreRebuilt);
    connect(&m_client.session(), &Session::signedIn, this, &AppController::onSignedIn);
    connect(&m_client.session(), &Session::signedOut, this, &AppController::onSignedOut);
    connect(&m_client.session(), &Session::selfChanged, this, &AppController::selfChanged);
    connect(&m_conversation, &ConversationController::failed, this, &AppController::showNotice);
    // At once, not when the window closes: a session that is ended from outside closes nothing.
    connect(&m_conversation, &ConversationController::opened, this,
            [this] { remember(QStringLiteral("conversation"), m_conversation.conversationId()); });
    connect(&m_conversations, &ConversationListModel::failed, this, &AppController::showNotice);
    connect(&m_signingOut, &SignOutController::confirmed, &m_conversation,
            &ConversationController::flushDraft);
    connect(&m_signingOut, &SignOutController::told, this, &AppController::showNotice);
    connect(&m_deletion, &DeleteAccountController::told, this, &AppController::showNotice);
    connect(&m_language, &LanguageController::changed, this, &AppController::onLanguageChanged);
    connect(&m_links, &LinkOpener::failed, this, &AppController::showNotice);
    connect(&m_links, &LinkOpener::personFound, this, &AppController::open);
    connect(&m_links, &LinkOpener::conversationFound, this,
            [this](ConversationId id) { m_conversation.open(QString::number(id.value)); });
}

AppController::~AppController()
{
    m_conversation.flushDraft();
    // What the client still tells while it ends is for nobody: half of this object is gone then.
    m_client.connection().disconnect(this);
    m_client.session().disconnect(this);
    m_client.store().disconnect(this);
}

void AppController::start()
{
    restore();
}

QCoro::Task<void> AppController::restore()
{
    const QPointer<AppController> guard(this);
    const auto restored = co_await m_client.start();
    if (!guard)
        co_return;
    m_keychain.noteRestore();
    if (!restored)
        setState(Broken);
    else if (!*restored)
        setState(SignedOut);
}

void AppController::restoreAgain()
{
    if (!m_isBusy)
        restoreSession();
}

QCoro::Task<void> AppController::restoreSession()
{
    const QPointer<AppController> guard(this);
    m_isBusy = true;
    Q_EMIT entryChanged();
    co_await m_client.session().restore();
    if (!guard)
        co_return;
    m_isBusy = false;
    m_keychain.noteRestore();
    Q_EMIT entryChanged();
}

void AppController::onStoreRebuilt()
{
    m_storeText = tr("The copy of your messages on this computer was damaged. It is being loaded "
                     "from the server again.");
    m_conversation.close(); // of what is shown nothing may be there yet
    m_conversations.reload();
    Q_EMIT storeTextChanged();
}

/// What is shown is worded anew; what was only told is not told again.
void AppController::onLanguageChanged()
{
    clearErrors();
    showNotice({});
    for (QAbstractItemModel *model : std::initializer_list<QAbstractItemModel *>{
                 &m_conversations, m_conversation.messages(), &m_search, &m_devices}) {
        const int count = model->rowCount();
        if (count > 0)
            Q_EMIT model->dataChanged(model->index(0, 0), model->index(count - 1, 0));
    }
    m_conversation.retranslate();
    m_emoji.setLanguage(m_language.code());
    m_storage.reload();
    Q_EMIT connectionTextChanged();
}

void AppController::dismissStoreText()
{
    m_storeText.clear();
    Q_EMIT storeTextChanged();
}

void AppController::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

QString AppController::connectionText() const
{
    if (m_state != SignedIn || !m_isConnectionTextDue)
        return {};
    const ConnectionState state = m_client.connection().state();
    // There is no way around it, only what may put it right.
    if (state != ConnectionState::Online && m_client.connection().isServerDistrusted()) {
        return tr("The server could not prove that it is yours, so Dunlin does not connect to it. "
                  "In a public network, sign in to the network first. Otherwise ask whoever runs "
                  "the server about its certificate.");
    }
    switch (state) {
    case ConnectionState::Online:
        return {};
    case ConnectionState::Connecting:
        return tr("Connecting...");
    case ConnectionState::Offline:
        break;
    }
    return tr("Offline. Messages will be sent when you are back.");
}

QString AppController::selfName() const
{
    return shownName(m_client.session().self());
}

QString AppController::selfUserName() const
{
    return m_client.session().self().userName;
}

QString AppController::selfAbout() const
{
    return m_client.session().self().about;
}

QString AppController::selfInitials() const
{
    return initialsOf(selfName());
}

int AppController::selfColorIndex() const
{
    return colorIndexOf(m_client.session().self());
}

QString AppController::selfAvatarBlobId() const
{
    return m_client.session().self().avatarBlobId;
}

void AppController::setTheme(ThemeChoice theme)
{
    if (m_theme == theme)
        return;
    m_theme = theme;
    m_settings.setValue(QStringLiteral("theme"), int(theme));
    Q_EMIT themeChanged();
}

void AppController::createAccount(const QString &server, const QString &userName,
                                  const QString &displayName, const QString &password)
{
    enter(true, server, userName, displayName, password);
}

void AppController::signIn(const QString &server, const QString &userName, const QString &password)
{
    enter(false, server, userName, {}, password);
}

void AppController::clearErrors()
{
    m_serverError.clear();
    m_userNameError.clear();
    m_displayNameError.clear();
    m_passwordError.clear();
    Q_EMIT entryChanged();
}

QCoro::Task<void> AppController::enter(bool isNew, QString server, QString userName,
                                       QString displayName, QString password)
{
    if (m_isBusy)
        co_return;
    clearErrors();
    const QUrl url = serverUrlFromText(server);
    if (url.isEmpty())
        m_serverError = tr("Enter the address of a server, such as chat.example.org.");
    const auto name = validation::normalizedUserName(userName.toStdString());
    if (userName.trimmed().isEmpty())
        m_userNameError = tr("Enter a user name.");
    else if (isNew && !name)
        m_userNameError = errorText(name.error().code);
    const auto checked = validation::checkPassword(password.toStdString());
    if (password.isEmpty())
        m_passwordError = tr("Enter a password.");
    else if (isNew && !checked)
        m_passwordError = errorText(checked.error().code);
    const bool isFine =
            m_serverError.isEmpty() && m_userNameError.isEmpty() && m_passwordError.isEmpty();
    m_isBusy = isFine;
    Q_EMIT entryChanged();
    if (!isFine)
        co_return;

    const QPointer<AppController> guard(this);
    const bool canKeepToken = co_await m_keychain.prepare();
    if (!guard)
        co_return;
    if (!canKeepToken) {
        m_isBusy = false;
        Q_EMIT entryChanged();
        co_return;
    }
    const QString device = deviceName();
    Result<void> done;
    if (isNew)
        done = co_await m_client.session().registerAccount(url, userName, displayName, password,
                                                           device);
    else
        done = co_await m_client.session().signIn(url, userName, password, device);
    if (!guard)
        co_return;
    m_isBusy = false;
    if (done) {
        m_serverText = textFromServerUrl(url);
        m_settings.setValue(QStringLiteral("server"), m_serverText);
        remember(QStringLiteral("knowsAccount"), true); // the next door is "sign in"
    } else {
        showEntryError(done.error().code);
    }
    Q_EMIT entryChanged();
}

void AppController::showEntryError(ErrorCode code)
{
    const QString text = errorText(code);
    switch (code) {
    case ErrorCode::UserNameTaken:
    case ErrorCode::InvalidUserName:
        m_userNameError = text;
        break;
    case ErrorCode::DisplayNameTooLong:
    case ErrorCode::InvalidArgument:
        m_displayNameError = text;
        break;
    case ErrorCode::Unavailable:
    case ErrorCode::ShuttingDown:
        m_serverError = tr("The server cannot be reached. Check the address and your network.");
        break;
    case ErrorCode::ServerNotTrusted:
        m_serverError = text;
        break;
    default:
        m_passwordError = text;
        break;
    }
}

void AppController::onSignedIn()
{
    m_signedOutText.clear();
    m_conversations.reload();
    m_connectionTextTimer.start(connectionTextDelay);
    setState(SignedIn);
}

void AppController::onSignedOut(const QString &code)
{
    m_conversation.close();
    m_search.setQuery({});
    m_conversations.reload();
    // Who has asked for it hears that it is done.
    m_signedOutText = code.isEmpty() || m_deletion.isBusy() ? QString() : errorText(code);
    setState(SignedOut);
}

void AppController::reconnect()
{
    m_client.connection().retryNow();
}

void AppController::startConversation(const QString &userId)
{
    open(UserId{userId.toLongLong()});
}

QCoro::Task<void> AppController::open(UserId peer)
{
    const QPointer<AppController> guard(this);
    const auto opened = co_await m_client.openDirectConversation(peer);
    if (!guard)
        co_return;
    if (!opened) {
        showNotice(errorText(opened.error().code));
        co_return;
    }
    m_conversations.show(*opened);
    m_search.setQuery({});
    m_conversation.open(QString::number(opened->id.value));
}

void AppController::saveProfile(const QString &displayName, const QString &about, int color)
{
    Person profile = m_client.session().self();
    profile.displayName = displayName;
    profile.about = about;
    profile.avatarColor = color;
    save(std::move(profile));
}

void AppController::changeAvatar(const QUrl &file)
{
    uploadAvatar(file);
}

QCoro::Task<void> AppController::uploadAvatar(QUrl file)
{
    const QPointer<AppController> guard(this);
    const auto work = [path = file.toLocalFile()] { return ImagePreparer::prepareAvatar(path); };
    const auto future = QtConcurrent::run(work);
    const auto bytes = co_await future;
    if (!guard)
        co_return;
    if (!bytes) {
        showNotice(AttachmentListModel::textOf(bytes.error(), file.fileName()));
        co_return;
    }
    const auto blobId = co_await m_client.upload(*bytes);
    if (!guard)
        co_return;
    if (!blobId) {
        showNotice(errorText(blobId.error().code));
        co_return;
    }
    Person profile = m_client.session().self();
    profile.avatarBlobId = *blobId;
    save(std::move(profile));
}

void AppController::removeAvatar()
{
    Person profile = m_client.session().self();
    profile.avatarBlobId.clear();
    save(std::move(profile));
}

QCoro::Task<void> AppController::save(Person profile)
{
    const QPointer<AppController> guard(this);
    const auto saved = co_await m_client.updateProfile(profile);
    if (!guard)
        co_return;
    if (saved)
        Q_EMIT profileSaved();
    showNotice(saved ? tr("Profile saved") : errorText(saved.error().code));
}

void AppController::showNotice(const QString &text)
{
    if (!text.isEmpty())
        m_noticeTimer.start(noticeDuration);
    if (m_notice == text)
        return;
    m_notice = text;
    Q_EMIT noticeChanged();
}

QVariant AppController::remembered(const QString &key, const QVariant &otherwise) const
{
    return m_settings.value(QLatin1String("window/") + key, otherwise);
}

void AppController::remember(const QString &key, const QVariant &value)
{
    m_settings.setValue(QLatin1String("window/") + key, value);
}

} // namespace dunlin::client
