<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ConversationRow</name>
    <message numerus="yes">
        <source>%Ln unread</source>
        <comment>messages</comment>
        <translation>
            <numerusform>%Ln unread</numerusform>
            <numerusform>%Ln unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Pictures</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PinnedBar</name>
    <message numerus="yes">
        <source>%Ln pinned messages</source>
        <translation>
            <numerusform>%Ln pinned message</numerusform>
            <numerusform>%Ln pinned messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message numerus="yes">
        <source>%Ln selected</source>
        <comment>messages</comment>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SignOutSection</name>
    <message numerus="yes">
        <source>%Ln messages are not sent yet and would be lost.</source>
        <translation>
            <numerusform>%Ln message is not sent yet and would be lost.</numerusform>
            <numerusform>%Ln messages are not sent yet and would be lost.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Texts</name>
    <message numerus="yes">
        <source>last seen %Ln minutes ago</source>
        <translation>
            <numerusform>last seen %Ln minute ago</numerusform>
            <numerusform>last seen %Ln minutes ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message numerus="yes">
        <source>%Ln messages deleted</source>
        <translation>
            <numerusform>%Ln message deleted</numerusform>
            <numerusform>%Ln messages deleted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dunlin::client::AttachmentListModel</name>
    <message numerus="yes">
        <source>Only %Ln pictures can be sent at once.</source>
        <translation>
            <numerusform>Only %Ln picture can be sent at once.</numerusform>
            <numerusform>Only %Ln pictures can be sent at once.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dunlin::client::MessageNotifier</name>
    <message numerus="yes">
        <source>%Ln new messages</source>
        <translation>
            <numerusform>%Ln new message</numerusform>
            <numerusform>%Ln new messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In %Ln conversations</source>
        <translation>
            <numerusform>In %Ln conversation</numerusform>
            <numerusform>In %Ln conversations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dunlin::client::RetentionController</name>
    <message numerus="yes">
        <source>%Ln weeks</source>
        <translation>
            <numerusform>%Ln week</numerusform>
            <numerusform>%Ln weeks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln days</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dunlin::client::TrayIcon</name>
    <message numerus="yes">
        <source>Dunlin, %Ln unread conversations</source>
        <translation>
            <numerusform>Dunlin, %Ln unread conversation</numerusform>
            <numerusform>Dunlin, %Ln unread conversations</numerusform>
        </translation>
    </message>
</context>
</TS>
