<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutSettings</name>
    <message>
        <source>Dunlin %1</source>
        <translation>Dunlin %1</translation>
    </message>
    <message>
        <source>A messenger to run yourself. Free software under the Apache License 2.0.</source>
        <translation>Ein Messenger, den du selbst betreibst. Freie Software unter der Apache-Lizenz 2.0.</translation>
    </message>
    <message>
        <source>Hide the licence</source>
        <translation>Lizenz ausblenden</translation>
    </message>
    <message>
        <source>Read the licence</source>
        <translation>Lizenz lesen</translation>
    </message>
    <message>
        <source>What Dunlin is made with</source>
        <translation>Womit Dunlin gebaut ist</translation>
    </message>
</context>
<context>
    <name>AppearanceSettings</name>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Accent</source>
        <translation>Akzentfarbe</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Petrol</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Rose</source>
        <translation>Rosa</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>This is how messages look.</source>
        <translation>So sehen Nachrichten aus.</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>Bewegung reduzieren</translation>
    </message>
    <message>
        <source>Nothing slides or fades. Dunlin does so by itself where the system asks for it.</source>
        <translation>Nichts gleitet oder blendet. Wo das System es verlangt, macht Dunlin das von selbst.</translation>
    </message>
    <message>
        <source>Follow the system</source>
        <comment>colours</comment>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <comment>colours</comment>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <comment>colours</comment>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
</context>
<context>
    <name>Archive</name>
    <message>
        <source>Dunlin: %1</source>
        <translation>Dunlin: %1</translation>
    </message>
    <message>
        <source>All conversations</source>
        <translation>Alle Chats</translation>
    </message>
    <message>
        <source>A picture that is missing</source>
        <translation>Ein fehlendes Bild</translation>
    </message>
    <message>
        <source>Earlier</source>
        <comment>messages</comment>
        <translation>Früher</translation>
    </message>
    <message>
        <source>Later</source>
        <comment>messages</comment>
        <translation>Später</translation>
    </message>
</context>
<context>
    <name>AttachmentTray</name>
    <message>
        <source>Pictures to send</source>
        <translation>Bilder zum Senden</translation>
    </message>
    <message>
        <source>Photo, %1</source>
        <translation>Foto, %1</translation>
    </message>
    <message>
        <source>Photo, being prepared</source>
        <translation>Foto, wird vorbereitet</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Send original size</source>
        <translation>In Originalgröße senden</translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>Choose a conversation</source>
        <translation>Wähle einen Chat</translation>
    </message>
    <message>
        <source>Welcome to Dunlin</source>
        <translation>Willkommen bei Dunlin</translation>
    </message>
    <message>
        <source>Find people by their name in the search field and write to them.</source>
        <translation>Finde Leute über das Suchfeld und schreib ihnen.</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Add pictures</source>
        <translation>Bilder hinzufügen</translation>
    </message>
    <message>
        <source>Add a caption</source>
        <translation>Bildunterschrift hinzufügen</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>Emoji</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
</context>
<context>
    <name>ComposerTarget</name>
    <message>
        <source>Cancel editing</source>
        <translation>Bearbeiten abbrechen</translation>
    </message>
    <message>
        <source>Do not reply</source>
        <translation>Nicht antworten</translation>
    </message>
</context>
<context>
    <name>ConversationHeader</name>
    <message>
        <source>Back to the conversations</source>
        <translation>Zurück zu den Chats</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Pin to the top</source>
        <translation>Oben anheften</translation>
    </message>
    <message>
        <source>Mute for an hour</source>
        <translation>1 Stunde stummschalten</translation>
    </message>
    <message>
        <source>Mute for 8 hours</source>
        <translation>8 Stunden stummschalten</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Stummschaltung aufheben</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stummschalten</translation>
    </message>
    <message>
        <source>Unpin</source>
        <comment>a conversation</comment>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Find in this conversation</source>
        <translation>In diesem Chat suchen</translation>
    </message>
    <message>
        <source>Retention</source>
        <translation>Aufbewahrung</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Unterhaltung</translation>
    </message>
</context>
<context>
    <name>ConversationPage</name>
    <message>
        <source>Drop pictures here</source>
        <translation>Bilder hier ablegen</translation>
    </message>
    <message>
        <source>You can add words before they are sent.</source>
        <translation>Vor dem Senden kannst du etwas dazuschreiben.</translation>
    </message>
    <message>
        <source>This account was deleted. Nobody would read what you write.</source>
        <translation>Dieses Konto wurde gelöscht. Niemand würde lesen, was du schreibst.</translation>
    </message>
</context>
<context>
    <name>ConversationPane</name>
    <message>
        <source>Search people and messages</source>
        <translation>Leute und Nachrichten suchen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>No conversations yet</source>
        <translation>Noch keine Chats</translation>
    </message>
    <message>
        <source>Search for somebody to write to.</source>
        <translation>Suche jemanden, dem du schreiben möchtest.</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Close this note</source>
        <translation>Hinweis schließen</translation>
    </message>
    <message>
        <source>Connect now</source>
        <translation>Jetzt verbinden</translation>
    </message>
</context>
<context>
    <name>ConversationRow</name>
    <message>
        <source>typing...</source>
        <translation>schreibt …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln unread</source>
        <comment>messages</comment>
        <translation>
            <numerusform>%Ln ungelesen</numerusform>
            <numerusform>%Ln ungelesen</numerusform>
        </translation>
    </message>
    <message>
        <source>Pin to the top</source>
        <translation>Oben anheften</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Stummschaltung aufheben</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stummschalten</translation>
    </message>
    <message>
        <source>Draft:</source>
        <translation>Entwurf:</translation>
    </message>
    <message>
        <source>Unpin</source>
        <comment>a conversation</comment>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Unterhaltung</translation>
    </message>
