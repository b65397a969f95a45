"""A Headache Center with two referring practices, each with a patient, a referral and a draft."""

from __future__ import annotations

import json
import shutil
from collections.abc import Generator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from referral_app.choices import StaffRole
from referral_app.database import Database
from referral_app.paths import Paths, resource
from referral_app.services import drafts, practices, referrals
from referral_app.services.practices import PracticeRecord
from tests.acting import as_role
from tests.conftest import entered

EVERYTHING = frozenset(StaffRole)


@dataclass(frozen=True)
class Office:
    """A practice and what it has."""

    practice: str
    patient: str
    referral: str
    reference: str
    draft: str


@dataclass(frozen=True)
class Offices:
    """An open store with two practices."""

    db: Database
    north: Office
    south: Office

    def intake(self, family: str = "Northfield") -> dict[str, Any]:
        """Return a complete intake, not signed."""
        return complete(family)


def complete(family: str) -> dict[str, Any]:
    """Return the complete invented intake for a person of a name, not signed."""
    values = deepcopy(json.loads(resource("invented/referral.json").read_text(encoding="utf-8")))
    values["patient"] |= {"family_name": family, "given_name": "Invented"}
    values.pop("signature")
    return values


def _fill(db: Database, name: str, number: int) -> Office:
    as_role(db, *EVERYTHING)
    with db.begin() as session:
        practice = practices.save(session, PracticeRecord(f"{name} Family Medicine"), ours=False).id
    as_role(db, StaffRole.OFFICE_STAFF, practice_id=practice, name=f"Office {name}")
    draft = f"00000000-0000-4000-8000-00000000000{number}"
    with db.begin() as session:
        saved = referrals.save(session, complete(f"{name}field"))
        drafts.save(session, draft, {"patient": {"family_name": f"{name}draft"}})
    return Office(practice, saved.patient_id, saved.id, saved.reference, draft)


@pytest.fixture(scope="session")
def offices_store(
    people_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Office, Office]:
    """A folder with the store, made once, and what each practice has."""
    folder = tmp_path_factory.mktemp("offices") / "data"
    shutil.copytree(people_store, folder)
    for db in entered(Paths(folder)):
        north, south = _fill(db, "North", 1), _fill(db, "South", 2)
    return folder, north, south


@pytest.fixture
def offices(paths: Paths, offices_store: tuple[Path, Office, Office]) -> Generator[Offices]:
    """A copy of the store, in which someone with every role and no practice acts."""
    folder, north, south = offices_store
    shutil.copytree(folder, paths.data_dir)
    for db in entered(paths):
        as_role(db, *EVERYTHING)
        yield Offices(db, north, south)
