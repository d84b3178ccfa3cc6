// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

/// How the text of a message is read: the common marks of Markdown that people type in chats, web
/// addresses and mentions. Pure functions; the time they take grows with the length of the text and
/// with nothing else that a peer can choose.
///
/// In a line: **bold**, *italic* or _italic_, `code`, http(s) addresses, @user_name. Marks stand at
/// the edges of words, so that snake_case_names and 2*3*4 stay what they are; inside of code and of
/// links nothing is a mark. Whole lines: "> " begins a quote, ``` begins and ends code.
namespace dunlin::client {

/// The text as HTML for Qt's rich text. What a peer wrote gets through as text only. Elements and
/// classes are coloured by the style sheet of whoever shows it (Theme.messageCss): a, code,
/// table.quote with td.bar and td.quoted, table.block with td.code and tt. Mentions lead to
/// dunlin://user/NAME.
QString toHtml(const QString &text);

/// The words alone, without the marks, for previews and notifications.
QString plainOf(const QString &text);

} // namespace dunlin::client
