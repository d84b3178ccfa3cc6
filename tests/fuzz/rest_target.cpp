// SPDX-License-Identifier: Apache-2.0
#include "api/rest_body.h"
#include "targets.h"

namespace dunlin::fuzz {
namespace {

template <typename Value> void requireAnswer(const Result<Value> &read)
{
    require(read
                    || (read.error().code == ErrorCode::InvalidArgument
                        && !read.error().message.empty()),
            "what is wrong with a body is said");
}

} // namespace

void restBody(std::string_view bytes)
{
    const auto body = api::readBody(std::string(bytes));
    requireAnswer(body);
    if (!body)
        return;
    const auto user = api::idIn(*body, QStringLiteral("userId"));
    requireAnswer(user);
    require(!user || *user > 0, "an id is positive");
    const auto client = api::clientIdIn(*body);
    requireAnswer(client);
    require(!client || client->toBytes().size() == 16, "a client id is a UUID");
    requireAnswer(api::imagesIn(*body));
}

} // namespace dunlin::fuzz
