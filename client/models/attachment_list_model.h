// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client.h"
#include "image_preparer.h"

#include <QAbstractListModel>
#include <QHash>
#include <QImage>
#include <QThreadPool>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

namespace dunlin::client {

/// The pictures that will be sent with the next message of the open conversation. They are made
/// ready away from the GUI thread while the caption is written. Each conversation keeps its own
/// until the app ends.
class AttachmentListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from the conversation controller")
    Q_PROPERTY(int count READ count NOTIFY changed)
    /// Some are not ready for sending yet.
    Q_PROPERTY(bool isPreparing READ isPreparing NOTIFY changed)
    /// Large pictures keep all of their pixels.
    Q_PROPERTY(bool isOriginal READ isOriginal WRITE setOriginal NOTIFY originalChanged)
    /// What the last files that were refused are told by; empty when none was.
    Q_PROPERTY(QString problemText READ problemText NOTIFY problemTextChanged)

public:
    enum Role { FileRole = Qt::UserRole + 1, IsReadyRole, SizeTextRole };

    explicit AttachmentListModel(Client &client, QObject *parent = nullptr);
    ~AttachmentListModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] bool isPreparing() const;
    [[nodiscard]] bool isOriginal() const { return m_isOriginal; }
    void setOriginal(bool isOriginal);
    [[nodiscard]] QString problemText() const { return m_problemText; }

    /// Shows the pictures of this conversation, and keeps the others'.
    void open(ConversationId id);
    /// What is to be sent, and empties the list; nothing while isPreparing. The files are the
    /// caller's.
    QList<Image> take();
    /// In words a person can act on.
    static QString textOf(PictureProblem problem, const QString &name);
    /// Back again into a conversation, when they could not be queued.
    void putBack(ConversationId id, const QList<Image> &images);
    /// Everybody's, with the files that were made: another account is not to see them.
    void clear();

    Q_INVOKABLE void addFiles(const QList<QUrl> &files);
    /// An encoded picture, as it is dropped from a browser.
    Q_INVOKABLE void addData(const QByteArray &bytes);
    /// The picture or the picture files that were copied; false when there are none.
    Q_INVOKABLE bool addFromClipboard();
    Q_INVOKABLE void remove(int row);

Q_SIGNALS:
    void changed();
    void originalChanged();
    void problemTextChanged();

private:
    struct Row {
        quint64 id = 0;
        QString name; ///< For telling what is wrong with it.
        QString source; ///< A file of the user's; empty for the others.
        QByteArray data; ///< An encoded picture.
        QImage bitmap;
        Image prepared;
        bool isReady = false;
    };

    void add(Row row);
    QCoro::Task<void> prepare(quint64 id);
    void keepForOther(quint64 id, const PictureResult<Image> &prepared);
    void fail(quint64 id, PictureProblem problem);
    void setProblemText(const QString &text);
    [[nodiscard]] int rowOf(quint64 id) const;
    static void removeFiles(const Image &image);

    Client &m_client;
    ConversationId m_conversation;
    QList<Row> m_rows;
    QHash<ConversationId, QList<Row>> m_others;
    bool m_isOriginal = false;
    quint64 m_lastId = 0;
    QThreadPool m_pool;
    QString m_problemText;
};

} // namespace dunlin::client
