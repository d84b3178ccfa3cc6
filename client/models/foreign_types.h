// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blob_cache.h"

#include <QtQml/qqml.h>

namespace dunlin::client {

/// Makes types of the core, which knows no QML, known to it.
struct BlobCacheForQml {
    Q_GADGET
    QML_FOREIGN(dunlin::client::BlobCache)
    QML_NAMED_ELEMENT(BlobCache)
    QML_UNCREATABLE("Comes from the app controller")
};

} // namespace dunlin::client
