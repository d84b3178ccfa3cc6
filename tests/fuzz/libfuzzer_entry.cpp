// SPDX-License-Identifier: Apache-2.0
#include "targets.h"

#include <cstddef>
#include <string_view>

namespace {

template <typename Targets> void (*find(const Targets &targets))(std::string_view)
{
    for (const auto &target : targets) {
        if (std::string_view(target.name) == DUNLIN_FUZZ_TARGET)
            return target.run;
    }
    return nullptr;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const auto ofServer = find(dunlin::fuzz::serverTargets);
    static const auto run = ofServer != nullptr ? ofServer : find(dunlin::fuzz::appTargets);
    run({reinterpret_cast<const char *>(data), size});
    return 0;
}
