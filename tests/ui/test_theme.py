"""The looks: contrast computed from the tokens, and sizes that follow the zoom."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import Appearance
from referral_app.paths import resource
from referral_app.ui import icons, style, theme
from referral_app.ui.tokens import CONTRAST, DARK, LIGHT, Tokens

LOOKS = pytest.mark.parametrize("tokens", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])
GROUNDS = ("window", "surface", "sunken")
STATES = ("emergency", "warning", "ok", "info")


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors after WCAG 2.2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    made = QColor(color)
    return 0.2126 * linear(made.redF()) + 0.7152 * linear(made.greenF()) + 0.0722 * linear(made.blueF())


@LOOKS
@pytest.mark.parametrize("ink", ["text", "muted", "disabled", "accent", *STATES])
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_stands_out_from_every_ground(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@LOOKS
def test_what_cannot_be_pressed_looks_otherwise(tokens: Tokens) -> None:
    assert contrast(tokens.text, tokens.disabled) >= 1.8


@LOOKS
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("accent_text", "accent"), ("selection_text", "selection"), ("text", "accent_soft"), ("accent", "accent_soft"),
        ("window", "text"), *[(state, f"{state}_soft") for state in STATES],
    ],
)  # fmt: skip
def test_text_stands_out_from_its_own_ground(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@LOOKS
@pytest.mark.parametrize("edge", ["border", "focus", "emergency"])
@pytest.mark.parametrize("ground", ["window", "surface"])
def test_edges_and_focus_ring_are_seen(tokens: Tokens, edge: str, ground: str) -> None:
    assert contrast(getattr(tokens, edge), getattr(tokens, ground)) >= 3


@LOOKS
@pytest.mark.parametrize(
    "group", [QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled]
)
def test_the_palette_is_readable_in_every_state(tokens: Tokens, group: QPalette.ColorGroup) -> None:
    made, role = theme.palette(tokens), QPalette.ColorRole
    pairs = [
        (role.WindowText, role.Window), (role.Text, role.Base), (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight), (role.PlaceholderText, role.Base), (role.Link, role.Window),
        (role.ToolTipText, role.ToolTipBase),
    ]  # fmt: skip
    for ink, ground in pairs:
        assert contrast(made.color(group, ink).name(), made.color(group, ground).name()) >= 4.5, (ink, ground)


@pytest.mark.parametrize(("name", "tokens"), [("light", LIGHT), ("dark", DARK), ("contrast", CONTRAST)])
def test_drawn_parts_of_controls_have_the_colors_of_the_look(name: str, tokens: Tokens) -> None:
    for part, token in {
        "check": "accent_text",
        "dash": "accent_text",
        "dot": "accent_text",
        "down": "muted",
    }.items():
        drawing = resource(f"icons/controls/{name}/{part}.svg").read_text("utf-8")
        assert asdict(tokens)[token] in drawing, part


@pytest.mark.parametrize("zoom", [80, 100, 200])
def test_the_style_sheet_has_no_word_left_over(looks: QApplication, zoom: int) -> None:
    theme.apply(looks, Appearance.HIGH_CONTRAST, zoom)
    assert not re.search(r"@\w", style.sheet(theme.current()))


def test_sizes_and_icons_follow_the_zoom(qtbot: QtBot, looks: QApplication) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    row, button, label = QHBoxLayout(page), QPushButton("Save"), QLabel()
    row.addWidget(button)
    row.addWidget(label)
    theme.scale(row, margins=16, spacing=8)
    theme.scale(button, min_width=100)
    icons.put(label, "search", 16)
    theme.apply(looks, Appearance.DARK, 200)
    assert (row.contentsMargins().left(), row.spacing(), button.minimumWidth(), label.width()) == (
        32,
        16,
        200,
        32,
    )
    theme.apply(looks, Appearance.DARK, 100)
    assert (row.contentsMargins().left(), row.spacing(), button.minimumWidth(), label.width()) == (
        16,
        8,
        100,
        16,
    )


def test_every_icon_takes_the_color_it_is_given() -> None:
    drawings = sorted(resource("icons").glob("*.svg"))
    assert len(drawings) > 60
    for drawing in drawings:
        text = drawing.read_text("utf-8")
        assert "currentColor" in text, drawing.name
        assert "#" not in text, drawing.name


def test_an_icon_is_drawn_in_the_color_of_the_look(looks: QApplication) -> None:
    picture = icons.pixmap("close", 20, "emergency").toImage()
    seen = {
        picture.pixelColor(x, y).name()
        for x in range(20)
        for y in range(20)
        if picture.pixelColor(x, y).alpha() > 250
    }
    assert LIGHT.emergency.lower() in seen
