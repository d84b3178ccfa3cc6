// SPDX-License-Identifier: Apache-2.0
#include "archive_writer.h"

#include "texts.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <utility>

namespace dunlin::client {
namespace {

/// Follows the reader's own light or dark.
constexpr const char *style = R"(<style>
:root { color-scheme: light dark; }
body { font: 15px/1.45 system-ui, sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; }
.m { margin: .5em 0; padding: .5em .9em; border-radius: 1em; background: rgba(128, 128, 128, .13); }
.own { background: rgba(31, 95, 196, .17); margin-inline-start: 4em; }
.m:not(.own) { margin-inline-end: 4em; }
.m small { opacity: .75; }
.m img { display: block; max-width: 100%; max-height: 30em; border-radius: .8em; margin: .4em 0; }
td.bar { background: currentColor; } td.quoted { padding-inline-start: .6em; }
code, tt { font-family: monospace; }
blockquote { margin: .3em 0; padding-inline-start: .6em; border-inline-start: 3px solid; opacity: .85; }
blockquote a { color: inherit; text-decoration: none; }
.m p { margin: .2em 0; } .reactions { font-size: .9em; }
:target { outline: 2px solid; }
</style>)";

/// The context of their translations.
struct Archive {
    Q_DECLARE_TR_FUNCTIONS(Archive)
};

QString head(const QString &title)
{
    const QLocale locale;
    return QStringLiteral("<!DOCTYPE html>\n<html lang=\"%3\" dir=\"%4\">\n<head>\n<meta "
                          "charset=\"utf-8\">"
                          "\n<title>%1</title>\n%2\n</head>\n<body>\n<h1>%1</h1>\n")
            .arg(title.toHtmlEscaped(), QLatin1String(style), locale.bcp47Name(),
                 QLatin1String(locale.textDirection() == Qt::RightToLeft ? "rtl" : "ltr"));
}

QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QString endingOf(const QString &contentType)
{
    const QString kind = contentType.section(u'/', 1);
    return kind == QLatin1String("jpeg") ? QStringLiteral("jpg")
            : kind == QLatin1String("png") || kind == QLatin1String("webp")
                    || kind == QLatin1String("gif")
            ? kind
            : QStringLiteral("bin");
}

QString pageName(int number)
{
    return QStringLiteral("page-%1.html").arg(number);
}

} // namespace

ArchiveWriter::ArchiveWriter(QString parent, Person self, const QDateTime &now)
    : m_context{.self = std::move(self)}
{
    // A user name is made of letters that every file system takes.
    const QString name = QStringLiteral("%1/Dunlin %2 %3")
                                 .arg(parent, m_context.self.userName,
                                      now.toString(QStringLiteral("yyyy-MM-dd HH.mm.ss")));
    m_report.directory = name;
    for (int number = 2; QDir(m_report.directory).exists(); ++number)
        m_report.directory = name + QStringLiteral(" (%1)").arg(number);
}

bool ArchiveWriter::write(QFile &file, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    return file.write(bytes) == bytes.size();
}

bool ArchiveWriter::writeWhole(const QString &name, const QString &text)
{
    QFile file(m_report.directory + u'/' + name);
    return file.open(QIODevice::WriteOnly) && write(file, text) && file.flush();
}

bool ArchiveWriter::begin()
{
    m_index = head(Archive::tr("Dunlin: %1").arg(isolated(shownName(m_context.self))))
            + QLatin1String("<ul>\n");
    return QDir().mkpath(m_report.directory)
            && writeWhole(QStringLiteral("profile.json"),
                          compact(archivedPerson(m_context.self)) + u'\n');
}

bool ArchiveWriter::beginConversation(const ConversationSummary &conversation)
{
    m_context.conversation = conversation;
    ++m_report.conversations;
    m_folder = QStringLiteral("%1 %2")
                       .arg(m_report.conversations, 3, 10, QLatin1Char('0'))
                       .arg(conversation.peer.userName)
                       .trimmed();
    const QString path = m_report.directory + u'/' + m_folder;
    if (!QDir().mkpath(path))
        return false;
    m_pageNumber = 0;
    m_pageStarts.clear();
    m_isFirst = true;
    m_inConversation = 0;
    m_pictureNumber = 0;
    m_json.setFileName(path + QLatin1String("/messages.json"));
    const QJsonObject about{
            {QStringLiteral("conversationId"), QString::number(conversation.id.value)},
            {QStringLiteral("with"), archivedPerson(conversation.peer)},
            {QStringLiteral("draft"), conversation.draft.text}};
    return m_json.open(QIODevice::WriteOnly)
            && write(m_json,
                     QLatin1String("{\"conversation\":") + compact(about)
                             + QLatin1String(",\n\"messages\":["))
            && beginPage();
}

