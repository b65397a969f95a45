"""The records of the surgeon directory."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from referral_app.choices import Accepting, ProcedureKind
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


@dataclass(frozen=True)
class Placement:
    """A surgeon at a location, with the phone and fax used for this surgeon there."""

    location: LocationRecord
    phone: str = ""
    fax: str = ""
    days: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Credential:
    """A board certification, fellowship or license."""

    kind: str
    title: str
    issuer: str = ""
    year: int | None = None


def spoken_name(given_name: str, family_name: str, degrees: str) -> str:
    """Return a name as it is spoken and printed, with degrees."""
    return ", ".join(part for part in (f"{given_name} {family_name}".strip(), degrees) if part)


@dataclass(frozen=True)
class SurgeonRecord:
    """One surgeon of the directory. Waits are in days, ages in years; `languages` are ISO 639-1 codes."""

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
    requirements: tuple[Requirement, ...] = ()
    accepting: Accepting = Accepting.YES
    age_min: int | None = None
    age_max: int | None = None
    refuses: str = ""
    next_visit_days: int | None = None
    next_surgery_days: int | None = None
    waits_claimed_on: date | None = None
    verified_on: date | None = None
    verified_by: str = ""
    verified_how: str = ""
    fax_verified_on: date | None = None
    notes: str = ""
    invented: bool = False
    archived: bool = False
    version: int = 0

    @property
    def name(self) -> str:
        """The name as it is spoken and printed, with degrees."""
        return spoken_name(self.given_name, self.family_name, self.degrees)

    @property
    def sort_name(self) -> str:
        """The name as it stands in lists."""
        return f"{self.family_name}, {self.given_name}"


@dataclass(frozen=True)
class Query:
    """What a surgeon is looked for by; `procedure` is a code or a kind, `within` are straight-line miles from `zip`."""

    text: str = ""
    procedure: str = ""
    zip: str = ""
    within: float | None = None
    plan: str = ""
    language: str = ""
    age: int | None = None
    accepting: bool = False
    max_wait: int | None = None
    sort: str = "match"

    @property
    def said(self) -> str:
        """What is asked, as the audit notes it: the words, and each filter by its name."""
        filters = (
            f"{one.name}={value}"
            for one in fields(self)
            if one.name not in ("text", "sort") and (value := getattr(self, one.name)) != one.default
        )
        return " ".join(part for part in (self.text.strip(), *filters) if part)


@dataclass(frozen=True)
class Found:
    """A surgeon found, how far away, and why."""

    surgeon: SurgeonRecord
    miles: float | None = None
    reasons: tuple[str, ...] = ()
