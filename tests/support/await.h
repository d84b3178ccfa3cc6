// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoroTask>

#include <utility>

namespace dunlin::test {

/// The result of a task, the event loop running until it is there.
template <typename Task> auto await(Task task)
{
    return QCoro::waitFor(std::move(task));
}

} // namespace dunlin::test
