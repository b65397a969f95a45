"""Noting what of the directory was shown and printed."""

from __future__ import annotations

from referral_app.choices import PaperAct, PaperKind
from referral_app.database import Database
from referral_app.services import audit, directory_printing, ledger
from referral_app.services.audit import Filter
from referral_app.services.ledger import Document, Leaving


def noted(db: Database) -> list[tuple[str, str, str, dict[str, object]]]:
    with db.read() as session:
        rows = audit.find(session, Filter())
    return [(one.action, one.kind, one.object_id, one.details) for one in reversed(rows)]


def test_a_paper_is_noted_for_each_surgeon_or_once_for_a_search(db: Database) -> None:
    known = len(noted(db))
    with db.read() as session:
        directory_printing.shown(session, "card", ["one", "two"])
    paper = Document(PaperKind.DIRECTORY, subject="keen", details={"words": "keen", "count": 3})
    with db.begin() as session:
        ledger.leave(session, paper, b"%PDF", Leaving(PaperAct.PRINTED, "Front desk"))
    assert noted(db)[known:] == [
        ("opened", "card", "one", {}), ("opened", "card", "two", {}),
        ("printed", "directory", "", {"words": "keen", "count": 3, "to": "printed", "copies": 1}),
    ]  # fmt: skip
