"""The detail tells everything that an entry holds, from top to bottom."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PIL import Image
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import TrialState
from referral_app.database import Database
from referral_app.services import surgeons
from referral_app.services.center import TrialRecord
from referral_app.services.surgeon_records import Found, SurgeonRecord
from referral_app.services.waits import Observed
from referral_app.ui.surgeons import facts, sections
from referral_app.ui.surgeons.facts import Facts, Links

TRIAL = TrialRecord("Early release", TrialState.RECRUITING, contact="Rosalind Trialdesk", who="Adults")
Shown = Callable[..., QWidget]


@pytest.fixture
def shown(qtbot: QtBot, filled: Database) -> Shown:
    def show(npi: str, what: Facts = sections.NONE, links: Links | None = None, **changes: Any) -> QWidget:
        surgeon = replace(_by_npi(filled, npi), **changes)
        top, lines = sections.begin(Found(surgeon))
        qtbot.addWidget(top)
        top.show_facts(what, links or Links(top))
        for part in sections.LOWER:
            if (made := part(surgeon, what, links or Links(top))) is not None:
                lines.insertLayout(lines.count() - 1, made)
        top.show()
        return top

    return show


def _by_npi(db: Database, npi: str) -> SurgeonRecord:
    with db.read() as session:
        return surgeons.by_npi(session, npi)


def _words(widget: QWidget) -> str:
    return "\n".join(
        one.text()
        for one in widget.findChildren(QWidget)
        if isinstance(one, QLabel | QAbstractButton) and one.text()
    )


def test_everything_of_an_entry_is_told(shown: Shown) -> None:
    words = _words(shown("9000000015", Facts(keeps=True)))
    for told in (
        "Since 2010, about 60 a year", "Also after operations done elsewhere",
        "Fax verified on October 5, 2026 by Invented desk (called back on the number).",
        "Garage at the door, first hour free", "Visits by video or phone", "www.example.org/harbor",
        "Send the letter with the neurology note. The desk answers within two working days.",
        "The surgeon's office calls the patient", "keen.desk@example.org",
        "Marisol in the billing office, 410-555-0106",
        "Medicare, October 5, 2026", "Self-pay", "Avant votre première visite (French)",
        "D0090015 (license)", "MD, 2008 to 2028", "Asks patients to bring their headache diary to the first visit.",
        "Runs the trial of early occipital release. Prefers a call before urgent referrals.",
        "Source: Told by the office",
        "Headache that has never been seen by a headache specialist",
    ):  # fmt: skip
        assert told in words, told


def test_the_order_is_that_of_the_specification(shown: Shown) -> None:
    words = _words(shown("9000000015", Facts(trials=(TRIAL,), keeps=True)))
    order = [
        "Marguerite Keen, MD", "Procedures", "Locations", "What to send first", "Not seen here", "How to refer",
        "Next available", "Patients", "Clinical trials", "Handouts for patients", "Credentials", "Notes", "This entry",
    ]  # fmt: skip
    at = [f"\n{words}\n".index(f"\n{title}\n") for title in order]
    assert at == sorted(at)


def test_private_notes_are_for_those_who_keep_the_directory(shown: Shown) -> None:
    private = "Prefers a call before urgent referrals"
    assert private not in _words(shown("9000000015"))
    assert "never printed" in _words(shown("9000000015", Facts(keeps=True)))


def test_claimed_and_observed_waits_stand_side_by_side(shown: Shown) -> None:
    words = _words(shown("9000000015", Facts(waited=Observed(24, 7, date(2025, 11, 28)))))
    assert "First visit in 18 days · Surgery in 55 days" in words
    assert "As the office said on November 2, 2026." in words
    assert "Observed here: 24 days to the first visit, the median of 7 since November 28, 2025." in words


def test_the_successor_is_a_link(qtbot: QtBot, shown: Shown) -> None:
    links = Links()
    top = shown(
        "9000000072", Facts(successor=("id-1", "Lourdes Marín, MD")), links, last_day=date(2999, 6, 30)
    )
    assert "Leaves: the last day is June 30, 2999." in _words(top)
    button = top.findChild(QAbstractButton, "openSuccessor")
    assert button is not None
    with qtbot.waitSignal(links.surgeon) as opened:
        button.click()
    assert opened.args == ["id-1"]


def test_a_trial_tells_state_contact_and_who_may_take_part(qtbot: QtBot, shown: Shown) -> None:
    links = Links()
    top = shown("9000000015", Facts(trials=(TRIAL,)), links)
    words = _words(top)
    for told in ("Early release", "Recruiting", "Ask Rosalind Trialdesk", "Who may take part: Adults"):
        assert told in words
    button = top.findChild(QAbstractButton, "openTrials")
    assert button is not None
    with qtbot.waitSignal(links.trials):
        button.click()


def test_a_photo_is_shown_where_there_is_one(shown: Shown) -> None:
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(out, "JPEG")
    with_photo, without = shown("9000000015", Facts(photo=out.getvalue())), shown("9000000015")
    label = with_photo.findChild(QLabel, "surgeonPhoto")
    assert label is not None
    assert (label.isVisible(), label.pixmap().isNull()) == (True, False)
    none = without.findChild(QLabel, "surgeonPhoto")
    assert none is not None
    assert none.isHidden()


def test_facts_are_read_beside_the_entry(filled: Database) -> None:
    with filled.begin() as session:
        leaver, keen = (surgeons.by_npi(session, npi) for npi in ("9000000072", "9000000015"))
        surgeons.save_photo(session, keen.id, b"jpeg")
        found, of_keen = facts.read(session, leaver), facts.read(session, keen)
    assert found.successor == (leaver.successor_id, "Lourdes Marín, MD")
    assert (found.photo, found.waited, found.keeps) == (None, None, True)
    assert of_keen.photo == b"jpeg"
    assert [one.title for one in of_keen.trials] == [
        "Early occipital release compared with continued medical care (invented)"
    ]
