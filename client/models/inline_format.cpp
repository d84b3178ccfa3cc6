// SPDX-License-Identifier: Apache-2.0
#include "inline_format.h"

#include "dunlin/validation.h"

#include <QList>

#include <array>
#include <utility>

namespace dunlin::client {
namespace {

constexpr char16_t variationSelector = 0xFE0F;
constexpr char16_t joiner = 0x200D;
constexpr char16_t keycap = 0x20E3;
/// Scripts from here on are written without spaces between words.
constexpr char16_t firstUnspaced = 0x2E80;

bool isWord(QChar c)
{
    return c.isLetterOrNumber() && c.unicode() < firstUnspaced;
}

bool isNamePart(QChar c)
{
    return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.');
}

/// What stands in one line.
class InlineFormat {
public:
    /// Writes to out.
    InlineFormat(QStringView line, FormatOutput output, QString &out)
        : m_line(line), m_output(output), m_out(out)
    { }

    void take()
    {
        m_out.reserve(m_line.size());
        while (m_at < m_line.size()) {
            if (!takeSpecial())
                takeWords();
        }
        replaceMarks();
    }

private:
    enum Kind { Bold, Star, Underscore, kindCount };
    /// What may turn out to be one; until then it stands in the output as it was written.
    struct Mark {
        Kind kind;
        qsizetype place;
        bool isOpening = false;
        bool isClosing = false;
    };

    bool takeSpecial()
    {
        switch (m_line[m_at].unicode()) {
        case u'`':
            return takeCode();
        case u'h':
            return takeLink();
        case u'@':
            return takeMention();
        case u'*':
        case u'_':
            return takeMarks();
        default:
            return false;
        }
    }

    [[nodiscard]] QChar at(qsizetype place) const
    {
        return place >= 0 && place < m_line.size() ? m_line[place] : QChar(u' ');
    }
    /// How often the character stands here.
    [[nodiscard]] qsizetype runLength() const
    {
        qsizetype end = m_at;
        while (end < m_line.size() && m_line[end] == m_line[m_at])
            ++end;
        return end - m_at;
    }
    void addText(qsizetype length)
    {
        appendEscaped(m_out, m_line.mid(m_at, length), m_output);
        m_at += length;
    }
    void addTag(QLatin1String tag)
    {
        if (m_output == FormatOutput::Html)
            m_out.append(tag);
    }

    void takeWords()
    {
        static constexpr QStringView special = u"`h@*_";
        qsizetype end = m_at + 1;
        while (end < m_line.size() && !special.contains(m_line[end]))
            ++end;
        addText(end - m_at);
    }

    bool takeCode()
    {
        const qsizetype length = runLength();
        const qsizetype end = length == 1 && m_mayHaveCode ? m_line.indexOf(u'`', m_at + 1) : -1;
        if (end < 0) {
            // Else a line of single ones would be searched to its end again and again.
            m_mayHaveCode = m_mayHaveCode && length > 1;
            addText(length);
            return true;
        }
        addTag(QLatin1String("<code>"));
        appendEscaped(m_out, m_line.mid(m_at + 1, end - m_at - 1), m_output);
        addTag(QLatin1String("</code>"));
        m_at = end + 1;
        return true;
    }

    bool takeLink()
    {
        if (at(m_at + 1) != u't')
            return false; // soon said, for most words
        const QStringView rest = m_line.mid(m_at);
        const qsizetype scheme = rest.startsWith(u"https://") ? 8
                : rest.startsWith(u"http://")                 ? 7
                                                              : 0;
        if (scheme == 0 || isWord(at(m_at - 1)))
            return false;
        qsizetype length = scheme;
        qsizetype unclosed = 0;
        const auto isPartOfLink = [](QChar c) {
            return !c.isSpace() && c != u'<' && c != u'>' && c != u'"';
        };
        for (; length < rest.size() && isPartOfLink(rest[length]); ++length)
            unclosed += rest[length] == u'(' ? 1 : rest[length] == u')' ? -1 : 0;
        // The end of a sentence is not part of it, a bracket only with its other half.
        for (; length > scheme; --length) {
            const QChar last = rest[length - 1];
            if (last == u')' && unclosed >= 0)
                break;
            if (!QStringView(u".,;:!?)]'*`").contains(last))
                break;
            unclosed += last == u')' ? 1 : 0;
        }
        if (length <= scheme + 1)
            return false;
        addLink(rest.left(length), length);
        return true;
    }

    bool takeMention()
    {
        const QChar before = at(m_at - 1);
        if (!isNamePart(at(m_at + 1)) || isWord(before) || before == u'@' || before == u'/')
            return false;
        qsizetype end = m_at + 1;
        while (isNamePart(at(end)))
            ++end;
        while (end > m_at + 1 && !at(end - 1).isLetterOrNumber())
            --end;
        const QByteArray typed = m_line.mid(m_at + 1, end - m_at - 1).toLatin1();
        const auto name = validation::normalizedUserName(typed.toStdString());
        if (!name)
            return false;
        addLink(QString(QLatin1String("dunlin://user/") + QString::fromStdString(*name)),
                end - m_at);
        return true;
    }

