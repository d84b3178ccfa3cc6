// SPDX-License-Identifier: Apache-2.0
#include "app_link.h"
#include "message_format.h"
#include "targets.h"

#include <QList>

#include <algorithm>
#include <array>

namespace dunlin::fuzz {
namespace {

using namespace client;

QString textOf(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

/// What toHtml() may write, by element.
struct Element {
    const char *name;
    const char *begin; ///< The whole tag; of a link up to the address.
};
constexpr std::array elements{
        Element{"a", "a href=\"http"},
        Element{"a", "a href=\"dunlin://user/"},
        Element{"b", "b"},
        Element{"i", "i"},
        Element{"code", "code"},
        Element{"tt", "tt"},
        Element{"div", "div"},
        Element{"tr", "tr"},
        Element{"table", "table class=\"quote\" cellspacing=\"0\" cellpadding=\"0\""},
        Element{"table", "table class=\"block\" cellspacing=\"0\" cellpadding=\"6\""},
        Element{"td", "td class=\"bar\" width=\"3\""},
        Element{"td", "td class=\"quoted\""},
        Element{"td", "td class=\"code\""},
};

/// The element's name; empty for one that nobody of us wrote.
QString elementOf(QStringView tag)
{
    for (const Element &element : elements) {
        const QLatin1String begin(element.begin);
        const bool isLink = *element.name == 'a';
        if (isLink ? tag.startsWith(begin) && tag.endsWith(u'"') && tag.count(u'"') == 2
                   : tag == begin)
            return QLatin1String(element.name);
    }
    return {};
}

/// Only tags of ours, each closed, none across another: what a peer writes gets through as text.
void requireOurHtml(const QString &html)
{
    QList<QString> open;
    for (qsizetype at = html.indexOf(u'<'); at >= 0; at = html.indexOf(u'<', at + 1)) {
        const qsizetype end = html.indexOf(u'>', at);
        require(end > at, "a tag has an end");
        const QStringView tag = QStringView(html).mid(at + 1, end - at - 1);
        if (tag == u"br")
            continue;
        if (tag.startsWith(u'/')) {
            require(!open.isEmpty() && open.takeLast() == tag.mid(1), "elements are nested");
            continue;
        }
        open.append(elementOf(tag));
        require(!open.last().isEmpty(), "tags are ours");
    }
    require(open.isEmpty(), "every element is closed");
    require(html.count(u'<') == html.count(u'>'), "no angle bracket is a peer's");
}

} // namespace

void messageFormat(std::string_view bytes)
{
    const QString text = textOf(bytes);
    requireOurHtml(toHtml(text));
    require(plainOf(text).size() <= text.size() + 1, "without its marks a text is not longer");
}

void appLink(std::string_view bytes)
{
    const auto link = parseAppLink(textOf(bytes));
    if (!link)
        return;
    const QString written = std::holds_alternative<PersonLink>(*link)
            ? QLatin1String("dunlin://user/") + std::get<PersonLink>(*link).userName
            : QLatin1String("dunlin://conversation/")
                    + QString::number(std::get<ConversationLink>(*link).conversation.value);
    require(parseAppLink(written) == link, "a link can be written in one way that means the same");
}

} // namespace dunlin::fuzz
