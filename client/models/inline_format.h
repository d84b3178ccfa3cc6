// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringView>

/// The marks that stand in a line of a message; see message_format.h, which is for everyone else.
namespace dunlin::client {

enum class FormatOutput { Html, Plain };

/// Text without marks.
void appendEscaped(QString &out, QStringView text, FormatOutput output);
/// One line with its marks.
void appendInline(QString &out, QStringView line, FormatOutput output);

} // namespace dunlin::client
