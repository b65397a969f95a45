"""The texts for patients in force: the program's, or what an administrator made of them, and who reviewed them.

Services know no folders: the program's own texts are handed in as `originals`, by name. Every version is kept. Before
an edit of a text the program's wording of that day is kept as a version too, so that a later change of it is noticed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.clinical import dates, patient_text_rules, texts
from referral_app.models.wording import PatientText, TextReview
from referral_app.services import events
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.permissions import actor, needs

LONGEST = 50_000
"""The most characters of a text."""
LONGEST_REVIEWER = 200
PROGRAM = "The program"
"""Who saved the versions that are the program's own wording."""
_BACK = ""
"""The words of a version by which somebody went back to the program's text, whatever that says by now."""


@dataclass(frozen=True)
class Review:
    """Somebody reviewed a text as it stands: who, when, and who recorded that."""

    reviewer: str
    reviewed_on: date
    recorded_by: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True)
class Texts:
    """The texts of a language in force, and the reviews of exactly these words, both by name."""

    language: str
    markdown: Mapping[str, str]
    reviewed: Mapping[str, Review] = field(default_factory=dict[str, Review])

    @property
    def waiting(self) -> tuple[str, ...]:
        """The names of texts that nobody reviewed as they stand."""
        return tuple(name for name in self.markdown if name not in self.reviewed)


@dataclass(frozen=True)
class TextRecord:
    """A text as it is edited; `number` is its newest version, 0 where nobody ever edited it.

    `outdated`: the program's own wording changed since somebody made this one of it.
    """

    language: str
    name: str
    markdown: str
    original: str
    number: int = 0
    saved_at: datetime | None = None
    saved_by: str = ""
    review: Review | None = None
    outdated: bool = False

    @property
    def edited(self) -> bool:
        """Whether the text in force differs from the program's."""
        return self.markdown != self.original


@dataclass(frozen=True)
class TextVersion:
    """One version of a text; one of the program says how its wording stood on the day of an edit."""

    number: int
    markdown: str
    saved_at: datetime
    saved_by: str
    back: bool = False

    @property
    def of_program(self) -> bool:
        """Whether these are the program's own words."""
        return self.saved_by == PROGRAM


@needs(Permission.SEE_DIRECTORY)
def in_force(session: Session, language: str, originals: Mapping[str, str]) -> Texts:
    """Return the texts of a language that are printed now, and who reviewed them as they stand."""
    return _in_force(session, language, originals)