</context>
<context>
    <name>DatePopup</name>
    <message>
        <source>Month before</source>
        <translation>Voriger Monat</translation>
    </message>
    <message>
        <source>Month after</source>
        <translation>Nächster Monat</translation>
    </message>
    <message>
        <source>Go to a date</source>
        <translation>Zu einem Datum</translation>
    </message>
</context>
<context>
    <name>DeleteAccountSection</name>
    <message>
        <source>Delete account</source>
        <translation>Konto löschen</translation>
    </message>
    <message>
        <source>Delete your account for good?</source>
        <translation>Dein Konto endgültig löschen?</translation>
    </message>
    <message>
        <source>Your name, your profile and everything you wrote and showed are erased, for everyone. Others see a deleted account. All your devices are signed out, and what is on this computer is deleted. Nobody can bring it back.</source>
        <translation>Dein Name, dein Profil und alles, was du geschrieben und gezeigt hast, werden für alle gelöscht. Andere sehen ein gelöschtes Konto. Alle deine Geräte werden abgemeldet, und was auf diesem Computer liegt, wird gelöscht. Niemand kann es zurückholen.</translation>
    </message>
    <message>
        <source>Your password</source>
        <translation>Dein Passwort</translation>
    </message>
    <message>
        <source>One moment...</source>
        <translation>Einen Moment …</translation>
    </message>
    <message>
        <source>Delete account for good</source>
        <translation>Konto endgültig löschen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>DeviceSettings</name>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Sign out %1</source>
        <translation>%1 abmelden</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
</context>
<context>
    <name>EmojiPicker</name>
    <message>
        <source>No skin tone</source>
        <translation>Ohne Hautton</translation>
    </message>
    <message>
        <source>Light skin tone</source>
        <translation>Heller Hautton</translation>
    </message>
    <message>
        <source>Medium-light skin tone</source>
        <translation>Mittelheller Hautton</translation>
    </message>
    <message>
        <source>Medium skin tone</source>
        <translation>Mittlerer Hautton</translation>
    </message>
    <message>
        <source>Medium-dark skin tone</source>
        <translation>Mitteldunkler Hautton</translation>
    </message>
    <message>
        <source>Dark skin tone</source>
        <translation>Dunkler Hautton</translation>
    </message>
    <message>
        <source>Search emoji</source>
        <translation>Emoji suchen</translation>
    </message>
    <message>
        <source>Kinds of emoji</source>
        <translation>Emoji-Kategorien</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>Emoji</translation>
    </message>
    <message>
        <source>Emoji you use appear here</source>
        <translation>Deine Emoji erscheinen hier</translation>
    </message>
    <message>
        <source>No emoji found</source>
        <translation>Keine Emoji gefunden</translation>
    </message>
    <message>
        <source>Skin tone: %1</source>
        <translation>Hautton: %1</translation>
    </message>
</context>
<context>
    <name>EmojiRow</name>
    <message>
        <source>Skin tones</source>
        <translation>Hauttöne</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>This user name is taken. Choose another one.</source>
        <translation>Dieser Benutzername ist vergeben. Wähle einen anderen.</translation>
    </message>
    <message>
        <source>Use 3 to 32 letters, digits, dots, dashes or underscores, beginning with a letter.</source>
        <translation>Nimm 3 bis 32 Buchstaben, Ziffern, Punkte, Binde- oder Unterstriche, mit einem Buchstaben am Anfang.</translation>
    </message>
    <message>
        <source>Use at least 8 characters.</source>
        <translation>Nimm mindestens 8 Zeichen.</translation>
    </message>
    <message>
        <source>This password is too long.</source>
        <translation>Dieses Passwort ist zu lang.</translation>
    </message>
    <message>
        <source>The user name or the password is wrong.</source>
        <translation>Benutzername oder Passwort ist falsch.</translation>
    </message>
    <message>
        <source>This name is too long.</source>
        <translation>Dieser Name ist zu lang.</translation>
    </message>
    <message>
        <source>This text is too long.</source>
        <translation>Dieser Text ist zu lang.</translation>
    </message>
    <message>
        <source>This account is on too many devices. Remove one in the settings.</source>
        <translation>Dieses Konto ist auf zu vielen Geräten angemeldet. Entferne eines in den Einstellungen.</translation>
    </message>
    <message>
        <source>This account was disabled. Ask whoever runs the server.</source>
        <translation>Dieses Konto wurde gesperrt. Frag nach, wer den Server betreibt.</translation>
    </message>
    <message>
        <source>This account was deleted.</source>
        <translation>Dieses Konto wurde gelöscht.</translation>
    </message>
    <message>
        <source>This device was signed out. Sign in again.</source>
        <translation>Dieses Gerät wurde abgemeldet. Melde dich neu an.</translation>
    </message>
    <message>
        <source>There is nobody with this name.</source>
        <translation>Es gibt niemanden mit diesem Namen.</translation>
    </message>
    <message>
        <source>This conversation is not there any more.</source>
        <translation>Diesen Chat gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>This message is not there any more.</source>
        <translation>Diese Nachricht gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>This device was signed out already.</source>
        <translation>Dieses Gerät ist schon abgemeldet.</translation>
    </message>
    <message>
        <source>Write something first.</source>
        <translation>Schreib zuerst etwas.</translation>
    </message>
    <message>
        <source>This message is too long. Send it in several parts.</source>
        <translation>Diese Nachricht ist zu lang. Sende sie in mehreren Teilen.</translation>
    </message>
    <message>
        <source>This picture cannot be sent.</source>
        <translation>Dieses Bild kann nicht gesendet werden.</translation>
    </message>
    <message>
        <source>This conversation has too many pinned messages. Unpin one first.</source>
        <translation>In diesem Chat sind zu viele Nachrichten angeheftet. Löse zuerst eine.</translation>
    </message>
    <message>
        <source>This picture is not there any more.</source>
        <translation>Dieses Bild gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>This picture is too large.</source>
        <translation>Dieses Bild ist zu groß.</translation>
    </message>
    <message>
        <source>There is no room left for pictures of this account.</source>
        <translation>Für Bilder dieses Kontos ist kein Platz mehr.</translation>
    </message>
    <message>
        <source>The server has no room left for pictures. Try again later.</source>
        <translation>Der Server hat keinen Platz mehr für Bilder. Versuch es später noch einmal.</translation>
    </message>
    <message>
        <source>The server could not prove that it is the one you mean, so nothing was sent. Ask whoever runs it about its certificate.</source>
        <translation>Der Server konnte nicht nachweisen, dass er der richtige ist, deshalb wurde nichts gesendet. Frag nach seinem Zertifikat, wer ihn betreibt.</translation>
    </message>
    <message>
        <source>The server is busy. Try again in a moment.</source>
        <translation>Der Server ist ausgelastet. Versuch es gleich noch einmal.</translation>
    </message>
    <message>
        <source>You are not allowed to do this.</source>
        <translation>Das darfst du nicht.</translation>
    </message>
    <message>
        <source>The server is too old for this.</source>
        <translation>Der Server ist dafür zu alt.</translation>
    </message>
    <message>
        <source>This contains characters that cannot be used.</source>
        <translation>Das enthält Zeichen, die nicht verwendet werden können.</translation>
    </message>
    <message>
        <source>Something went wrong. Try again.</source>
        <translation>Etwas ist schiefgelaufen. Versuch es noch einmal.</translation>
    </message>
    <message>
        <source>There is no connection to the server. Try again when it is back.</source>
        <translation>Es gibt keine Verbindung zum Server. Versuch es noch einmal, wenn sie wieder da ist.</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this conversation</source>
        <translation>In diesem Chat suchen</translation>
    </message>
    <message>
        <source>Earlier message</source>
        <translation>Frühere Nachricht</translation>
    </message>
    <message>
        <source>Later message</source>
        <translation>Spätere Nachricht</translation>
    </message>
    <message>
        <source>Go to a date</source>
        <translation>Zu einem Datum</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ForwardPopup</name>
    <message>
        <source>Forward to</source>
        <translation>Weiterleiten an</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Weiterleiten</translation>
    </message>
