"""The style sheet: one small text in which `@name` is a color and every `px` follows the zoom."""

from __future__ import annotations

import re
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING

from referral_app.paths import resource

if TYPE_CHECKING:
    from referral_app.ui.theme import Theme

SHEET = """
QToolTip { background: @surface; color: @text; border: 1px solid @border; padding: 4px 8px; }
QMainWindow, QDialog { background: @window; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: 20px; font-weight: @bold; }
QLabel[role="heading"] { font-size: 15px; font-weight: @bold; }
QLabel[role="strong"] { font-weight: @bold; }
QLabel[role="number"] { font-size: 28px; font-weight: @bold; }
QLabel[role="secret"] { font-size: 26px; font-weight: @bold; background: @sunken; border: 1px solid @border;
    border-radius: 8px; padding: 12px 20px; }
QLabel[role="muted"] { color: @muted; font-size: 12px; }
QLabel[role="label"] { font-weight: @bold; }
QLabel[role="error"] { color: @emergency; font-weight: @bold; }
QLabel[role="chip"] { background: @accent_soft; color: @text; border-radius: 8px; padding: 2px 10px;
    border: 1px solid @chip_edge; }
QScrollArea, QScrollArea > QWidget > QWidget[role="page"] { background: transparent; border: none; }
QSplitter::handle { background: transparent; }
QFrame[role="line"] { background: @hairline; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="card"], QWidget[role="surface"] { background: @surface; }
QFrame[role="card"] { border: 1px solid @hairline; border-radius: 8px; }
QFrame[role="panel"] { background: @surface; border: none; border-left: 1px solid @hairline; }
QFrame[role="sidebar"] { background: @sunken; border: none; border-right: 1px solid @hairline; }
QFrame[role="chosen"] { background: @accent_soft; border: none; border-bottom: 1px solid @hairline; }
QFrame[role="bar"] { background: @surface; border: none; border-bottom: 1px solid @hairline; }
QFrame[role="foot"] { background: @surface; border: none; border-top: 1px solid @hairline; }
QFrame[role="errors"] { background: @emergency_soft; border: 2px solid @emergency; border-radius: 8px; }
QLabel[role="link"] { color: @accent; text-decoration: underline; font-size: 12px; }
QFrame[role="errors"] QLabel[role="heading"] { color: @emergency; }
QFrame[role="errors"] QLabel[role="link"] { color: @emergency; text-decoration: underline; }
QFrame[role="errors"]:focus { border: 3px solid @emergency; }

QFrame[role="state"] { border-radius: 6px; border: 1px solid transparent; }
QFrame[role="state"][state="ok"] { background: @ok_soft; border-color: @edge_ok; }
QFrame[role="state"][state="warning"] { background: @warning_soft; border-color: @edge_warning; }
QFrame[role="state"][state="emergency"] { background: @emergency_soft; border-color: @edge_emergency; }
QFrame[role="state"][state="info"] { background: @info_soft; border-color: @edge_info; }
QFrame[role="state"][state="neutral"] { background: @sunken; border-color: @edge_neutral; }
QFrame[role="state"][state="ok"] QLabel { color: @ok; } QFrame[role="state"][state="warning"] QLabel {
    color: @warning; }
QFrame[role="state"][state="emergency"] QLabel { color: @emergency; } QFrame[role="state"][state="info"]
    QLabel { color: @info; }
QFrame[role="state"][state="neutral"] QLabel { color: @muted; }
QFrame[role="state"] QLabel { font-size: 12px; font-weight: @bold; }

QPushButton { background: @surface; color: @text; border: 1px solid @border; border-radius: 6px;
    padding: 0 14px; min-height: 30px; }
QPushButton:hover { background: @accent_soft; border-color: @accent; }
QPushButton:pressed { background: @sunken; }
QPushButton:disabled { background: @sunken; color: @disabled; border-color: @hairline; }
QPushButton[role="primary"] { background: @accent; color: @accent_text; border-color: @accent; font-weight:
    @bold; }
QPushButton[role="primary"]:hover { background: @text; color: @window; border-color: @text; }
QPushButton[role="primary"]:disabled { background: @sunken; color: @disabled; border-color: @border; }
QPushButton[role="danger"] { color: @emergency; border-color: @emergency; }
QPushButton[role="danger"]:hover { background: @emergency_soft; }
QPushButton[role="danger"]:disabled { background: @sunken; color: @disabled; border-color: @hairline; }
QPushButton[role="link"] { background: transparent; border: none; color: @accent; padding: 0 2px;
    min-height: 24px;
    text-align: left; text-decoration: underline; }
QPushButton[role="link"][aside="true"] { text-align: right; }
QPushButton[role="link"]:hover { color: @text; }
QPushButton[role="quiet"], QToolButton { background: transparent; border: 1px solid transparent;
    border-radius: 6px; }
QToolButton { min-height: 28px; min-width: 28px; padding: 1px; }
QToolButton:hover, QPushButton[role="quiet"]:hover { background: @accent_soft; }
QToolButton:checked { background: @accent_soft; border-color: @accent; }
QToolButton::menu-indicator { image: none; }
QPushButton::menu-indicator { image: url(@images/down.svg); width: 12px; subcontrol-position: right center;
    right: 8px; }
QPushButton[role="nav"] { background: transparent; border: 1px solid transparent; text-align: left; padding:
    0 10px;
    min-height: 36px; }
QPushButton[role="nav"]:hover { background: @accent_soft; }
QPushButton[role="nav"]:checked { background: @accent_soft; color: @accent; font-weight: @bold;
    border-left: 3px solid @accent; border-top-left-radius: 0; border-bottom-left-radius: 0; padding-left: 8px; }
QPushButton[role="row"] { background: transparent; border: 1px solid transparent; text-align: left; padding:
    0; min-height: 44px; }
QPushButton[role="row"]:hover { background: @accent_soft; }
QPushButton[role="count"] { background: transparent; border: 1px solid transparent; text-align: left; padding:
    0; min-height: 28px; }
QPushButton[role="count"]:hover { background: @accent_soft; }
QLabel[role="code"] { font-size: 12px; }
QPushButton[role="step"] { background: transparent; border: 1px solid transparent; text-align: left;
    padding: 4px 10px; min-height: 34px; }
QPushButton[role="step"]:hover { background: @accent_soft; }
QPushButton[role="step"]:checked { background: @accent_soft; border: 1px solid @accent; font-weight: @bold; }
QPushButton[role="choice"] { padding: 0 9px; }
QPushButton[role="choice"]:checked { background: @accent_soft; border: 2px solid @accent; padding: 0 8px;
    min-height: 28px; }
QPushButton[role="tile"] { background: @surface; border: 1px solid @hairline; border-radius: 8px;
    text-align: left; padding: 0;
    min-height: 108px; }
QPushButton[role="tile"]:hover { border-color: @accent; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateEdit {
    background: @surface; color: @text; border: 1px solid @border; border-radius: 6px; padding: 0 9px; min-height: 30px;
    placeholder-text-color: @muted; selection-background-color: @selection; selection-color: @selection_text; }
QPlainTextEdit, QTextEdit { padding: 5px 6px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus { border-color:
    @focus; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border: 2px solid
    @emergency; padding: 0 8px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled { background: @sunken;
    color: @disabled; }
QLineEdit:read-only { background: @sunken; }
QTextBrowser { background: transparent; border: none; padding: 0; }
QComboBox { padding-right: 26px; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url(@images/down.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @border; padding: 4px; outline: none; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 8px; }
QSpinBox { padding: 0 26px 0 0; }
QSpinBox QLineEdit { border: none; background: transparent; padding: 0 0 0 8px; min-height: 0; }
QSpinBox::up-button, QSpinBox::down-button { width: 24px; border: none; background: transparent; }
QSpinBox::up-arrow { image: url(@images/up.svg); width: 10px; height: 10px; }
QSpinBox::down-arrow { image: url(@images/down.svg); width: 10px; height: 10px; }

QCheckBox, QRadioButton { spacing: 8px; min-height: 26px; padding: 1px 3px; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: @disabled; }
QCheckBox::indicator, QRadioButton::indicator, QGroupBox::indicator { width: 16px; height: 16px; background:
    @surface; border: 1px solid @border; }
QCheckBox::indicator, QGroupBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: @round; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: @accent; }
QCheckBox::indicator:checked, QGroupBox::indicator:checked { background: @accent; border-color: @accent;
    image: url(@images/check.svg); }
QCheckBox::indicator:indeterminate { background: @accent; border-color: @accent; image: url(@images/dash.svg); }
QRadioButton::indicator:checked { background: @accent; border-color: @accent; image: url(@images/dot.svg); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: @sunken; }
QCheckBox::indicator:checked:disabled, QRadioButton::indicator:checked:disabled { background: @disabled;
    border-color: @disabled; }

QTableView, QListView, QTreeView, QListWidget { background: @surface; border: none; outline: none;
    selection-background-color: @selection; selection-color: @selection_text; }
QListWidget::item, QListView::item { min-height: 30px; padding: 2px 8px; border-radius: 4px; }
QListWidget::item:selected { background: @selection; color: @selection_text; }
QListWidget::item:hover:!selected { background: @accent_soft; }
QListView[role="completions"] { border: 1px solid @border; padding: 4px; }
QHeaderView { background: @sunken; border: none; }
QHeaderView::section { background: @sunken; color: @muted; border: none; border-bottom: 1px solid @hairline;
    padding: 0 12px;
    min-height: 32px; font-size: 12px; font-weight: @bold; }
QHeaderView::section:hover { color: @text; }
QHeaderView::up-arrow { image: url(@images/up.svg); width: 10px; height: 10px; subcontrol-position: right
    center; right: 2px; }
QHeaderView::down-arrow { image: url(@images/down.svg); width: 10px; height: 10px; subcontrol-position:
    right center; right: 2px; }
QTableCornerButton::section { background: @sunken; border: none; }

QMenu { background: @surface; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; min-height: 20px; border-radius: 4px; }
QMenu::item:selected { background: @selection; color: @selection_text; }
QMenu::item:disabled { color: @disabled; }
QMenu::separator { height: 1px; background: @hairline; margin: 4px 8px; }
QTabBar::tab { padding: 6px 14px; min-height: 22px; border: none; border-bottom: 3px solid transparent;
    color: @muted; background: transparent; }
QTabBar::tab:selected { color: @text; border-bottom: 3px solid @accent; font-weight: @bold; }
QTabWidget::pane { border: none; border-top: 1px solid @hairline; }
QProgressBar { background: @sunken; border: 1px solid @border; border-radius: 4px; min-height: 8px;
    max-height: 8px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: @border; border-radius: 4px; }
QScrollBar::handle:vertical { min-height: 32px; } QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @muted; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QGroupBox { border: none; margin: 0; padding: 0; }
"""

