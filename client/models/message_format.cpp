// SPDX-License-Identifier: Apache-2.0
#include "message_format.h"

#include "inline_format.h"

#include <QList>

#include <utility>

namespace dunlin::client {
namespace {

constexpr QStringView fence = u"```";
constexpr QStringView quoteMark = u"> ";

/// The lines of a text as paragraphs, quotes and blocks of code.
class BlockFormat {
public:
    BlockFormat(const QString &text, FormatOutput output)
        : m_lines(QStringView(text).split(u'\n')), m_output(output)
    { }

    QString take()
    {
        while (m_next < m_lines.size()) {
            if (!takeCode() && !takeQuote())
                takeParagraph();
        }
        // What is only words needs no block.
        if (m_output == FormatOutput::Html && m_blockCount == 1 && m_out.startsWith(paragraphBegin))
            return m_out.mid(paragraphBegin.size(),
                             m_out.size() - paragraphBegin.size() - paragraphEnd.size());
        return std::move(m_out);
    }

private:
    static constexpr QLatin1String paragraphBegin{"<div>"};
    static constexpr QLatin1String paragraphEnd{"</div>"};

    void addTag(QLatin1String tag)
    {
        if (m_output == FormatOutput::Html)
            m_out.append(tag);
    }
    void beginBlock(QLatin1String tag)
    {
        if (m_blockCount++ > 0 && m_output == FormatOutput::Plain)
            m_out.append(u'\n');
        addTag(tag);
    }
    void addLineBreak()
    {
        m_out.append(QLatin1String(m_output == FormatOutput::Html ? "<br>" : "\n"));
    }
    void addLine(QStringView line) { appendInline(m_out, line, m_output); }

    [[nodiscard]] bool isQuote(qsizetype line) const { return m_lines[line].startsWith(quoteMark); }
    [[nodiscard]] static bool endsCode(QStringView line) { return line.trimmed().endsWith(fence); }

    /// The line that ends the code which begins at m_next; -1: nothing begins there.
    qsizetype endOfCode()
    {
        const QStringView first = m_lines[m_next];
        if (!m_mayHaveCode || !first.startsWith(fence) || first.startsWith(u"````"))
            return -1;
        if (first.trimmed().size() > 2 * fence.size() && endsCode(first))
            return m_next;
        for (qsizetype line = m_next + 1; line < m_lines.size(); ++line) {
            if (endsCode(m_lines[line]))
                return line;
        }
        m_mayHaveCode = false; // there is no end further on either
        return -1;
    }

    bool takeCode()
    {
        const qsizetype end = endOfCode();
        if (end < 0)
            return false;
        beginBlock(QLatin1String("<table class=\"block\" cellspacing=\"0\" cellpadding=\"6\"><tr>"
                                 "<td class=\"code\"><tt>"));
        bool isFirst = true;
        for (qsizetype line = m_next; line <= end; ++line) {
            QStringView part = m_lines[line];
            if (line == end)
                part = part.left(part.lastIndexOf(fence));
            if (line == m_next)
                part = part.mid(fence.size());
            // What is beside the marks is kept, unless it is nothing.
            if ((line == m_next || line == end) && part.trimmed().isEmpty())
                continue;
            if (!std::exchange(isFirst, false))
                addLineBreak();
            appendEscaped(m_out, part, m_output);
        }
        m_next = end + 1;
        addTag(QLatin1String("</tt></td></tr></table>"));
        return true;
    }

    bool takeQuote()
    {
        if (!isQuote(m_next))
            return false;
        beginBlock(QLatin1String("<table class=\"quote\" cellspacing=\"0\" cellpadding=\"0\"><tr>"
                                 "<td class=\"bar\" width=\"3\"></td><td class=\"quoted\">"));
        while (true) {
            addLine(m_lines[m_next].mid(quoteMark.size()));
            if (++m_next == m_lines.size() || !isQuote(m_next))
                break;
            addLineBreak();
        }
        addTag(QLatin1String("</td></tr></table>"));
        return true;
    }

    void takeParagraph()
    {
        beginBlock(paragraphBegin);
        while (true) {
            addLine(m_lines[m_next]);
            if (++m_next == m_lines.size() || isQuote(m_next) || endOfCode() >= 0)
                break;
            addLineBreak();
        }
        addTag(paragraphEnd);
    }

    QList<QStringView> m_lines;
    FormatOutput m_output;
    qsizetype m_next = 0;
    bool m_mayHaveCode = true;
    int m_blockCount = 0;
    QString m_out;
};

} // namespace

QString toHtml(const QString &text)
{
    return BlockFormat(text, FormatOutput::Html).take();
}

QString plainOf(const QString &text)
{
    return BlockFormat(text, FormatOutput::Plain).take();
}

} // namespace dunlin::client
