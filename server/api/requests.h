// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/services.h"

#include "dunlin.pb.h"

namespace dunlin::api {

/// Answers every request a signed-in device may make that needs nothing of its connection: the
/// request's arguments become a call of the domain, the result a frame. Authorisation is the
/// domain's: each call names who asks.
///
/// A PostMessage and a RaiseWatermarks have reached the writer's queue when this returns, so that
/// what one connection sends stays in order; but a message that forwards another is read first.
/// Errors: the domain's; UNIMPLEMENTED.
QCoro::Task<Result<v1::ServerFrame>> answerRequest(Services &services, Identity who,
                                                   v1::ClientFrame request);

} // namespace dunlin::api
