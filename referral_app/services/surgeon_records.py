"""The records of the surgeon directory."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta

from referral_app.choices import Accepting, Booking, ProcedureKind
from referral_app.clinical import dates
from referral_app.clinical.requirements import Requirement


@dataclass(frozen=True)
class ProcedureRecord:
    """A procedure of the directory; `detail` names its nerve or site."""

    id: str
    code: str
    kind: ProcedureKind
    name: str
    detail: str = ""


@dataclass(frozen=True)
class LocationRecord:
    """A practice location."""

    id: str = ""
    name: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    phone: str = ""
    fax: str = ""
    hours: str = ""
    access: str = ""
    parking: str = ""
    website: str = ""
    wheelchair: bool | None = None
    telehealth: bool = False


@dataclass(frozen=True)
class Placement:
    """A surgeon at a location, with the phone and fax used for this surgeon there, and who verified that fax."""

    location: LocationRecord
    phone: str = ""
    fax: str = ""
    days: str = ""
    contact: str = ""
    fax_verified_on: date | None = None
    fax_verified_by: str = ""
    fax_verified_how: str = ""


@dataclass(frozen=True)
class Credential:
    """A board certification, fellowship or license; `issuer` is the state of a license, `until` the last year."""

    kind: str
    title: str
    issuer: str = ""
    year: int | None = None
    until: int | None = None


@dataclass(frozen=True)
class Experience:
    """How long and how often a surgeon does a procedure, named by its code."""

    procedure: str
    since_year: int | None = None
    per_year: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Handout:
    """Something that a surgeon's office wants patients to read, and where it is to be had."""

    title: str
    language: str = "en"
    place: str = ""


def spoken_name(given_name: str, family_name: str, degrees: str) -> str:
    """Return a name as it is spoken and printed, with degrees."""
    return ", ".join(part for part in (f"{given_name} {family_name}".strip(), degrees) if part)


@dataclass(frozen=True)
class SurgeonRecord:
    """One surgeon of the directory. Waits are in days, ages in years; `languages` are ISO 639-1 codes.

    `plans` are the names of the plans in whose network the surgeon is, `plans_verified` since when that is known;
    `experience` tells more of some of the `procedures`, `thresholds` are the figures of the live check that this
    office chose, by name in the order of the alphabet. `notes` are private, `public_note` may be printed.
    `merged_into_id` is the entry that answers in the place of this one since the two were merged.
    """

    given_name: str
    family_name: str
    id: str = ""
    npi: str = ""
    degrees: str = ""
    specialty: str = ""
    languages: tuple[str, ...] = ("en",)
    procedures: tuple[ProcedureRecord, ...] = ()
    placements: tuple[Placement, ...] = ()
    credentials: tuple[Credential, ...] = ()
    plans: tuple[str, ...] = ()
    plans_verified: tuple[tuple[str, date], ...] = ()
    experience: tuple[Experience, ...] = ()
    handouts: tuple[Handout, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    thresholds: tuple[tuple[str, float], ...] = ()
    accepting: Accepting = Accepting.YES
    accepting_from: date | None = None
    age_min: int | None = None
    age_max: int | None = None
    refuses: str = ""
    next_visit_days: int | None = None
    next_surgery_days: int | None = None
    waits_claimed_on: date | None = None
    verified_on: date | None = None
    verified_by: str = ""
    verified_how: str = ""
    source: str = ""
    how_to_refer: str = ""
    booking: Booking | None = None
    self_referral: bool = False
    email: str = ""
    portal: str = ""
    authorization_contact: str = ""
    last_day: date | None = None
    successor_id: str | None = None
    away_from: date | None = None
    away_to: date | None = None
    away_note: str = ""
    notes: str = ""
    public_note: str = ""
    invented: bool = False
    archived: bool = False
    merged_into_id: str | None = None
    version: int = 0

    @property
    def name(self) -> str:
        """The name as it is spoken and printed, with degrees."""
        return spoken_name(self.given_name, self.family_name, self.degrees)

    @property
    def sort_name(self) -> str:
        """The name as it stands in lists."""
        return f"{self.family_name}, {self.given_name}"

    @property
    def fax_verified_on(self) -> date | None:
        """The day on which the fax of the first location that has one was verified."""
        return next((place.fax_verified_on for place in self.placements if place.fax), None)

    def accepts_on(self, day: date) -> Accepting:
        """Whether new patients are taken on a day; nobody is by a surgeon who left, is away or has yet to begin."""
        away = self.away_from is not None and self.away_from <= day <= (self.away_to or date.max)
        gone = self.last_day is not None and self.last_day < day
        early = self.accepting_from is not None and day < self.accepting_from
        return Accepting.NO if away or gone or early else self.accepting

    def visit_missed(self, day: date) -> str:
        """Why a patient who asks on a day would not be seen: "after the last day", "during the leave", "" otherwise.

        The next visit is what the office claims; where that is not known, nothing is.
        """
        visit = day + timedelta(max(self.next_visit_days, 0)) if self.next_visit_days is not None else None
        if visit is None:
            return ""
        if self.last_day is not None and visit > self.last_day:
            return "after the last day"
        away = self.away_from is not None and self.away_from <= visit <= (self.away_to or date.max)
        return "during the leave" if away else ""

    def takes_on(self, day: date) -> Accepting:
        """As `accepts_on`, and nobody is taken where the next visit would be after the last day or in the leave."""
        return Accepting.NO if self.visit_missed(day) else self.accepts_on(day)

    def leaves(self, day: date) -> str:
        """Return "Leaves November 30" where a last day is to come, "" where none is."""
        last = self.last_day
        if last is None or last < day:
            return ""
        return f"Leaves {dates.say_near(last, day)}"


@dataclass(frozen=True)
class Query:
    """What a surgeon is looked for by.

    `procedure` is a code, a kind or words of either, `plan` a name or words of one; `within` are straight-line miles
    from `zip`, `stale_days` since how many days nobody verified the entry, `favorites_of` the id of a person.
    `sort` is match, distance, wait, surgery, name or verified (freshest first).
    """

    text: str = ""
    procedure: str = ""
    zip: str = ""
    within: float | None = None
    plan: str = ""
    language: str = ""
    age: int | None = None
    accepting: bool = False
    max_wait: int | None = None
    state: str = ""
    stale_days: int | None = None
    favorites_of: str = ""
    sort: str = "match"
    descending: bool = False

    @property
    def said(self) -> str:
        """What is asked, as the audit notes it: the words, and each filter by its name."""
        filters = (
            f"{one.name}={value}"
            for one in fields(self)
            if one.name not in ("text", "sort", "descending")
            and (value := getattr(self, one.name)) != one.default
        )
        return " ".join(part for part in (self.text.strip(), *filters) if part)


@dataclass(frozen=True)
class Found:
    """A surgeon found, how far away, and why."""

    surgeon: SurgeonRecord
    miles: float | None = None
    reasons: tuple[str, ...] = ()
