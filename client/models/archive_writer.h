// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive_message.h"

#include <QDateTime>
#include <QFile>
#include <QMap>
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
/// messages.json, pages of HTML and pictures. All that is known here of a message is in both: the
/// texts that an edit replaced are not, since the server keeps them and gives them to nobody. Used
/// by one thread at a time; its functions return false when the disk says no, and nothing is to be
/// written after that.
class ArchiveWriter {
public:
    static constexpr int messagesPerPage = 1000;

    /// A new folder in parent, named after the user and the time.
    ArchiveWriter(QString parent, Person self, const QDateTime &now);

    bool begin();
    bool beginConversation(const ConversationSummary &conversation);
    /// In ascending order. files: paths of pictures by blob id; those that are missing are left
    /// out. people: who wrote first what was forwarded, where they are known.
    bool add(const QList<StoredMessage> &messages, const QHash<QString, QString> &files,
             const QHash<UserId, Person> &people);
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
    /// The page that has what is answered; empty when none has.
    [[nodiscard]] QString pageOf(const Quote &quote) const;

    ArchiveContext m_context;
    ArchiveReport m_report;
    QString m_folder;
    QString m_index;
    QFile m_json;
    QFile m_page;
    int m_pageNumber = 0;
    int m_onPage = 0;
    QMap<MessageSeq, int> m_pageStarts; ///< The first place on each page, and its number.
    bool m_isFirst = true;
    qint64 m_inConversation = 0;
    int m_pictureNumber = 0;
};

} // namespace dunlin::client
