// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive_export.h"

#include <QUrl>
#include <QtQml/qqmlregistration.h>

namespace dunlin::client {

/// What the profile takes on the disk, and the export of all of it.
class StorageController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from the app controller")
    /// Sizes in words, of the last reload(); empty before.
    Q_PROPERTY(QString databaseText READ databaseText NOTIFY sizesChanged)
    Q_PROPERTY(QString picturesText READ picturesText NOTIFY sizesChanged)
    Q_PROPERTY(QString outboxText READ outboxText NOTIFY sizesChanged)
    Q_PROPERTY(bool isExporting READ isExporting NOTIFY exportChanged)
    /// 0 to 1.
    Q_PROPERTY(double progress READ progress NOTIFY exportChanged)
    /// How the last export ended; empty when there was none.
    Q_PROPERTY(QString resultText READ resultText NOTIFY exportChanged)
    Q_PROPERTY(bool hasFailed READ hasFailed NOTIFY exportChanged)
    Q_PROPERTY(QUrl exportedFolder READ exportedFolder NOTIFY exportChanged)

public:
    explicit StorageController(Client &client, QObject *parent = nullptr);

    [[nodiscard]] QString databaseText() const { return m_databaseText; }
    [[nodiscard]] QString picturesText() const { return m_picturesText; }
    [[nodiscard]] QString outboxText() const { return m_outboxText; }
    [[nodiscard]] bool isExporting() const { return m_isExporting; }
    [[nodiscard]] double progress() const { return m_progress; }
    [[nodiscard]] QString resultText() const { return m_resultText; }
    [[nodiscard]] bool hasFailed() const { return m_hasFailed; }
    [[nodiscard]] QUrl exportedFolder() const { return m_exportedFolder; }

    /// Looks at the disk, on another thread.
    Q_INVOKABLE void reload();
    Q_INVOKABLE void clearPictures();
    /// Into a new folder in this one.
    Q_INVOKABLE void exportTo(const QUrl &folder);
    Q_INVOKABLE void cancelExport();

Q_SIGNALS:
    void sizesChanged();
    void exportChanged();

private:
    QCoro::Task<void> measure();
    QCoro::Task<void> runExport(QString parent);
    [[nodiscard]] QString textOf(const ArchiveReport &report) const;

    Client &m_client;
    ArchiveExport m_export;
    QString m_databaseText;
    QString m_picturesText;
    QString m_outboxText;
    bool m_isExporting = false;
    double m_progress = 0;
    QString m_resultText;
    bool m_hasFailed = false;
    QUrl m_exportedFolder;
};

} // namespace dunlin::client
