// SPDX-License-Identifier: Apache-2.0
#include "blobs/digest.h"

#include <openssl/evp.h>

#include <array>

namespace dunlin::blobs {

Digest::Digest(Kind kind) : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free)
{
    EVP_DigestInit_ex(context_.get(), kind == Kind::Sha1 ? EVP_sha1() : EVP_sha256(), nullptr);
}

void Digest::add(QByteArrayView bytes)
{
    EVP_DigestUpdate(context_.get(), bytes.data(), static_cast<std::size_t>(bytes.size()));
}

std::string Digest::result()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned size = 0;
    EVP_DigestFinal_ex(context_.get(), bytes.data(), &size);
    return {reinterpret_cast<const char *>(bytes.data()), size};
}

} // namespace dunlin::blobs
