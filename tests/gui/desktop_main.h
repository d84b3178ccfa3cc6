// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "desktop_session.h"

#include <QApplication>
#include <QPixmap>
#include <QTest>

namespace dunlin::test {

/// The main function of a test that has a desktop's session around its application, whose icon is
/// blue all over. Test is made with the session.
template <typename Test> int runOnDesktop(int argc, char *argv[])
{
    DesktopSession session;
    session.adopt();
    QApplication application(argc, argv);
    QPixmap icon(64, 64);
    icon.fill(Qt::blue);
    QApplication::setWindowIcon(icon);
    Test test(session);
    return QTest::qExec(&test, argc, argv);
}

} // namespace dunlin::test
