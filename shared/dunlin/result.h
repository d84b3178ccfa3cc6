// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dunlin/error_code.h"

#include <tl/expected.hpp>

namespace dunlin {

/// What a fallible operation returns: the value, or an Error someone can act on.
template <typename T> using Result = tl::expected<T, Error>;

/// An Error ready to be returned from a function with a Result.
inline tl::unexpected<Error> failure(ErrorCode code, std::string message,
                                     std::chrono::milliseconds retryAfter = {})
{
    return tl::unexpected(
            Error{.code = code, .message = std::move(message), .retryAfter = retryAfter});
}

} // namespace dunlin
