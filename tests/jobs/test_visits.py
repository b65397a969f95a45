"""Who comes, with what each needs: from our own visits and from schedules of every kind, bad ones included."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from referral_app.choices import AppointmentKind, PaperAct, PaperKind
from referral_app.clinical import dates
from referral_app.database import Database
from referral_app.jobs import packets, papers, visits
from referral_app.jobs.packet_batch import NO_PACKET
from referral_app.jobs.visits import Visits
from referral_app.services import appointments, referrals, worklists
from referral_app.services.errors import InvalidInput
from referral_app.services.referral_records import Filter
from tests.benchmarks import stores
from tests.jobs.batch_people import never, nothing

DAY = visits.next_working_day(date.today() + timedelta(days=3))


@pytest.fixture
def reference(filled: Database) -> str:
    with filled.read() as session:
        return worklists.find(session, Filter())[0].reference


def _book(db: Database, reference: str, hour: int, kind: AppointmentKind = AppointmentKind.CONSULT) -> None:
    start = datetime.combine(DAY, datetime.min.time()).replace(hour=hour)
    with db.begin() as session:
        appointments.book(session, reference, appointments.Visit(kind, start))


def _person(db: Database, **patient: Any) -> str:
    intake = deepcopy(stores.intake())
    intake.pop("signature", None)
    intake["patient"] |= patient
    with db.begin() as session:
        return referrals.save(session, intake).reference


def _read(db: Database, path: Path, **more: Any) -> Visits:
    looked = visits.look(db, path)
    return visits.of_schedule(db, looked, looked.mapping, nothing, never, **more)


def test_the_visits_of_a_day_are_in_order_with_language_and_print_size(
    filled: Database, reference: str
) -> None:
    other = _person(
        filled, family_name="Early", given_name="Ann", language="en", needs=[], date_of_birth="1970-01-02", mrn="E-1"
    )  # fmt: skip
    _book(filled, reference, 11)
    _book(filled, other, 9)
    found = visits.on_day(filled, DAY).visits
    assert [(one.time, one.reference, one.language, one.large) for one in found] == [
        ("9:00 AM", other, "en", False), ("11:00 AM", reference, "es", True),
    ]  # fmt: skip
    assert all(one.kind is PaperKind.PACKET and one.first and not one.refused for one in found)
    assert visits.on_day(filled, DAY + timedelta(days=1)).visits == ()


def test_what_was_printed_is_marked_with_when_and_by_whom(filled: Database, reference: str) -> None:
    _book(filled, reference, 11)
    assert visits.on_day(filled, DAY).visits[0].printed == ""
    papers.left(filled, packets.make(filled, reference), PaperAct.PRINTED, how="Front desk")
    assert visits.on_day(filled, DAY).visits[0].printed.startswith("Printed ")
    first, _, second = visits.on_day(filled, DAY).visits[0].printed.partition("\n")
    assert first == f"Printed {dates.say_near(date.today(), date.today())}"
    assert second.endswith("M")


def test_who_is_under_18_is_listed_with_the_reason(filled: Database) -> None:
    minor = _person(
        filled, family_name="Young", given_name="Ann", date_of_birth=f"{date.today().year - 12}-01-01", mrn="Y-1",
        legal_representative={"name": "Rosa Young", "relation": "Mother", "phone": "410-555-0111"},
    )  # fmt: skip
    _book(filled, minor, 9)
    found = visits.on_day(filled, DAY).visits
    assert found[0].refused == NO_PACKET
    assert visits.wishes(found, questionnaires=True) == []


def test_an_operation_wants_the_surgery_packet_and_says_what_it_lacks(
    filled: Database, reference: str
) -> None:
    _book(filled, reference, 7, AppointmentKind.SURGERY)
    found = visits.on_day(filled, DAY).visits[0]
    assert found.kind is PaperKind.SURGERY_PACKET
    assert found.refused
    assert visits.changed(found, kind="packet").refused == ""


def test_the_questionnaire_is_added_for_first_visits_and_nobody_gets_a_packet_twice(
    filled: Database, reference: str
) -> None:
    _book(filled, reference, 9)
    _book(filled, reference, 11, AppointmentKind.FOLLOW_UP)
    found = visits.on_day(filled, DAY).visits
    made = visits.wishes(found, questionnaires=True)
    assert [(one.reference, one.kind) for one in made] == [
        (reference, PaperKind.PACKET), (reference, PaperKind.QUESTIONNAIRE),
    ]  # fmt: skip


def test_friday_is_followed_by_monday() -> None:
    assert visits.next_working_day(date(2026, 11, 27)) == date(2026, 11, 30)
    assert visits.next_working_day(date(2026, 11, 28)) == date(2026, 11, 30)
    assert visits.next_working_day(date(2026, 11, 29)) == date(2026, 11, 30)  # a Sunday's is Monday
    assert visits.next_working_day(date(2026, 11, 30)) == date(2026, 12, 1)
    assert visits.next_working_day(date(2026, 11, 25)) == date(2026, 11, 27)  # the 26th is Thanksgiving


def _schedule(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_text("\n".join(("Patient Name,DOB,Appt Time,Type", *lines)), encoding=encoding)
    return path


def test_a_schedule_is_matched_in_order_of_time_and_the_rest_is_listed_with_the_reason(
    filled: Database, reference: str, tmp_path: Path
) -> None:
    other = _person(filled, family_name="Peña", given_name="Inés", date_of_birth="1970-01-02", mrn="P-1")
    path = _schedule(
        tmp_path / "s.csv", '"Quintero-Vale, Marisol",03/27/1984,2:00 PM,Follow up',
        '"Pena, Ines",1/2/1970,9:00 AM,New patient', '"Nobody, Known",1/2/1970,10:00 AM,New',
    )  # fmt: skip
    with filled.read() as session:
        born = worklists.find(session, Filter(text="quintero"))[0].date_of_birth
    assert born is not None
    path.write_text(path.read_text().replace("03/27/1984", born.strftime("%m/%d/%Y")))
    found = _read(filled, path)
    assert [one.reference for one in found.visits] == [other, reference]
    assert [one.first for one in found.visits] == [True, False]
    assert len(found.left_out) == 1
    assert found.left_out[0].startswith("Row 4, Nobody, Known, born January 2, 1970: Nobody on file")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_letters_of_other_systems_are_read(filled: Database, tmp_path: Path, encoding: str) -> None:
    made = _person(filled, family_name="Peña", given_name="Inés", date_of_birth="1970-01-02", mrn="P-1")
    path = _schedule(tmp_path / "s.csv", '"Peña, Inés",1/2/1970,9:00 AM,New', encoding=encoding)
    assert [one.reference for one in _read(filled, path).visits] == [made]


def test_a_workbook_is_read_with_its_own_dates_and_times(filled: Database, tmp_path: Path) -> None:
    made = _person(filled, family_name="Cell", given_name="Ann", date_of_birth="1970-01-02", mrn="0042")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Time", "Chart Number", "Date of Birth", "Date"])
    sheet.append([datetime(2026, 11, 30, 9, 30).time(), "0042", date(1970, 1, 2), date(2026, 11, 30)])
    book.save(tmp_path / "s.xlsx")
    found = _read(filled, tmp_path / "s.xlsx").visits
    assert [(one.reference, one.time) for one in found] == [(made, "9:30 AM")]


def test_of_several_days_one_is_shown_and_the_others_are_counted(filled: Database, tmp_path: Path) -> None:
    _person(filled, family_name="Cell", given_name="Ann", date_of_birth="1970-01-02", mrn="C-1")
    path = tmp_path / "s.csv"
    path.write_text(
        "MRN,Date,Time\nC-1,11/29/2026,9:00 AM\nC-1,11/30/2026,10:00 AM\nC-1,12/01/2026,8:00 AM\n"
    )
    found = _read(filled, path, today=date(2026, 11, 30))
    assert [one.time for one in found.visits] == ["10:00 AM"]
    assert found.notes == ("The visits of November 30, 2026 are shown; 2 rows of other days are left out.",)
    assert [one.time for one in _read(filled, path, day=date(2026, 12, 1)).visits] == ["8:00 AM"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"MRN,Time\n", "headings and no rows"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "old or a protected workbook"),
        (b"MRN,MRN\n1,2\n", "same heading"),
        (bytes(range(256)) * 40, "cannot be read|not text|broken|hidden"),
    ],
)
def test_what_is_no_schedule_is_one_sentence(
    filled: Database, tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "s.csv").write_bytes(content)
    with pytest.raises(InvalidInput, match=said):
        _read(filled, tmp_path / "s.csv")


def test_other_columns_are_asked_for_and_a_huge_file_is_refused(filled: Database, tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("When,Whom\n9:00 AM,Somebody\n")
    with pytest.raises(InvalidInput, match="No column is matched"):
        _read(filled, path)
    path.write_text("MRN\n" + "A-1\n" * (visits.MOST + 2))
    with pytest.raises(InvalidInput, match="more than 5,000 rows"):
        _read(filled, path)
    with path.open("wb") as file:
        file.truncate(visits.LARGEST + 1)
    with pytest.raises(InvalidInput, match="far smaller"):
        _read(filled, path)
