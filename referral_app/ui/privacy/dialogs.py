"""The dialogs about corrections: entered, put off, accepted, denied, the patient's statement, and who was told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from referral_app.clinical import dates
from referral_app.database import Session
from referral_app.services import amendments, legal_holds
from referral_app.services.amendments import DUE_DAYS, EXTENSION_DAYS, AmendmentRecord
from referral_app.services.errors import InvalidInput
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.patient_box import PatientBox
from referral_app.ui.privacy import wording
from referral_app.ui.privacy.asking_dialog import AskingDialog, DayEdit
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit, TextArea


def entering(
    desk: Desk, parent: QWidget, known: AmendmentRecord | None = None, who_may: str = ""
) -> AskingDialog:
    """Return the dialog that enters a request or changes an open one; `who_may` says who may ask."""
    patient, by, on = (
        PatientBox(desk, "correction", "Another patient"),
        LineEdit("correctionBy", chars=32),
        DayEdit("correctionOn", known.asked_on if known else None),
    )
    what, reference = TextArea("correctionWhat", rows=4), LineEdit("correctionReference", chars=16)
    if known:
        patient.choose(known.patient_id, known.patient)
        by.setText(known.asked_by)
        what.setPlainText(known.what)
        reference.setText(known.reference)

    def store(session: Session, values: Mapping[str, Any]) -> AmendmentRecord:
        if not values["patient_id"]:
            raise InvalidInput({"patient_id": "Choose the patient."})
        base = known or AmendmentRecord("", "", date.today(), "")
        return amendments.record(session, replace(base, **values))

    blocks = {
        "patient_id": Field("Patient", patient),
        "asked_by": Field("Who asked", by, who_may),
        "asked_on": Field("Asked on", on, f"The answer is due {DUE_DAYS} days later"),
        "what": Field("What is to be corrected", what, "What stands there, and what would be right"),
        "reference": Field(
            "Referral", reference, "Its number, where the correction is about one", optional=True
        ),
    }
    words = ("Correction asked for", "", "Save the request")
    return AskingDialog(desk, parent, "correctionDialog", words, blocks, store)


def extending(desk: Desk, parent: QWidget, one: AmendmentRecord) -> AskingDialog:
    """Return the dialog that puts the day off, once."""
    why = TextArea("extensionWhy", rows=3)

    def store(session: Session, values: Mapping[str, Any]) -> AmendmentRecord:
        return amendments.extend(session, one.id, values["extended_why"], one.version)

    sentence = (
        f"The answer may come {EXTENSION_DAYS} days later, once. Tell the patient the reason in writing."
    )
    blocks = {"extended_why": Field("Why it takes longer", why)}
    return AskingDialog(
        desk, parent, "extensionDialog", ("More time", sentence, f"Add {EXTENSION_DAYS} days"), blocks, store
    )


def accepting(desk: Desk, parent: QWidget, one: AmendmentRecord) -> AskingDialog:
    """Return the dialog that records that the correction is made."""
    why = TextArea("acceptanceHow", rows=3)

    def store(session: Session, values: Mapping[str, Any]) -> AmendmentRecord:
        return amendments.accept(session, one.id, values["why"], one.version)

    opens = " The referral opens next: correct it there, and save." if one.referral_id else ""
    sentence = f"For {one.patient}: {one.what}.{opens}".replace("..", ".")
    blocks = {"why": Field("What is corrected", why, optional=True)}
    return AskingDialog(
        desk,
        parent,
        "acceptanceDialog",
        ("The correction is made", sentence, "Record the correction"),
        blocks,
        store,
    )


def denying(desk: Desk, parent: QWidget, one: AmendmentRecord) -> AskingDialog:
    """Return the dialog that records that nothing is corrected, on which ground and why."""
    basis, why = ChoiceBox("denialBasis", wording.BASES), TextArea("denialWhy", rows=3)

    def store(session: Session, values: Mapping[str, Any]) -> AmendmentRecord:
        return amendments.deny(session, one.id, values["basis"], values["why"], one.version)

    sentence = (
        f"For {one.patient}: {one.what}. Tell the patient the reason in writing, that they may send a statement, and "
        "how to complain."
    ).replace("..", ".")
    blocks = {
        "basis": Field("Reason", basis, "The privacy rule allows these four"),
        "why": Field("In plain words", why, "As the patient is told"),
    }
    return AskingDialog(
        desk, parent, "denialDialog", ("Nothing is corrected", sentence, "Record the denial"), blocks, store
    )


def stating(desk: Desk, parent: QWidget, one: AmendmentRecord) -> AskingDialog:
    """Return the dialog that keeps what the patient says to the answer."""
    said = TextArea("statementWords", rows=5)
    said.setPlainText(one.statement)

    def store(session: Session, values: Mapping[str, Any]) -> AmendmentRecord:
        return amendments.disagree(session, one.id, values["statement"], one.version)

    sentence = "It is kept with the record, and printed with later copies."
    blocks = {"statement": Field("What the patient says", said, "In their own words")}
    words = ("Statement of disagreement", sentence, "Save the statement")
    return AskingDialog(desk, parent, "statementDialog", words, blocks, store)


def telling(desk: Desk, parent: QWidget, one: AmendmentRecord) -> AskingDialog:
    """Return the dialog that records who was told of a correction."""
    who, on = LineEdit("toldWho", chars=40), DayEdit("toldOn")

    def store(session: Session, values: Mapping[str, Any]) -> AmendmentRecord:
        return amendments.tell(session, one.id, values["who"], values["on"], one.version)

    sentence = (
        "Tell the patient, whom they name, and who got the wrong words from us: see “Printed and sent”."
    )
    blocks = {"who": Field("Who was told", who), "on": Field("Told on", on)}
    return AskingDialog(
        desk, parent, "toldDialog", ("Told of the correction", sentence, "Save who was told"), blocks, store
    )


def holding(desk: Desk, parent: QWidget, patient_id: str, name: str) -> AskingDialog:
    """Return the dialog that places a legal hold."""
    why = TextArea("holdWhy", rows=3)

    def store(session: Session, values: Mapping[str, Any]) -> object:
        return legal_holds.place(session, patient_id, values["why"])

    sentence = f"Nothing of {name} can be deleted while it stands. An administrator lifts it."
    blocks = {"why": Field("Why", why, "A claim, an inquiry, an order of a court")}
    return AskingDialog(
        desk, parent, "holdDialog", ("Place a legal hold", sentence, "Place the hold"), blocks, store
    )


def lifting(desk: Desk, parent: QWidget, one: legal_holds.HoldRecord) -> AskingDialog:
    """Return the dialog that lifts a hold."""
    why = TextArea("liftWhy", rows=3)

    def store(session: Session, values: Mapping[str, Any]) -> object:
        return legal_holds.lift(session, one.id, values["why"])

    sentence = f"Placed {dates.say(one.placed_at.astimezone().date())}: {one.why}"
    words = ("Lift the legal hold", sentence, "Lift the hold")
    return AskingDialog(desk, parent, "liftDialog", words, {"why": Field("Why it ends", why)}, store)
