// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFileDialog>
#include <QPointer>
#include <QQuickItem>
#include <QUrl>

namespace dunlin::client {

/// The desktop's own dialogs for files; one at a time, and the window goes on meanwhile. GUI
/// thread.
class FilePicker : public QQuickItem {
    Q_OBJECT
    QML_ELEMENT

public:
    /// Picture files to be opened: several, or one.
    Q_INVOKABLE void pickPictures(bool isSeveral);
    /// A place for a new file, of this name unless another is chosen.
    Q_INVOKABLE void pickPlace(const QString &fileName);
    /// A folder that is there, or that the user makes in the dialog.
    Q_INVOKABLE void pickFolder(const QString &title);

Q_SIGNALS:
    void picked(const QList<QUrl> &files);

private:
    void open(QFileDialog *dialog);

    QPointer<QFileDialog> m_dialog;
};

} // namespace dunlin::client
