// SPDX-License-Identifier: Apache-2.0
#include "file_picker.h"

#include <QQuickWindow>
#include <QStandardPaths>
#include <QWindow>

namespace dunlin::client {
namespace {

/// Where the last one was, in this run.
QUrl &lastFolder()
{
    static QUrl folder =
            QUrl::fromLocalFile(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
    return folder;
}

} // namespace

void FilePicker::pickPictures(bool isSeveral)
{
    auto *dialog = new QFileDialog(nullptr, {}, lastFolder().toLocalFile());
    dialog->setWindowTitle(isSeveral ? tr("Choose pictures") : tr("Choose a picture"));
    dialog->setFileMode(isSeveral ? QFileDialog::ExistingFiles : QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Pictures")
                                    + QStringLiteral(" (*.jpg *.jpeg *.png *.webp *.gif"
                                                     " *.bmp *.tif *.tiff)"),
                            tr("All files") + QStringLiteral(" (*)")});
    open(dialog);
}

void FilePicker::pickPlace(const QString &fileName)
{
    auto *dialog = new QFileDialog(nullptr, {}, lastFolder().toLocalFile());
    dialog->setWindowTitle(tr("Save the picture"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->selectFile(fileName);
    open(dialog);
}

void FilePicker::pickFolder(const QString &title)
{
    auto *dialog = new QFileDialog(
            nullptr, {}, QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->setWindowTitle(title);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    open(dialog);
}

void FilePicker::open(QFileDialog *dialog)
{
    delete m_dialog;
    m_dialog = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("filePicker"));
    connect(this, &QObject::destroyed, dialog, &QObject::deleteLater);
    // Not urlsSelected: where Qt draws the dialog itself, only filesSelected is emitted.
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        lastFolder() = dialog->directoryUrl();
        Q_EMIT picked(dialog->selectedUrls());
    });
    dialog->winId(); // makes its window, which then belongs to ours
    if (window() != nullptr && dialog->windowHandle() != nullptr)
        dialog->windowHandle()->setTransientParent(window());
    dialog->setWindowModality(Qt::WindowModal);
    dialog->open();
}

} // namespace dunlin::client
