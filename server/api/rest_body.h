// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin.pb.h"
#include "dunlin/ids.h"
#include "dunlin/result.h"

#include <QJsonObject>

#include <cstdint>
#include <string>

namespace dunlin::api {

// What stands in the body of a REST request (openapi.json). Errors: INVALID_ARGUMENT, with a
// message that names what is wrong.

/// An empty body is an empty object.
Result<QJsonObject> readBody(const std::string &bytes);

/// An id has to be there. 64-bit ids are strings in JSON: a number would lose digits.
Result<std::int64_t> idIn(const QJsonObject &body, const QString &name);

/// "clientId"; a random one when it is not there.
Result<ClientId> clientIdIn(const QJsonObject &body);

/// "images", as the protocol's own JSON has them; whether they are allowed is not looked at.
Result<v1::ImageList> imagesIn(const QJsonObject &body);

} // namespace dunlin::api