    void addLink(QStringView address, qsizetype length)
    {
        addTag(QLatin1String("<a href=\""));
        if (m_output == FormatOutput::Html)
            appendEscaped(m_out, address, m_output);
        addTag(QLatin1String("\">"));
        addText(length);
        addTag(QLatin1String("</a>"));
    }

    bool takeMarks()
    {
        const QChar mark = m_line[m_at];
        const qsizetype length = runLength();
        const QChar before = at(m_at - 1);
        const QChar after = at(m_at + length);
        const bool isMark = length <= (mark == u'*' ? 3 : 1);
        const bool canOpen = isMark && !after.isSpace() && !isWord(before);
        const bool canClose = isMark && !before.isSpace() && !isWord(after);
        if (!canOpen && !canClose) {
            addText(length);
            return true;
        }
        const Kind single = mark == u'_' ? Underscore : Star;
        if (length == 3) {
            // What was opened last is closed first.
            const bool isStarInside = !m_open.isEmpty() && m_marks[m_open.last()].kind == Star;
            takeMark(isStarInside ? Star : Bold, canOpen, canClose);
            takeMark(isStarInside ? Bold : Star, canOpen, canClose);
        } else {
            takeMark(length == 2 ? Bold : single, canOpen, canClose);
        }
        return true;
    }

    void takeMark(Kind kind, bool canOpen, bool canClose)
    {
        Mark mark{.kind = kind, .place = m_out.size()};
        addText(lengthOf(kind));
        if (canClose && m_openCount[kind] > 0) {
            // Those inside that were not closed stay what they are.
            qsizetype opening = -1;
            do {
                opening = m_open.takeLast();
                --m_openCount[m_marks[opening].kind];
            } while (m_marks[opening].kind != kind);
            m_marks[opening].isOpening = true;
            mark.isClosing = true;
            m_marks.append(mark);
        } else if (canOpen) {
            ++m_openCount[kind];
            m_open.append(m_marks.size());
            m_marks.append(mark);
        }
    }

    void replaceMarks()
    {
        if (m_marks.isEmpty())
            return;
        QString out;
        out.reserve(m_out.size() + 4 * m_marks.size());
        qsizetype done = 0;
        for (const Mark &mark : std::as_const(m_marks)) {
            if (!mark.isOpening && !mark.isClosing)
                continue;
            out.append(QStringView(m_out).mid(done, mark.place - done));
            if (m_output == FormatOutput::Html) {
                out.append(QLatin1String(mark.isOpening ? "<" : "</"));
                out.append(QLatin1String(mark.kind == Bold ? "b>" : "i>"));
            }
            done = mark.place + lengthOf(mark.kind);
        }
        out.append(QStringView(m_out).mid(done));
        m_out = std::move(out);
    }

    static qsizetype lengthOf(Kind kind) { return kind == Bold ? 2 : 1; }

    QStringView m_line;
    FormatOutput m_output;
    QString &m_out;
    qsizetype m_at = 0;
    bool m_mayHaveCode = true;
    QList<Mark> m_marks;
    /// Those of m_marks that may still be closed.
    QList<qsizetype> m_open;
    std::array<int, kindCount> m_openCount{};
};

} // namespace

void appendEscaped(QString &out, QStringView text, FormatOutput output)
{
    if (output == FormatOutput::Plain) {
        out.append(text);
        return;
    }
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QChar c = text[at];
        switch (c.unicode()) {
        case variationSelector:
            // Inside of a sequence Qt 6.4 would tear it apart there.
            if (at + 1 == text.size() || (text[at + 1] != joiner && text[at + 1] != keycap))
                out.append(c);
            break;
        case u'<':
            out.append(QLatin1String("&lt;"));
            break;
        case u'>':
            out.append(QLatin1String("&gt;"));
            break;
        case u'&':
            out.append(QLatin1String("&amp;"));
            break;
        case u'"':
            out.append(QLatin1String("&quot;"));
            break;
        case u' ':
            // Runs of spaces are kept as they were written.
            if (out.endsWith(u' ')) {
                out.chop(1);
                out.append(QLatin1String("&nbsp;"));
            }
            out.append(c);
            break;
        default:
            out.append(c);
        }
    }
}

void appendInline(QString &out, QStringView line, FormatOutput output)
{
    if (line.isEmpty())
        return;
    // Of its own: its marks are replaced when all of it is known.
    QString formatted;
    InlineFormat(line, output, formatted).take();
    out.append(formatted);
}

} // namespace dunlin::client
