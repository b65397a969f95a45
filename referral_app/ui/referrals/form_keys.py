"""The keys of the form: Enter goes on to the next answer, Ctrl+Z undoes the last change wherever the focus is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QRadioButton, QWidget

from referral_app.ui.referrals.field_view import FieldView
from referral_app.ui.widgets.enter_key import KEYS as ENTER

_LEAVING = (*ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class FormKeys(QObject):
    """Takes undo and redo before the line or text with the focus does, which would know of its own letters alone."""

    def __init__(
        self,
        form: QWidget,
        undo: Callable[[], object],
        redo: Callable[[], object],
        settle: Callable[[], object],
    ) -> None:
        """Follow the focus within a form; `settle` shows what an answer asks further, before a key leaves it."""
        super().__init__(form)
        self._form, self._undo, self._redo, self._settle = form, undo, redo, settle
        self._watched: QWidget | None = None
        app: Any = QApplication.instance()
        app.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = now if now is not None and self._form.isAncestorOf(now) else None
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claim the keys from the shortcuts of the window, then act on them."""
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyPress and event.key() in _LEAVING:
            self._settle()
        if (act := self._meant(event)) is None:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            act()
        return True

    def _meant(self, event: QKeyEvent) -> Callable[[], object] | None:
        held = event.modifiers() & ~_KEYPAD
        if event.key() == Qt.Key.Key_Z and held in (_CTRL, _CTRL | _SHIFT):
            return self._redo if held & _SHIFT else self._undo
        return self._redo if event.key() == Qt.Key.Key_Y and held == _CTRL else None


ACTIONS = (
    ("Save referral", "Ctrl+S", "save"),
    ("Next step", "Ctrl+PgDown", "next_step"),
    ("Step before", "Ctrl+PgUp", "step_before"),
    ("Check all fields", "Ctrl+Shift+C", "check_all"),
    ("Go to the first thing missing", "F8", "first_missing"),
    ("Answer this field with “not available”", "Ctrl+Shift+N", "make_unavailable"),
)
"""What keys do in a form: words, keys, and the method of the form."""


def add_actions(form: QWidget) -> None:
    """Let a form have its keys."""
    for words, keys, act in ACTIONS:
        add_action(form, words, keys, getattr(form, act))


def add_action(form: QWidget, words: str, keys: str, act: Callable[[], object]) -> None:
    """Let keys do something wherever the focus is in the form."""
    action = QAction(words, form)
    action.setShortcut(QKeySequence(keys))
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.triggered.connect(act)
    form.addAction(action)


def go_on(form: QWidget, back: bool = False) -> bool:
    """Put the focus into the next answer that is asked, or the one before; False where there is none."""
    here = QApplication.focusWidget()
    if here is None or not form.isAncestorOf(here):
        return False
    place = _place(here)
    for at in _chain(here, back):
        if _asked(form, at) and _place(at) is not place:
            _enter(at)
            return True
    return False


def _chain(here: QWidget, back: bool) -> Iterator[QWidget]:
    at = here.previousInFocusChain() if back else here.nextInFocusChain()
    while at is not None and at is not here:
        yield at
        at = at.previousInFocusChain() if back else at.nextInFocusChain()


def wants_on(event: QKeyEvent) -> bool | None:
    """Tell whether a key goes on (False) or back (True) to another answer; None where it does neither."""
    held = event.modifiers() & ~_KEYPAD
    if event.key() not in ENTER or held not in (Qt.KeyboardModifier.NoModifier, _SHIFT, _CTRL):
        return None
    return held == _SHIFT


def _asked(form: QWidget, widget: QWidget) -> bool:
    if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or not widget.isVisible() or not widget.isEnabled():
        return False
    return form.isAncestorOf(widget) and not widget.property("aside")


def _place(widget: QWidget) -> object:
    """Return what a widget belongs to: the radio buttons of one question, the field, or itself alone."""
    if isinstance(widget, QRadioButton) and widget.group():
        return widget.group()
    return field_of(widget) or widget


def field_of(widget: QWidget | None) -> FieldView | None:
    """Return the field that a widget is in."""
    while widget is not None and not isinstance(widget, FieldView):
        widget = widget.parentWidget()
    return widget


def _enter(widget: QWidget) -> None:
    place, reason = _place(widget), Qt.FocusReason.TabFocusReason
    if isinstance(widget, QRadioButton) and widget.group():
        (widget.group().checkedButton() or widget).setFocus(reason)
    elif isinstance(place, FieldView):
        place.take_focus(reason)
    else:
        widget.setFocus(reason)