</context>
<context>
    <name>GeneralSettings</name>
    <message>
        <source>Keep running when the window is closed</source>
        <translation>Nach dem Schließen des Fensters weiterlaufen</translation>
    </message>
    <message>
        <source>You find Dunlin in the tray, and go on hearing of new messages.</source>
        <translation>Du findest Dunlin im Infobereich und erfährst weiter von neuen Nachrichten.</translation>
    </message>
    <message>
        <source>There is no tray on this desktop, so closing the window quits Dunlin.</source>
        <translation>Dieser Desktop hat keinen Infobereich, deshalb beendet das Schließen des Fensters Dunlin.</translation>
    </message>
    <message>
        <source>Start when you log in</source>
        <translation>Beim Anmelden starten</translation>
    </message>
    <message>
        <source>The file for it cannot be written.</source>
        <translation>Die Datei dafür kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Start without the window</source>
        <translation>Ohne Fenster starten</translation>
    </message>
    <message>
        <source>Minimised, or in the tray where there is one.</source>
        <translation>Minimiert, oder im Infobereich, wenn es einen gibt.</translation>
    </message>
    <message>
        <source>Your session is kept in a file that only your account on this computer can read.</source>
        <translation>Deine Sitzung liegt in einer Datei, die nur dein Konto auf diesem Computer lesen kann.</translation>
    </message>
    <message>
        <source>Your session is kept in the keychain of this computer.</source>
        <translation>Deine Sitzung liegt im Schlüsselbund dieses Computers.</translation>
    </message>
    <message>
        <source>Move it to the keychain</source>
        <translation>In den Schlüsselbund verschieben</translation>
    </message>
</context>
<context>
    <name>KeychainCard</name>
    <message>
        <source>Your session on this computer is in it. Unlock it and try again, or sign in anew.</source>
        <translation>Darin liegt deine Sitzung auf diesem Computer. Entsperre ihn und versuch es noch einmal, oder melde dich neu an.</translation>
    </message>
    <message>
        <source>Dunlin can keep your session in a file instead, which only your account on this computer can read. It is not encrypted.</source>
        <translation>Dunlin kann deine Sitzung stattdessen in einer Datei ablegen, die nur dein Konto auf diesem Computer lesen kann. Sie ist nicht verschlüsselt.</translation>
    </message>
    <message>
        <source>Try the keychain again</source>
        <translation>Schlüsselbund erneut versuchen</translation>
    </message>
    <message>
        <source>Keep it in a file</source>
        <translation>In einer Datei ablegen</translation>
    </message>
