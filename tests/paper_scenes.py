"""Scenes of what was printed and sent and of the release log, for pictures and for the tests of every screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from referral_app.choices import PaperAct
from referral_app.services import ledger, patients, releases
from referral_app.services.ledger import Filter
from referral_app.services.releases import ReleaseRecord

if TYPE_CHECKING:
    from tests.screenshots import Stage

ASKED = date.today() - timedelta(days=32)


def _sent(stage: Stage) -> None:
    """Let letter, packet and a card leave once."""
    from referral_app.jobs import letters, packets, papers

    db = stage.desk.db
    with db.read() as session:
        if ledger.count(session, Filter()):
            return
    letter = letters.make(db, stage.reference)
    papers.left(db, letter, PaperAct.PRINTED, how="Front desk", copies=2)
    papers.left(db, letter, PaperAct.SENT, how="Fax to (410) 555-0103", for_whom="Orla Keen, MD")
    papers.left(
        db, packets.make(db, stage.reference, large=True), PaperAct.SAVED, how="packet.pdf", protected=True
    )


def _papers(stage: Stage) -> Any:
    _sent(stage)
    page = stage.page("papers")
    page.show_of()
    stage.settle(0.6)
    page.list.table.selectRow(0)
    page.panes.open_right()
    stage.settle(0.3)
    return page


def _releases(stage: Stage) -> Any:
    _sent(stage)
    with stage.desk.db.begin() as session:
        if not releases.find(session):
            who = patients.find(session, "Quintero")[0]
            for asked_on, by, relation in (
                (ASKED, "Marisol Quintero", "the patient"), (date.today(), "Invented Law Office", "lawyer"),
            ):  # fmt: skip
                identity = "Photo ID" if relation == "the patient" else ""
                releases.record(
                    session,
                    ReleaseRecord(
                        who.id, by, asked_on, relation, "The letter to the surgeon", identity=identity
                    ),
                )
    page = stage.page("releases")
    page.show_of()
    stage.settle(0.6)
    page.list.table.selectRow(0)
    page.panes.open_right()
    stage.settle(0.3)
    return page


def _request(stage: Stage) -> None:
    _releases(stage).ask_new()
    stage.settle(0.4)


def _giving(stage: Stage) -> None:
    _releases(stage).detail.give_button.click()
    stage.settle(0.6)


def _extending(stage: Stage) -> None:
    page = _releases(stage)
    page.list.table.selectRow(1)  # the other is overdue
    stage.settle(0.3)
    page.detail.extend_button.click()
    stage.settle(0.4)


SCENES: dict[str, Callable[[Any], object]] = {
    "papers": _papers,
    "releases": _releases,
    "release-request": _request,
    "release-giving": _giving,
    "release-extend": _extending,
}
