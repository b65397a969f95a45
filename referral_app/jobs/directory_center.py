"""The Center, its experts and trials in a directory file: taken in with its entries, and put back with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from referral_app.database import Session
from referral_app.jobs.directory_reading import Source
from referral_app.services import center, directory_imports, directory_keys, surgeon_json, surgeons
from referral_app.services.center import CenterRecord, ExpertRecord, TrialRecord
from referral_app.services.errors import InvalidInput

Facts = tuple[CenterRecord, list[ExpertRecord], list[TrialRecord]]
_GIVEN, _BEFORE, _KEY = "center", "center before", "key"


def told(session: Session) -> dict[str, Any]:
    """Return Center, experts and trials as a directory file carries them."""
    return _dump((center.get(session), center.experts(session), center.trials(session)))


def keep(session: Session, import_id: str, source: Source) -> None:
    """Keep what a directory file tells of the Center until its entries are taken over.

    Raises InvalidInput where it cannot be written: later nobody could refuse it any more.
    """
    if source.signed is None:
        return
    _check(session, source.signed.center)
    said = source.signed.manifest
    key = {"public": said.public, "issued": said.issued.isoformat()}
    directory_imports.tell(session, import_id, **{_GIVEN: source.signed.center, _KEY: key})


def take_in(session: Session, import_id: str) -> None:
    """Write what a directory file tells of the Center, and trust its key from now on."""
    kept = directory_imports.get(session, import_id).counts
    if _GIVEN not in kept:
        return
    directory_keys.trust(session, kept[_KEY]["public"], datetime.fromisoformat(kept[_KEY]["issued"]))
    directory_imports.tell(session, import_id, **{_BEFORE: told(session)})
    _write(session, _load(session, kept[_GIVEN]))


def put_back(session: Session, import_id: str) -> list[str]:
    """Put the Center back as it was before an import; returns why not, where it was changed again since."""
    kept = directory_imports.get(session, import_id).counts
    if not kept.get(_BEFORE):
        return []
    if told(session) != _dump(_load(session, kept[_GIVEN])):
        return [
            "The Center, its experts and trials stay as they are: they were changed again since the import."
        ]
    _write(session, _load(session, kept[_BEFORE]))
    directory_imports.tell(session, import_id, **{_BEFORE: None})
    return []


def _check(session: Session, given: dict[str, Any]) -> None:
    try:
        facts = _load(session, given)
    except (ValueError, TypeError, KeyError, AttributeError, StopIteration, OverflowError) as error:
        said = "This version of the program cannot read what the file tells of its Center. Nothing was taken."
        raise InvalidInput({"file": said}) from error
    try:
        center.check(*facts)
    except InvalidInput as error:
        said = f"What the file tells of its Center cannot be taken: {next(iter(error.fields.values()))}"
        raise InvalidInput({"file": f"{said} Nothing was taken."}) from error


def _write(session: Session, facts: Facts) -> None:
    record, experts, trials = facts
    center.save(session, record)
    center.replace_experts(session, experts)
    center.replace_trials(session, trials)


def _dump(facts: Facts) -> dict[str, Any]:
    record, experts, trials = facts
    return {
        "center": surgeon_json.dump(record),
        "experts": [surgeon_json.dump(one) for one in experts],
        "trials": [surgeon_json.dump(one) for one in trials],
    }


def _load(session: Session, data: dict[str, Any]) -> Facts:
    """Return what was dumped; trials keep the surgeons that are in this directory."""
    trials = [surgeon_json.part(one, TrialRecord) for one in data.get("trials", [])]
    return (
        surgeon_json.part(data.get("center", {}), CenterRecord),
        [surgeon_json.part(one, ExpertRecord) for one in data.get("experts", [])],
        [
            replace(one, surgeons=tuple(pair for pair in one.surgeons if _is_here(session, pair[0])))
            for one in trials
        ],
    )


def _is_here(session: Session, surgeon_id: str) -> bool:
    return surgeons.find_by(session, surgeon_id) is not None