</context>
<context>
    <name>Keymap</name>
    <message>
        <source>New conversation</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Go to a person or conversation</source>
        <translation>Zu einer Person oder einem Chat</translation>
    </message>
    <message>
        <source>Search people and messages</source>
        <translation>Leute und Nachrichten suchen</translation>
    </message>
    <message>
        <source>Next conversation</source>
        <translation>Nächster Chat</translation>
    </message>
    <message>
        <source>Previous conversation</source>
        <translation>Voriger Chat</translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>Bilder hinzufügen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Back, or close what is open</source>
        <translation>Zurück, oder Offenes schließen</translation>
    </message>
    <message>
        <source>In the settings: this list</source>
        <translation>In den Einstellungen: diese Liste</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>Neue Zeile</translation>
    </message>
    <message>
        <source>Paste text or pictures</source>
        <translation>Text oder Bilder einfügen</translation>
    </message>
    <message>
        <source>Earlier and later photo</source>
        <translation>Früheres und späteres Foto</translation>
    </message>
    <message>
        <source>Zoom in, out, all of it</source>
        <translation>Größer, kleiner, ganzes Bild</translation>
    </message>
    <message>
        <source>Save the photo</source>
        <translation>Foto speichern</translation>
    </message>
    <message>
        <source>Copy the photo</source>
        <translation>Foto kopieren</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Beim Schreiben</translation>
    </message>
    <message>
        <source>Looking at photos</source>
        <translation>Beim Ansehen von Fotos</translation>
    </message>
    <message>
        <source>Find in this conversation</source>
        <translation>In diesem Chat suchen</translation>
    </message>
    <message>
        <source>Go to a date</source>
        <translation>Zu einem Datum</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Dunlin</source>
        <translation>Dunlin</translation>
    </message>
    <message>
        <source>Waiting for your keychain</source>
        <translation>Warten auf deinen Schlüsselbund</translation>
    </message>
    <message>
        <source>It may ask you for its password.</source>
        <translation>Vielleicht fragt er dich nach seinem Passwort.</translation>
    </message>
    <message>
        <source>Your messages cannot be opened</source>
        <translation>Deine Nachrichten lassen sich nicht öffnen</translation>
    </message>
    <message>
        <source>The disk may be full, or another copy of Dunlin has this profile open. Nothing was deleted.</source>
        <translation>Vielleicht ist der Datenträger voll, oder Dunlin läuft mit diesem Profil schon. Es wurde nichts gelöscht.</translation>
    </message>
</context>
<context>
    <name>MessageBubble</name>
    <message>
        <source>You deleted this message</source>
        <translation>Du hast diese Nachricht gelöscht</translation>
    </message>
    <message>
        <source>This message was deleted</source>
        <translation>Diese Nachricht wurde gelöscht</translation>
    </message>
    <message>
        <source>reply to %1</source>
        <translation>Antwort auf %1</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>MessageDelegate</name>
    <message>
        <source>New messages</source>
        <translation>Neue Nachrichten</translation>
    </message>
</context>
<context>
    <name>MessageList</name>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>No messages yet</source>
        <translation>Noch keine Nachrichten</translation>
    </message>
    <message>
        <source>Say hello to %1.</source>
        <translation>Sag Hallo zu %1.</translation>
    </message>
    <message>
        <source>To the newest message</source>
        <translation>Zur neuesten Nachricht</translation>
    </message>
</context>
<context>
    <name>MessageMenu</name>
    <message>
        <source>Reply</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>Text kopieren</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Weiterleiten</translation>
    </message>
    <message>
        <source>Delete for me</source>
        <translation>Für mich löschen</translation>
    </message>
    <message>
        <source>Delete for everyone</source>
        <translation>Für alle löschen</translation>
    </message>
    <message>
        <source>Delete unsent message</source>
        <translation>Ungesendete Nachricht löschen</translation>
    </message>
    <message>
        <source>Unpin</source>
        <comment>a message</comment>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Pin</source>
        <comment>a message</comment>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Select</source>
        <comment>a message</comment>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Show the answered message</source>
        <translation>Beantwortete Nachricht zeigen</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
</context>
<context>
    <name>MessageMeta</name>
    <message>
        <source>edited</source>
        <comment>a message</comment>
        <translation>bearbeitet</translation>
    </message>
    <message>
        <source>pinned</source>
        <comment>a message</comment>
        <translation>angeheftet</translation>
    </message>
</context>
<context>
    <name>MessagePictures</name>
    <message>
        <source>Animation, open</source>
        <translation>Animation, öffnen</translation>
    </message>
    <message>
        <source>Photo, open</source>
        <translation>Foto, öffnen</translation>
    </message>
    <message>
        <source>%1 sent</source>
        <translation>%1 gesendet</translation>
    </message>
    <message>
        <source>Do not send</source>
        <translation>Nicht senden</translation>
    </message>
</context>
<context>
    <name>MessageQuote</name>
    <message>
        <source>Reply to your message: %1</source>
        <translation>Antwort auf deine Nachricht: %1</translation>
    </message>
    <message>
        <source>Reply to %1: %2</source>
        <translation>Antwort an %1: %2</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>Deleted message</source>
        <translation>Gelöschte Nachricht</translation>
    </message>
    <message>
        <source>Earlier message</source>
        <translation>Frühere Nachricht</translation>
    </message>
    <message>
        <source>Removed message</source>
        <translation>Gelöschte Nachricht</translation>
    </message>
</context>
<context>
    <name>NotificationSettings</name>
    <message>
        <source>Notify about new messages</source>
        <translation>Über neue Nachrichten benachrichtigen</translation>
    </message>
    <message>
        <source>Muted conversations, and the one you are looking at, stay silent.</source>
        <translation>Stummgeschaltete Chats und der, den du gerade siehst, bleiben still.</translation>
    </message>
    <message>
        <source>Hide what messages say</source>
        <translation>Inhalt von Nachrichten verbergen</translation>
    </message>
    <message>
        <source>Notifications tell who wrote, and not what.</source>
        <translation>Benachrichtigungen nennen den Absender, aber nicht den Text.</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Nicht stören</translation>
    </message>
    <message>
        <source>No notifications until you switch this off, here or in the tray.</source>
        <translation>Keine Benachrichtigungen, bis du das hier oder im Infobereich ausschaltest.</translation>
    </message>
</context>
<context>
    <name>PictureViewer</name>
    <message>
        <source>Photo from %1</source>
        <translation>Foto von %1</translation>
    </message>
    <message>
        <source>The picture cannot be loaded now. Dunlin tries again by itself.</source>
        <translation>Das Bild kann gerade nicht geladen werden. Dunlin versucht es von selbst noch einmal.</translation>
    </message>
    <message>
        <source>This picture is not there any more.</source>
        <translation>Dieses Bild gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>This picture is damaged.</source>
        <translation>Dieses Bild ist beschädigt.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Earlier photo</source>
        <translation>Früheres Foto</translation>
    </message>
    <message>
        <source>Later photo</source>
        <translation>Späteres Foto</translation>
    </message>
