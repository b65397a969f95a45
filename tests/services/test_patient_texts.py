"""Texts for patients: edited, kept in versions, reviewed as they stand, and back to those of the program."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from referral_app.choices import AuditAction, StaffRole
from referral_app.database import Database
from referral_app.services import patient_texts
from referral_app.services.errors import Conflict, Denied, InvalidInput, NotFound
from referral_app.services.patient_texts import TextRecord, Texts
from tests.acting import as_role
from tests.services.test_audit import committed, noted_of

ORIGINALS = {"bring": "# Bring these things\n\n- Your card\n", "call-us": "# Call us\n\nCall {phone}.\n"}
NEWER = ORIGINALS | {"bring": "# Bring these things\n\n- Your card\n- Your list\n"}
MINE = "# Bring these things\n\n- [ ] Your **card**\n- [ ] Ask {surgeon}\n"
TODAY = date.today()


def saved(db: Database, markdown: str, seen: int | None = None, **given: Any) -> int:
    originals = given.get("originals", ORIGINALS)
    with db.begin() as session:
        return patient_texts.save(session, "en", "bring", markdown, original=originals["bring"], seen=seen)


def found(db: Database, originals: dict[str, str] = ORIGINALS) -> TextRecord:
    with db.read() as session:
        return patient_texts.find(session, "en", originals)[0]


def force(db: Database, originals: dict[str, str] = ORIGINALS) -> Texts:
    with db.read() as session:
        return patient_texts.in_force(session, "en", originals)


def reviewed(db: Database, *names: str, on: date | None = TODAY, who: str = "Ana Ruiz, interpreter") -> None:
    read = {name: force(db).markdown[name] for name in names}
    with db.begin() as session:
        patient_texts.review(session, "en", read, who, on, originals=ORIGINALS)


def test_where_nobody_edited_the_programs_texts_are_in_force_and_wait_for_a_review(filled: Database) -> None:
    assert force(filled).markdown == ORIGINALS
    assert force(filled).waiting == ("bring", "call-us")
    assert (found(filled).number, found(filled).edited, found(filled).outdated) == (0, False, False)


def test_a_saved_text_is_in_force_and_the_programs_wording_is_kept_below_it(filled: Database) -> None:
    number = saved(filled, MINE)
    assert force(filled).markdown == ORIGINALS | {"bring": MINE}
    with filled.read() as session:
        versions = patient_texts.history(session, "en", "bring")
    assert [(one.number, one.markdown, one.of_program) for one in versions] == [
        (number, MINE, False), (number - 1, ORIGINALS["bring"], True),
    ]  # fmt: skip


def test_a_text_that_did_not_change_makes_no_version(filled: Database) -> None:
    assert saved(filled, ORIGINALS["bring"]) == 0
    number = saved(filled, MINE)
    assert saved(filled, MINE.replace("\n", "\r\n") + "\n\n") == number


@pytest.mark.parametrize(("markdown", "said"), [
    ("# Go\n\nCall {fone}.", "Line 3: Nothing fills {fone}"),
    ("# Go\n\n> a quote", "Line 3: This is a mark that is not printed"),
    ("# Go\n\n**bold", "Line 3: A ** has no second"),
    ("# Go\n\nCall {the phone}.", "Line 3: A { or } stands alone"),
    ("  \n \n", "The text is empty"),
    ("word " * 10_001, "Shorten this to 50,000 characters"),
    ("# Go\n\nCall \u202eus.", "hidden characters"),
])  # fmt: skip
def test_a_text_that_cannot_be_printed_is_refused_and_nothing_is_written(
    filled: Database, markdown: str, said: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        saved(filled, markdown)
    assert said in refused.value.fields["markdown"]
    assert found(filled).number == 0


def test_a_text_of_50_000_characters_is_kept_whole(filled: Database) -> None:
    long = "# Go\n\n" + "word " * 9_998 + "end\n"
    saved(filled, long)
    assert force(filled).markdown["bring"] == long


def test_whoever_saves_second_is_told_and_nothing_is_lost(filled: Database) -> None:
    first = saved(filled, MINE, seen=0)
    with pytest.raises(Conflict, match="in the meantime"):
        saved(filled, ORIGINALS["bring"] + "\nMore.\n", seen=0)
    assert force(filled).markdown["bring"] == MINE
    saved(filled, ORIGINALS["bring"] + "\nMore.\n", seen=first)
    with filled.read() as session:
        assert MINE in [one.markdown for one in patient_texts.history(session, "en", "bring")]


def test_a_change_of_the_programs_text_below_an_edited_one_is_said_and_overwrites_nothing(
    filled: Database,
) -> None:
    saved(filled, MINE)
    assert not found(filled).outdated
    assert (found(filled, NEWER).outdated, found(filled, NEWER).markdown) == (True, MINE)
    saved(filled, MINE, originals=NEWER)
    assert not found(filled, NEWER).outdated


def test_an_edit_that_the_program_has_made_itself_by_now_is_not_called_outdated(filled: Database) -> None:
    saved(filled, NEWER["bring"])
    assert (found(filled, NEWER).outdated, found(filled, NEWER).edited) == (False, False)


def test_going_back_puts_the_programs_text_in_force_whatever_it_says_by_then(filled: Database) -> None:
    number = saved(filled, MINE)
    with filled.begin() as session:
        patient_texts.restore_original(session, "en", "bring", seen=number)
    assert force(filled).markdown == ORIGINALS
    assert force(filled, NEWER).markdown == NEWER
    assert not found(filled, NEWER).outdated
    with filled.read() as session:
        assert patient_texts.history(session, "en", "bring")[0].back


def test_there_is_no_going_back_from_the_programs_own_text(filled: Database) -> None:
    with pytest.raises(NotFound), filled.begin() as session:
        patient_texts.restore_original(session, "en", "bring")


def test_a_review_holds_for_exactly_these_words(filled: Database) -> None:
    reviewed(filled, "bring", "call-us")
    assert force(filled).waiting == ()
    assert force(filled).reviewed["bring"].reviewer == "Ana Ruiz, interpreter"
    saved(filled, MINE)
    assert force(filled).waiting == ("bring",)
    with filled.read() as session:
        assert patient_texts.waiting(session, "en", NEWER) == ("bring",)
        assert patient_texts.waiting(session, "es", ORIGINALS) == ("bring", "call-us")
        assert patient_texts.find(session, "en", ORIGINALS)[1].review == force(filled).reviewed["call-us"]


@pytest.mark.parametrize(("who", "on", "field"), [
    (" ", TODAY, "reviewer"), ("Ana Ruiz", None, "reviewed_on"), ("Ana Ruiz", TODAY + timedelta(days=1), "reviewed_on"),
    ("A" * 201, TODAY, "reviewer"),
])  # fmt: skip
def test_a_review_needs_a_name_and_a_day_that_has_come(
    filled: Database, who: str, on: date | None, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        reviewed(filled, "bring", on=on, who=who)
    assert list(refused.value.fields) == [field]
    assert force(filled).waiting == ("bring", "call-us")


def test_a_review_of_words_that_somebody_changed_meanwhile_is_refused(filled: Database) -> None:
    saved(filled, MINE)
    with pytest.raises(Conflict, match="bring"), filled.begin() as session:
        patient_texts.review(session, "en", ORIGINALS, "Ana Ruiz", TODAY, originals=ORIGINALS)
    assert force(filled).waiting == ("bring", "call-us")


def test_a_review_of_nothing_is_refused(filled: Database) -> None:
    with pytest.raises(InvalidInput):
        reviewed(filled)


def test_edits_and_reviews_are_noted(filled: Database) -> None:
    edit = committed(
        filled, lambda s: patient_texts.save(s, "en", "bring", MINE, original=ORIGINALS["bring"])
    )
    assert [(one["action"], one["kind"], one["object_id"]) for one in edit] == [
        (AuditAction.CHANGED, "patient_text", "en/bring")
    ]
    review = noted_of(filled, lambda: reviewed(filled, "bring"))
    assert review[-1]["kind"] == "text_review"
    assert review[-1]["details"]["texts"] == ["bring"]


def test_administrators_alone_change_texts_and_everybody_prints_them(people_db: Database) -> None:
    as_role(people_db, StaffRole.PACKET_STAFF)
    assert force(people_db).markdown == ORIGINALS
    with pytest.raises(Denied):
        saved(people_db, MINE)
    with pytest.raises(Denied):
        reviewed(people_db, "bring")
    as_role(people_db, StaffRole.ADMINISTRATOR, name="Rosa Ortiz")
    saved(people_db, MINE)
    assert found(people_db).saved_by == "Rosa Ortiz"
