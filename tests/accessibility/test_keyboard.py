"""The main job with the keyboard alone, and what becomes of a draft when the power fails."""

from __future__ import annotations

import signal
from typing import Any

import pytest

from referral_app.choices import Readiness, ReferralState
from referral_app.database import open_database
from referral_app.paths import Paths
from referral_app.services import drafts, referrals, surgeons, worklists
from referral_app.services.referral_records import Filter
from tests.accessibility.conftest import PERSON, Start
from tests.accessibility.desktop import Desktop

pytestmark = [pytest.mark.display, pytest.mark.slow]
SURGEON = "9000000015"


@pytest.fixture
def stored(office: Paths) -> Any:
    """Return what the store holds: its referrals, its drafts, and the NPIs of the referrals' surgeons."""

    def look() -> tuple[list[Any], list[Any], list[str]]:
        db = open_database(office)
        with db.read() as session:
            found = [referrals.get(session, row.id) for row in worklists.find(session, Filter())]
            typed = drafts.find(session)
            npis = [surgeons.get(session, one.surgeon_id).npi for one in found]
        db.close()
        return found, typed, npis

    return look


def test_a_referral_is_begun_and_saved_with_the_keyboard_alone(
    desktop: Desktop, start: Start, stored: Any
) -> None:
    application = start()
    desktop.give_keyboard(application)
    said = desktop.read_out("probe_keyboard.py", application.id)
    desktop.xdotool("key", "ctrl+q")
    assert application.status() == 0
    assert application.said == ""
    (record,), typed, npis = stored()
    assert said.strip() == f"Referral {record.reference}"
    assert (record.state, record.readiness) == (ReferralState.DRAFT, Readiness.INCOMPLETE)
    assert npis == [SURGEON]
    assert typed == []
    patient = record.intake["patient"]
    assert patient == {
        "family_name": "Quillfeather", "given_name": "Ada", "date_of_birth": "1980-03-27",
        "phone": "410-555-0199", "contact_preference": "phone", "language": "es", "interpreter_needed": False,
    }  # fmt: skip


def test_a_draft_survives_a_kill_and_waits_on_home(desktop: Desktop, start: Start, stored: Any) -> None:
    killed = start()
    desktop.give_keyboard(killed)
    desktop.xdotool("key", "ctrl+n")
    desktop.read_out("probe_read.py", "text", "Find a patient who is here already", "--focused")
    desktop.xdotool("key", "Tab")
    desktop.read_out("probe_read.py", "text", "Last name", "--focused")
    desktop.xdotool("type", "--delay", "5", "Quillfeather")
    desktop.read_out("probe_read.py", "label", "Draft kept")
    killed.send(signal.SIGKILL)
    assert killed.status() == -signal.SIGKILL
    found, (draft,), _ = stored()
    assert found == []
    assert draft.intake["patient"] == {"family_name": "Quillfeather"}
    assert draft.person == PERSON
    again = start()
    assert "New referral" in desktop.read_out("probe_read.py", "push button", "Quillfeather")
    desktop.give_keyboard(again)
    desktop.xdotool("key", "ctrl+q")
    assert again.status() == 0
