// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as B
import Dunlin
import Dunlin.Models

// First run: the server, and who you are there.
B.ScrollView {
    id: page

    required property AppController app
    property bool isNewAccount: app.remembered("knowsAccount", false) === false

    contentWidth: availableWidth
    background: Rectangle { color: Theme.surface }

    function submit() {
        if (isNewAccount)
            app.createAccount(server.text, userName.text, displayName.text, password.text)
        else
            app.signIn(server.text, userName.text, password.text)
    }

    Component.onCompleted: server.text === "" ? server.focusField() : userName.focusField()

    FollowFocus { flickable: page.contentItem as Flickable }
    Item {
        width: page.availableWidth
        implicitHeight: Math.max(page.availableHeight, card.height + 2 * Theme.xl)

        Rectangle {
            id: card
            anchors.centerIn: parent
            width: Math.min(Theme.card, parent.width - 2 * Theme.l)
            height: form.implicitHeight + 2 * Theme.xl
            radius: Theme.radius
            color: Theme.window
            border.color: Theme.border

            ColumnLayout {
                id: form
                anchors.fill: parent
                anchors.margins: Theme.xl
                spacing: Theme.m

                Text {
                    text: page.isNewAccount ? qsTr("Create your account") : qsTr("Sign in")
                    color: Theme.text
                    font.pixelSize: Theme.textTitle
                    font.weight: Font.Medium
                    Accessible.role: Accessible.Heading
                    Accessible.name: text
                }
                Text {
                    objectName: "signedOutText"
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: page.app.signedOutText
                    color: Theme.danger
                    font.pixelSize: Theme.textNormal
                    wrapMode: Text.Wrap
                    horizontalAlignment: Text.AlignLeft
                    Accessible.role: Accessible.AlertMessage
                    Accessible.name: text
                }
                AppTextField {
                    id: server
                    Layout.fillWidth: true
                    fieldName: "serverField"
                    label: qsTr("Server")
                    hint: qsTr("chat.example.org")
                    text: page.app.serverText
                    errorText: page.app.serverError
                    inputMethodHints: Qt.ImhUrlCharactersOnly
                    onEdited: page.app.clearErrors()
                    onAccepted: userName.focusField()
                }
                AppTextField {
                    id: userName
                    Layout.fillWidth: true
                    fieldName: "userNameField"
                    label: qsTr("User name")
                    errorText: page.app.userNameError
                    inputMethodHints: Qt.ImhNoAutoUppercase | Qt.ImhNoPredictiveText
                    onEdited: page.app.clearErrors()
                    onAccepted: page.isNewAccount ? displayName.focusField() : password.focusField()
                }
                AppTextField {
                    id: displayName
                    Layout.fillWidth: true
                    visible: page.isNewAccount
                    fieldName: "displayNameField"
                    label: qsTr("Your name, as others see it")
                    hint: userName.text
                    errorText: page.app.displayNameError
                    onEdited: page.app.clearErrors()
                    onAccepted: password.focusField()
                }
                AppTextField {
                    id: password
                    Layout.fillWidth: true
                    fieldName: "passwordField"
                    label: qsTr("Password")
                    echoMode: TextInput.Password
                    errorText: page.app.passwordError
                    onEdited: page.app.clearErrors()
                    onAccepted: page.submit()
                }
                KeychainCard {
                    Layout.fillWidth: true
                    visible: keychain.problemText !== ""
                    keychain: page.app.keychain
                    isBusy: page.app.isBusy
                    onRetried: keychain.isSessionThere ? page.app.restoreAgain() : page.submit()
                    onFileAllowed: {
                        keychain.allowFile()
                        page.submit()
                    }
                }
                AppButton {
                    Layout.fillWidth: true
                    Layout.topMargin: Theme.s
                    objectName: page.isNewAccount ? "createAccountButton" : "signInButton"
                    isMain: true
                    enabled: !page.app.isBusy
                    text: page.app.isBusy ? qsTr("One moment...")
                        : page.isNewAccount ? qsTr("Create account") : qsTr("Sign in")
                    onClicked: page.submit()
                }
                AppButton {
                    Layout.fillWidth: true
                    objectName: "switchButton"
                    enabled: !page.app.isBusy
                    text: page.isNewAccount ? qsTr("I have an account: sign in")
                                            : qsTr("Create a new account")
                    onClicked: {
                        page.isNewAccount = !page.isNewAccount
                        page.app.clearErrors()
                    }
                }
            }
        }
    }
}
