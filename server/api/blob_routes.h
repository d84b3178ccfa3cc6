// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/services.h"
#include "net/http_router.h"

namespace dunlin::api {

/// Uploads by tus 1.0 (https://tus.io/protocols/resumable-upload): core, creation, expiration,
/// termination, checksum with sha1 and sha256; and downloads by GET /blobs/{blobId}, with Range
/// and ETag (RFC 9110). Both with the session's token, in the field authToken or as a bearer token.
/// services outlives the router.
void addBlobRoutes(net::HttpRouter &router, Services &services);

} // namespace dunlin::api
