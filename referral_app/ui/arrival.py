"""Where the focus goes when a page is brought up by its keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from referral_app.ui.widgets.search_box import SearchBox


def enter(page: QWidget) -> None:
    """Put the focus where it was last in a page, else into its search, else into its first control."""
    if page.isAncestorOf(page.window().focusWidget() or page):
        return
    last = page.focusWidget() or page
    searches = [box for box in page.findChildren(SearchBox) if _takes(box)]
    target = last if last is not page and _takes(last) else None
    target = target or next(iter(searches), None) or _first(page)
    if target is not None:
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _first(page: QWidget) -> QWidget | None:
    at = page.nextInFocusChain()
    while at is not None and at is not page:
        if page.isAncestorOf(at) and _takes(at):
            return at
        at = at.nextInFocusChain()
    return None


def _takes(widget: QWidget) -> bool:
    tabbed = (widget.focusPolicy() & Qt.FocusPolicy.TabFocus) == Qt.FocusPolicy.TabFocus
    return tabbed and widget.isVisible() and widget.isEnabled()
