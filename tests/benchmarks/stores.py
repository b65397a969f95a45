"""Stores to measure on, made once a run in a throw-away folder."""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from referral_app.database import Database, open_database
from referral_app.jobs import demo
from referral_app.models.base import new_id
from referral_app.models.patient import Patient, PatientWord
from referral_app.models.referral import Referral, ReferralVersion, StateEvent
from referral_app.paths import Paths, resource
from referral_app.services import references


def intake() -> dict[str, Any]:
    """Return the invented complete intake."""
    return json.loads(resource("invented/referral.json").read_text(encoding="utf-8"))


@contextmanager
def folder() -> Generator[Paths]:
    """Yield the places of a throw-away installation."""
    with tempfile.TemporaryDirectory(prefix="referral-bench-") as name:
        yield Paths(Path(name) / "data")


@contextmanager
def filled(paths: Paths, referrals: int = 0) -> Generator[Database]:
    """Yield an open store with the invented directory and, beside the demonstration, so many more referrals."""
    db = open_database(paths)
    try:
        demo.fill(db)
        if referrals:
            with db.begin() as session:
                multiply(session, referrals)
        yield db
    finally:
        db.close()


def multiply(session: Session, times: int) -> None:
    """Copy the one stored patient and referral so many times, each under a name of its own."""
    patient = _values(session.scalars(select(Patient)).one())
    referral = session.scalars(select(Referral)).one()
    version = _values(session.scalars(select(ReferralVersion)).one())
    event = _values(session.scalars(select(StateEvent)).one())
    head = _values(referral)
    rows: dict[Any, list[dict[str, Any]]] = {
        Patient: [],
        PatientWord: [],
        Referral: [],
        ReferralVersion: [],
        StateEvent: [],
    }
    for number in range(times):
        who, what = new_id(), new_id()
        name = f"Invented{number:07}, Marisol"
        rows[Patient].append(
            patient | {"id": who, "sort_name": name, "folded": f" invented{number:07} marisol"}
        )
        rows[PatientWord] += [
            {"word": word, "patient_id": who} for word in (f"invented{number:07}", "marisol")
        ]
        rows[Referral].append(
            head | {"id": what, "serial": head["serial"] + number + 1, "patient_id": who,
                    "reference": references.make(),
                    "patient_name": name,
                    "folded": f" invented{number:07} marisol keen"}
        )  # fmt: skip
        rows[ReferralVersion].append(version | {"id": new_id(), "referral_id": what})
        rows[StateEvent].append(event | {"id": new_id(), "referral_id": what})
    for table, values in rows.items():
        session.execute(insert(table), values)


def _values(row: Any) -> dict[str, Any]:
    return {column.key: copy.copy(getattr(row, column.key)) for column in row.__table__.columns}
