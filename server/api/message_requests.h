// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/services.h"

#include "dunlin.pb.h"

/// The requests about messages. See answerRequest().
namespace dunlin::api {

QCoro::Task<Result<v1::ServerFrame>> postMessage(Services &services, Identity who,
                                                 v1::PostMessage request);
QCoro::Task<Result<v1::ServerFrame>> editMessage(Services &services, Identity who,
                                                 v1::EditMessage request);
QCoro::Task<Result<v1::ServerFrame>> deleteMessages(Services &services, Identity who,
                                                    v1::DeleteMessages request);
QCoro::Task<Result<v1::ServerFrame>> setReaction(Services &services, Identity who,
                                                 v1::SetReaction request);
QCoro::Task<Result<v1::ServerFrame>> pinMessage(Services &services, Identity who,
                                                v1::PinMessage request);
QCoro::Task<Result<v1::ServerFrame>> saveDraft(Services &services, Identity who,
                                               v1::SaveDraft request);

} // namespace dunlin::api
