"""Pictures of the way to a signature: the last step for staff and clinician, the queue, a return, the versions."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from PySide6.QtWidgets import QWidget

from referral_app.services import referrals, signing
from referral_app.services.referral_records import ReferralRecord
from tests.acting import acting

Stage = Any
NOTE = "Please ask when the last block was, and how long it helped."


def _unsigned(stage: Stage, who: str = "Ann Bell") -> ReferralRecord:
    """Return the referral as one that is not signed: somebody of the office changed the average of the pain."""
    db = stage.desk.db
    with acting(db, who), db.begin() as session:
        record = referrals.get(session, stage.reference)
        intake = deepcopy(record.intake)
        intake["pain"]["average"] = 4 + record.number % 3
        return referrals.save(
            session, intake, referral_id=record.id, version=record.version, patient_id=record.patient_id,
            marks=record.marks, why="The average was mistyped",
        )  # fmt: skip


def _handed(stage: Stage) -> ReferralRecord:
    record = _unsigned(stage)
    with acting(stage.desk.db, "Ann Bell"), stage.desk.db.begin() as session:
        return signing.hand_over(session, record.id)


def _returned(stage: Stage) -> ReferralRecord:
    record = _handed(stage)
    with acting(stage.desk.db, "Eleanor Whitcombe, MD"), stage.desk.db.begin() as session:
        return signing.give_back(session, record.id, NOTE)


def _form(stage: Stage) -> Any:
    stage.window.open("referral", stage.reference)
    stage.settle(0.8)
    form = stage.form()
    form.go_to(6, focus=False)
    stage.settle(0.8)
    return form


def _step(stage: Stage) -> None:
    _unsigned(stage)
    form = _form(stage)
    _to(form, "card.signature")


def _review(stage: Stage) -> None:
    _handed(stage)
    _form(stage)


def _review_end(stage: Stage) -> None:
    _handed(stage)
    _to(_form(stage), "card.signature")


def _to(form: Any, name: str) -> None:
    view = form.view(6)
    view.show_widget(form.findChild(QWidget, name))
    view.show_widget(form.findChild(QWidget, "previewPacket"))


def _back(stage: Stage) -> None:
    _returned(stage)
    _to(_form(stage), "card.signature")


def _return_dialog(stage: Stage) -> None:
    _handed(stage)
    form = _form(stage)
    form.findChild(QWidget, "returnReferral").click()
    stage.settle()


def _queue(stage: Stage, make: Callable[[Stage], object], key: str) -> None:
    make(stage)
    page = stage.page("referrals")
    page.show_queue(key)
    stage.settle(0.6)
    page.list.table.enter()
    stage.settle(0.6)


def _corrected(stage: Stage) -> ReferralRecord:
    record = _handed(stage)
    db = stage.desk.db
    with acting(db, "Eleanor Whitcombe, MD"), db.begin() as session:
        referrals.sign(session, record.id, "Eleanor Whitcombe, MD")
        referrals.mark_sent(session, record.id, "Mail")
    return _unsigned(stage)


def _versions(stage: Stage, number: int = 0, other: int = 0) -> Any:
    from referral_app.ui.referrals.versions_dialog import VersionsDialog

    record = _corrected(stage)
    stage.page("referrals")
    dialog = VersionsDialog(stage.desk, record, stage.window)
    dialog.open()
    stage.settle(0.8)
    if number:
        dialog.show_version(number, record.number if other else 0)
        stage.settle(0.8)
        dialog.chores.finish()
        stage.settle()
    return dialog


def _home(stage: Stage) -> None:
    _returned(stage)
    stage.page("home")


SCENES: dict[str, Callable[[Any], object]] = {
    "sign-step": _step,
    "sign-review": _review,
    "sign-review-end": _review_end,
    "sign-returned": _back,
    "sign-return": _return_dialog,
    "sign-queue": lambda stage: _queue(stage, _handed, "sign"),
    "sign-sent": lambda stage: _queue(stage, _corrected, "sent"),
    "sign-home": _home,
    "versions": _versions,
    "version": lambda stage: _versions(stage, 1),
    "versions-compared": lambda stage: _versions(stage, 1, 2),
}
