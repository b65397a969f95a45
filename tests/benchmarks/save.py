"""Saving a referral against a bare SQLAlchemy commit of the same rows, and one event, on the same store."""

from __future__ import annotations

import copy
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction
from referral_app.database import Database
from referral_app.models.base import new_id
from referral_app.models.patient import Coverage, Patient
from referral_app.models.referral import Referral, ReferralVersion, ReferralWord, StateEvent
from referral_app.models.waiting import Waiting, WaitingCount
from referral_app.services import audit, references, referral_words, referrals
from referral_app.services.waiting import TOTAL
from tests.benchmarks import stores
from tests.benchmarks.figures import Figure, medians

MOST = 2.0


def measure() -> list[Figure]:
    """Return the median time of saving a new referral with its new patient, and of the same rows without services."""
    with stores.folder() as paths, stores.filled(paths, 1000) as db:
        rows = _rows(db)
        took = medians({"ours": lambda: _ours(db), "bare": lambda: _bare(db, rows)}, turns=100, warm_up=5)
    return [
        Figure(
            "saving a new referral", took["ours"], "ms", "bare commit of the same rows", took["bare"], MOST
        )
    ]


def _ours(db: Database) -> None:
    values = stores.intake()
    values["patient"] |= {"family_name": f"Saved {references.make()}"}
    with db.begin() as session:
        referrals.save(session, values)


def _rows(db: Database) -> dict[Any, list[dict[str, Any]]]:
    """Return the values of the rows that one save writes."""
    with db.read() as session:
        referral = session.scalars(select(Referral).where(Referral.patient_name.like("Quintero%"))).one()
        patient = session.get_one(Patient, referral.patient_id)

        def mine(table: Any) -> Any:
            return select(table).where(table.referral_id == referral.id)

        found: dict[Any, list[Any]] = {
            Patient: [patient],
            Coverage: list(patient.coverage),
            Referral: [referral],
            ReferralVersion: list(session.scalars(mine(ReferralVersion))),
            StateEvent: list(session.scalars(mine(StateEvent))),
            Waiting: list(session.scalars(select(Waiting).where(Waiting.serial == referral.serial))),
        }
        return {
            table: [{c.key: copy.copy(getattr(row, c.key)) for c in row.__table__.columns} for row in rows]
            for table, rows in found.items()
        }


def _bare(db: Database, rows: dict[Any, list[dict[str, Any]]]) -> None:
    values = stores.intake()
    who, what, serial = new_id(), new_id(), 0
    with db.begin() as session:
        for table, items in rows.items():
            for item in items:
                if table is Waiting:
                    _wait(session, item | {"serial": serial})
                    continue
                fresh = item | {"id": new_id()}
                if table is Patient:
                    fresh |= {"id": who}
                if table is Referral:
                    serial = referral_words.next_serial(session)
                    fresh |= {"id": what, "serial": serial, "reference": references.make()}
                    words = item["folded"].split()
                    session.add_all(ReferralWord(word=word, serial=serial) for word in set(words))
                if "patient_id" in fresh:
                    fresh["patient_id"] = who
                if "referral_id" in fresh:
                    fresh["referral_id"] = what
                if table is ReferralVersion:
                    fresh["intake"] = values
                session.add(table(**fresh))
        audit.record(session, AuditAction.CREATED, "referral", what, who, reference=what, version=1)


def _wait(session: Session, values: dict[str, Any]) -> None:
    session.add(Waiting(**values))
    for since in (values["since"], TOTAL):
        key = {name: value for name, value in values.items() if name != "serial"} | {"since": since}
        counted = session.get(WaitingCount, tuple(key[one.key] for one in WaitingCount.__table__.primary_key))
        if counted is None:
            session.add(WaitingCount(**key, number=1))
        else:
            counted.number += 1
