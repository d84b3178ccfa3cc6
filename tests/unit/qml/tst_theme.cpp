// SPDX-License-Identifier: Apache-2.0
#include "app_window.h"
#include "appearance.h"

#include <QColor>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QRegularExpression>
#include <QTest>

#include <cmath>
#include <memory>

using namespace dunlin::client;

namespace {

constexpr double contrastMin = 4.5;

/// Relative luminance as WCAG 2.1 defines it.
double luminance(const QColor &color)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(double(color.redF())) + 0.7152 * linear(double(color.greenF()))
            + 0.0722 * linear(double(color.blueF()));
}

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

/// What a half transparent colour looks like on another one.
QColor over(const QColor &top, const QColor &below)
{
    const auto mixed = [&](float one, float other) {
        return top.alphaF() * one + (1 - top.alphaF()) * other;
    };
    return QColor::fromRgbF(mixed(top.redF(), below.redF()), mixed(top.greenF(), below.greenF()),
                            mixed(top.blueF(), below.blueF()));
}

struct Pair {
    const char *text;
    const char *background;
};

/// Everything that is written, and what it is written on.
constexpr Pair pairs[] = {{"text", "window"},
                          {"text", "surface"},
                          {"text", "raised"},
                          {"text", "hovered"},
                          {"text", "selected"},
                          {"text", "field"},
                          {"text", "pill"},
                          {"text", "bubbleOther"},
                          {"text", "bubbleOwn"},
                          {"textMuted", "window"},
                          {"textMuted", "surface"},
                          {"textMuted", "raised"},
                          {"textMuted", "hovered"},
                          {"textMuted", "selected"},
                          {"textMuted", "field"},
                          {"textMuted", "pill"},
                          {"textMuted", "bubbleOther"},
                          {"accent", "window"},
                          {"accent", "surface"},
                          {"accent", "raised"},
                          {"accent", "hovered"},
                          {"accent", "selected"},
                          {"accent", "bubbleOther"},
                          {"accent", "bubbleOwn"},
                          {"danger", "window"},
                          {"danger", "surface"},
                          {"danger", "raised"},
                          {"danger", "hovered"},
                          {"danger", "selected"},
                          {"danger", "bubbleOther"},
                          {"danger", "bubbleOwn"},
                          {"accentText", "accentFill"},
                          {"accentText", "badgeMuted"},
                          {"bubbleOwnMuted", "bubbleOwn"},
                          {"read", "bubbleOwn"},
                          {"read", "surface"},
                          {"read", "selected"},
                          {"scrimText", "viewer"},
                          {"scrimTextMuted", "viewer"}};

} // namespace

class ThemeTest : public QObject {
    Q_OBJECT

    QQmlEngine engine_;
    std::unique_ptr<QObject> holder_;
    QObject *theme_ = nullptr;

    QColor color(const char *role) const { return theme_->property(role).value<QColor>(); }

private Q_SLOTS:
    void initTestCase()
    {
        AppWindow::prepareApplication();
        engine_.addImportPath(QStringLiteral("qrc:/qt/qml"));
        QQmlComponent component(&engine_);
        component.setData("import QtQuick\nimport Dunlin\n"
                          "QtObject { readonly property QtObject theme: Theme }",
                          QUrl());
        holder_.reset(component.create());
        QVERIFY2(holder_, qPrintable(component.errorString()));
        theme_ = holder_->property("theme").value<QObject *>();
        QVERIFY(theme_ != nullptr);
    }

    void everyAccentTheUserCanChooseIsThere()
    {
        QCOMPARE(theme_->property("accents").toList().size(), qsizetype(Appearance::accentCount));
    }

    void whatIsWrittenCanBeRead_data()
    {
        QTest::addColumn<bool>("isDark");
        QTest::addColumn<int>("accent");
        for (int accent = 0; accent < Appearance::accentCount; ++accent) {
            QTest::addRow("light, accent %d", accent) << false << accent;
            QTest::addRow("dark, accent %d", accent) << true << accent;
        }
    }

    void whatIsWrittenCanBeRead()
    {
        QFETCH(bool, isDark);
        QFETCH(int, accent);
        theme_->setProperty("isDark", isDark);
        theme_->setProperty("accentChoice", accent);
        for (const Pair &pair : pairs) {
            const QColor background = over(color(pair.background), color("window"));
            const double found = contrast(color(pair.text), background);
            QVERIFY2(color(pair.text).isValid() && found >= contrastMin,
                     qPrintable(
                             QStringLiteral("%1 on %2: %3")
                                     .arg(QLatin1String(pair.text), QLatin1String(pair.background))
                                     .arg(found)));
        }
        const QColor initials = color("accentText");
        for (const QVariant &avatar : theme_->property("avatars").toList()) {
            const double found = contrast(initials, QColor(avatar.toString()));
            QVERIFY2(found >= contrastMin, qPrintable(avatar.toString()));
        }
        // On the brightest picture.
        QVERIFY(contrast(color("scrimText"), over(color("scrim"), Qt::white)) >= contrastMin);
        // Code in a bubble.
        static const QRegularExpression parts(
                QStringLiteral("rgba\\((\\d+), (\\d+), (\\d+), (\\d+)\\)"));
        const auto code = parts.match(theme_->property("codeCss").toString());
        QVERIFY(code.hasMatch());
        const QColor codeColor(code.captured(1).toInt(), code.captured(2).toInt(),
                               code.captured(3).toInt(), code.captured(4).toInt());
        for (const char *bubble : {"bubbleOwn", "bubbleOther"}) {
            QVERIFY(contrast(color("text"), over(codeColor, color(bubble))) >= contrastMin);
            QVERIFY(contrast(color("accent"), color(bubble)) >= contrastMin);
        }
    }

    void sizesFollowTheTextAndControlsNeverShrink()
    {
        theme_->setProperty("textScale", 1.6);
        QCOMPARE(theme_->property("textNormal").toInt(), 21);
        QCOMPARE(theme_->property("control").toInt(), 58);
        theme_->setProperty("textScale", 0.8);
        QCOMPARE(theme_->property("textNormal").toInt(), 10);
        QCOMPARE(theme_->property("control").toInt(), 36);
        theme_->setProperty("textScale", 1.0);
    }

    void nothingMovesWhereMotionIsReduced()
    {
        QCOMPARE(theme_->property("motion").toInt(), 120);
        theme_->setProperty("isMotionReduced", true);
        QCOMPARE(theme_->property("motion").toInt(), 0);
        theme_->setProperty("isMotionReduced", false);
    }
};

QTEST_MAIN(ThemeTest)
#include "tst_theme.moc"
