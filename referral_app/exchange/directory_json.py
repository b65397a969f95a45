"""A whole directory in one JSON file, such as the invented one that ships with the program."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from referral_app.choices import Accepting, ExpertField, Level, RequirementKind, Role, TrialState
from referral_app.clinical.requirements import Requirement
from referral_app.services.center import CenterRecord, ExpertRecord, TrialRecord
from referral_app.services.practices import Letterhead, PracticeRecord, ProviderRecord
from referral_app.services.surgeon_records import (
    Credential,
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
        [TrialRecord(**{**item, "state": TrialState(item["state"])}) for item in data["trials"]],
        {key: LocationRecord(**value) for key, value in data["locations"].items()},
        _practice(data["practice"]),
        data["surgeons"],
    )


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
    """Return the record of one entry, its places and procedures looked up in what is stored already."""
    plain = {name: value for name, value in entry.items() if name not in _PARTS}
    return SurgeonRecord(
        **plain,
        waits_claimed_on=date.fromisoformat(entry["waits_claimed_on"]),
        verified_on=date.fromisoformat(entry["verified_on"]),
        accepting=Accepting(entry["accepting"]),
        languages=tuple(entry["languages"]),
        plans=tuple(entry["plans"]),
        procedures=tuple(procedures[code] for code in entry["procedures"]),
        placements=tuple(
            Placement(
                locations[p["location"]], p["phone"], p["fax"], p["days"], p["contact"],
                date.fromisoformat(entry["fax_verified_on"]) if p["fax"] else None,
            )
            for p in entry["placements"]
        ),
        credentials=tuple(Credential(**item) for item in entry["credentials"]),
        requirements=tuple(
            Requirement(RequirementKind(r["kind"]), r["amount"], Level(r["level"]), r["procedure"])
            for r in entry["requirements"]
        ),
        invented=True,
    )


_PARTS = {
    "accepting", "languages", "plans", "procedures", "placements", "credentials", "requirements",
    "waits_claimed_on", "verified_on", "fax_verified_on",
}  # fmt: skip
