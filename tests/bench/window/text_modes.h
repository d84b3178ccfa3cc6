// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app_controller.h"

#include <QJsonObject>
#include <QQuickWindow>

/// What is measured in a profile that fillWithText() made.
namespace dunlin::bench {

/// From the request to open a conversation to the frame that has its newest message, for each.
QJsonObject openConversations(client::AppController &app, QQuickWindow &window, int conversations);

/// From a key press in the composer to the frame that has its letter, while 50 messages a second
/// arrive in the same conversation.
QJsonObject typeWhileMessagesArrive(client::AppController &app, QQuickWindow &window);

/// From the click on the composer's button until emoji are on screen: the first time, and later.
QJsonObject openEmoji(client::AppController &app, QQuickWindow &window);

/// Scrolling back in a long conversation and jumping to random days of it: how long each frame
/// took, and how long after each jump the day's first message was on screen.
QJsonObject readLongConversation(client::AppController &app, QQuickWindow &window);

} // namespace dunlin::bench
