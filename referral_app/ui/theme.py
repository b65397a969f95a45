"""How the application looks: palette, font, style sheet and every size, all from one look and one zoom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLayout, QWidget

from referral_app.choices import Appearance
from referral_app.ui import style
from referral_app.ui.tokens import CONTRAST, DARK, LIGHT, Tokens

BODY = 13
PLAIN_FONTS = ("DejaVu Sans", "Bitstream Vera Sans", "Sans Serif", "")


@dataclass(frozen=True)
class Theme:
    """The look in use: its name (light, dark, contrast), colors, scale and row height."""

    name: str = "light"
    tokens: Tokens = LIGHT
    scale: float = 1.0
    compact: bool = False
    bold: int = 600


class _Now:
    """The look in use; Python's own attribute, because it is asked for at every size and color."""

    theme: Theme | None = None


def apply(app: QApplication, appearance: Appearance, zoom: int = 100, compact: bool = False) -> None:
    """Give the whole application this look, the windows already open included."""
    before = _Now.theme
    if before is None:
        app.setStyle("Fusion")
    name = _name(app, appearance)
    family = _family(app)
    tokens = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}[name]
    bold = 700 if family else 600  # Qt offers only the regular and bold cut of the variable Noto Sans
    theme = Theme(name, tokens, zoom / 100, compact, bold)
    if theme == before:
        return
    _Now.theme = theme
    app.setPalette(palette(tokens))
    app.setFont(_font(app, theme))
    _made_font.cache_clear()
    for window in app.topLevelWidgets():
        if window.styleSheet():
            dress(window)
    if before is not None:
        _refresh(app)


def dress(window: QWidget) -> None:
    """Give a window that has no parent the style sheet; what is in it and its dialogs take it from there.

    The application has none: with one, Qt styles every widget anew each time it or what holds it gets a parent,
    which made a page eight times as slow to build.
    """
    window.setStyleSheet(style.sheet(current()))


def current() -> Theme:
    """Return the look in use."""
    return _Now.theme or Theme()


def color(token: str) -> QColor:
    """Return the color of a token ("muted", "ok_soft") in the look in use."""
    return QColor(getattr(current().tokens, token))


def px(size: float) -> int:
    """Return a size given for 100 % at the zoom in use."""
    return max(1, round(size * current().scale)) if size > 0 else 0


def font(size: float = BODY, bold: bool = False, tabular: bool = False) -> QFont:
    """Return the interface font at a size given for 100 %."""
    return QFont(_made_font(size, bold, tabular))


@cache
def _made_font(size: float, bold: bool, tabular: bool) -> QFont:
    """Return a font made once for each look: lists ask for it at every cell."""
    made = QFont(QApplication.font())
    made.setPixelSize(px(size))
    if bold:
        made.setWeight(QFont.Weight(current().bold))
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def scale(thing: QWidget | QLayout, **sizes: int | tuple[int, int, int, int]) -> None:
    """Give sizes for 100 % that follow the zoom.

    For a widget: width, height, min_width, min_height, max_width, max_height, icon. For a layout: margins
    (one number or left, top, right, bottom), spacing, and for grids and forms horizontal, vertical.
    """
    known: dict[str, Any] = {**(thing.property("sizes") or {}), **sizes}
    thing.setProperty("sizes", known)
    _resize(thing, known)


def role(widget: QWidget, name: str, **properties: str) -> None:
    """Give a widget a role of the style sheet ("title", "card", "primary"), and paint it so at once."""
    widget.setProperty("role", name)
    for key, value in properties.items():
        widget.setProperty(key, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def palette(tokens: Tokens) -> QPalette:
    """Return the palette of a look."""
    made = QPalette()
    group = QPalette.ColorGroup
    for roles, token in _ROLES:
        for one in roles:
            made.setColor(group.All, one, QColor(getattr(tokens, token)))
    for one in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(group.Disabled, one, QColor(tokens.disabled))
    return made


_Role = QPalette.ColorRole
_ROLES: list[tuple[list[QPalette.ColorRole], str]] = [
    ([_Role.Window], "window"),
    ([_Role.Base, _Role.Button, _Role.ToolTipBase, _Role.Light, _Role.Midlight], "surface"),
    ([_Role.AlternateBase], "sunken"),
    ([_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.ToolTipText, _Role.BrightText], "text"),
    ([_Role.PlaceholderText], "muted"),
    ([_Role.Mid, _Role.Dark, _Role.Shadow], "border"),
    ([_Role.Highlight], "selection"),
    ([_Role.HighlightedText], "selection_text"),
    ([_Role.Accent, _Role.Link, _Role.LinkVisited], "accent"),
]


def _name(app: QApplication, appearance: Appearance) -> str:
    if appearance is Appearance.HIGH_CONTRAST:
        return "contrast"
    if appearance is Appearance.SYSTEM:
        return "dark" if app.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light"
    return str(appearance)


def _family(app: QApplication) -> str:
    """Return "Noto Sans" where the system has no interface font of its own (a bare Linux), else ""."""
    known = app.property("family")
    if known is None:
        known = ""
        system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        if QFontInfo(system).family() in PLAIN_FONTS:
            known = _load_noto()
        app.setProperty("family", known)
    return cast(str, known)


def _load_noto() -> str:
    import fontpkg_noto_sans

    for file in sorted(Path(fontpkg_noto_sans.ROOT).glob("files/NotoSans[[]*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        if number >= 0:
            return QFontDatabase.applicationFontFamilies(number)[0]
    return ""


def _font(app: QApplication, theme: Theme) -> QFont:
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if family := _family(app):
        made.setFamilies([family, made.family()])
        made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setPixelSize(max(8, round(BODY * theme.scale)))
    return made


def _refresh(app: QApplication) -> None:
    """Give every widget its sizes and icons anew."""
    from referral_app.ui import icons  # icons ask this module for colors

    for widget in app.allWidgets():
        _resize(widget, widget.property("sizes"))
        icons.repaint(widget)
        layout = widget.layout()
        if layout is not None:
            for one in (layout, *layout.findChildren(QLayout)):
                _resize(one, one.property("sizes"))
        widget.update()


def _resize(thing: QObject, sizes: dict[str, Any] | None) -> None:
    for name, size in (sizes or {}).items():
        match thing, name:
            case QLayout(), "margins":
                four = (size,) * 4 if isinstance(size, int | float) else size
                thing.setContentsMargins(*[px(one) for one in four])
            case ((QWidget() | QLayout()), _):
                getattr(thing, _SETTERS[name])(px(size))
            case _:
                raise TypeError(f"Nothing to scale in a {type(thing).__name__}")
    if sizes and isinstance(thing, QLabel):
        thing.setIndent(thing.indent())  # a label measures itself once, its old least size included


_SETTERS = {
    "width": "setFixedWidth",
    "height": "setFixedHeight",
    "min_width": "setMinimumWidth",
    "min_height": "setMinimumHeight",
    "max_width": "setMaximumWidth",
    "max_height": "setMaximumHeight",
    "spacing": "setSpacing",
    "horizontal": "setHorizontalSpacing",
    "vertical": "setVerticalSpacing",
}