</context>
<context>
    <name>Pictures</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PinnedBar</name>
    <message>
        <source>Pinned message</source>
        <translation>Angeheftete Nachricht</translation>
    </message>
    <message numerus="yes">
        <source>%Ln pinned messages</source>
        <translation>
            <numerusform>%Ln angeheftete Nachricht</numerusform>
            <numerusform>%Ln angeheftete Nachrichten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrivacySettings</name>
    <message>
        <source>Read receipts</source>
        <translation>Lesebestätigungen</translation>
    </message>
    <message>
        <source>Others see when you have read their messages. Switched off, you do not see it of theirs either.</source>
        <translation>Andere sehen, wann du ihre Nachrichten gelesen hast. Ausgeschaltet siehst du es auch bei ihnen nicht.</translation>
    </message>
    <message>
        <source>Online and last seen</source>
        <translation>Online und zuletzt online</translation>
    </message>
    <message>
        <source>Others see when you are or were here. Switched off, you do not see it of them either.</source>
        <translation>Andere sehen, wann du hier bist oder warst. Ausgeschaltet siehst du es auch bei ihnen nicht.</translation>
    </message>
</context>
<context>
    <name>ProfileSettings</name>
    <message>
        <source>Colour %1</source>
        <translation>Farbe %1</translation>
    </message>
    <message>
        <source>Change picture</source>
        <translation>Bild ändern</translation>
    </message>
    <message>
        <source>Remove picture</source>
        <translation>Bild entfernen</translation>
    </message>
    <message>
        <source>Your name, as others see it</source>
        <translation>Dein Name, wie andere ihn sehen</translation>
    </message>
    <message>
        <source>About you</source>
        <translation>Über dich</translation>
    </message>
    <message>
        <source>Save profile</source>
        <translation>Profil speichern</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
</context>
<context>
    <name>ReactionBar</name>
    <message>
        <source>Thumbs up</source>
        <translation>Daumen hoch</translation>
    </message>
    <message>
        <source>Heart</source>
        <translation>Herz</translation>
    </message>
    <message>
        <source>Laughing</source>
        <translation>Lachen</translation>
    </message>
    <message>
        <source>Surprised</source>
        <translation>Überrascht</translation>
    </message>
    <message>
        <source>Sad</source>
        <translation>Traurig</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>Danke</translation>
    </message>
    <message>
        <source>Reactions</source>
        <translation>Reaktionen</translation>
    </message>
    <message>
        <source>More reactions</source>
        <translation>Mehr Reaktionen</translation>
    </message>
    <message>
        <source>%1, your reaction</source>
        <translation>%1, deine Reaktion</translation>
    </message>
</context>
<context>
    <name>RetentionPopup</name>
    <message>
        <source>Retention</source>
        <translation>Aufbewahrung</translation>
    </message>
    <message>
        <source>How long the messages of this conversation are kept. It holds for everyone in it.</source>
        <translation>Wie lange die Nachrichten dieser Unterhaltung bleiben. Das gilt für alle darin.</translation>
    </message>
    <message>
        <source>Delete such messages</source>
        <translation>Solche Nachrichten löschen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>SearchResults</name>
    <message>
        <source>Search results</source>
        <translation>Suchergebnisse</translation>
    </message>
    <message>
        <source>Searching...</source>
        <translation>Suche läuft …</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message>
        <source>Select none</source>
        <translation>Auswahl aufheben</translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <comment>messages</comment>
        <translation>
            <numerusform>%Ln ausgewählt</numerusform>
            <numerusform>%Ln ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Weiterleiten</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete for me</source>
        <translation>Für mich löschen</translation>
    </message>
    <message>
        <source>Delete for everyone</source>
        <translation>Für alle löschen</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Privatsphäre</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>Keys</source>
        <comment>of the keyboard</comment>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>SignOutSection</name>
    <message>
        <source>Sign out of this device</source>
        <translation>Von diesem Gerät abmelden</translation>
    </message>
    <message>
        <source>Sign out and delete what is here?</source>
        <translation>Abmelden und hier alles löschen?</translation>
    </message>
    <message>
        <source>Messages, pictures and drafts are deleted from this computer. The server keeps your conversations, and you find them again when you sign in.</source>
        <translation>Nachrichten, Bilder und Entwürfe werden von diesem Computer gelöscht. Der Server behält deine Chats, und du findest sie wieder, wenn du dich anmeldest.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln messages are not sent yet and would be lost.</source>
        <translation>
            <numerusform>%Ln Nachricht ist noch nicht gesendet und ginge verloren.</numerusform>
            <numerusform>%Ln Nachrichten sind noch nicht gesendet und gingen verloren.</numerusform>
        </translation>
    </message>
    <message>
        <source>One moment...</source>
        <translation>Einen Moment …</translation>
    </message>
    <message>
        <source>Sign out and delete</source>
        <translation>Abmelden und löschen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>StatusTicks</name>
    <message>
        <source>Waiting to be sent</source>
        <translation>Wartet auf das Senden</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Nicht gesendet</translation>
    </message>
    <message>
        <source>Sent</source>
        <comment>a message</comment>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Delivered</source>
        <comment>a message</comment>
        <translation>Zugestellt</translation>
    </message>
    <message>
        <source>Read</source>
        <comment>a message</comment>
        <translation>Gelesen</translation>
    </message>