@needs(Permission.SEE_DIRECTORY)
def waiting(session: Session, language: str, originals: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the texts of a language that nobody reviewed as they stand."""
    return _in_force(session, language, originals).waiting


@needs(Permission.SEE_DIRECTORY)
def find(session: Session, language: str, originals: Mapping[str, str]) -> list[TextRecord]:
    """Return the texts of a language with where each of them stands."""
    edits, said = _newest(session, language), _wordings(session, language)
    force = _in_force(session, language, originals)
    return [
        _record(force, name, original, edits.get(name), said.get(name))
        for name, original in originals.items()
    ]


@needs(Permission.ADMINISTER)
def history(session: Session, language: str, name: str) -> list[TextVersion]:
    """Return every version of a text, the newest first."""
    rows = session.scalars(_rows(language, name).order_by(PatientText.number.desc()))
    return [
        TextVersion(row.number, row.markdown, row.saved_at, row.saved_by, row.markdown == _BACK)
        for row in rows
    ]


@needs(Permission.ADMINISTER)
def save(
    session: Session, language: str, name: str, markdown: str, *, original: str, seen: int | None = None
) -> int:
    """Keep a new version of a text where it differs, and return its number; it is in force from now on.

    `original` is the program's text, `seen` the version that the writer began with. Raises InvalidInput where it
    cannot be printed, Conflict where somebody saved another version in the meantime; nothing is written then.
    """
    words = tidy(markdown)
    if problem := _problem(words, name, original):
        raise InvalidInput({"markdown": problem})
    _refuse_conflict(session, language, name, seen)
    before, wording = _newest(session, language).get(name), _wordings(session, language).get(name)
    if words == _words(before, original) and wording in (original, None):
        return before.number if before else 0
    if wording != original:
        _add(session, language, name, original, PROGRAM)
    return _write(session, language, name, words)


@needs(Permission.ADMINISTER)
def restore_original(session: Session, language: str, name: str, *, seen: int | None = None) -> int:
    """Put the program's text in force again, and return the version that says so; raises as `save`."""
    if not session.scalar(select(func.count()).select_from(_rows(language, name).subquery())):
        raise NotFound("This text is the program's already.")
    _refuse_conflict(session, language, name, seen)
    return _write(session, language, name, _BACK)


@needs(Permission.ADMINISTER)
def review(
    session: Session,
    language: str,
    read: Mapping[str, str],
    reviewer: str,
    reviewed_on: date | None,
    *,
    originals: Mapping[str, str],
) -> None:
    """Record who reviewed texts, and when; `read` holds them by name as they were read.

    Raises InvalidInput by field; Conflict where one of them was changed since it was read.
    """
    if found := _review_problems(read, reviewer, reviewed_on):
        raise InvalidInput(found)
    assert reviewed_on is not None
    force = _in_force(session, language, originals).markdown
    if changed := sorted(name for name, markdown in read.items() if force.get(name) != markdown):
        raise Conflict(
            f"Changed since it was read: {texts.listed(changed)}. Read it again, then record the review."
        )
    for name, markdown in read.items():
        session.add(
            TextReview(
                language=language, name=name, sha256=digest(markdown), reviewer=reviewer.strip(),
                reviewed_on=reviewed_on, recorded_by=actor(session).name,
            )
        )  # fmt: skip
    session.flush()
    events.record(
        session, AuditAction.CHANGED, "text_review", language, texts=sorted(read), reviewer=reviewer.strip(),
        reviewed_on=reviewed_on.isoformat(),
    )  # fmt: skip


def digest(markdown: str) -> str:
    """Return what a review is bound to: the SHA-256 of the Markdown."""
    return hashlib.sha256(markdown.encode()).hexdigest()


def tidy(markdown: str) -> str:
    """Return a text as it is kept: one kind of line end, nothing after the words of a line, one line end at last."""
    return "\n".join(line.rstrip() for line in markdown.strip().splitlines()) + "\n"


def _problem(words: str, name: str, original: str) -> str:
    if patient_text_rules.composed(name):
        return patient_text_rules.FIXED
    if wrong := texts.problem(words, LONGEST, lines=True):
        return wrong
    found = patient_text_rules.problems(name, words, original)
    return f"Line {found[0].line}: {found[0].sentence}" if found else ""


def _review_problems(read: Mapping[str, str], reviewer: str, reviewed_on: date | None) -> dict[str, str]:
    found: dict[str, str] = {}
    if not read:
        found[""] = "Choose what was reviewed."
    if not reviewer.strip():
        found["reviewer"] = "Enter who reviewed it."
    elif wrong := texts.problem(reviewer, LONGEST_REVIEWER, lines=False):
        found["reviewer"] = wrong
    if reviewed_on is None:
        found["reviewed_on"] = "Enter the day of the review."
    elif reviewed_on > date.today():
        found["reviewed_on"] = f"{dates.say(reviewed_on)} is still to come."
    return found


def _in_force(session: Session, language: str, originals: Mapping[str, str]) -> Texts:
    edits = _newest(session, language)
    markdown = {name: _words(edits.get(name), original) for name, original in originals.items()}
    return Texts(language, markdown, dict(_reviews(session, language, markdown)))


def _words(row: PatientText | None, original: str) -> str:
    return original if row is None or row.markdown == _BACK else row.markdown


def _record(
    force: Texts, name: str, original: str, row: PatientText | None, wording: str | None
) -> TextRecord:
    markdown = force.markdown[name]
    changed = row is not None and row.markdown != _BACK and wording != original != markdown
    return TextRecord(
        force.language, name, markdown, original, row.number if row else 0, row.saved_at if row else None,
        row.saved_by if row else "", force.reviewed.get(name), changed,
    )  # fmt: skip


def _rows(language: str, name: str) -> Select[PatientText]:
    return select(PatientText).where(PatientText.language == language, PatientText.name == name)


def _newest(session: Session, language: str) -> dict[str, PatientText]:
    """Return the newest version of each text that somebody saved, by name."""
    return _last(session, language, by_program=False)


def _wordings(session: Session, language: str) -> dict[str, str]:
    """Return the program's wording as it stood at the last edit of each text, by name."""
    return {name: row.markdown for name, row in _last(session, language, by_program=True).items()}


def _last(session: Session, language: str, *, by_program: bool) -> dict[str, PatientText]:
    whose = PatientText.saved_by == PROGRAM if by_program else PatientText.saved_by != PROGRAM
    last = (
        select(PatientText.name, func.max(PatientText.number).label("number"))
        .where(PatientText.language == language, whose)
        .group_by(PatientText.name)
        .subquery()
    )
    same = (PatientText.name == last.c.name) & (PatientText.number == last.c.number)
    rows = session.scalars(select(PatientText).join(last, same).where(PatientText.language == language))
    return {row.name: row for row in rows}


def _reviews(session: Session, language: str, markdown: Mapping[str, str]) -> Iterable[tuple[str, Review]]:
    """Yield the latest review of each text of exactly these words."""
    rows = session.scalars(
        select(TextReview)
        .where(TextReview.language == language)
        .order_by(TextReview.recorded_at, TextReview.id)
    )
    now = {name: digest(words) for name, words in markdown.items()}
    for row in rows:
        if now.get(row.name) == row.sha256:
            yield row.name, Review(row.reviewer, row.reviewed_on, row.recorded_by, row.recorded_at)


def _refuse_conflict(session: Session, language: str, name: str, seen: int | None) -> None:
    row = _newest(session, language).get(name)
    if row is not None and seen is not None and row.number != seen:
        raise Conflict(
            f"{row.saved_by or 'Somebody'} saved another version of this text in the meantime. Yours was not saved "
            "over it, and is still in the editor."
        )


def _write(session: Session, language: str, name: str, words: str) -> int:
    number = _add(session, language, name, words, actor(session).name)
    events.record(
        session, AuditAction.CHANGED, "patient_text", f"{language}/{name}", number=number, back=words == _BACK
    )
    return number


def _add(session: Session, language: str, name: str, words: str, by: str) -> int:
    last = session.scalar(select(func.max(PatientText.number)).where(
        PatientText.language == language, PatientText.name == name
    ))  # fmt: skip
    row = PatientText(language=language, name=name, number=(last or 0) + 1, markdown=words, saved_by=by)
    session.add(row)
    session.flush()
    return row.number
