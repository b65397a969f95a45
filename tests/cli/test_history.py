"""The history of a referral's requests on the command line."""

from __future__ import annotations

import json
from datetime import date

import pytest

from referral_app import cli
from referral_app.choices import RequestAct
from referral_app.database import Database
from referral_app.services import referrals, requests
from referral_app.services.requests import Happened

TODAY = date.today()


@pytest.fixture
def store(filled: Database, reference: str) -> list[str]:
    """Return the option that names a closed store, in which one referral was answered and one entry taken back."""
    with filled.begin() as session:
        referrals.mark_sent(session, reference, "Mail")
        requests.enter(session, reference, Happened(RequestAct.DECLINE, TODAY, "Wrong sheet"))
        entry = requests.steps(session, reference)[-1].entry
        requests.undo(session, reference, entry, "Another patient’s sheet")
        requests.enter(session, reference, Happened(RequestAct.OUTCOME, TODAY, note="Blocks first"))
    filled.close()
    return ["--data-dir", str(filled.paths.data_dir)]


def test_the_events_that_stand_are_given_in_json(
    store: list[str], reference: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["referrals", "history", reference, "--json", *store]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(one["tid"], one["act"], one["from"], one["to"], one["inferred"]) for one in found] == [
        ("01", "receive", "requested", "2.0", True),
        ("02", "accept", "2.0", "3.0", True),
        ("09", "outcome", "3.0", "7.0", False),
    ]
    assert found[-1]["note"] == "Blocks first"
    assert {one["happened_on"] for one in found} == {TODAY.isoformat()}
    assert {"recorded_at", "by", "why", "side", "request", "surgeon"} <= found[0].keys()


def test_lines_for_people_say_what_was_inferred(
    store: list[str], reference: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["referrals", "history", reference, *store]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert "2.0 > 3.0 (inferred)" in lines[1]


def test_a_mistyped_number_is_one_plain_sentence(
    store: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["referrals", "history", "0000-0000-1", "--json", *store]) == 2
    assert "mistyped" in capsys.readouterr().err
