// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/services.h"

#include "dunlin.pb.h"

/// The requests about messages. See answerRequest().
namespace dunlin::api {

QCoro::Task<Result<v1::ServerFrame>> postMessage(Services &services, Identity who,
                                                 v1::PostMessage request);

} // namespace dunlin::api
