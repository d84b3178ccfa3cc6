// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>

#include <memory>
#include <string>

struct evp_md_ctx_st;

namespace dunlin::blobs {

/// SHA-256 (FIPS 180-4) of bytes that come in pieces, or SHA-1, which the checksum extension of tus
/// asks for. By OpenSSL, which uses the processor's own instructions.
class Digest {
public:
    enum class Kind { Sha1, Sha256 };
    explicit Digest(Kind kind = Kind::Sha256);

    void add(QByteArrayView bytes);
    /// The raw digest. Nothing can be added afterwards.
    [[nodiscard]] std::string result();

private:
    std::unique_ptr<evp_md_ctx_st, void (*)(evp_md_ctx_st *)> context_;
};

/// What the digest of some bytes has to be.
struct Checksum {
    Digest::Kind kind = Digest::Kind::Sha256;
    std::string digest;
};

} // namespace dunlin::blobs