bool ArchiveWriter::beginPage()
{
    ++m_pageNumber;
    m_onPage = 0;
    m_page.setFileName(m_report.directory + u'/' + m_folder + u'/' + pageName(m_pageNumber));
    return m_page.open(QIODevice::WriteOnly)
            && write(m_page, head(shownName(m_context.conversation.peer)));
}

bool ArchiveWriter::endPage(bool isLast)
{
    QString links = QStringLiteral("<p><a href=\"../index.html\">%1</a>")
                            .arg(Archive::tr("All conversations").toHtmlEscaped());
    if (m_pageNumber > 1)
        links += QStringLiteral(" &middot; <a href=\"%1\">%2</a>")
                         .arg(pageName(m_pageNumber - 1),
                              Archive::tr("Earlier", "messages").toHtmlEscaped());
    if (!isLast)
        links += QStringLiteral(" &middot; <a href=\"%1\">%2</a>")
                         .arg(pageName(m_pageNumber + 1),
                              Archive::tr("Later", "messages").toHtmlEscaped());
    const bool isWritten =
            write(m_page, links + QLatin1String("</p>\n</body>\n</html>\n")) && m_page.flush();
    m_page.close();
    return isWritten;
}

QString ArchiveWriter::copyPicture(const Image &image, const QHash<QString, QString> &files)
{
    const QString file = image.file.isEmpty() ? files.value(image.blobId) : image.file;
    const QString name =
            QStringLiteral("picture-%1.%2").arg(++m_pictureNumber).arg(endingOf(image.contentType));
    if (file.isEmpty() || !QFile::copy(file, m_report.directory + u'/' + m_folder + u'/' + name)) {
        ++m_report.picturesMissing;
        return {};
    }
    ++m_report.pictures;
    return name;
}

bool ArchiveWriter::add(const QList<StoredMessage> &messages, const QHash<QString, QString> &files,
                        const QHash<UserId, Person> &people)
{
    m_context.others = people;
    for (const StoredMessage &message : messages) {
        if (m_onPage == messagesPerPage && !(endPage(false) && beginPage()))
            return false;
        if (!addOne(message, files))
            return false;
    }
    return true;
}

bool ArchiveWriter::addOne(const StoredMessage &message, const QHash<QString, QString> &files)
{
    QStringList pictures;
    for (const Image &image : message.images)
        pictures += copyPicture(image, files);
    const QString json = compact(archivedJson(message, m_context, pictures));
    const QString html = archivedHtml(message, m_context, pictures, pageOf(message.quote));
    const QString before = m_isFirst ? QStringLiteral("\n") : QStringLiteral(",\n");
    m_isFirst = false;
    if (message.seq && m_onPage == 0)
        m_pageStarts.insert(message.seq, m_pageNumber);
    if (!message.isHidden) {
        ++m_inConversation;
        ++m_onPage;
        ++m_report.messages;
    }
    return write(m_json, before + json) && write(m_page, html);
}

QString ArchiveWriter::pageOf(const Quote &quote) const
{
    // What is answered came before, and so it is on this page or an earlier one.
    const auto found = m_pageStarts.upperBound(quote.seq);
    return quote.isKnown && found != m_pageStarts.begin() ? pageName(std::prev(found).value())
                                                          : QString();
}

bool ArchiveWriter::endConversation(const QList<StoredMessage> &unsent, bool isComplete)
{
    if (!add(unsent, {}, {}) || !endPage(true))
        return false;
    m_report.isComplete = m_report.isComplete && isComplete;
    const bool isWritten = write(m_json,
                                 QStringLiteral("\n],\n\"isComplete\":%1}\n")
                                         .arg(QLatin1String(isComplete ? "true" : "false")))
            && m_json.flush();
    m_json.close();
    const QString folder = QString::fromLatin1(QUrl::toPercentEncoding(m_folder));
    m_index += QStringLiteral("<li><a href=\"%1/%2\">%3</a> <small>%4</small></li>\n")
                       .arg(folder, pageName(1),
                            shownName(m_context.conversation.peer).toHtmlEscaped(),
                            QLocale().toString(m_inConversation));
    return isWritten;
}

bool ArchiveWriter::finish()
{
    return writeWhole(QStringLiteral("index.html"),
                      m_index + QLatin1String("</ul>\n</body>\n</html>\n"));
}

} // namespace dunlin::client
