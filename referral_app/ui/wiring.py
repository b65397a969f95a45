"""Which signal of a page leads where: found by its name, so that screens meet without knowing each other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from referral_app.ui.main_window import MainWindow

ELSEWHERE = {
    "resume_draft": ("referrals", "resume"), "show_queue": ("referrals", "show_queue"),
    "verify_wanted": ("surgeons", "show_stale"),
    "name_wanted": ("settings", "enter_name"), "kept": ("preview", "show_kept"),
    "packets_wanted": ("packets", "show_day"), "packets_of_wanted": ("packets", "show_chosen"),
    "calendar_wanted": ("calendar", "show_day"), "follow_referral": ("referrals", "follow"),
}  # fmt: skip
"""Signals that another page answers: its key, and what it offers for it."""

NARROWED = {"papers_wanted": "papers", "releases_wanted": "releases", "privacy_wanted": "privacy"}
"""Signals that show a page of one patient or referral, as part of the page that they come from."""


def wire(page: QWidget, window: MainWindow) -> None:
    """Connect the signals that a page has."""
    for name, slot in _slots(window).items():
        signal = getattr(page, name, None)
        if signal is not None and hasattr(signal, "connect"):
            signal.connect(slot)


def _enter_worklist(window: MainWindow, step: str) -> None:
    """Show a worklist with the focus on its first row."""
    window.show_and("worklists", "show_step", step)
    window.pages.ask("worklists", _enter_list)


def _enter_list(page: Any) -> None:
    page.list.enter_soon()


def _slots(window: MainWindow) -> dict[str, Callable[..., Any]]:
    elsewhere = {name: partial(window.show_and, key, method) for name, (key, method) in ELSEWHERE.items()}
    narrowed = {name: partial(window.show_of, key) for name, key in NARROWED.items()}
    opening = {f"open_{kind}": partial(window.open, kind) for kind in ("referral", "patient", "surgeon")}
    return {
        **elsewhere, **narrowed, **opening, "new_referral": window.new_referral, "preview": window.preview,
        "said": window.status.say, "saved": window.status.say_saved, "undoable": window.status.offer,
        "go": window.go, "back": window.back, "settings_changed": window.settings_changed,
        "set_up": window.set_up.emit, "restore_wanted": window.restore_wanted.emit, "asked": window.asked.emit,
        "worklist_wanted": partial(_enter_worklist, window), **window.following.slots(),
    }  # fmt: skip
