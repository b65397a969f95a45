"""A schedule file is booked after a preview: nothing twice, nothing guessed, other columns in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from referral_app.clinical import business_days
from referral_app.database import Database
from referral_app.jobs import schedule_booking, visits
from referral_app.jobs.schedule_booking import BOOK, KNOWN, LEFT_OUT, Preview
from referral_app.services import appointments, closed_days, worklists
from referral_app.services.errors import InvalidInput
from referral_app.services.referral_records import Filter, ReferralRow
from tests.jobs.batch_people import never, nothing

DAY = business_days.after(date.today() + timedelta(days=20), 0)
SAID = f"{DAY.month}/{DAY.day}/{DAY.year}"


@pytest.fixture
def people(filled: Database) -> list[ReferralRow]:
    with filled.read() as session:
        found = worklists.find(session, Filter())
    return [one for one in found if one.surgeon_id and one.date_of_birth]


def _schedule(folder: Path, rows: Sequence[str], headings: str = "Date,Time,Patient,DOB,Type") -> Path:
    path = folder / "schedule.csv"
    path.write_text("\n".join([headings, *rows]) + "\n", encoding="utf-8")
    return path


def _line(one: ReferralRow, time: str = "9:30 AM", kind: str = "New patient", day: str = SAID) -> str:
    born = one.date_of_birth
    assert born is not None
    return f'{day},{time},"{one.patient}",{born.month}/{born.day}/{born.year},{kind}'


def _preview(db: Database, path: Path) -> Preview:
    looked = visits.look(db, path)
    return schedule_booking.preview(db, looked, looked.mapping, nothing, never)


def _booked(db: Database) -> int:
    with db.read() as session:
        return len(appointments.between(session, DAY - timedelta(30), DAY + timedelta(30)))


def test_rows_are_previewed_then_booked_and_never_twice(
    filled: Database, people: list[ReferralRow], tmp_path: Path
) -> None:
    path = _schedule(
        tmp_path, [_line(people[0]), _line(people[0]), f"{SAID},1:00 PM,Nobody Known,1/2/1970,Follow up"]
    )
    found = _preview(filled, path)
    assert [one.outcome for one in found.lines] == [BOOK, LEFT_OUT, LEFT_OUT]
    assert found.lines[1].why == "An earlier row says the same."
    assert "Nobody on file" in found.lines[2].why
    assert schedule_booking.counted(found.lines) == "1 to book · 0 booked already · 2 left out"
    assert _booked(filled) == 0
    done = schedule_booking.book(filled, found.to_book, nothing, never)
    assert [one.outcome for one in done] == [BOOK]
    assert [one.outcome for one in schedule_booking.book(filled, found.to_book, nothing, never)] == [KNOWN]
    assert [one.outcome for one in _preview(filled, path).lines][:1] == [KNOWN]
    assert _booked(filled) == 1


def test_past_closed_and_timeless_rows_are_left_out_with_a_sentence(
    filled: Database, people: list[ReferralRow], tmp_path: Path
) -> None:
    with filled.begin() as session:
        closed_days.add(session, DAY, why="Moving")
    rows = [_line(people[0]), _line(people[0], day="1/4/2021"), _line(people[0], time="")]
    whys = [one.why for one in _preview(filled, _schedule(tmp_path, rows)).lines]
    assert "All offices are closed" in whys[0]
    assert "has passed" in whys[1]
    assert whys[2] == "It says no time."


def test_words_say_what_a_visit_is_for(filled: Database, people: list[ReferralRow], tmp_path: Path) -> None:
    rows = [
        _line(people[0], "8:00 AM", "Surgery"), _line(people[0], "9:00 AM", "Post-op check"),
        _line(people[0], "10:00 AM", "Consult"),
    ]  # fmt: skip
    found = _preview(filled, _schedule(tmp_path, rows))
    assert [str(one.visit.kind) if one.visit else "" for one in found.lines] == [
        "surgery",
        "follow_up",
        "consult",
    ]


def test_other_columns_are_said_in_a_sentence(filled: Database, tmp_path: Path) -> None:
    looked = visits.look(filled, _schedule(tmp_path, ["a,b"], "Patient,DOB"))
    with pytest.raises(InvalidInput, match="No column is matched to Day"):
        schedule_booking.preview(filled, looked, looked.mapping, nothing, never)
    other = visits.look(filled, _schedule(tmp_path, ["a,b"], "Alpha,Beta"))
    with pytest.raises(InvalidInput, match="No column is matched to Medical record number"):
        schedule_booking.preview(filled, other, other.mapping, nothing, never)
