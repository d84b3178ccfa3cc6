// SPDX-License-Identifier: Apache-2.0
#include "api/rest_body.h"

#include <QJsonDocument>
#include <QUuid>

#include <google/protobuf/util/json_util.h>

namespace dunlin::api {

Result<QJsonObject> readBody(const std::string &bytes)
{
    if (bytes.empty())
        return QJsonObject();
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(bytes));
    if (!document.isObject())
        return failure(ErrorCode::InvalidArgument, "the body has to be a JSON object");
    return document.object();
}

Result<std::int64_t> idIn(const QJsonObject &body, const QString &name)
{
    const auto id = parsePositiveId(body[name].toString().toStdString());
    if (!id) {
        return failure(ErrorCode::InvalidArgument,
                       name.toStdString() + " has to be an id, as a string");
    }
    return *id;
}

Result<ClientId> clientIdIn(const QJsonObject &body)
{
    const QString name = QStringLiteral("clientId");
    if (!body.contains(name))
        return ClientId::random();
    const auto uuid = QUuid::fromString(body[name].toString());
    const auto given = ClientId::fromBytes(uuid.toRfc4122().toStdString());
    if (!given)
        return failure(ErrorCode::InvalidArgument, "clientId has to be a UUID");
    return *given;
}

Result<v1::ImageList> imagesIn(const QJsonObject &body)
{
    const QString name = QStringLiteral("images");
    v1::ImageList list;
    if (!body.contains(name))
        return list;
    const QByteArray json = QJsonDocument(QJsonObject{{name, body[name]}}).toJson();
    google::protobuf::util::JsonParseOptions options;
    options.ignore_unknown_fields = true;
    if (!google::protobuf::util::JsonStringToMessage(json.toStdString(), &list, options).ok())
        return failure(ErrorCode::InvalidArgument, "images is not a list of images");
    return list;
}

} // namespace dunlin::api
