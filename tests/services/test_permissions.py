"""Who may do what: the table of the contract, and every service held against it for every role."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

import referral_app.services
from referral_app.choices import Permission, StaffRole
from referral_app.database import Database
from referral_app.models.everything import Base
from referral_app.services import permissions, practices
from referral_app.services.errors import Denied
from referral_app.services.permissions import Actor
from tests.acting import as_role

CONTRACT = """
see_directory     office_staff clinician scheduler packet_staff administrator
change_directory                         scheduler              administrator
see_patients      office_staff clinician scheduler packet_staff administrator
write             office_staff clinician scheduler              administrator
sign                           clinician
send              office_staff clinician scheduler              administrator
print             office_staff clinician scheduler packet_staff administrator
merge                                    scheduler              administrator
administer                                                      administrator
emergency                      clinician scheduler
"""
"""Section 4 of the contract, row by row."""

WITHOUT_PERMISSION = {
    "attachments.drop": "part of discarding a draft",
    "attachments.follow": "part of saving a referral",
    "attachments.share": "part of keeping a draft apart",
    "erasing": "part of deleting a patient",
    "events": "notes what the services did",
    "directory_history.note": "keeps what the services did",
    "surgeon_parts": "writes the rows of an entry for the services",
    "surgeon_rules": "tells the services what is wrong with an entry",
    "directory_index": "keeps the search index for the services",
    "directory_search": "reads the search index for `matching`",
    "import_rows": "writes the rows of entries for imports and their undoing",
    "index_making": "makes the search index anew after an upgrade, before anybody acts",
    "index_reading": "reads the search index for `matching`",
    "index_staging": "writes the search index for an import",
    "index_writing": "writes the search index for the services",
    "patient_words": "keeps the words of lists for `patients`",
    "patients.write": "fills a row for services that save it",
    "patient_search": "says for `patients` what a text asks",
    "handovers.take_over": "part of removing a person, which asked already",
    "legal_holds.ask": "part of an act that deletes, which asked already",
    "requests.ask_those_before": "part of sending a referral",
    "requests.ask_to_cancel": "part of canceling a referral",
    "requests.begin": "part of sending a referral",
    "tasks.settle_information": "part of sending a referral again",
    "references.unused": "makes the numbers for `referrals`",
    "report_counts": "counts for `reports`",
    "request_facts": "part of sending a referral",
    "request_facts_making": "fills in the background what an upgrade left open; seen in counts alone",
    "referral_words": "keeps the words of lists for `referrals`",
    "standing_rows": "reads where referrals stand for services that show them",
    "referral_writing": "writes the rows of referrals for the services",
    "send_attempts": "writes the rows of attempts for `sending`",
    "sketch_ratings": "part of saving a referral",
    "spelling": "reads the words of the search index",
    "waiting": "keeps the worklists for the services",
    "waiting_making": "makes the worklists anew after an upgrade, before anybody acts",
    "wanted_values": "reads the names of procedures and plans for `matching`",
    "permissions": "asks for permissions",
    "people.enter": "lets a person in whose passphrase was right",
    "people.as_actor": "tells what a person may do",
    "people.removed": "tells the key file, before anybody acts, whom to let in no more",
}
"""Functions with a session that ask for no permission, and why; a module stands for all of its functions."""


def _services() -> dict[str, Callable[..., Any]]:
    found: dict[str, Callable[..., Any]] = {}
    for info in pkgutil.iter_modules(referral_app.services.__path__):
        module = importlib.import_module(f"referral_app.services.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters), "")
            if function.__module__ == module.__name__ and not name.startswith("_") and first == "session":
                found[f"{info.name}.{name}"] = function
    return found


SERVICES = _services()
GUARDED = {name: one for name, one in SERVICES.items() if hasattr(one, "permission")}


def _needed(name: str) -> Permission:
    return GUARDED[name].permission  # type: ignore[attr-defined]


def _table() -> dict[str, set[str]]:
    return {words[0]: set(words[1:]) for line in CONTRACT.strip().splitlines() if (words := line.split())}


def _contents(db: Database) -> list[Any]:
    """Return every row of the store but those of the audit."""
    with db._transaction(read_only=True, info={}) as session:  # noqa: SLF001 - the store as it is, without services
        tables = [name for name in Base.metadata.tables if name != "audit_event"]
        return [session.execute(text(f"SELECT * FROM {name} ORDER BY 1")).all() for name in sorted(tables)]


def _denials(db: Database) -> list[tuple[str, str]]:
    with db._transaction(read_only=True, info={}) as session:  # noqa: SLF001
        said = "SELECT reason, outcome FROM audit_event WHERE action = 'denied' ORDER BY sequence"
        return [tuple(row) for row in session.execute(text(said))]


def _refused(db: Database, function: Callable[..., Any]) -> None:
    """Call a service with nothing for its values: it must refuse before it looks at them."""
    needed = [
        one
        for one in inspect.signature(function).parameters.values()
        if one.default is inspect.Parameter.empty and one.name != "session"
    ]
    positional = [None for one in needed if one.kind is not inspect.Parameter.KEYWORD_ONLY]
    named = {one.name: None for one in needed if one.kind is inspect.Parameter.KEYWORD_ONLY}
    with pytest.raises(Denied), db.begin() as session:
        function(session, *positional, **named)


def test_the_table_is_that_of_the_contract() -> None:
    assert {str(one) for one in Permission} == _table().keys()
    assert {
        str(permission): {str(role) for role in roles} for permission, roles in permissions.TABLE.items()
    } == _table()


@pytest.mark.parametrize("role", StaffRole)
@pytest.mark.parametrize("permission", Permission)
def test_each_role_may_what_the_contract_says(role: StaffRole, permission: Permission) -> None:
    may = Actor("Rosa Ortiz", roles=frozenset({role})).may(permission)
    assert may == (str(role) in _table()[str(permission)])


def test_roles_add_up_and_none_is_nothing() -> None:
    both = Actor("Rosa Ortiz", roles=frozenset({StaffRole.CLINICIAN, StaffRole.ADMINISTRATOR}))
    assert both.may(Permission.SIGN)
    assert both.may(Permission.ADMINISTER)
    assert not any(Actor("Rosa Ortiz").may(one) for one in Permission)


def test_every_service_names_its_permission_or_stands_on_the_short_list() -> None:
    unnamed = {name for name in SERVICES if name not in GUARDED}
    assert {
        name for name in unnamed if {name, name.partition(".")[0]}.isdisjoint(WITHOUT_PERMISSION)
    } == set()
    assert len(GUARDED) > 50


def test_the_short_list_names_nothing_that_is_gone() -> None:
    known = SERVICES.keys() | {name.partition(".")[0] for name in SERVICES}
    assert WITHOUT_PERMISSION.keys() <= known


@pytest.mark.parametrize("name", sorted(GUARDED))
def test_a_service_refuses_every_role_without_its_permission_and_notes_it(
    people_db: Database, name: str
) -> None:
    allowed = _table()[str(_needed(name))]
    before = _contents(people_db)
    for role in StaffRole:
        if str(role) not in allowed:
            as_role(people_db, role)
            known = len(_denials(people_db))
            _refused(people_db, GUARDED[name])
            assert _denials(people_db)[known:] == [(name, "denied")]
    assert _contents(people_db) == before


@pytest.mark.parametrize("name", sorted(GUARDED))
def test_a_service_refuses_whoever_has_no_role_or_an_unknown_one(people_db: Database, name: str) -> None:
    for roles in (frozenset[Any](), frozenset[Any]({"janitor"})):
        people_db.act_as("somebody", "Somebody", Actor("Somebody", "somebody", roles=roles))
        _refused(people_db, GUARDED[name])
    assert len(_denials(people_db)) == 2


@pytest.mark.parametrize("name", sorted(GUARDED))
def test_a_service_refuses_while_nobody_is_logged_in(people_db: Database, name: str) -> None:
    people_db.act_as("", "", None)
    _refused(people_db, GUARDED[name])
    assert _denials(people_db) == [("nobody", "denied")]


def test_a_denial_is_noted_also_where_looking_was_all(people_db: Database) -> None:
    as_role(people_db, StaffRole.PACKET_STAFF)
    with pytest.raises(Denied), people_db.read() as session:
        practices.save(session, practices.PracticeRecord("Elsewhere"))
    assert _denials(people_db) == [("practices.save", "denied")]


def test_in_a_store_without_people_everybody_may_do_everything(filled: Database) -> None:
    with filled.read() as session:
        who = permissions.actor(session)
    assert all(who.may(one) for one in Permission)
    assert who.sees_every_practice


def test_a_denial_is_noted_also_where_somebody_caught_it(people_db: Database) -> None:
    as_role(people_db, StaffRole.PACKET_STAFF)
    for block in (people_db.begin, people_db.read):
        with block() as session, pytest.raises(Denied):
            practices.save(session, practices.PracticeRecord("Elsewhere"))
    assert _denials(people_db) == [("practices.save", "denied")] * 2