CONTRAST = """
QPushButton:disabled { border: 1px dashed @disabled; }
QFrame[role="card"], QFrame[role="state"], QLabel[role="chip"], QPushButton[role="tile"] { border-width: 2px; }
QPushButton[role="nav"]:checked { border: 2px solid @accent; }
QPushButton:hover, QToolButton:hover { border: 2px solid @accent; }
"""


@cache
def sheet(theme: Theme) -> str:
    """Return the style sheet of a look, with sizes at its scale."""
    strong = theme.name == "contrast"
    names = {**asdict(theme.tokens), "bold": str(theme.bold)}
    for state in ("ok", "warning", "emergency", "info"):
        names[f"edge_{state}"] = names[state] if strong else "transparent"
    names["edge_neutral"] = names["border"] if strong else "transparent"
    names["chip_edge"] = names["border"] if strong else "transparent"
    names["round"] = f"{(_scaled(16, theme.scale) + 2) // 2}p" + "x"
    names["images"] = resource("icons/controls").as_posix() + f"/{theme.name}"
    text = re.sub(
        r"(\d+)px", lambda found: f"{_scaled(int(found[1]), theme.scale)}px", SHEET + CONTRAST * strong
    )
    return re.sub(r"@(\w+)", lambda found: names[found[1]], text)


def _scaled(size: int, scale: float) -> int:
    return max(1, round(size * scale)) if size > 3 else size
