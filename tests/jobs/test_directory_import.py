"""Directories brought in, previewed and undone: all of it or nothing, whatever comes between."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from referral_app.choices import ImportState, StaffRole
from referral_app.database import Database, StoreProblem, open_database
from referral_app.jobs import (
    directory,
    directory_clearing,
    directory_import,
    directory_index,
    directory_preview,
    directory_reading,
    directory_undo,
)
from referral_app.jobs.directory_import import Imported
from referral_app.jobs.directory_reading import Plan
from referral_app.paths import Paths
from referral_app.services import directory_imports, matching, referrals, surgeons
from referral_app.services.errors import Denied, InvalidInput
from referral_app.services.import_records import Outcome
from referral_app.services.permissions import nobody_yet
from referral_app.services.surgeon_records import Query
from tests import nppes_files
from tests.acting import as_role

LARGE = 900
"""Surgeons of a file that is staged, not written at once."""


def run(db: Database, path: Path, **more: object) -> Imported:
    """Import a file."""
    return directory_import.run(db, Plan(path, **more), lambda done, of: None, lambda: False)  # type: ignore[arg-type]


def look(db: Database, path: Path, **more: object) -> directory_preview.Preview:
    """Preview a file."""
    return directory_preview.preview(db, Plan(path, **more), lambda done, of: None, lambda: False)  # type: ignore[arg-type]


def count(db: Database) -> int:
    """Return how many surgeons are in view."""
    with db.read() as session:
        return matching.count(session, Query())


def state_of(db: Database) -> list[ImportState]:
    """Return the states of all imports, the latest first."""
    return [one.state for one in directory_undo.earlier(db)]


def table(path: Path, *rows: dict[str, str]) -> Path:
    """Write a CSV file of these rows."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, names, restval="")
        out.writeheader()
        out.writerows(rows)
    return path


def person(n: int, **cells: str) -> dict[str, str]:
    """Return the n-th surgeon as a row."""
    return {
        "npi": nppes_files.number(n), "given_name": "Ana", "family_name": f"Test{n}", "location": "North",
        "zip": "21231", "phone": "410-555-0101", "fax": "",
    } | cells  # fmt: skip


