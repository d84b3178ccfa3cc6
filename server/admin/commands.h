// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "admin/command.h"
#include "admin/report.h"
#include "admin/workplace.h"

#include <QCoroTask>

/// The commands, one function each; workplace is open, and outlives the task.
namespace dunlin::admin {

using Reply = QCoro::Task<Result<Report>>;

Reply addUser(Workplace &workplace, Command command);
Reply listUsers(Workplace &workplace, Command command);
Reply showUser(Workplace &workplace, Command command);
Reply disableUser(Workplace &workplace, Command command);
Reply enableUser(Workplace &workplace, Command command);
Reply resetPassword(Workplace &workplace, Command command);
Reply exportUser(Workplace &workplace, Command command);
Reply deleteUser(Workplace &workplace, Command command);
Reply listDevices(Workplace &workplace, Command command);
Reply revokeDevice(Workplace &workplace, Command command);

Reply showStatistics(Workplace &workplace, Command command);
Reply collectGarbage(Workplace &workplace, Command command);
/// workplace is not open; it works with any schema.
Result<Report> showMigrations(Workplace &workplace);

} // namespace dunlin::admin
