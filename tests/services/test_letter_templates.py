"""Paragraphs of the letter: each save a version, the narrowest wording counts, older ones come back."""

from __future__ import annotations

import pytest

from referral_app.choices import Slot, StaffRole
from referral_app.clinical import placeholders
from referral_app.database import Database
from referral_app.services import letter_templates, practices
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.letter_templates import TemplateRecord
from referral_app.services.practices import PracticeRecord
from tests.acting import as_role
from tests.services.test_audit import noted

BLOCK = "diagnostic_block"


def _save(db: Database, words: str, procedure: str = "", practice: str | None = None) -> TemplateRecord:
    with db.begin() as session:
        return letter_templates.save(session, Slot.OPENING, words, procedure, practice)


def _words(db: Database, procedure: str = "", practice: str | None = None) -> str:
    with db.read() as session:
        return letter_templates.in_force(session, Slot.OPENING, procedure, practice).words


def _practice(db: Database) -> str:
    with db.begin() as session:
        return practices.save(session, PracticeRecord("Oak Lane Neurology"), ours=False).id


def test_the_programs_wording_counts_where_nobody_wrote_one(db: Database) -> None:
    for slot in Slot:
        with db.read() as session:
            found = letter_templates.in_force(session, slot, BLOCK)
        assert found.words == letter_templates.BUILT_IN[slot]
        assert found.number == 0
        assert placeholders.problem(found.words) == ""


def test_the_narrowest_wording_counts(db: Database) -> None:
    practice = _practice(db)
    _save(db, "Everybody’s")
    _save(db, "Everybody’s for blocks", BLOCK)
    assert _words(db, "", practice) == "Everybody’s"
    assert _words(db, BLOCK, practice) == "Everybody’s for blocks"
    _save(db, "Ours", practice=practice)
    assert _words(db, BLOCK, practice) == "Ours"
    _save(db, "Ours for blocks", BLOCK, practice)
    assert _words(db, BLOCK, practice) == "Ours for blocks"
    assert _words(db, "revision", practice) == "Ours"
    assert _words(db, BLOCK) == "Everybody’s for blocks"


def test_blank_words_let_the_wider_wording_count_again(db: Database) -> None:
    _save(db, "Everybody’s")
    _save(db, "For blocks", BLOCK)
    _save(db, "  ", BLOCK)
    assert _words(db, BLOCK) == "Everybody’s"
    with db.read() as session:
        assert [one.words for one in letter_templates.own(session)] == ["Everybody’s"]
        assert [one.words for one in letter_templates.history(session, Slot.OPENING, BLOCK)] == [
            "",
            "For blocks",
        ]


def test_each_save_is_a_version_and_an_older_one_comes_back(db: Database) -> None:
    first = _save(db, "First {patient}")
    _save(db, "Second {patient}")
    with db.begin() as session:
        back = letter_templates.restore(session, Slot.OPENING, first.number)
        assert (back.number, back.words) == (3, "First {patient}")
        ours = letter_templates.restore(session, Slot.OPENING, 0)
        assert ours.words == letter_templates.BUILT_IN[Slot.OPENING]
        kept = letter_templates.history(session, Slot.OPENING)
        assert [one.number for one in kept] == [4, 3, 2, 1]
        with pytest.raises(NotFound, match="no such version"):
            letter_templates.restore(session, Slot.OPENING, 9)


def test_the_wording_of_a_moment_is_the_one_in_force_then(db: Database) -> None:
    first, second = _save(db, "First"), _save(db, "Second")
    assert first.saved_at
    assert second.saved_at
    with db.read() as session:
        then = letter_templates.in_force(session, Slot.OPENING, at=first.saved_at)
        now = letter_templates.in_force(session, Slot.OPENING, at=second.saved_at)
    assert (then.words, now.words) == ("First", "Second")


def test_the_same_words_make_no_version_and_no_event(db: Database) -> None:
    first = _save(db, "First")
    count = len(noted(db))
    assert _save(db, " First ") == first
    assert len(noted(db)) == count


def test_a_save_is_noted_without_its_words(db: Database) -> None:
    _save(db, "Secret words", BLOCK)
    event = noted(db)[-1]
    assert event["kind"] == "letter_template"
    assert event["details"] == {"slot": "opening", "procedure": BLOCK, "number": 1}


def test_an_unknown_placeholder_procedure_or_practice_is_refused(db: Database) -> None:
    with pytest.raises(InvalidInput, match="surgon"):
        _save(db, "Dear {surgon}")
    with pytest.raises(InvalidInput, match="not on the list"):
        _save(db, "Words", "lobotomy")
    with pytest.raises(NotFound, match="practice"):
        _save(db, "Words", practice="00000000-0000-4000-8000-000000000000")


def test_who_began_with_an_older_version_is_told(db: Database) -> None:
    _save(db, "First")
    with pytest.raises(Conflict), db.begin() as session:
        letter_templates.save(session, Slot.OPENING, "Mine", seen=0)
    with db.begin() as session:
        assert letter_templates.save(session, Slot.OPENING, "Mine", seen=1).number == 2


def test_who_saved_a_version_is_kept(people_db: Database) -> None:
    as_role(people_db, StaffRole.ADMINISTRATOR, name="Rosa Ortiz")
    assert _save(people_db, "Words").saved_by == "Rosa Ortiz"
