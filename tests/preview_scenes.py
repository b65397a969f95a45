"""Scenes of the preview: whole page, search, a printer that is paused, files with a password, what left before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from referral_app.choices import PaperAct
from referral_app.jobs import letters, papers
from referral_app.jobs.paper_printing import Queue
from referral_app.services import ledger
from referral_app.services.ledger import Filter
from referral_app.ui.printing import PrintDialog

PRINTERS = (
    Queue("front-desk", "Front desk, HP LaserJet", is_default=True, both_sides=True),
    Queue("back-office", "Back office", note="It is paused: what is printed waits until somebody starts it again."),
)  # fmt: skip


def _letter(stage: Any) -> Any:
    stage.window.preview("letter", stage.reference)
    stage.settle(2.0)
    page = stage.window.page("preview")
    page.print_panel.show_printers(PRINTERS)
    return page


def _whole(stage: Any) -> None:
    page = _letter(stage)
    page.tools.whole.click()
    page.by_fax.tick.setChecked(False)
    stage.settle(0.6)


def _search(stage: Any) -> None:
    page = _letter(stage)
    page.tools.search.setText("occipital")
    stage.settle(1.2)
    page.tools.hit_after.click()
    stage.settle(0.5)


def _protected(stage: Any) -> None:
    page = _letter(stage)
    page.by_fax.tick.setChecked(False)
    page.print_panel.printer.set_value("back-office")
    page.protection.tick.setChecked(True)
    page.protection.first.setText("four wet umbrellas")
    page.protection.second.setText("four wet umbrella")
    page.protection.password()
    stage.settle(0.3)


def _kept(stage: Any) -> None:
    db = stage.desk.db
    papers.left(db, letters.make(db, stage.reference), PaperAct.SENT, how="Mail")
    with db.read() as session:
        one = ledger.find(session, Filter())[0]
    stage.window.page("preview").show_kept(one.id)
    stage.window.show_page("preview")
    stage.settle(1.5)
    stage.window.page("preview").print_panel.show_printers(PRINTERS)


def _open(stage: Any) -> None:
    _letter(stage).open_copy()
    stage.settle(0.3)


def _dialog(stage: Any) -> None:
    page = _letter(stage)
    dialog = PrintDialog(page, stage.desk, page.content, _nothing, None)
    dialog.open()
    stage.settle(0.6)
    dialog.panel.show_printers(PRINTERS)
    dialog.panel.pages.setText("1-99")
    dialog.panel.ticket(page.paper.pages())
    stage.settle(0.4)


def _nothing(_words: str) -> None:
    """Say nothing: a picture needs no status bar."""


SCENES: dict[str, Callable[[Any], object]] = {
    "preview-whole": _whole,
    "preview-search": _search,
    "preview-protected": _protected,
    "preview-kept": _kept,
    "preview-open": _open,
    "preview-print": _dialog,
}
