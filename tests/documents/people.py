"""Invented people, offices and answers from which the tests of the documents are made."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from referral_app.choices import ExpertField, ProcedureKind, TrialState
from referral_app.clinical import check
from referral_app.documents.consult_packet import Appointment, Packet
from referral_app.documents.letter import Letter
from referral_app.services.center import CenterRecord, ExpertRecord, TrialRecord
from referral_app.services.practices import Letterhead, PracticeRecord
from referral_app.services.surgeon_records import LocationRecord, Placement, ProcedureRecord, SurgeonRecord

DATA = Path(__file__).parents[1] / "data" / "documents"
TODAY = date(2026, 3, 20)
APPOINTMENT = Appointment(datetime(2026, 4, 6, 9, 30), datetime(2026, 4, 6, 9, 15), interpreter_booked=True)

SURGEON = SurgeonRecord(
    "Amara",
    "Keen",
    id="surgeon-1",
    npi="9000000019",
    degrees="MD",
    specialty="Plastic Surgery",
    invented=True,
    procedures=(
        ProcedureRecord(
            "p1", "release-gon", ProcedureKind.OCCIPITAL_RELEASE, "Occipital release, greater occipital nerve"
        ),
        ProcedureRecord(
            "p2", "block-occipital", ProcedureKind.DIAGNOSTIC_BLOCK, "Diagnostic occipital nerve block"
        ),
    ),
    placements=(
        Placement(
            LocationRecord(
                "place-1",
                "Harbor Surgery Center",
                "200 Wharf Street",
                "Suite 410",
                "Baltimore",
                "MD",
                "21202",
                "410-555-0160",
                "410-555-0161",
                access="Parking and an elevator at the Wharf Street door.",
            ),
            "410-555-0162",
            "410-555-0163",
            "Monday, Wednesday",
            "Priya Shah",
        ),
    ),
)

PRACTICE = PracticeRecord(
    "Oak Lane Neurology",
    line1="12 Oak Lane",
    city="Towson",
    state="MD",
    zip="21204",
    phone="410-555-0120",
    fax="410-555-0121",
    email="office@oaklane.example",
    letterhead=Letterhead(
        "Oak Lane Neurology", ("12 Oak Lane, Towson, MD 21204", "Phone (410) 555-0120", "Fax (410) 555-0121")
    ),
)

CENTER = CenterRecord(
    "Bayview Headache Center",
    "1 Bayview Circle",
    "",
    "Baltimore",
    "MD",
    "21224",
    "410-555-0100",
    "410-555-0101",
    "410-555-0102",
    "Rosa Lind, research nurse",
)
EXPERTS = (
    ExpertRecord(
        "Jonas Adler",
        ExpertField.NEUROLOGY,
        "MD",
        "Finds the kind of headache and plans medicine for it.",
        "410-555-0110",
    ),
    ExpertRecord(
        "Mei Tan", ExpertField.PAIN, "MD", "Gives nerve blocks and other care for pain.", "410-555-0111"
    ),
    ExpertRecord(
        "Luis Ortega",
        ExpertField.PHYSICAL_THERAPY,
        "DPT",
        "Helps with the neck, posture and strength.",
        "410-555-0112",
    ),
    ExpertRecord(
        "Hana Novak", ExpertField.PSYCHOLOGY, "PhD", "Teaches ways to live better with pain.", "410-555-0113"
    ),
)
TRIALS = (
    TrialRecord(
        "Nerve release for headache at the back of the head",
        TrialState.RECRUITING,
        "Occipital release",
        "Rosa Lind",
        "410-555-0115",
        "Adults whose pain did not get better with medicine and nerve blocks.",
        "The study looks at how people feel one year after nerve release.",
    ),
)


def intake() -> dict[str, Any]:
    """Return a whole intake that fills every table, has one gap and one cleared flag."""
    return json.loads((DATA / "intake.json").read_text(encoding="utf-8"))


def letter(values: dict[str, Any] | None = None, **more: Any) -> Letter:
    """Return a letter made from an intake through the real check."""
    values = intake() if values is None else values
    made = check.check(values, today=TODAY)
    return Letter("7QK2-M4TX-9", values, made, SURGEON, PRACTICE, **more)


def packet(values: dict[str, Any] | None = None, **more: Any) -> Packet:
    """Return a packet made from an intake through the real check."""
    values = intake() if values is None else values
    computed = check.check(values, today=TODAY).computed
    given = {
        "placement": SURGEON.placements[0],
        "appointment": APPOINTMENT,
        "experts": EXPERTS,
        "trials": TRIALS,
    } | more
    return Packet("7QK2-M4TX-9", values, computed, SURGEON, center=CENTER, **given)
