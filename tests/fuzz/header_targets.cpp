// SPDX-License-Identifier: Apache-2.0
#include "accounts/refresh_token.h"
#include "accounts/token.h"
#include "api/upload_headers.h"
#include "targets.h"
#include "types/blob_id.h"

namespace dunlin::fuzz {

void tokens(std::string_view bytes)
{
    if (const auto token = accounts::Token::parse(bytes)) {
        require(token->text() == bytes, "there is one text for each token");
        require(token->user.value > 0 && token->device.value > 0, "a token is a device's");
        require(token->matches(token->hash()), "a token matches its hash");
    }
    if (const auto token = accounts::RefreshToken::parse(bytes)) {
        require(token->text() == bytes, "there is one text for each refresh token");
        require(token->matches(token->hash()) && token->isOfFamily(token->familyHash()),
                "a refresh token matches its hashes");
    }
    if (const auto blob = BlobId::parse(bytes))
        require(blob->text() == bytes && *blob, "there is one text for each blob");
}

/// Four lines: a number, Upload-Checksum, Range, and the size of what the range is of.
void uploadHeaders(std::string_view bytes)
{
    const auto number = api::numberFrom(takeLine(bytes));
    require(!number || *number >= 0, "sizes are not negative");

    const auto checksum = api::checksumFrom(takeLine(bytes));
    require(checksum || checksum.error().code == ErrorCode::InvalidArgument,
            "what is wrong with a checksum is said");

    const std::string_view rangeText = takeLine(bytes);
    const std::int64_t size = api::numberFrom(bytes).value_or(1000);
    const auto range = api::rangeFrom(rangeText, size);
    if (range && *range) {
        require((*range)->begin >= 0 && (*range)->begin < (*range)->end && (*range)->end <= size,
                "a range lies within what there is");
    }
}

} // namespace dunlin::fuzz
