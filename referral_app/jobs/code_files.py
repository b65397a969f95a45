"""Loading a release of diagnosis codes from a file of CMS: read, looked at before, kept, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from referral_app.clinical.code_lists import CodeLists
from referral_app.clinical.code_release import Release, dotted, pack, unpack
from referral_app.database import Database
from referral_app.exchange import icd10cm
from referral_app.exchange.icd10cm import CodeFile
from referral_app.exchange.sources import BadFile
from referral_app.services import code_changes, code_lists
from referral_app.services.code_changes import Affected, Stopped
from referral_app.services.code_lists import NewRelease, ReleaseRecord
from referral_app.services.errors import InvalidInput

__all__ = ["Affected", "BadFile", "CodeFile", "Preview", "Stopped", "load", "preview", "read", "remove"]

Progress = Callable[[int, int], None]
Canceled = Callable[[], bool]
EXAMPLES = 5
_RECHECKED_AT_ONCE = 20


@dataclass(frozen=True)
class Preview:
    """What a release would change beside the one that it follows: numbers and the first codes of each kind."""

    new: NewRelease
    beside: str
    added: int
    gone: int
    retitled: int
    examples_gone: tuple[str, ...]
    examples_added: tuple[str, ...]
    affected: Affected


def read(db: Database, path: Path, least: int = icd10cm.LEAST_CODES) -> CodeFile:
    """Return the release in a file with the label and dates that its name proposes; raises BadFile."""
    with db.read() as session:
        known = code_lists.known(session)
    return icd10cm.read(path, known, least)


def preview(
    db: Database,
    file: CodeFile,
    label: str,
    starts: date | None,
    ends: date | None,
    today: date | None = None,
    progress: Progress = lambda done, of: None,
    canceled: Canceled = lambda: False,
) -> Preview:
    """Return what a release would change; nothing is written. Raises InvalidInput by field, Stopped where canceled."""
    new = NewRelease(label.strip(), starts, ends, file.leaves, file.name)
    with db.read() as session:
        if wrong := code_lists.problems(session, new):
            raise InvalidInput(wrong)
        before = code_lists.known(session)
    assert starts is not None
    new = replace(new, content=pack(new.label, starts, ends, file.entries))
    release, beside = unpack(new.content), before.on(starts)
    after = CodeLists([*before.releases, release])
    with db.read() as session:
        affected = code_changes.affected(session, before, after, today, progress, canceled)
    added, gone, retitled = compare(beside, release)
    return Preview(
        new, beside.label, len(added), len(gone), retitled, _first(gone), _first(added), affected
    )  # fmt: skip


def load(
    db: Database, found: Preview, progress: Progress = lambda done, of: None
) -> tuple[ReleaseRecord, Affected]:
    """Keep the release of a preview and check again what it concerns; return it and that. Raises InvalidInput."""
    with db.begin() as session:
        before = code_lists.known(session)
        record = code_lists.load(session, found.new)
    return record, _follow(db, before, progress)


def remove(db: Database, release_id: str, progress: Progress = lambda done, of: None) -> Affected:
    """Take a loaded release out again and check again what that concerns; raises NotFound."""
    with db.begin() as session:
        before = code_lists.known(session)
        code_lists.remove(session, release_id)
    return _follow(db, before, progress)


def compare(old: Release, new: Release) -> tuple[list[str], list[str], int]:
    """Return the leaves that are new, those that are gone, and how many have another title."""
    then, now = ({plain for plain, leaf in one.codes().items() if leaf} for one in (old, new))
    titles = ({one.code: one.title for one in release.entries()} for release in (old, new))
    before, after = titles
    retitled = sum(before[code] != after[code] for code in map(dotted, then & now))
    return sorted(now - then), sorted(then - now), retitled


def _follow(db: Database, before: CodeLists, progress: Progress) -> Affected:
    """Check again in short transactions; one that is cut off leaves a list that the next opening or save puts right."""
    with db.read() as session:
        affected = code_changes.affected(session, before, code_lists.known(session), progress=progress)
    for at in range(0, len(affected.rechecked), _RECHECKED_AT_ONCE):
        with db.begin() as session:
            code_changes.recheck(session, affected.rechecked[at : at + _RECHECKED_AT_ONCE])
    return affected


def _first(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(dotted(code) for code in codes[:EXAMPLES])
