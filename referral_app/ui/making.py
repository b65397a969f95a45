"""Pages in the making: read in elsewhere, then built in turns of the event loop, so that no first look stalls."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QWidget

from referral_app.ui.chores import Chores
from referral_app.ui.desk import Desk
from referral_app.ui.focus_back import FocusKeeper
from referral_app.ui.pages import build, place
from referral_app.ui.widgets.scroll import Held, scrolled

Act = Callable[[QWidget], object]


class Pages(QObject):
    """The pages of a window, each made when it is first asked for; what is asked meanwhile is done when it is there."""

    def __init__(self, desk: Desk, stack: QStackedWidget, wire: Act) -> None:
        """Begin with none; `wire` connects a page that was fitted in."""
        super().__init__(stack)
        self._desk, self._stack, self._wire = desk, stack, wire
        self._made: dict[str, QWidget] = {}
        self._areas: dict[str, QScrollArea] = {}
        self._asked: dict[str, list[Act]] = {}
        self._entered: set[str] = set()
        self._chores = Chores(self)
        FocusKeeper(stack)

    def made(self) -> Iterable[QWidget]:
        """Return the pages that are there."""
        return tuple(self._made.values())

    def get(self, key: str) -> QWidget | None:
        """Return a page if it is there."""
        return self._made.get(key)

    def now(self, key: str) -> QWidget:
        """Return a page, made at once if it is not there."""
        if key not in self._made:
            self._build(key)
        self._serve(key)
        return self._made[key]

    def bring(self, key: str) -> None:
        """Bring the place of a page to the front; it stays empty while the page is being made.

        Where the focus was in the page that goes, it goes on to the one that comes: Qt would give it to the sidebar.
        """
        had, area = QApplication.focusWidget(), self._area(key)
        leaves = had is not None and self._stack.isAncestorOf(had) and not area.isAncestorOf(had)
        self._stack.setCurrentWidget(area)
        if leaves:
            self._entered.add(key)
            self._enter(key)

    def _enter(self, key: str) -> None:
        """Give the focus to the first stop of a page that was entered from another, once it is there."""
        page = self._made.get(key)
        if page is None or key not in self._entered or not page.isVisible():
            return
        self._entered.discard(key)
        has = QApplication.focusWidget()
        first = next((stop for stop in _stops(page) if stop.isVisible()), None)
        if first is not None and not (has is not None and page.isAncestorOf(has)):
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self, key: str, act: Act) -> None:
        """Call `act(page)`, now if the page is there."""
        if key in self._made and key not in self._asked:
            act(self._made[key])
        elif key in self._asked:
            self._asked[key].append(act)
        else:
            self._asked[key] = [act]
            self._begin(key)

    def _begin(self, key: str) -> None:
        """Read in, build, fit in and serve, each in a turn of its own."""
        read_in = partial(importlib.import_module, place(key).path.partition(":")[0])
        self._chores.add(
            read_in, partial(self._build, key), partial(self._fit, key), partial(self._serve, key)
        )

    def _build(self, key: str) -> None:
        if key in self._made:
            return
        try:
            self._made[key] = build(place(key), self._desk)
        except Exception:
            self._asked.pop(key, None)
            raise

    def _fit(self, key: str) -> None:
        page = self._made.get(key)
        if page is not None and page.parent() is None:
            cast(Held, self._area(key).widget()).hold(page)
            self._wire(page)

    def _area(self, key: str) -> QScrollArea:
        if key not in self._areas:
            self._areas[key] = scrolled(Held(), f"{key}Area")
            self._stack.addWidget(self._areas[key])
        return self._areas[key]

    def _serve(self, key: str) -> None:
        """Do what was asked of a page."""
        if key not in self._made:
            return
        self._fit(key)
        for act in self._asked.pop(key, []):
            act(self._made[key])
        self._enter(key)


def _stops(page: QWidget) -> Iterator[QWidget]:
    """Yield what the Tab key stops at in a page, in its order."""
    at = page.nextInFocusChain()
    while at is not None and at is not page:
        if page.isAncestorOf(at) and at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isEnabled():
            yield at
        at = at.nextInFocusChain()
