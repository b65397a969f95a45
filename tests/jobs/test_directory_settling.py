"""Imports and undos that fail half way: nobody is kept out of the store, and what is half there is finished later."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from referral_app.choices import AppointmentStatus, ImportState
from referral_app.database import Database, open_database
from referral_app.jobs import directory_clearing, directory_import, directory_index, directory_undo
from referral_app.jobs.directory_import import Imported
from referral_app.jobs.directory_reading import Plan
from referral_app.models.referral import Referral
from referral_app.models.surgeon import Surgeon
from referral_app.models.work import Appointment
from referral_app.paths import Paths
from referral_app.services import (
    directory_imports,
    import_keeping,
    import_undoing,
    matching,
    referrals,
    surgeons,
)
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import nobody_yet
from referral_app.services.surgeon_records import Query, SurgeonRecord
from tests import nppes_files
from tests.services.conftest import complete

LARGE = 500
"""Surgeons of a file that is staged, not written at once."""
KEEN = "9000000015"


def run(db: Database, path: Path, meanwhile: Callable[[], None] | None = None, **more: bool) -> Imported:
    """Import a file; somebody does something once the first rows are read."""
    left = [meanwhile] if meanwhile else []
    return directory_import.run(
        db, Plan(path, **more), lambda *_: left.pop()() if left else None, lambda: False
    )  # type: ignore[arg-type, func-returns-value]


def table(path: Path, numbers: range, *more: str) -> Path:
    """Write a CSV file of new surgeons, and other lines before them."""
    rows = (f",{nppes_files.number(n)},Ana,Newone{n},North Clinic,21231,Surgery" for n in numbers)
    headings = "Entry id,NPI,First name,Last name,Practice,ZIP,Specialty"
    path.write_text("\n".join([headings, *more, *rows]) + "\n", encoding="utf-8")
    return path


def by_hand(db: Database, n: int) -> Callable[[], None]:
    """Return what enters a surgeon with the NPI of a row by hand."""

    def enter() -> None:
        with db.begin() as session:
            surgeons.save(session, SurgeonRecord("By", "Hand", npi=nppes_files.number(n)))

    return enter


def name_in_referral(db: Database, n: int) -> str:
    """Save a referral that names a new surgeon, and return the id of the referral."""
    with db.begin() as session:
        intake = complete("Zed")
        intake["request"]["surgeon"] = nppes_files.number(n)
        return referrals.save(session, intake).id


def book(db: Database, n: int) -> None:
    """Book a visit with a new surgeon; then the referral goes to another one."""
    referral = name_in_referral(db, n)
    with db.begin() as session:
        one = surgeons.by_npi(session, nppes_files.number(n))
        session.add(
            Appointment(
                referral_id=referral, surgeon_id=one.id, status=AppointmentStatus.SCHEDULED,
                start=datetime(2026, 12, 9, 15, tzinfo=UTC), location_id=one.placements[0].location.id,
            )
        )  # fmt: skip
        session.flush()
        record = referrals.get(session, referral)
        intake = deepcopy(record.intake)
        intake["request"]["surgeon"] = KEEN
        referrals.save(session, intake, referral_id=referral, version=record.version)


def states(db: Database) -> list[ImportState]:
    """Return the states of all imports, the latest first."""
    return [one.state for one in directory_undo.earlier(db)]


def reopened(db: Database, paths: Paths) -> Database:
    """Close the store and open it like a window does."""
    db.close()
    again = open_database(paths)
    again.act_as("", "Next", nobody_yet("Next"))
    directory_index.ensure(again)
    return again


@pytest.mark.parametrize("size", [3, LARGE], ids=["small", "large"])
def test_a_surgeon_with_an_appointment_stays_when_the_import_is_undone(
    filled: Database, tmp_path: Path, size: int
) -> None:
    done = run(filled, table(tmp_path / "a.csv", range(size)))
    book(filled, 1)
    undone = directory_undo.undo(filled, done.import_id)
    assert undone.kept == ("Ana Newone1 stays: an appointment is with this surgeon.",)
    assert undone.removed == size - 1
    assert states(filled) == [ImportState.UNDONE]
    with filled.read() as session:
        assert matching.count(session, Query(text="newone1")) == 1


@pytest.mark.parametrize("size", [3, LARGE], ids=["small", "large"])
def test_a_referral_saved_while_the_undo_runs_keeps_its_surgeon(
    filled: Database, tmp_path: Path, size: int
) -> None:
    done = run(filled, table(tmp_path / "a.csv", range(size)))
    with filled.begin() as session:
        import_undoing.begin(session, done.import_id)
        assert import_keeping.touched(session, done.import_id) == []
    name_in_referral(filled, 1)
    if (
        size == LARGE
    ):  # as if it came between the question who is named and the moment from which nobody sees them
        with filled.begin() as session:
            import_undoing.hide(session, done.import_id)
    undone = directory_undo.go_on(filled, done.import_id)
    assert "Ana Newone1 stays: a referral names this surgeon." in undone.kept
    directory_clearing.clear_up(filled)
    with filled.read() as session:
        assert surgeons.by_npi(session, nppes_files.number(1)).family_name == "Newone1"
        assert matching.count(session, Query(text="newone1")) == 1
        assert session.scalar(select(Surgeon.id).where(Surgeon.npi == nppes_files.number(2))) is None
    assert run(filled, table(tmp_path / "b.csv", range(size, size + 2))).new == 2


def test_clearing_away_keeps_whom_a_referral_names_all_the_same(filled: Database, tmp_path: Path) -> None:
    done = run(filled, table(tmp_path / "a.csv", range(LARGE)))
    referral = name_in_referral(filled, 2)
    with filled.begin() as session:
        one = session.get_one(Referral, referral)
        named, one.surgeon_id = one.surgeon_id, None
    directory_undo.undo(filled, done.import_id, canceled=lambda: True)
    with filled.begin() as session:
        session.get_one(Referral, referral).surgeon_id = named
    directory_clearing.clear_up(filled)
    assert not directory_clearing.is_needed(filled)
    with filled.read() as session:
        assert matching.count(session, Query(text="newone")) == 1
        kept = directory_imports.get(session, done.import_id).counts["kept"]
    assert kept == ["Ana Newone2 stays: a referral names this surgeon."]
    assert filled.check() == []


def test_an_undo_that_fails_keeps_nobody_out_and_is_tried_again(
    filled: Database, paths: Paths, tmp_path: Path
) -> None:
    done = run(filled, table(tmp_path / "a.csv", range(3)))
    with filled.begin() as session:
        import_undoing.begin(session, done.import_id)
        session.execute(
            text("CREATE TRIGGER broken BEFORE DELETE ON surgeon BEGIN SELECT RAISE(ABORT, 'no'); END")
        )
    again = reopened(filled, paths)
    assert states(again) == [ImportState.UNDOING]
    with again.read() as session:
        assert matching.count(session, Query(text="keen")) == 1
        noted = session.execute(
            text("SELECT outcome, reason, details FROM audit_event WHERE outcome = 'failed'")
        ).one()
    assert (noted.outcome, noted.reason) == ("failed", "cannot be finished")
    assert "Newone" not in noted.details
    with pytest.raises(InvalidInput, match=r"The import of a\.csv could not be finished"):
        run(again, table(tmp_path / "b.csv", range(5, 6)))
    with again.begin() as session:
        session.execute(text("DROP TRIGGER broken"))
    last = reopened(again, paths)
    assert states(last) == [ImportState.UNDONE]
    assert run(last, tmp_path / "b.csv").new == 1
    last.close()


def test_an_import_that_fails_while_it_is_taken_over_is_finished_later_and_never_given_up(
    filled: Database, paths: Paths, tmp_path: Path
) -> None:
    with filled.begin() as session:
        keen = surgeons.by_npi(session, KEEN)
        session.execute(
            text(
                "CREATE TRIGGER broken BEFORE UPDATE OF live ON directory_stage BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
        )
    path = table(tmp_path / "a.csv", range(LARGE), f"{keen.id},{KEEN},Marguerite,Keen,,,Hand surgery")
    with pytest.raises(Exception, match="no"):
        run(filled, path)
    assert states(filled) == [ImportState.APPLYING]
    with filled.begin() as session:
        session.execute(text("DROP TRIGGER broken"))
    again = reopened(filled, paths)
    assert states(again) == [ImportState.LIVE]
    with again.read() as session:
        assert surgeons.by_npi(session, KEEN).specialty == "Hand surgery"
        assert matching.count(session, Query(text="newone")) == LARGE
    again.close()


def test_a_row_with_the_id_of_one_entry_and_the_npi_of_another_is_refused(
    filled: Database, tmp_path: Path
) -> None:
    with filled.read() as session:
        keen, other = surgeons.by_npi(session, KEEN), surgeons.by_npi(session, "9000000023")
    row = f"{keen.id},{other.npi},Marguerite,Keen,,,Hand surgery"
    done = run(filled, table(tmp_path / "a.csv", range(LARGE), row))
    assert (done.new, done.changed, done.refused_count) == (LARGE, 0, 1)
    assert f"has another NPI; {other.npi} is that of {other.name}" in done.refused[0]


@pytest.mark.parametrize("size", [5, LARGE], ids=["small", "large"])
def test_an_npi_entered_by_hand_while_the_file_is_read_refuses_that_row_alone(
    filled: Database, tmp_path: Path, size: int
) -> None:
    done = run(filled, table(tmp_path / "a.csv", range(size)), by_hand(filled, 2))
    assert (done.new, done.refused_count) == (size - 1, 1)
    assert done.refused == (
        f"Ana Newone2: somebody entered a surgeon with the NPI {nppes_files.number(2)} in the meantime.",
    )
    with filled.read() as session:
        assert surgeons.by_npi(session, nppes_files.number(2)).family_name == "Hand"
        assert matching.count(session, Query(text="newone")) == size - 1
        counts = directory_imports.get(session, done.import_id).counts
    assert (counts["new"], counts["refused"]) == (size - 1, 1)
    assert directory_undo.undo(filled, done.import_id).removed == size - 1
    assert filled.check() == []


def test_nothing_is_taken_with_an_npi_entered_by_hand_where_only_a_clean_file_is_wanted(
    filled: Database, tmp_path: Path
) -> None:
    done = run(filled, table(tmp_path / "a.csv", range(5)), by_hand(filled, 2), only_if_clean=True)
    assert not done.is_done
    assert "somebody entered a surgeon with the NPI" in done.refused[0]
    with filled.read() as session:
        assert matching.count(session, Query(text="newone")) == 0


def test_an_entry_whose_npi_another_one_has_by_now_is_not_put_back(filled: Database, tmp_path: Path) -> None:
    with filled.read() as session:
        keen = surgeons.by_npi(session, KEEN)
    row = f"{keen.id},{nppes_files.number(7)},Marguerite,Keen,,,"
    done = run(filled, table(tmp_path / "a.csv", range(0), row))
    assert done.changed == 1
    with filled.begin() as session:
        surgeons.save(session, SurgeonRecord("By", "Hand", npi=KEEN))
    undone = directory_undo.undo(filled, done.import_id)
    assert undone.restored == 0
    assert f"stays as it is: another entry has the NPI {KEEN}" in undone.kept[0]