</context>
<context>
    <name>StorageSettings</name>
    <message>
        <source>On this device</source>
        <translation>Auf diesem Gerät</translation>
    </message>
    <message>
        <source>Messages and people</source>
        <translation>Nachrichten und Leute</translation>
    </message>
    <message>
        <source>Pictures you have looked at</source>
        <translation>Bilder, die du angesehen hast</translation>
    </message>
    <message>
        <source>Pictures that wait to be sent</source>
        <translation>Bilder, die noch gesendet werden</translation>
    </message>
    <message>
        <source>Remove the pictures from this device</source>
        <translation>Bilder von diesem Gerät entfernen</translation>
    </message>
    <message>
        <source>They stay on the server and are fetched again when you look at them.</source>
        <translation>Sie bleiben auf dem Server und werden wieder geladen, wenn du sie ansiehst.</translation>
    </message>
    <message>
        <source>Export my data</source>
        <translation>Meine Daten exportieren</translation>
    </message>
    <message>
        <source>A folder with your profile, conversations and pictures: pages for your browser, and the same as JSON for other programs.</source>
        <translation>Ein Ordner mit deinem Profil, deinen Chats und Bildern: Seiten für den Browser, und dasselbe als JSON für andere Programme.</translation>
    </message>
    <message>
        <source>Exporting, %1</source>
        <translation>Export läuft, %1</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Where to put the export</source>
        <translation>Wohin mit dem Export?</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>Texts</name>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>online</source>
        <translation>online</translation>
    </message>
    <message>
        <source>last seen just now</source>
        <translation>gerade eben online</translation>
    </message>
    <message numerus="yes">
        <source>last seen %Ln minutes ago</source>
        <translation>
            <numerusform>vor %Ln Minute online</numerusform>
            <numerusform>vor %Ln Minuten online</numerusform>
        </translation>
    </message>
    <message>
        <source>last seen today at %1</source>
        <translation>heute um %1 online</translation>
    </message>
    <message>
        <source>last seen yesterday at %1</source>
        <translation>gestern um %1 online</translation>
    </message>
    <message>
        <source>last seen %1</source>
        <translation>zuletzt online: %1</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <comment>QLocale&apos;s format of 3 March</comment>
        <translation>d. MMMM</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>QLocale&apos;s format of 3 Mar</comment>
        <translation>d. MMM</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <comment>QLocale&apos;s format of 3 March 2024</comment>
        <translation>d. MMMM yyyy</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>QLocale&apos;s format of 3 Mar 2024</comment>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>Deleted account</source>
        <translation>Gelöschtes Konto</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message numerus="yes">
        <source>%Ln messages deleted</source>
        <translation>
            <numerusform>%Ln Nachricht gelöscht</numerusform>
            <numerusform>%Ln Nachrichten gelöscht</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Create your account</source>
        <translation>Konto erstellen</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>chat.example.org</source>
        <translation>chat.example.org</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Your name, as others see it</source>
        <translation>Dein Name, wie andere ihn sehen</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>One moment...</source>
        <translation>Einen Moment …</translation>
    </message>
    <message>
        <source>Create account</source>
        <translation>Konto erstellen</translation>
    </message>
    <message>
        <source>I have an account: sign in</source>
        <translation>Ich habe ein Konto: anmelden</translation>
    </message>
    <message>
        <source>Create a new account</source>
        <translation>Neues Konto erstellen</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>%1 %</source>
        <extracomment>A part of a hundred, such as 80 %.</extracomment>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>dunlin::client::AppController</name>
    <message>
        <source>The copy of your messages on this computer was damaged. It is being loaded from the server again.</source>
        <translation>Die Kopie deiner Nachrichten auf diesem Computer war beschädigt. Sie wird neu vom Server geladen.</translation>
    </message>
    <message>
        <source>Connecting...</source>
        <translation>Verbinden …</translation>
    </message>
    <message>
        <source>Offline. Messages will be sent when you are back.</source>
        <translation>Offline. Nachrichten werden gesendet, sobald du wieder online bist.</translation>
    </message>
    <message>
        <source>Enter the address of a server, such as chat.example.org.</source>
        <translation>Gib die Adresse eines Servers ein, zum Beispiel chat.example.org.</translation>
    </message>
    <message>
        <source>Enter a user name.</source>
        <translation>Gib einen Benutzernamen ein.</translation>
    </message>
    <message>
        <source>Enter a password.</source>
        <translation>Gib ein Passwort ein.</translation>
    </message>
    <message>
        <source>Profile saved</source>
        <translation>Profil gespeichert</translation>
    </message>
    <message>
        <source>The server could not prove that it is yours, so Dunlin does not connect to it. In a public network, sign in to the network first. Otherwise ask whoever runs the server about its certificate.</source>
        <translation>Der Server konnte nicht nachweisen, dass er deiner ist, deshalb verbindet sich Dunlin nicht mit ihm. Melde dich in einem öffentlichen Netz zuerst im Netz an. Sonst frag nach seinem Zertifikat, wer den Server betreibt.</translation>
    </message>
    <message>
        <source>The server cannot be reached. Check the address and your network.</source>
        <translation>Der Server ist nicht erreichbar. Prüfe die Adresse und dein Netzwerk.</translation>
    </message>