@pytest.fixture(params=[30, LARGE], ids=["small", "large"])
def month(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file of NPPES, small enough for one transaction or large enough to be staged."""
    return nppes_files.many(tmp_path / "month.csv", request.param)


def test_a_file_of_nppes_comes_in_with_locations(db: Database, month: Path) -> None:
    done = run(db, month)
    assert done.new == count(db)
    with db.read() as session:
        one = surgeons.by_npi(session, nppes_files.number(1))
    assert (one.given_name, one.family_name, one.degrees) == ("James", "O'Brien", "MD")
    assert one.specialty == "Plastic surgery"
    assert (one.source, one.languages) == ("NPPES", ("en",))
    place = one.placements[0]
    assert (place.location.line1, place.location.city, place.location.zip) == (
        "101 Example St NW",
        "Towson",
        "21204-1234",
    )
    assert (place.phone, place.fax) == ("410-555-0101", "")
    assert db.check() == []


def test_the_national_file_is_filtered_by_state_and_specialty(db: Database, tmp_path: Path) -> None:
    path = nppes_files.write(tmp_path / "month.csv", nppes_files.mixed())
    done = run(
        db, nppes_files.zipped(tmp_path / "month.zip", path), states=("md",), taxonomies=("2082", "20820")
    )
    assert done.new == 3
    assert set(done.notes) == {
        "1 passed over: organizations", "1 passed over: deactivated NPIs", "13 passed over: other states",
        "3 passed over: other specialties",
    }  # fmt: skip
    with pytest.raises(InvalidInput, match="ZZ is not a state"):
        run(db, path, states=("ZZ",))
    with pytest.raises(InvalidInput, match="is not the beginning of a taxonomy code"):
        run(db, path, taxonomies=("20-",))


def test_the_national_file_never_writes_over_what_people_know(db: Database, tmp_path: Path) -> None:
    known = person(
        1,
        phone="410-555-0177",
        fax="410-555-0178",
        degrees="MD, FACS",
        line1="101 Example St NW",
        zip="21204",
    )
    run(db, table(tmp_path / "ours.csv", known))
    path = nppes_files.write(tmp_path / "month.csv", [nppes_files.row(1)])
    run(db, path)
    with db.read() as session:
        one = surgeons.by_npi(session, nppes_files.number(1))
    assert (one.degrees, one.placements[0].phone, one.placements[0].fax) == (
        "MD, FACS",
        "410-555-0177",
        "410-555-0178",
    )
    assert one.specialty == "Plastic surgery"


def test_the_same_file_again_changes_nothing(db: Database, month: Path) -> None:
    first = run(db, month)
    again = run(db, month)
    assert (again.new, again.changed, again.unchanged) == (0, 0, first.new)


def test_a_preview_tells_what_the_import_does_and_writes_nothing(filled: Database, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    directory.export_csv(filled, path)
    text = path.read_text("utf-8-sig").replace("Keen", "Keener", 1)
    path.write_text(text, "utf-8")
    rows = [
        *csv.DictReader(text.splitlines()),
        person(500),
        person(501, npi="1234567890"),
        person(502, phone="12"),
    ]
    table(path, *rows)
    found = look(filled, path)
    assert found.counts == {Outcome.NEW: 1, Outcome.CHANGED: 1, Outcome.UNCHANGED: 12, Outcome.REFUSED: 2}
    (changed,) = found.shown[Outcome.CHANGED]
    assert [(one.label, one.before, one.after) for one in changed.differences] == [
        ("Last name", "Keen", "Keener")
    ]
    assert [one.sentence[:4] for one in found.refused] == ["Row ", "Row "]
    assert not found.is_clean
    assert count(filled) == 13
    done = run(filled, path)
    assert (done.new, done.changed, done.unchanged, done.refused_count) == (1, 1, 12, 2)


@pytest.mark.parametrize("size", [20, LARGE])
def test_with_one_bad_row_everything_else_or_nothing_comes_in_as_chosen(
    db: Database, tmp_path: Path, size: int
) -> None:
    rows = [person(n) for n in range(size)]
    path = table(tmp_path / "rows.csv", *rows, person(size, npi="1234567890"))
    done = run(db, path, only_if_clean=True)
    assert (done.is_done, done.new, done.refused_count) == (False, 0, 1)
    assert count(db) == 0
    done = run(db, path)
    assert (done.is_done, done.new, done.refused_count) == (True, size, 1)
    assert done.refused == (
        f"Row {size + 2}, Ana Test{size}, column npi: 1234567890: Check this NPI: one of its digits is mistyped.",
    )
    assert count(db) == size


def test_a_fax_that_is_the_phone_is_left_out_and_told_but_not_when_nothing_may_be_wrong(
    db: Database, tmp_path: Path
) -> None:
    path = table(tmp_path / "rows.csv", person(1, fax="(410) 555-0101"))
    assert not run(db, path, only_if_clean=True).is_done
    done = run(db, path)
    assert (done.new, done.left_out) == (1, 1)
    assert "is the phone number too" in done.refused[0]


@pytest.mark.parametrize("size", [20, LARGE])
def test_a_canceled_import_leaves_nothing(db: Database, tmp_path: Path, size: int) -> None:
    path = nppes_files.many(tmp_path / "month.csv", size)
    asked = iter([False] * (size // 400 + 1))
    done = directory_import.run(db, Plan(path), lambda done, of: None, lambda: next(asked, True))
    assert done.canceled
    assert count(db) == 0
    assert run(db, path).new == size


def test_a_file_that_grows_while_it_is_read_leaves_nothing(db: Database, tmp_path: Path) -> None:
    month = nppes_files.many(tmp_path / "month.csv", LARGE)

    def grow(done: int, of: int) -> None:
        with month.open("a") as more:
            more.write("x\n")

    with pytest.raises(InvalidInput, match="grew while it was read"):
        directory_import.run(db, Plan(month), grow, lambda: False)
    assert count(db) == 0


def test_rows_of_one_surgeon_far_apart_are_refused_by_number(db: Database, tmp_path: Path) -> None:
    path = table(tmp_path / "rows.csv", *(person(n) for n in range(LARGE)), person(3, location="South"))
    expected = f"Row {LARGE + 2}, Ana Test3: this surgeon was in an earlier row. Put the rows of one surgeon together."
    assert [one.said for one in look(db, path).refused] == [expected]
    assert run(db, path).refused == (expected,)


def test_a_name_that_two_entries_have_needs_the_npi(db: Database, tmp_path: Path) -> None:
    run(db, table(tmp_path / "two.csv", person(1, family_name="Same"), person(2, family_name="Same")))
    done = run(db, table(tmp_path / "one.csv", person(3, npi="", family_name="Same")))
    assert done.refused == ("Row 2, Ana Same: 2 entries are named Same, Ana. Add the NPI to say which.",)


def test_an_entry_without_npi_may_be_the_same_person_and_is_named(db: Database, tmp_path: Path) -> None:
    run(db, table(tmp_path / "one.csv", person(1, npi="", family_name="Same")))
    found = look(db, table(tmp_path / "two.csv", person(2, family_name="Same")))
    assert found.maybe == 1
    assert found.shown[Outcome.NEW][0].maybe[0].startswith("Ana Same")


def test_the_matching_of_columns_is_remembered_for_the_same_headings(db: Database, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", {"Who": "Ana", "Whose": "Test", "Ring": "410-555-0101"})
    looked = directory_reading.look(db, path)
    assert (looked.mapping, looked.remembered) == ({}, False)
    assert looked.samples == (("Ana",), ("Test",), ("410-555-0101",))
    with pytest.raises(InvalidInput, match="No column is matched to First name"):
        look(db, path)
    mapping = {"Who": "given_name", "Whose": "family_name", "Ring": "phone"}
    directory_reading.remember(db, looked.headings, mapping)
    again = directory_reading.look(db, path)
    assert (again.mapping, again.remembered) == (mapping, True)
    assert run(db, path).new == 1


def test_undoing_an_import_takes_its_entries_and_changes_back(
    filled: Database, tmp_path: Path, month: Path
) -> None:
    before = tmp_path / "before.csv"
    directory.export_csv(filled, before)
    text = before.read_text("utf-8").replace("Keen", "Keener").replace("Mon, Tue", "Mon")
    month.write_text(month.read_text("utf-8"), "utf-8")
    (tmp_path / "changed.csv").write_text(text, "utf-8")
    changed, fresh = run(filled, tmp_path / "changed.csv"), run(filled, month)
    assert changed.changed >= 1
    assert directory_undo.undo(filled, fresh.import_id).removed == fresh.new
    undone = directory_undo.undo(filled, changed.import_id)
    assert (undone.restored, undone.kept) == (changed.changed, ())
    after = tmp_path / "after.csv"
    directory.export_csv(filled, after)
    assert after.read_text("utf-8") == before.read_text("utf-8")
    assert state_of(filled) == [ImportState.UNDONE, ImportState.UNDONE]
    assert filled.check() == []
    with pytest.raises(InvalidInput, match="is not in the directory: undone"):
        directory_undo.undo(filled, fresh.import_id)


def test_what_was_touched_since_stays_and_is_told_with_the_reason(
    filled: Database, month: Path, reference: str
) -> None:
    done = run(filled, month)
    with filled.begin() as session:
        edited = surgeons.by_npi(session, nppes_files.number(4))
        surgeons.save(session, replace(edited, specialty="Neurosurgery"))
        chosen = surgeons.by_npi(session, nppes_files.number(5))
        intake = referrals.get(session, reference).intake
        intake["request"]["surgeon"] = chosen.npi
        intake.pop("signature", None)
        referrals.save(session, intake)
    undone = directory_undo.undo(filled, done.import_id)
    assert undone.removed == done.new - 2
    assert sorted(one.split(" stays: ")[1] for one in undone.kept) == [
        "a referral names this surgeon.", "somebody changed this entry since (changed).",
    ]  # fmt: skip
    with filled.read() as session:
        assert surgeons.by_npi(session, nppes_files.number(4)).specialty == "Neurosurgery"
        assert matching.find(session, Query(text=edited.family_name))
        assert matching.count(session, Query()) == 15
    assert filled.check() == []


def test_a_changed_entry_that_was_changed_again_stays(filled: Database, tmp_path: Path) -> None:
    path = table(
        tmp_path / "a.csv", {"npi": "9000000015", "given_name": "Marguerite", "family_name": "Keener"}
    )
    done = run(filled, path)
    with filled.begin() as session:
        keen = surgeons.by_npi(session, "9000000015")
        surgeons.save(session, replace(keen, family_name="Keenest"))
    undone = directory_undo.undo(filled, done.import_id)
    assert undone.restored == 0
    assert "Last name was changed again since the import" in undone.kept[0]


def test_what_somebody_changes_while_the_import_is_staged_is_not_written_over(
    filled: Database, tmp_path: Path
) -> None:
    rows = [person(n) for n in range(LARGE)]
    keen = {
        "npi": "9000000015",
        "given_name": "Marguerite",
        "family_name": "Keener",
        "specialty": "Hand surgery",
    }
    path = table(tmp_path / "a.csv", keen, *rows)
    done_once = []

    def meanwhile(done: int, of: int) -> None:
        if not done_once:
            done_once.append(True)
        elif len(done_once) == 1:
            done_once.append(True)
            with filled.begin() as session:
                one = surgeons.by_npi(session, "9000000015")
                surgeons.save(session, replace(one, family_name="Keenest"))

    done = directory_import.run(filled, Plan(path), meanwhile, lambda: False)
    assert done.changed == 0
    assert "somebody changed Last name in the meantime" in done.refused[0]
    with filled.read() as session:
        assert surgeons.by_npi(session, "9000000015").family_name == "Keenest"


def test_entries_being_staged_are_in_nobodys_view(db: Database, tmp_path: Path) -> None:
    path = nppes_files.many(tmp_path / "month.csv", LARGE)
    seen: list[tuple[int, bool]] = []

    def peek(done: int, of: int) -> None:
        with db.read() as session:
            seen.append(
                (matching.count(session, Query()), surgeons.find_by(session, nppes_files.number(1)) is None)
            )

    directory_import.run(db, Plan(path), peek, lambda: False)
    assert set(seen) == {(0, True)}
    assert count(db) == LARGE


def test_importing_and_undoing_are_for_those_who_may_change_the_directory(
    people_db: Database, tmp_path: Path
) -> None:
    path = table(tmp_path / "a.csv", person(1))
    done = run(people_db, path)
    as_role(people_db, StaffRole.OFFICE_STAFF)
    acts: tuple[Callable[[], object], ...] = (
        lambda: run(people_db, path),
        lambda: look(people_db, path),
        lambda: directory_reading.look(people_db, path),
        lambda: directory_undo.undo(people_db, done.import_id),
    )
    for act in acts:
        with pytest.raises(Denied):
            act()
    directory_index.ensure(people_db)


_CHILD = """
import os, sys
from pathlib import Path
from referral_app.database import open_database
from referral_app.jobs import directory_import, directory_undo
from referral_app.jobs.directory_reading import Plan
from referral_app.paths import Paths
from referral_app.services.permissions import nobody_yet
db = open_database(Paths(Path(sys.argv[1])))
db.act_as("", "Child", nobody_yet("Child"))
print("ready", flush=True)
if sys.argv[3] == "import":
    directory_import.run(db, Plan(Path(sys.argv[2])), lambda done, of: print("step", flush=True), lambda: False)
else:
    directory_undo.undo(db, sys.argv[2])
print("done", flush=True)
os._exit(0)
"""


def _killed(paths: Paths, what: str, act: str, after: float) -> bool:
    """Let a child import or undo and kill it after some seconds; return whether it was done before."""
    command = [sys.executable, "-c", _CHILD, str(paths.data_dir), what, act]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    time.sleep(after)
    child.send_signal(signal.SIGKILL)
    said = child.stdout.read()
    child.stdout.close()
    child.wait()
    return "done" in said


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize("after", [0.05, 0.2, 0.4, 0.6, 0.9, 1.3])
def test_a_killed_import_leaves_the_old_directory_whole_or_the_new_one(
    filled: Database, paths: Paths, tmp_path: Path, after: float
) -> None:
    whole = tmp_path / "whole.csv"
    directory.export_csv(filled, whole)
    changed = [
        {"npi": row["npi"], "given_name": row["given_name"], "family_name": row["family_name"] + "x"}
        for row in csv.DictReader(whole.read_text("utf-8-sig").splitlines())
    ]
    path = table(tmp_path / "rows.csv", *changed, *(person(n) for n in range(LARGE)))
    filled.close()
    _killed(paths, str(path), "import", after)
    db = open_database(paths)
    db.act_as("", "Next", nobody_yet("Next"))
    directory_index.ensure(db)
    with db.read() as session:
        names = [item.surgeon.family_name for item in matching.find(session, Query(text=""), 2000)]
        old = [name for name in names if not name.startswith("Test")]
    assert len(old) == 13
    is_new = len(names) == LARGE + 13
    assert is_new or len(names) == 13
    assert {name.endswith("x") for name in old} == {is_new}
    assert not set(state_of(db)) & set(directory_imports.UNDER_WAY)
    assert run(db, path).unchanged == (LARGE + 13 if is_new else 0)
    assert db.check() == []
    db.close()


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize("after", [0.02, 0.1, 0.3])
def test_a_killed_undo_is_finished_at_the_next_start(
    db: Database, paths: Paths, tmp_path: Path, after: float
) -> None:
    done = run(db, nppes_files.many(tmp_path / "month.csv", LARGE))
    db.close()
    _killed(paths, done.import_id, "undo", after)
    again = open_database(paths)
    again.act_as("", "Next", nobody_yet("Next"))
    directory_index.ensure(again)
    assert count(again) == (0 if state_of(again) == [ImportState.UNDONE] else LARGE)
    assert again.check() == []
    again.close()


def test_what_a_killed_import_left_behind_is_cleared_away_later(
    db: Database, paths: Paths, tmp_path: Path
) -> None:
    path = nppes_files.many(tmp_path / "month.csv", 3000)
    db.close()
    while _killed(paths, str(path), "import", 0.5):
        pass
    again = open_database(paths)
    again.act_as("", "Next", nobody_yet("Next"))
    directory_index.ensure(again)
    directory_clearing.clear_up(again)
    assert not directory_clearing.is_needed(again)
    with again.read() as session:
        assert session.scalar(text("SELECT count(*) FROM surgeon")) == count(again)
        assert session.scalar(text("SELECT count(*) FROM location")) in (0, 3000)
    again.close()


def test_an_undo_may_leave_the_clearing_for_later_and_the_directory_is_as_before(
    db: Database, tmp_path: Path
) -> None:
    done = run(db, nppes_files.many(tmp_path / "month.csv", LARGE))
    assert directory_undo.undo(db, done.import_id, canceled=lambda: True).removed == LARGE
    assert count(db) == 0
    assert directory_clearing.is_needed(db)
    assert run(db, tmp_path / "month.csv").new == LARGE
    assert not directory_clearing.is_needed(db)


def test_a_location_that_changes_is_found_by_its_new_name_for_everybody_there(
    db: Database, tmp_path: Path
) -> None:
    run(db, table(tmp_path / "two.csv", person(1, line1="1 Example St"), person(2, line1="1 Example St")))
    with db.begin() as session:
        place = surgeons.by_npi(session, nppes_files.number(1)).placements[0].location
        surgeons.location(session, replace(place, name="Old Mill"))
    directory_index.ensure(db)
    with db.read() as session:
        one = surgeons.by_npi(session, nppes_files.number(1))
    done = run(db, table(tmp_path / "one.csv", person(1, location="", line1="1 Example St", hours="8 to 4")))
    assert done.changed == 1
    renamed = table(
        tmp_path / "new.csv", {"entry": one.id, "given_name": "Ana", "family_name": "Test1", "location": "Old Mill",
                               "zip": "21231", "city": "Baltimore"},
    )  # fmt: skip
    assert run(db, renamed).changed == 1
    with db.read() as session:
        found = matching.find(session, Query(text="baltimore"))
        assert {item.surgeon.npi for item in found} == {nppes_files.number(1), nppes_files.number(2)}
        assert found[0].surgeon.placements[0].location.hours == "8 to 4"


def test_undoing_puts_a_shared_location_back_once_for_all(db: Database, tmp_path: Path) -> None:
    run(db, table(tmp_path / "two.csv", person(1, hours="9 to 5"), person(2, hours="9 to 5")))
    later = table(
        tmp_path / "later.csv", person(1, hours="8 to 4"), person(2, hours="8 to 4", phone="410-555-0108")
    )
    done = run(db, later)
    assert done.changed == 2
    undone = directory_undo.undo(db, done.import_id)
    assert (undone.restored, undone.kept) == (2, ())
    with db.read() as session:
        two = surgeons.by_npi(session, nppes_files.number(2)).placements[0]
    assert (two.location.hours, two.phone) == ("9 to 5", "410-555-0101")


def test_a_preview_names_entries_that_look_like_a_new_surgeon(filled: Database, tmp_path: Path) -> None:
    path = table(
        tmp_path / "a.csv",
        person(1, npi="", given_name="Margerite", family_name="Keen", phone="410-555-0102"),
    )
    found = look(filled, path)
    assert found.maybe == 1
    assert found.shown[Outcome.NEW][0].maybe[0].startswith("Marguerite Keen, MD (")


@pytest.mark.parametrize(
    ("encoding", "name", "note"),
    [
        ("utf-8", "Núñez", ""),
        ("utf-16", "Núñez", ""),
        ("latin-1", "Núñez", "It was read as Windows text (cp1252)"),
    ],
)
def test_letters_of_other_files_come_in_and_what_was_assumed_is_told(
    db: Database, tmp_path: Path, encoding: str, name: str, note: str
) -> None:
    path = table(tmp_path / "a.csv", person(1, family_name=name))
    path.write_bytes(path.read_text("utf-8").encode(encoding))
    done = run(db, path)
    assert note in " ".join(done.notes)
    with db.read() as session:
        assert surgeons.by_npi(session, nppes_files.number(1)).family_name == name


def test_a_row_with_broken_letters_is_refused_by_row_and_column(db: Database, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", person(1, family_name="Núñez"), person(2, family_name="Broken"))
    path.write_bytes(path.read_bytes().replace(b"Broken", b"Bro\xffken"))
    done = run(db, path)
    assert done.new == 1
    assert done.refused == (
        "Row 3, Ana Broken, column family_name: it holds broken letters. Save the file as CSV UTF-8.",
    )


def test_an_entry_that_was_merged_into_another_is_not_written_to(db: Database, tmp_path: Path) -> None:
    path = table(tmp_path / "two.csv", person(1), person(2))
    run(db, path)
    with db.begin() as session:
        kept, gone = (surgeons.by_npi(session, nppes_files.number(n)) for n in (1, 2))
        surgeons.save(session, replace(gone, merged_into_id=kept.id, archived=True))
    month = nppes_files.write(tmp_path / "month.csv", [nppes_files.row(2)])
    assert run(db, month).unchanged == 1
    assert "was merged into another" in run(db, path).refused[0]


def test_an_import_that_fills_the_disk_leaves_nothing_and_works_once_there_is_room(
    small_disk: Path, tmp_path: Path
) -> None:
    db = open_database(Paths(small_disk / "data"))
    db.act_as("", "Anna Full", nobody_yet("Anna Full"))
    directory_index.ensure(db)
    with pytest.raises(StoreProblem, match="full"):
        run(db, nppes_files.many(tmp_path / "month.csv", 20_000))
    assert count(db) == 0
    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    assert run(db, nppes_files.many(tmp_path / "month.csv", LARGE)).new == LARGE
    assert count(db) == LARGE
    assert db.check() == []
    db.close()


def test_two_imports_at_once_are_refused_in_a_sentence(db: Database, tmp_path: Path) -> None:
    path, said = nppes_files.many(tmp_path / "month.csv", 30), list[str]()

    def another(done: int, of: int) -> None:
        with pytest.raises(InvalidInput, match="Another import is under way") as refused:
            run(db, path)
        said.append(str(refused.value))

    directory_import.run(db, Plan(path), another, lambda: False)
    assert said
    assert count(db) == 30


def test_a_file_that_was_changed_since_it_was_looked_at_is_refused(db: Database, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", person(1))
    looked = directory_reading.look(db, path)
    assert look(db, path, mapping=looked.mapping, seen=looked.seen).counts[Outcome.NEW] == 1
    table(path, person(1), person(2))
    with pytest.raises(InvalidInput, match="was changed since you looked at it"):
        run(db, path, mapping=looked.mapping, seen=looked.seen)


def test_whoever_opens_the_store_next_finishes_what_was_cut_short(
    people_db: Database, tmp_path: Path
) -> None:
    with people_db.begin() as session:
        cut_short = directory_imports.begin(session, "csv", "cut.csv")
    as_role(people_db, StaffRole.OFFICE_STAFF)
    directory_index.ensure(people_db)
    assert not directory_clearing.is_needed(people_db)
    with people_db.read() as session:
        assert directory_imports.get(session, cut_short).state is ImportState.CANCELED
    as_role(people_db, StaffRole.SCHEDULER)
    assert run(people_db, table(tmp_path / "a.csv", person(1))).new == 1


def test_many_changes_and_few_new_ones_take_no_chunk_of_the_index(db: Database, tmp_path: Path) -> None:
    run(db, table(tmp_path / "a.csv", *(person(n) for n in range(100))))
    later = table(tmp_path / "b.csv", *(person(n, hours="8 to 4", specialty="Neurology") for n in range(110)))
    done = run(db, later)
    assert (done.new, done.changed) == (10, 100)
    with db.read() as session:
        assert session.scalar(text("SELECT count(*) FROM directory_stage")) == 0
        assert matching.count(session, Query(text="neurology")) == 110
    undone = directory_undo.undo(db, done.import_id)
    assert (undone.removed, undone.restored, undone.kept) == (10, 100, ())
    assert count(db) == 100


def test_more_refusals_than_are_listed_are_counted(db: Database, tmp_path: Path) -> None:
    done = run(db, table(tmp_path / "a.csv", *(person(n, phone="12") for n in range(1000))))
    assert done.refused_count == 1000
    assert len(done.refused) == 601
    assert done.refused[-1].startswith("… and 400 more")


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize("after", [0.3, 0.6, 0.8, 1.0, 1.3, 2.0])
def test_a_killed_import_of_many_changes_is_whole_or_not_there(
    db: Database, paths: Paths, tmp_path: Path, after: float
) -> None:
    run(db, table(tmp_path / "a.csv", *(person(n) for n in range(100))))
    db.close()
    later = table(tmp_path / "b.csv", *(person(n, specialty="Neurology") for n in range(110)))
    _killed(paths, str(later), "import", after)
    again = open_database(paths)
    again.act_as("", "Next", nobody_yet("Next"))
    directory_index.ensure(again)
    with again.read() as session:
        changed = matching.count(session, Query(text="neurology"))
        assert (changed, matching.count(session, Query())) in ((0, 100), (110, 110))
    assert run(again, later).unchanged == changed
    assert again.check() == []
    again.close()
