// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "types.h"

#include <QDateTime>
#include <QFile>
#include <QHash>
#include <QString>

namespace dunlin::client {

/// What an export holds.
struct ArchiveReport {
    QString directory = {};
    int conversations = 0;
    qint64 messages = 0;
    int pictures = 0;
    /// Neither here nor to be had now.
    int picturesMissing = 0;
    /// Without a hole in any conversation.
    bool isComplete = true;
};

/// Writes an export: index.html and profile.json, and for each conversation a folder with
/// messages.json, pages of HTML and pictures. Used by one thread at a time; its functions return
/// false when the disk says no, and nothing is to be written after that.
class ArchiveWriter {
public:
    static constexpr int messagesPerPage = 1000;

    /// A new folder in parent, named after the user and the time.
    ArchiveWriter(QString parent, Person self, const QDateTime &now);

    bool begin();
    bool beginConversation(const ConversationSummary &conversation);
    /// In ascending order. files: paths of pictures by blob id; those that are missing are left
    /// out.
    bool add(const QList<StoredMessage> &messages, const QHash<QString, QString> &files);
    /// unsent: what waits in the outbox.
    bool endConversation(const QList<StoredMessage> &unsent, bool isComplete);
    bool finish();

    [[nodiscard]] const ArchiveReport &report() const { return m_report; }

private:
    bool addOne(const StoredMessage &message, const QHash<QString, QString> &files);
    /// The name of the picture in the folder; empty when it is missing.
    QString copyPicture(const Image &image, const QHash<QString, QString> &files);
    bool beginPage();
    bool endPage(bool isLast);
    bool write(QFile &file, const QString &text);
    bool writeWhole(const QString &name, const QString &text);
    [[nodiscard]] const Person &senderOf(const StoredMessage &message) const;

    Person m_self;
    ArchiveReport m_report;
    ConversationSummary m_conversation;
    QString m_folder;
    QString m_index;
    QFile m_json;
    QFile m_page;
    int m_pageNumber = 0;
    int m_onPage = 0;
    qint64 m_inConversation = 0;
    int m_pictureNumber = 0;
};

} // namespace dunlin::client
