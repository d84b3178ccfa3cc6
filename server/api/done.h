// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/result.h"

#include "dunlin.pb.h"

namespace dunlin::api {

/// The answer to requests that return nothing else.
inline v1::ServerFrame done()
{
    v1::ServerFrame frame;
    frame.mutable_done();
    return frame;
}

inline Result<v1::ServerFrame> doneOr(const Result<void> &result)
{
    if (!result)
        return tl::unexpected(result.error());
    return done();
}

} // namespace dunlin::api
