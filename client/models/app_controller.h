// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "appearance.h"
#include "conversation_controller.h"
#include "conversation_list_model.h"
#include "delete_account_controller.h"
#include "device_list_model.h"
#include "emoji_model.h"
#include "keychain_controller.h"
#include "language_controller.h"
#include "link_opener.h"
#include "privacy_controller.h"
#include "search_model.h"
#include "sign_out_controller.h"
#include "storage_controller.h"

#include <QSettings>

namespace dunlin::client {

/// What the window shows and does: who is signed in, the connection, and the models of each part.
class AppController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    Q_PROPERTY(QString connectionText READ connectionText NOTIFY connectionTextChanged)
    Q_PROPERTY(QString serverText READ serverText NOTIFY stateChanged)
    Q_PROPERTY(QString signedOutText READ signedOutText NOTIFY stateChanged)
    Q_PROPERTY(bool isBusy READ isBusy NOTIFY entryChanged)
    Q_PROPERTY(QString serverError READ serverError NOTIFY entryChanged)
    Q_PROPERTY(QString userNameError READ userNameError NOTIFY entryChanged)
    Q_PROPERTY(QString displayNameError READ displayNameError NOTIFY entryChanged)
    Q_PROPERTY(QString passwordError READ passwordError NOTIFY entryChanged)
    Q_PROPERTY(QString selfName READ selfName NOTIFY selfChanged)
    Q_PROPERTY(QString selfUserName READ selfUserName NOTIFY selfChanged)
    Q_PROPERTY(QString selfAbout READ selfAbout NOTIFY selfChanged)
    Q_PROPERTY(QString selfInitials READ selfInitials NOTIFY selfChanged)
    Q_PROPERTY(int selfColorIndex READ selfColorIndex NOTIFY selfChanged)
    Q_PROPERTY(QString selfAvatarBlobId READ selfAvatarBlobId NOTIFY selfChanged)
    /// What became of the store of this computer, until it is dismissed; mostly empty.
    Q_PROPERTY(QString storeText READ storeText NOTIFY storeTextChanged)
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged)
    Q_PROPERTY(ThemeChoice theme READ theme WRITE setTheme NOTIFY themeChanged)
    Q_PROPERTY(dunlin::client::ConversationListModel *conversations READ conversations CONSTANT)
    Q_PROPERTY(dunlin::client::ConversationController *conversation READ conversation CONSTANT)
    Q_PROPERTY(dunlin::client::SearchModel *search READ search CONSTANT)
    Q_PROPERTY(dunlin::client::DeviceListModel *devices READ devices CONSTANT)
    Q_PROPERTY(dunlin::client::Appearance *appearance READ appearance CONSTANT)
    Q_PROPERTY(dunlin::client::LanguageController *language READ language CONSTANT)
    Q_PROPERTY(dunlin::client::EmojiModel *emoji READ emoji CONSTANT)
    Q_PROPERTY(dunlin::client::KeychainController *keychain READ keychain CONSTANT)
    Q_PROPERTY(dunlin::client::SignOutController *signingOut READ signingOut CONSTANT)
    Q_PROPERTY(dunlin::client::DeleteAccountController *deletion READ deletion CONSTANT)
    Q_PROPERTY(dunlin::client::PrivacyController *privacy READ privacy CONSTANT)
    Q_PROPERTY(dunlin::client::StorageController *storage READ storage CONSTANT)
    Q_PROPERTY(dunlin::client::BlobCache *blobs READ blobs CONSTANT)

