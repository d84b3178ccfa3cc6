// SPDX-License-Identifier: Apache-2.0
#include "people/search_words.h"

#include <QString>

#include <algorithm>

namespace dunlin::people {

std::vector<std::string> searchWords(std::string_view text)
{
    const QString folded = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))
                                   .normalized(QString::NormalizationForm_KD)
                                   .toUpper() // and ß becomes two letters, as it sounds
                                   .toCaseFolded();
    std::vector<std::string> words;
    QString word;
    const auto finishWord = [&] {
        std::string finished = word.toStdString();
        if (!finished.empty() && std::find(words.begin(), words.end(), finished) == words.end())
            words.push_back(std::move(finished));
        word.clear();
    };
    for (const QChar letter : folded) {
        if (letter.isLetterOrNumber() || letter.isSurrogate())
            word += letter;
        else if (!letter.isMark())
            finishWord();
    }
    finishWord();
    return words;
}

std::vector<std::string> searchWordsOf(std::string_view userName, std::string_view displayName)
{
    std::vector<std::string> words =
            searchWords(std::string(userName) + ' ' + std::string(displayName));
    if (std::find(words.begin(), words.end(), userName) == words.end())
        words.emplace_back(userName);
    return words;
}

} // namespace dunlin::people
