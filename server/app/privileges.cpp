// SPDX-License-Identifier: Apache-2.0
#include "app/privileges.h"

#include <QDir>

#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace dunlin::app {
namespace {

tl::unexpected<Error> cannot(const QString &what)
{
    return failure(ErrorCode::Unavailable,
                   "cannot " + what.toStdString() + ": " + std::strerror(errno));
}

tl::unexpected<Error> noUser(const QString &user)
{
    return failure(ErrorCode::Unavailable,
                   "the server does not run as root and there is no user \"" + user.toStdString()
                           + "\" to run as; make one with: useradd "
                             "--system --no-create-home --shell /usr/sbin/nologin "
                           + user.toStdString());
}

Result<void> become(const passwd &account)
{
    if (::setgroups(0, nullptr) != 0 || ::setgid(account.pw_gid) != 0
        || ::setuid(account.pw_uid) != 0)
        return cannot(QLatin1String("become ") + QString::fromLocal8Bit(account.pw_name));
    ::prctl(PR_SET_DUMPABLE, 1); // as for a process that was never root
    return {};
}

} // namespace

Result<void> prepareDataDirectory(const QString &directory, const QString &user)
{
    const QByteArray path = directory.toLocal8Bit();
    if (!QDir().mkpath(QDir(directory + QLatin1String("/..")).absolutePath()))
        return cannot(QLatin1String("make ") + directory);
    if (::mkdir(path.constData(), 0700) != 0 && errno != EEXIST)
        return cannot(QLatin1String("make ") + directory);
    if (::geteuid() != 0)
        return {};
    const passwd *account = ::getpwnam(user.toLocal8Bit().constData());
    if (account == nullptr || account->pw_uid == 0)
        return noUser(user);
    if (::chown(path.constData(), account->pw_uid, account->pw_gid) != 0)
        return cannot(QLatin1String("give away ") + directory);
    if (auto done = become(*account); !done)
        return done;
    if (::access(path.constData(), R_OK | W_OK | X_OK) != 0)
        return cannot(QLatin1String("use ") + directory + QLatin1String(" as ") + user);
    return {};
}

Result<void> dropRoot(const QString &user)
{
    if (::geteuid() != 0)
        return {};
    const passwd *account = ::getpwnam(user.toLocal8Bit().constData());
    if (account == nullptr || account->pw_uid == 0)
        return noUser(user);
    return become(*account);
}

void keepMemoryPrivate()
{
    const rlimit none{.rlim_cur = 0, .rlim_max = 0};
    ::setrlimit(RLIMIT_CORE, &none);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // they look into it themselves
    ::prctl(PR_SET_DUMPABLE, 0);
#endif
}

} // namespace dunlin::app
