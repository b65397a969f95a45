"""A whole directory in one JSON file, such as the invented one that ships with the program."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from referral_app.choices import Accepting, Booking, ExpertField, Level, RequirementKind, Role, TrialState
from referral_app.clinical.requirements import Requirement
from referral_app.services.center import CenterRecord, ExpertRecord, TrialRecord
from referral_app.services.practices import Letterhead, PracticeRecord, ProviderRecord
from referral_app.services.surgeon_records import (
    Credential,
    Experience,
    Handout,
    LocationRecord,
    Placement,
    ProcedureRecord,
    SurgeonRecord,
)  # fmt: skip


@dataclass(frozen=True)
class Directory:
    """A directory: the Center with experts and trials, the surgeons by location key, and a practice that refers."""

    center: CenterRecord
    experts: list[ExpertRecord]
    trials: list[TrialRecord]
    locations: dict[str, LocationRecord]
    practice: PracticeRecord
    entries: list[dict[str, Any]]


def read(text: str) -> Directory:
    """Return the directory in a JSON text of ours; raises KeyError or ValueError where it is not one."""
    data = json.loads(text)
    return Directory(
        CenterRecord(**data["center"]),
        [ExpertRecord(**{**item, "field": ExpertField(item["field"])}) for item in data["experts"]],
        [_trial(**item) for item in data["trials"]],
        {key: LocationRecord(**value) for key, value in data["locations"].items()},
        _practice(data["practice"]),
        data["surgeons"],
    )


def _trial(state: str, surgeons: list[str], **plain: Any) -> TrialRecord:
    """Return a trial; the surgeons who run it are named by NPI, without a name."""
    return TrialRecord(state=TrialState(state), surgeons=tuple((one, "") for one in surgeons), **plain)


def _practice(data: dict[str, Any]) -> PracticeRecord:
    plain = {name: value for name, value in data.items() if name not in ("letterhead", "providers")}
    head = data["letterhead"]
    return PracticeRecord(
        **plain,
        letterhead=Letterhead(head["heading"], tuple(head["lines"]), date.fromisoformat(head["from_date"])),
        providers=tuple(_provider(**item) for item in data["providers"]),
    )


def _provider(role: str, **plain: Any) -> ProviderRecord:
    return ProviderRecord(role=Role(role), **plain)


def surgeon(
    entry: dict[str, Any], locations: dict[str, LocationRecord], procedures: dict[str, ProcedureRecord]
) -> SurgeonRecord:
    """Return the record of one entry, its places and procedures looked up in what is stored already.

    A successor is named by NPI in the file; `successor_of` tells which.
    """
    plain = {name: value for name, value in entry.items() if name not in _PARTS and name not in _DATES}
    dated: dict[str, Any] = {name: date.fromisoformat(entry[name]) for name in _DATES if entry.get(name)}
    verified: dict[str, str] = entry.get("plans_verified", {})
    return SurgeonRecord(
        **plain,
        **dated,
        accepting=Accepting(entry["accepting"]),
        booking=Booking(entry["booking"]) if entry.get("booking") else None,
        languages=tuple(entry["languages"]),
        plans=tuple(entry["plans"]),
        plans_verified=tuple(sorted((plan, date.fromisoformat(day)) for plan, day in verified.items())),
        procedures=tuple(procedures[code] for code in entry["procedures"]),
        experience=tuple(Experience(**item) for item in entry.get("experience", ())),
        placements=tuple(_placement(entry, item, locations) for item in entry["placements"]),
        credentials=tuple(Credential(**item) for item in entry["credentials"]),
        thresholds=tuple(sorted(entry.get("thresholds", {}).items())),
        handouts=tuple(Handout(**item) for item in entry.get("handouts", ())),
        requirements=tuple(
            Requirement(
                RequirementKind(r["kind"]),
                r["amount"],
                Level(r["level"]),
                r["procedure"],
                r.get("detail", ""),
            )
            for r in entry["requirements"]
        ),
        invented=True,
    )


def successor_of(entry: dict[str, Any]) -> str:
    """Return the NPI of the surgeon who follows the one of an entry, "" where nobody does."""
    return entry.get("successor", "")


def _placement(
    entry: dict[str, Any], item: dict[str, Any], locations: dict[str, LocationRecord]
) -> Placement:
    place = Placement(locations[item["location"]], item["phone"], item["fax"], item["days"], item["contact"])
    if not item["fax"]:
        return place
    return replace(
        place,
        fax_verified_on=date.fromisoformat(entry["fax_verified_on"]),
        fax_verified_by=entry.get("fax_verified_by", ""),
        fax_verified_how=entry.get("fax_verified_how", ""),
    )


_DATES = ("waits_claimed_on", "verified_on", "accepting_from", "last_day", "away_from", "away_to")
_PARTS = {
    "accepting", "booking", "languages", "plans", "plans_verified", "procedures", "experience", "placements",
    "credentials", "handouts", "requirements", "successor", "fax_verified_on", "fax_verified_by", "fax_verified_how",
    "thresholds",
}  # fmt: skip
