// SPDX-License-Identifier: Apache-2.0
#include "licence_list_model.h"

#include <QFile>
#include <QUrl>

#include <array>

namespace dunlin::client {
namespace {

struct Licence {
    const char *name;
    /// As SPDX names them.
    const char *spdx;
    const char *address;
};

/// Those of ARCHITECTURE.md's table, which a test compares, with what comes along; of the server
/// too, since whoever runs one reads it here.
constexpr std::array licences{
        Licence{"Qt 6", "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
                "https://doc.qt.io/qt-6/licensing.html"},
        Licence{"QCoro", "MIT", "https://github.com/danvratil/qcoro"},
        Licence{"QtKeychain", "BSD-3-Clause", "https://github.com/frankosterfeld/qtkeychain"},
        Licence{"protobuf", "BSD-3-Clause", "https://github.com/protocolbuffers/protobuf"},
        Licence{"SQLite", "blessing", "https://www.sqlite.org/copyright.html"},
        Licence{"tl::expected", "CC0-1.0", "https://github.com/TartanLlama/expected"},
        Licence{"Unicode's list of emoji and their names (CLDR)", "Unicode-DFS-2016",
                "https://www.unicode.org/license.txt"},
        Licence{"Noto fonts", "OFL-1.1", "https://github.com/notofonts"},
        Licence{"libsodium", "ISC", "https://github.com/jedisct1/libsodium"},
        Licence{"OpenSSL", "Apache-2.0", "https://www.openssl.org/source/license.html"},
        Licence{"libpq and PostgreSQL", "PostgreSQL", "https://www.postgresql.org/about/licence/"},
        Licence{"Boost.Beast", "BSL-1.0", "https://www.boost.org/LICENSE_1_0.txt"},
        Licence{"toml++", "MIT", "https://github.com/marzer/tomlplusplus"},
        Licence{"CLI11", "BSD-3-Clause", "https://github.com/CLIUtils/CLI11"},
        Licence{"prometheus-cpp (core)", "MIT", "https://github.com/jupp0r/prometheus-cpp"},
};

} // namespace

int LicenceListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(licences.size());
}

QVariant LicenceListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= int(licences.size()))
        return {};
    const Licence &licence = licences[std::size_t(index.row())];
    switch (role) {
    case NameRole:
        return QString::fromLatin1(licence.name);
    case LicenceRole:
        return QString::fromLatin1(licence.spdx);
    case AddressRole:
        return QUrl(QString::fromLatin1(licence.address));
    default:
        return {};
    }
}

QHash<int, QByteArray> LicenceListModel::roleNames() const
{
    return {{NameRole, "name"}, {LicenceRole, "licence"}, {AddressRole, "address"}};
}

QString LicenceListModel::ownText()
{
    QFile file(QStringLiteral(":/dunlin/LICENSE"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace dunlin::client
