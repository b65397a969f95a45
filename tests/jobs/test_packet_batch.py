"""Saving many packets: names without the patient, needs followed, one failure does not stop the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from referral_app.database import Database
from referral_app.jobs import packet_batch as batch
from referral_app.jobs.packet_batch import Wanted
from referral_app.services import referrals, worklists
from referral_app.services.errors import InvalidInput
from referral_app.services.referral_records import Filter, ReferralRow


@pytest.fixture
def rows(filled: Database) -> list[ReferralRow]:
    """The invented referral, and one without a surgeon."""
    intake = {"patient": {"family_name": "Nobody", "given_name": "Yet", "language": "en"}}
    with filled.begin() as session:
        referrals.save(session, intake)
        return worklists.find(session, Filter())


def _nothing(done: int, total: int) -> None:
    pass


def _never() -> bool:
    return False


def test_each_packet_is_a_file_named_by_its_reference(
    filled: Database, rows: list[ReferralRow], tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    saved = batch.save(filled, rows, Wanted(), tmp_path, lambda *at: told.append(at), _never)
    good = next(row for row in rows if row.surgeon_id)
    bad = next(row for row in rows if not row.surgeon_id)
    assert saved.names == (f"packet-{good.reference}.pdf",)
    assert (tmp_path / saved.names[0]).read_bytes().startswith(b"%PDF")
    assert "Quintero" not in " ".join(path.name for path in tmp_path.iterdir())
    assert [one.reference for one in saved.unprinted] == [bad.reference]
    assert "surgeon" in saved.unprinted[0].why
    assert told == [(1, 2), (2, 2)]


def test_language_and_size_follow_the_patient_unless_chosen(
    filled: Database, rows: list[ReferralRow]
) -> None:
    good = next(row for row in rows if row.surgeon_id)
    with filled.read() as session:
        assert batch.needs(session, good.reference) == Wanted("es", True)
        assert batch.resolved(session, good.reference, Wanted("en", False)) == Wanted("en", False)
        assert batch.resolved(session, good.reference, Wanted()) == Wanted("es", True)


def test_saving_again_says_that_a_file_was_replaced(
    filled: Database, rows: list[ReferralRow], tmp_path: Path
) -> None:
    good = [row for row in rows if row.surgeon_id]
    batch.save(filled, good, Wanted(), tmp_path, _nothing, _never)
    assert batch.save(filled, good, Wanted(), tmp_path, _nothing, _never).replaced == 1


def test_a_canceled_batch_stops_before_the_next_one(
    filled: Database, rows: list[ReferralRow], tmp_path: Path
) -> None:
    saved = batch.save(filled, rows, Wanted(), tmp_path, _nothing, lambda: True)
    assert saved.canceled
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_folder_that_cannot_be_written_is_one_sentence(
    filled: Database, rows: list[ReferralRow], read_only_folder: Path
) -> None:
    with pytest.raises(InvalidInput, match="cannot be written"):
        batch.save(filled, rows, Wanted(), read_only_folder, _nothing, _never)