public:
    enum State { Loading, SignedOut, SignedIn, Broken };
    Q_ENUM(State)
    enum ThemeChoice { SystemTheme, LightTheme, DarkTheme };
    Q_ENUM(ThemeChoice)

    /// directory: the profile's. server: shown at first run, until another one is used. tokens: a
    /// file in the directory unless given.
    AppController(const QString &directory, const QString &server, ConnectionTimes times = {},
                  std::unique_ptr<TokenStore> tokens = {}, QObject *parent = nullptr);
    ~AppController() override;

    void start();
    /// After the keychain was in the way of the session that is there.
    Q_INVOKABLE void restoreAgain();
    Client &client() { return m_client; }

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] QString connectionText() const;
    [[nodiscard]] QString serverText() const { return m_serverText; }
    [[nodiscard]] QString signedOutText() const { return m_signedOutText; }
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    [[nodiscard]] QString serverError() const { return m_serverError; }
    [[nodiscard]] QString userNameError() const { return m_userNameError; }
    [[nodiscard]] QString displayNameError() const { return m_displayNameError; }
    [[nodiscard]] QString passwordError() const { return m_passwordError; }
    [[nodiscard]] QString selfName() const;
    [[nodiscard]] QString selfUserName() const;
    [[nodiscard]] QString selfAbout() const;
    [[nodiscard]] QString selfInitials() const;
    [[nodiscard]] int selfColorIndex() const;
    [[nodiscard]] QString selfAvatarBlobId() const;
    [[nodiscard]] QString storeText() const { return m_storeText; }
    [[nodiscard]] QString notice() const { return m_notice; }
    [[nodiscard]] ThemeChoice theme() const { return m_theme; }
    void setTheme(ThemeChoice theme);
    ConversationListModel *conversations() { return &m_conversations; }
    ConversationController *conversation() { return &m_conversation; }
    SearchModel *search() { return &m_search; }
    DeviceListModel *devices() { return &m_devices; }
    Appearance *appearance() { return &m_appearance; }
    LanguageController *language() { return &m_language; }
    PrivacyController *privacy() { return &m_privacy; }
    StorageController *storage() { return &m_storage; }
    EmojiModel *emoji() { return &m_emoji; }
    KeychainController *keychain() { return &m_keychain; }
    SignOutController *signingOut() { return &m_signingOut; }
    DeleteAccountController *deletion() { return &m_deletion; }
    BlobCache *blobs() { return &m_client.blobs(); }

    Q_INVOKABLE void createAccount(const QString &server, const QString &userName,
                                   const QString &displayName, const QString &password);
    Q_INVOKABLE void signIn(const QString &server, const QString &userName,
                            const QString &password);
    Q_INVOKABLE void clearErrors();
    /// Tries the server at once.
    Q_INVOKABLE void reconnect();
    /// Opens the conversation with a person found by searching.
    Q_INVOKABLE void startConversation(const QString &userId);
    /// A dunlin:// link to a person or a conversation; waits for the user to be signed in.
    void openLink(const QString &link) { m_links.open(link); }
    Q_INVOKABLE void saveProfile(const QString &displayName, const QString &about, int color);
    /// The middle of the picture in this file becomes the user's.
    Q_INVOKABLE void changeAvatar(const QUrl &file);
    Q_INVOKABLE void removeAvatar();
    Q_INVOKABLE void dismissStoreText();
    Q_INVOKABLE void showNotice(const QString &text);
    /// What the window remembers between runs, such as its size.
    Q_INVOKABLE QVariant remembered(const QString &key, const QVariant &otherwise) const;
    Q_INVOKABLE void remember(const QString &key, const QVariant &value);

Q_SIGNALS:
    void stateChanged();
    void connectionTextChanged();
    void entryChanged();
    void selfChanged();
    void storeTextChanged();
    void noticeChanged();
    void themeChanged();
    void profileSaved();

private:
    QCoro::Task<void> restore();
    QCoro::Task<void> restoreSession();
    QCoro::Task<void> enter(bool isNew, QString server, QString userName, QString displayName,
                            QString password);
    QCoro::Task<void> open(UserId peer);
    QCoro::Task<void> save(Person profile);
    QCoro::Task<void> uploadAvatar(QUrl file);
    void onSignedIn();
    void onSignedOut(const QString &code);
    void showEntryError(ErrorCode code);
    void onStoreRebuilt();
    void onLanguageChanged();
    void setState(State state);

    QSettings m_settings;
    LanguageController m_language; ///< Before whatever words anything.
    Client m_client;
    ConversationListModel m_conversations;
    ConversationController m_conversation;
    SearchModel m_search;
    DeviceListModel m_devices;
    KeychainController m_keychain;
    SignOutController m_signingOut;
    DeleteAccountController m_deletion;
    LinkOpener m_links;
    Appearance m_appearance;
    EmojiModel m_emoji;
    PrivacyController m_privacy;
    StorageController m_storage;
    State m_state = Loading;
    ThemeChoice m_theme = SystemTheme;
    QString m_serverText;
    QString m_signedOutText;
    QString m_serverError;
    QString m_userNameError;
    QString m_displayNameError;
    QString m_passwordError;
    QString m_storeText;
    QString m_notice;
    bool m_isBusy = false;
    QTimer m_noticeTimer;
    QTimer m_connectionTextTimer;
    bool m_isConnectionTextDue = false;
};

} // namespace dunlin::client
