"""The releases of ICD-10-CM that were loaded into the store, and all that are known here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.clinical import dates, texts
from referral_app.clinical.code_lists import DEFAULT, CodeLists, bundled
from referral_app.clinical.code_release import Release, unpack
from referral_app.models.codes import CodeRelease
from referral_app.services import events
from referral_app.services.errors import InvalidInput, NotFound
from referral_app.services.permissions import actor, needs

LONGEST_LABEL = 60
FIRST_DAY = date(2015, 10, 1)
"""The day on which ICD-10-CM took the place of ICD-9-CM in the United States (CMS)."""
_AHEAD, _LONGEST = timedelta(days=731), timedelta(days=366)
"""CMS publishes a release some months before its first day, and each holds for a year at most."""
_KEPT = "code releases"


@dataclass(frozen=True)
class ReleaseRecord:
    """A release that holds here; the one that comes with the program has no id. `ends` is its last day."""

    id: str
    label: str
    starts: date
    ends: date | None
    leaves: int
    file_name: str = ""
    loaded_at: datetime | None = None
    loaded_by: str = ""


@dataclass(frozen=True)
class NewRelease:
    """A release as somebody names and dates it before it is loaded; the file it came from, and its packed list."""

    label: str
    starts: date | None
    ends: date | None
    leaves: int = 0
    file_name: str = ""
    content: bytes = b""


@needs(Permission.SEE_DIRECTORY)
def known(session: Session) -> CodeLists:
    """Return the release that comes with the program and all that were loaded; each is read from the store once."""
    return _known(session)


@needs(Permission.SEE_DIRECTORY)
def find(session: Session) -> list[ReleaseRecord]:
    """Return the releases that hold here, the newest first."""
    base = bundled()
    mine = ReleaseRecord("", base.label, base.starts, base.ends, base.leaves)
    rows = session.execute(select(*_SHORT)).all()
    return sorted([mine, *(ReleaseRecord(*row) for row in rows)], key=lambda one: one.starts, reverse=True)


@needs(Permission.ADMINISTER)
def load(session: Session, new: NewRelease) -> ReleaseRecord:
    """Keep a release, and return it; raises InvalidInput by field for a name or dates that cannot stand."""
    if found := _problems(session, new):
        raise InvalidInput(found)
    assert new.starts is not None
    row = CodeRelease(
        label=new.label.strip(), effective_from=new.starts, effective_to=new.ends, leaves=new.leaves,
        file_name=new.file_name, sha256=hashlib.sha256(new.content).hexdigest(), loaded_by=actor(session).name,
        content=new.content,
    )  # fmt: skip
    session.add(row)
    session.flush()
    events.record(session, AuditAction.IMPORTED, "code_release", row.id, label=row.label, leaves=row.leaves)
    return ReleaseRecord(*session.execute(select(*_SHORT).where(CodeRelease.id == row.id)).one())


@needs(Permission.ADMINISTER)
def remove(session: Session, release_id: str) -> None:
    """Take a loaded release out again; raises NotFound."""
    row = session.get(CodeRelease, release_id)
    if row is None:
        raise NotFound("This release is not there any more.")
    session.delete(row)
    session.flush()
    events.record(session, AuditAction.REMOVED, "code_release", release_id, label=row.label)


@needs(Permission.SEE_DIRECTORY)
def problems(session: Session, new: NewRelease) -> dict[str, str]:
    """Return what is wrong with the name and the dates of a release, by field; {} where it could be loaded."""
    return _problems(session, new)


_SHORT = (
    CodeRelease.id, CodeRelease.label, CodeRelease.effective_from, CodeRelease.effective_to, CodeRelease.leaves,
    CodeRelease.file_name, CodeRelease.loaded_at, CodeRelease.loaded_by,
)  # fmt: skip


def _known(session: Session) -> CodeLists:
    found = session.execute(select(CodeRelease.id)).scalars().all()
    if not found:
        return DEFAULT
    kept: dict[str, Release] = session.info.setdefault("kept", {}).setdefault(_KEPT, {})
    return CodeLists([bundled(), *(kept.get(one) or _read(session, one, kept) for one in found)])


def _read(session: Session, release_id: str, kept: dict[str, Release]) -> Release:
    """Read a release; it never changes under its id, so that keeping it is safe whatever becomes of the session."""
    row = session.get_one(CodeRelease, release_id)
    read = unpack(row.content)
    release = Release(row.label, row.effective_from, row.effective_to, read.packed)
    session.expunge(row)
    kept[release_id] = release
    return release


def _problems(session: Session, new: NewRelease) -> dict[str, str]:
    label = new.label.strip()
    known_here = _known(session).releases
    found: dict[str, str] = {}
    if not label:
        found["label"] = "Name the release, such as ICD-10-CM 2027."
    elif wrong := texts.problem(label, LONGEST_LABEL, lines=False):
        found["label"] = wrong
    elif any(one.label.casefold() == label.casefold() for one in known_here):
        found["label"] = f"{label} is in use already. Remove it first, or choose another name."
    return found | _wrong_days(new, known_here)


def _wrong_days(new: NewRelease, known_here: Iterable[Release]) -> dict[str, str]:
    starts, ends = new.starts, new.ends
    if starts is None:
        return {"starts": "Enter the first day on which this release holds."}
    if starts < FIRST_DAY:
        return {"starts": f"ICD-10-CM is in use since {dates.say(FIRST_DAY)}; check the year."}
    if starts > date.today() + _AHEAD:
        return {"starts": "This lies more than two years ahead; check the year."}
    if same := next((one for one in known_here if one.starts == starts), None):
        return {"starts": f"{same.label} begins on {dates.say(starts)} already."}
    if ends is not None and ends < starts:
        return {"ends": "The last day lies before the first one."}
    if ends is not None and ends - starts > _LONGEST:
        return {"ends": "A release holds for one year at most; check the last day, or leave it empty."}
    return {}