</context>
<context>
    <name>dunlin::client::AttachmentListModel</name>
    <message numerus="yes">
        <source>Only %Ln pictures can be sent at once.</source>
        <translation>
            <numerusform>Nur %Ln Bild kann auf einmal gesendet werden.</numerusform>
            <numerusform>Nur %Ln Bilder können auf einmal gesendet werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is not on this computer. Save it first.</source>
        <translation>%1 ist nicht auf diesem Computer. Speichere es zuerst.</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>Das Bild</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>%1 kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>%1 is not a picture that can be sent. Use JPEG, PNG, WebP or GIF.</source>
        <translation>%1 ist kein Bild, das gesendet werden kann. Nimm JPEG, PNG, WebP oder GIF.</translation>
    </message>
    <message>
        <source>%1 is damaged.</source>
        <translation>%1 ist beschädigt.</translation>
    </message>
    <message>
        <source>%1 has too many pixels. Up to 64 million can be sent.</source>
        <translation>%1 hat zu viele Pixel. Höchstens 64 Millionen können gesendet werden.</translation>
    </message>
    <message>
        <source>%1 is too large. Up to 25 MB can be sent.</source>
        <translation>%1 ist zu groß. Höchstens 25 MB können gesendet werden.</translation>
    </message>
    <message>
        <source>There is no room left on this computer for %1.</source>
        <translation>Auf diesem Computer ist kein Platz mehr für %1.</translation>
    </message>
</context>
<context>
    <name>dunlin::client::ComposerController</name>
    <message>
        <source>Edit message</source>
        <translation>Nachricht bearbeiten</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Reply to your message</source>
        <translation>Antwort auf deine Nachricht</translation>
    </message>
    <message>
        <source>Reply to %1</source>
        <translation>Antwort an %1</translation>
    </message>
    <message>
        <source>There is no room left on this computer&apos;s disk.</source>
        <translation>Auf diesem Computer ist kein Speicherplatz mehr frei.</translation>
    </message>
</context>
<context>
    <name>dunlin::client::ConversationController</name>
    <message>
        <source>typing...</source>
        <translation>schreibt …</translation>
    </message>
</context>
<context>
    <name>dunlin::client::DeleteAccountController</name>
    <message>
        <source>This is not the password of your account.</source>
        <translation>Das ist nicht das Passwort deines Kontos.</translation>
    </message>
    <message>
        <source>Your account is deleted.</source>
        <translation>Dein Konto ist gelöscht.</translation>
    </message>
    <message>
        <source>Your account is deleted, but not everything of it could be deleted here.</source>
        <translation>Dein Konto ist gelöscht, aber hier konnte nicht alles davon gelöscht werden.</translation>
    </message>
</context>
<context>
    <name>dunlin::client::DesktopIntegration</name>
    <message>
        <source>Dunlin keeps running</source>
        <translation>Dunlin läuft weiter</translation>
    </message>
    <message>
        <source>You find it in the tray, and can quit it there.</source>
        <translation>Du findest es im Infobereich und kannst es dort beenden.</translation>
    </message>
</context>
<context>
    <name>dunlin::client::DeviceListModel</name>
    <message>
        <source>This device</source>
        <translation>Dieses Gerät</translation>
    </message>
    <message>
        <source>Online now</source>
        <translation>Jetzt online</translation>
    </message>
    <message>
        <source>Last active %1</source>
        <translation>Zuletzt aktiv: %1</translation>
    </message>
</context>
<context>
    <name>dunlin::client::EmojiModel</name>
    <message>
        <source>Smileys and emotion</source>
        <translation>Smileys und Gefühle</translation>
    </message>
    <message>
        <source>People and body</source>
        <translation>Menschen und Körper</translation>
    </message>
    <message>
        <source>Animals and nature</source>
        <translation>Tiere und Natur</translation>
    </message>
    <message>
        <source>Food and drink</source>
        <translation>Essen und Trinken</translation>
    </message>
    <message>
        <source>Travel and places</source>
        <translation>Reisen und Orte</translation>
    </message>
    <message>
        <source>Activities</source>
        <translation>Aktivitäten</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Gegenstände</translation>
    </message>
    <message>
        <source>Symbols</source>
        <translation>Symbole</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>Flaggen</translation>
    </message>
    <message>
        <source>Used lately</source>
        <translation>Zuletzt verwendet</translation>
    </message>
</context>
<context>
    <name>dunlin::client::FilePicker</name>
    <message>
        <source>Choose pictures</source>
        <translation>Bilder wählen</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>Bild wählen</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>Bild speichern</translation>
    </message>
</context>
<context>
    <name>dunlin::client::FindController</name>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>%L1 of %L2</source>
        <extracomment>Which of the messages that were found is shown, and how many there are.</extracomment>
        <translation>%L1 von %L2</translation>
    </message>
</context>
<context>
    <name>dunlin::client::KeychainController</name>
    <message>
        <source>No keychain answers on this computer.</source>
        <translation>Auf diesem Computer antwortet kein Schlüsselbund.</translation>
    </message>
    <message>
        <source>Your keychain is locked.</source>
        <translation>Dein Schlüsselbund ist gesperrt.</translation>
    </message>
    <message>
        <source>Your keychain cannot be used at the moment.</source>
        <translation>Dein Schlüsselbund ist gerade nicht nutzbar.</translation>
    </message>
    <message>
        <source>The disk is full, or the folder of this profile cannot be written.</source>
        <translation>Der Datenträger ist voll, oder in den Ordner dieses Profils kann nicht geschrieben werden.</translation>
    </message>
</context>
<context>
    <name>dunlin::client::LanguageController</name>
    <message>
        <source>Follow the system</source>
        <extracomment>Of a language: that of the system.</extracomment>
        <translation>Wie das System</translation>
    </message>
</context>
<context>
    <name>dunlin::client::LinkOpener</name>
    <message>
        <source>This link is not one that Dunlin knows.</source>
        <translation>Diesen Link kennt Dunlin nicht.</translation>
    </message>
    <message>
        <source>Nobody on this server is called %1.</source>
        <translation>Auf diesem Server heißt niemand %1.</translation>
    </message>
    <message>
        <source>This conversation is not one of yours.</source>
        <translation>Dieser Chat gehört nicht zu deinen.</translation>
    </message>
</context>
<context>
    <name>dunlin::client::MessageActions</name>
    <message>
        <source>%1, %2:
%3</source>
        <extracomment>Who, when, and what; for the clipboard.</extracomment>
        <translation>%1, %2:
%3</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Forwarded</source>
        <translation>Weitergeleitet</translation>
    </message>
</context>
<context>
    <name>dunlin::client::MessageListModel</name>
    <message>
        <source>Forwarded from you</source>
        <translation>Weitergeleitet von dir</translation>
    </message>
    <message>
        <source>Forwarded from %1</source>
        <translation>Weitergeleitet von %1</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>Someone</source>
        <translation>Jemand</translation>
    </message>
</context>
<context>
    <name>dunlin::client::MessageNotifier</name>
    <message>
        <source>New message</source>
        <translation>Neue Nachricht</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new messages</source>
        <translation>
            <numerusform>%Ln neue Nachricht</numerusform>
            <numerusform>%Ln neue Nachrichten</numerusform>
        </translation>
    </message>
    <message>
        <source>New messages</source>
        <translation>Neue Nachrichten</translation>
    </message>
    <message numerus="yes">
        <source>In %Ln conversations</source>
        <translation>
            <numerusform>In %Ln Chat</numerusform>
            <numerusform>In %Ln Chats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dunlin::client::NotificationService</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>Als gelesen markieren</translation>
    </message>
</context>
<context>
    <name>dunlin::client::RetentionController</name>
    <message>
        <source>1 year</source>
        <translation>1 Jahr</translation>
    </message>
    <message>
        <source>Messages are deleted after %1</source>
        <translation>Nachrichten bleiben %1</translation>
    </message>
    <message>
        <source>Messages are kept on devices only</source>
        <translation>Nachrichten bleiben nur auf den Geräten</translation>
    </message>
    <message>
        <source>This server deletes all messages after %1.</source>
        <translation>Dieser Server bewahrt Nachrichten nur %1 auf.</translation>
    </message>
    <message>
        <source>This server keeps messages only until everyone has them.</source>
        <translation>Dieser Server bewahrt Nachrichten nur auf, bis alle sie haben.</translation>
    </message>
    <message>
        <source>Until deleted</source>
        <comment>how long messages are kept</comment>
        <translation>Bis sie gelöscht werden</translation>
    </message>
    <message>
        <source>On devices only</source>
        <comment>how long messages are kept</comment>
        <translation>Nur auf den Geräten</translation>
    </message>
    <message>
        <source>Messages that are older than %1 are deleted now, for everyone and from all devices. The others follow when they are as old.</source>
        <translation>Nachrichten, die älter als %1 sind, werden jetzt gelöscht, für alle und von allen Geräten. Die anderen folgen, sobald sie so alt sind.</translation>
    </message>
    <message>
        <source>Messages are deleted from the server once all devices of everyone here have them. A device that signs in later does not find them.</source>
        <translation>Nachrichten werden vom Server gelöscht, sobald alle Geräte von allen hier sie haben. Ein Gerät, das sich später anmeldet, findet sie nicht mehr.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln weeks</source>
        <translation>
            <numerusform>%Ln Woche</numerusform>
            <numerusform>%Ln Wochen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln days</source>
        <translation>
            <numerusform>%Ln Tag</numerusform>
            <numerusform>%Ln Tage</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dunlin::client::SearchModel</name>
    <message>
        <source>People</source>
        <translation>Leute</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Offline. People can be found when you are back.</source>
        <translation>Offline. Leute findest du, sobald du wieder online bist.</translation>
    </message>
</context>
<context>
    <name>dunlin::client::SignOutController</name>
    <message>
        <source>You are signed out, but not everything could be deleted here.</source>
        <translation>Du bist abgemeldet, aber hier konnte nicht alles gelöscht werden.</translation>
    </message>
    <message>
        <source>You are signed out here. The server could not be told: remove this device in the settings of another one.</source>
        <translation>Du bist hier abgemeldet. Der Server weiß noch nichts davon: Entferne dieses Gerät in den Einstellungen eines anderen.</translation>
    </message>
</context>
<context>
    <name>dunlin::client::StorageController</name>
    <message>
        <source>The export cannot be written. Is there room in that folder, and may you write to it?</source>
        <translation>Der Export kann nicht geschrieben werden. Ist in dem Ordner Platz, und darfst du hineinschreiben?</translation>
    </message>
    <message>
        <source>Messages: %1, conversations: %2, pictures: %3. They are in %4.</source>
        <translation>Nachrichten: %1, Chats: %2, Bilder: %3. Sie liegen in %4.</translation>
    </message>
    <message>
        <source>Stopped before the end.</source>
        <translation>Vor dem Ende angehalten.</translation>
    </message>
    <message>
        <source>Some of it is only on the server and was left out: export again while you are online.</source>
        <translation>Einiges liegt nur auf dem Server und fehlt: Exportiere noch einmal, wenn du online bist.</translation>
    </message>
</context>
<context>
    <name>dunlin::client::TrayIcon</name>
    <message>
        <source>Open Dunlin</source>
        <translation>Dunlin öffnen</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Nicht stören</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message numerus="yes">
        <source>Dunlin, %Ln unread conversations</source>
        <translation>
            <numerusform>Dunlin, %Ln ungelesener Chat</numerusform>
            <numerusform>Dunlin, %Ln ungelesene Chats</numerusform>
        </translation>
    </message>
    <message>
        <source>Dunlin</source>
        <translation>Dunlin</translation>
    </message>
</context>
<context>
    <name>dunlin::client::ViewerController</name>
    <message>
        <source>Saved to %1</source>
        <translation>Gespeichert in %1</translation>
    </message>
    <message>
        <source>The picture cannot be saved there. Choose another folder.</source>
        <translation>Das Bild kann dort nicht gespeichert werden. Wähle einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>The picture is damaged.</source>
        <translation>Das Bild ist beschädigt.</translation>
    </message>
</context>
</TS>
