"""Any change of an entry can be undone, and the undo too; what was changed again since is never overwritten."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referral_app.choices import Accepting, DirectoryAct, StaffRole
from referral_app.database import Database
from referral_app.services import directory_history, entry_fields, locations, surgeons, undoing
from referral_app.services.errors import InvalidInput
from referral_app.services.surgeon_records import SurgeonRecord
from tests.acting import acting, as_role


def keen(db: Database) -> SurgeonRecord:
    with db.read() as session:
        return surgeons.by_npi(session, "9000000015")


def change(db: Database, **values: Any) -> int:
    """Change the entry and return the number of the change."""
    with db.begin() as session:
        saved = surgeons.save(session, replace(surgeons.by_npi(session, "9000000015"), **values))
        return directory_history.latest(session, saved.id)


def undo(db: Database, number: int) -> int:
    """Undo a change and return the number of the undo."""
    with db.begin() as session:
        return directory_history.latest(session, undoing.undo(session, number).id)


def bare(one: SurgeonRecord) -> SurgeonRecord:
    return replace(one, version=0)


def test_an_undo_puts_back_what_a_change_touched_and_leaves_the_rest(filled: Database) -> None:
    before = keen(filled)
    number = change(filled, notes="wrong", refuses="nobody")
    change(filled, public_note="later")
    undo(filled, number)
    assert bare(keen(filled)) == replace(bare(before), public_note="later")


def test_what_was_changed_again_since_is_refused_with_field_person_and_day(filled: Database) -> None:
    number = change(filled, notes="one", refuses="a")
    with acting(filled, "Rosa Ortiz"):
        change(filled, notes="two")
    with pytest.raises(InvalidInput, match="Private notes: changed again by Rosa Ortiz on ") as refused:
        undo(filled, number)
    assert set(refused.value.fields) == {"notes"}
    assert (keen(filled).notes, keen(filled).refuses) == ("two", "a")


def test_an_undo_can_be_undone_and_that_again(filled: Database) -> None:
    before, number = keen(filled).notes, change(filled, notes="new")
    first = undo(filled, number)
    assert keen(filled).notes == before
    second = undo(filled, first)
    assert keen(filled).notes == "new"
    undo(filled, second)
    assert keen(filled).notes == before
    with pytest.raises(InvalidInput, match="undone already"):
        undo(filled, number)


def test_undoing_that_an_entry_was_archived_puts_it_back(filled: Database) -> None:
    with filled.begin() as session:
        surgeons.archive(session, keen(filled).id)
        number = directory_history.latest(session, keen(filled).id)
    undo(filled, number)
    assert not keen(filled).archived


def test_undoing_that_an_entry_was_made_takes_it_out_unless_it_was_changed(filled: Database) -> None:
    with filled.begin() as session:
        made = surgeons.save(session, SurgeonRecord("Una", "New"))
        number = directory_history.latest(session, made.id)
    undo(filled, number)
    with filled.begin() as session:
        made = surgeons.get(session, made.id)
        assert made.archived
        number = directory_history.latest(session, surgeons.save(session, SurgeonRecord("Duo", "New")).id)
        second = directory_history.get(session, number).surgeon_id
        surgeons.save(session, replace(surgeons.get(session, second), notes="kept"))
    with pytest.raises(InvalidInput, match="Private notes"):
        undo(filled, number)


def test_a_change_that_came_with_an_import_is_undone_like_any_other(filled: Database) -> None:
    before = keen(filled)
    with filled.begin() as session:
        surgeons.save(session, replace(keen(filled), specialty="From a file"), DirectoryAct.IMPORTED)
        number = directory_history.latest(session, before.id)
    undo(filled, number)
    assert keen(filled).specialty == before.specialty


def test_an_undo_of_fax_numbers_leaves_what_changed_at_the_location_itself(filled: Database) -> None:
    before = keen(filled)
    places = (replace(before.placements[0], fax="410-555-0177"), *before.placements[1:])
    number = change(filled, placements=places)
    with filled.begin() as session:
        locations.save(session, replace(before.placements[0].location, hours="8 to 4"))
    undo(filled, number)
    first = keen(filled).placements[0]
    assert (first.fax, first.location.hours) == (before.placements[0].fax, "8 to 4")


def test_what_may_not_be_stored_any_more_is_not_put_back(filled: Database) -> None:
    number = change(filled, npi="")
    with filled.begin() as session:
        surgeons.save(session, SurgeonRecord("Una", "Taker", npi="9000000015"))
    with filled.begin() as session, pytest.raises(InvalidInput, match="Una Taker already has this NPI"):
        undoing.undo(session, number)


def test_private_notes_of_the_history_are_for_those_who_keep_the_directory(people_db: Database) -> None:
    with people_db.begin() as session:
        before = surgeons.by_npi(session, "9000000015")
        surgeons.save(session, replace(before, notes="Private", public_note="Public"))
    seen: dict[StaffRole, str] = {}
    for role in (StaffRole.SCHEDULER, StaffRole.OFFICE_STAFF):
        as_role(people_db, role)
        with people_db.read() as session:
            last = directory_history.of(session, before.id)[0]
        assert last.after is not None
        assert last.after.public_note == "Public"
        seen[role] = last.after.notes
    assert seen == {StaffRole.SCHEDULER: "Private", StaffRole.OFFICE_STAFF: ""}


CHANGES = st.lists(
    st.sampled_from([
        {"notes": "a"}, {"notes": "b"}, {"refuses": "c"}, {"languages": ("en", "vi")}, {"plans": ("Medicare",)},
        {"placements": ()}, {"accepting": Accepting.NO},
        {"degrees": "PhD", "notes": "d"}, {"procedures": (), "experience": ()},
    ]),
    min_size=1, max_size=5,
)  # fmt: skip


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
def test_any_changes_undone_from_the_last_to_the_first_leave_the_entry_as_it_was(
    filled: Database, changes: list[dict[str, Any]]
) -> None:
    before = keen(filled)
    with filled.read() as session:
        known = directory_history.latest(session, before.id)
    for values in changes:
        change(filled, **values)
    with filled.read() as session:
        made = [one.sequence for one in directory_history.of(session, before.id) if one.sequence > known]
    for number in made:
        undo(filled, number)
    assert bare(keen(filled)) == bare(before)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES, st.integers(0, 4))
def test_any_undo_puts_back_only_what_its_change_touched_or_is_refused(
    filled: Database, changes: list[dict[str, Any]], which: int
) -> None:
    with filled.read() as session:
        known = directory_history.latest(session, keen(filled).id)
    for values in changes:
        change(filled, **values)
    with filled.read() as session:
        made = [one for one in directory_history.of(session, keen(filled).id) if one.sequence > known]
    if not made:
        return
    chosen, now, refused = made[which % len(made)], keen(filled), set[str]()
    try:
        undo(filled, chosen.sequence)
    except InvalidInput as error:
        refused = set(error.fields)
    after = keen(filled)
    if refused:
        assert refused <= set(chosen.changed)
        assert after == now
        return
    assert chosen.before is not None
    for name in entry_fields.LABELS:
        wanted = chosen.before if name in chosen.changed else now
        assert entry_fields.same(name, getattr(after, name), getattr(wanted, name))
