"""What was typed and not saved yet: kept for the one who typed it, in force for nobody."""

from __future__ import annotations

import pytest

from referral_app.choices import StaffRole
from referral_app.database import Database
from referral_app.services import patient_texts, wording_drafts
from referral_app.services.errors import Denied
from referral_app.services.wording_drafts import WordingDraft
from tests.acting import acting, as_role


def kept(db: Database) -> dict[str, WordingDraft]:
    with db.read() as session:
        return wording_drafts.find(session)


def keep(db: Database, key: str, words: str, seen: int = 0) -> None:
    with db.begin() as session:
        wording_drafts.keep(session, key, words, seen)


def test_the_last_draft_of_a_text_is_kept_until_it_is_dropped(filled: Database) -> None:
    keep(filled, "texts/en/bring", "# One")
    keep(filled, "texts/en/bring", "# Two {phone", 3)
    keep(filled, "paragraphs/opening/", "Dear")
    assert kept(filled) == {
        "texts/en/bring": WordingDraft("# Two {phone", 3), "paragraphs/opening/": WordingDraft("Dear", 0),
    }  # fmt: skip
    with filled.begin() as session:
        wording_drafts.drop(session, "texts/en/bring")
    assert list(kept(filled)) == ["paragraphs/opening/"]


def test_a_draft_is_in_force_for_nobody_and_no_version(filled: Database) -> None:
    keep(filled, "texts/en/bring", "# Mine")
    with filled.read() as session:
        assert patient_texts.in_force(session, "en", {"bring": "# Theirs\n"}).markdown == {
            "bring": "# Theirs\n"
        }
        assert patient_texts.history(session, "en", "bring") == []


def test_two_people_have_drafts_of_their_own(filled: Database) -> None:
    with acting(filled, "Dana Whitfield"):
        keep(filled, "texts/en/bring", "# Dana")
    with acting(filled, "Rosa Ortiz"):
        assert kept(filled) == {}
        keep(filled, "texts/en/bring", "# Rosa")
    with acting(filled, "Dana Whitfield"):
        assert kept(filled)["texts/en/bring"].words == "# Dana"


def test_administrators_alone_have_drafts(people_db: Database) -> None:
    as_role(people_db, StaffRole.SCHEDULER)
    with pytest.raises(Denied):
        keep(people_db, "texts/en/bring", "# Mine")
