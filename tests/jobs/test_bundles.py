"""The set that goes out with a letter: every file of the version in its order, or a sentence naming what lacks."""

from __future__ import annotations

import errno
import hashlib
import os
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from referral_app.choices import PaperAct, PaperKind
from referral_app.database import Database
from referral_app.jobs import attachments, bundles, files, papers
from referral_app.services import enclosures, ledger, referrals
from referral_app.services.attachments import Owner
from referral_app.services.errors import InvalidInput, NotFound
from referral_app.services.referral_records import ReferralRecord
from tests import attachment_files
from tests.documents import paper, tagged
from tests.services.conftest import complete

DRAFT = "00000000-0000-4000-8000-000000000041"
NOT_EMBEDDED = "it does not say that it is PDF/UA-1"
"""What is wrong with tags where a font of an enclosed file is not embedded, as those of these tests are."""


def _add(db: Database, content: bytes, name: str = "report.pdf") -> str:
    return attachments.add(db, Owner(DRAFT), content, name).record.sha256


def _row(kind: str, sha256: str = "", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "date": "2025-08-11", "pages": 2} | ({"sha256": sha256} if sha256 else {}) | more


def _referral(
    db: Database, rows: list[dict[str, Any]], before: ReferralRecord | None = None
) -> ReferralRecord:
    intake = complete("Setfield") if before is None else deepcopy(before.intake)
    intake["attachments"] = rows
    with db.begin() as session:
        return referrals.save(
            session, intake, referral_id=before.id if before else "", version=before.version if before else 0,
            draft_id=DRAFT, why="Another file",
        )  # fmt: skip


def _enclosed(db: Database) -> ReferralRecord:
    report = _add(db, attachment_files.pdf(2, "First report"))
    diary = _add(db, attachment_files.picture("JPEG"))
    form = _add(db, attachment_files.pdf(1, "Own form"))
    return _referral(db, [
        _row("diary", diary, pages=1), _row("imaging_report", report),
        _row("other", form, pages=1, title="Keen intake <form>"),
    ])  # fmt: skip


def _break(db: Database, sha256: str, change: str) -> None:
    with db._transaction(read_only=False, info={}) as session:  # noqa: SLF001 - what no service does
        session.execute(text(f"{change} WHERE sha256 = :sha256"), {"sha256": sha256})


def test_letter_and_files_are_one_pdf_in_the_order_of_the_rows(filled: Database) -> None:
    record = _enclosed(filled)
    made = bundles.make(filled, record.reference)
    assert (made.kind, made.number, made.name) == (
        PaperKind.BUNDLE, record.number, f"letter-with-attachments-{record.reference}.pdf"
    )  # fmt: skip
    assert made.enclosed == (
        "Headache diary, August 11, 2025", "Imaging report, August 11, 2025",
        "Other: Keen intake <form>, August 11, 2025",
    )  # fmt: skip
    own = paper.pages(made.content) - 4
    said = [paper.text(made.content, number) for number in range(own + 1, own + 5)]
    assert "First report 1" in said[1]
    assert "First report 2" in said[2]
    assert "Own form 1" in said[3]
    for number in range(1, own + 5):
        stamp = f"born April 9, 1979 · {record.reference} · page {number} of {own + 4} of the whole set"
        assert f"page {number} of {own + 4} of the whole set" in paper.text(made.content, number), stamp
    assert tagged.problems(made.content) == [NOT_EMBEDDED]


def test_cover_sheet_and_response_form_go_along_where_they_are_asked_for(filled: Database) -> None:
    record = _enclosed(filled)
    made = bundles.make(filled, record.reference, bundles.ORDER)
    count = paper.pages(made.content)
    first, last = paper.text(made.content, 1), paper.text(made.content, count)
    assert f"Pages {count}" in first or f"{count} pages" in first or f" {count} " in first
    assert "Setfield" not in first
    assert "April" not in first.partition("whole set")[0]
    assert f"page {count} of {count} of the whole set" in last
    assert tagged.problems(made.content) == [NOT_EMBEDDED]
    alone = bundles.make(filled, record.reference, (bundles.LETTER, bundles.RESPONSE))
    assert alone.enclosed == ()


def test_a_set_without_files_is_not_called_one_with_attachments(filled: Database) -> None:
    record = _enclosed(filled)
    made = bundles.make(filled, record.reference, (bundles.COVER, bundles.LETTER))
    assert made.name == f"letter-set-{record.reference}.pdf"


def test_the_letter_lists_title_date_and_pages_of_each(filled: Database) -> None:
    said = paper.text(bundles.make(filled, _enclosed(filled).reference).content)
    for words in (
        "Headache diary (August 11, 2025, 1 page)", "Imaging report (August 11, 2025, 2 pages)",
        "Other: Keen intake <form> (August 11, 2025, 1 page)",
    ):  # fmt: skip
        assert words in said


def test_the_same_version_gives_the_same_bytes(filled: Database) -> None:
    record = _enclosed(filled)
    assert bundles.make(filled, record.reference).content == bundles.make(filled, record.reference).content


def test_each_version_goes_with_the_files_that_it_names(filled: Database) -> None:
    first = _enclosed(filled)
    second = _referral(filled, first.intake["attachments"][:1], first)
    assert len(bundles.make(filled, second.reference).enclosed) == 1
    assert len(bundles.make(filled, second.reference, number=first.number).enclosed) == 3
    with pytest.raises(NotFound):
        bundles.make(filled, second.reference, number=9)


def test_a_file_that_is_not_there_stops_the_set_with_its_name(filled: Database) -> None:
    nowhere = hashlib.sha256(b"elsewhere").hexdigest()
    record = _referral(filled, [_row("imaging_report", nowhere), _row("diary", "0" * 64)])
    with pytest.raises(InvalidInput) as refusal:
        bundles.make(filled, record.reference)
    said = str(refusal.value)
    assert "“Imaging report, August 11, 2025” is not in this store" in said
    assert "“Headache diary, August 11, 2025” is not in this store" in said


def test_a_file_whose_bytes_differ_stops_the_set_with_its_name(filled: Database) -> None:
    record = _enclosed(filled)
    sha256 = record.intake["attachments"][1]["sha256"]
    _break(filled, sha256, "UPDATE attachment SET content = x'255044462d'")
    with pytest.raises(
        InvalidInput, match="“Imaging report, August 11, 2025” is not the file that was added"
    ):
        bundles.make(filled, record.reference)
    _break(filled, sha256, "DELETE FROM attachment")
    with pytest.raises(InvalidInput, match="“Imaging report, August 11, 2025” is not in this store"):
        bundles.make(filled, record.reference)


def test_the_file_of_another_referral_is_not_enclosed(filled: Database) -> None:
    sha256 = _enclosed(filled).intake["attachments"][0]["sha256"]
    other = _referral(filled, [_row("diary", sha256)])
    with pytest.raises(InvalidInput, match="not in this store"):
        bundles.make(filled, other.reference)


def test_what_goes_by_itself_is_said_and_what_is_not_available_is_no_gap(filled: Database) -> None:
    record = _referral(filled, [_row("consent"), _row("block_record", not_available="Never made")])
    made = bundles.make(filled, record.reference)
    assert made.enclosed == ()
    assert [note for note in made.notes if "Consent" in note] == [
        "“Consent, August 11, 2025” is on the list without a file: it is not in this set and goes by itself."
    ]
    assert not any("block" in note for note in made.notes)


def test_more_than_can_be_merged_is_refused_before_it_is_read(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = _enclosed(filled)
    monkeypatch.setattr(enclosures, "MOST_BYTES", 100)
    with pytest.raises(InvalidInput, match="takes at most"):
        bundles.make(filled, record.reference)


def test_the_name_of_a_file_that_turns_letters_around_stays_out_of_the_set(
    filled: Database, tmp_path: Path
) -> None:
    path = tmp_path / "report\u202efdp.pdf"
    path.write_bytes(attachment_files.pdf(1))
    record = attachments.add(filled, Owner(DRAFT), path).record
    assert record.name == "reportfdp.pdf"
    with pytest.raises(InvalidInput, match="hidden characters"):
        _referral(filled, [_row("other", record.sha256, title="Report\u202e form")])
    made = bundles.make(filled, _referral(filled, [_row("consent", record.sha256)]).reference)
    assert made.enclosed == ("Consent, August 11, 2025",)


@pytest.mark.parametrize(
    "content", [attachment_files.encrypted(), b"", b"%PDF-1.4", attachment_files.long_pdf(10_000)]
)
def test_what_no_set_could_take_is_refused_when_it_is_added(filled: Database, content: bytes) -> None:
    with pytest.raises(InvalidInput):
        _add(filled, content)


def test_the_ledger_keeps_exactly_the_set_with_the_names_of_what_was_enclosed(filled: Database) -> None:
    made = bundles.make(filled, _enclosed(filled).reference)
    papers.left(filled, made, PaperAct.PRINTED)
    with filled.read() as session:
        (found,) = ledger.find(session, ledger.Filter(made.reference))
        assert found.enclosed == made.enclosed
        assert ledger.content(session, found.id) == made.content


def test_a_full_disk_leaves_nothing_under_the_name_of_the_set(
    filled: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = bundles.make(filled, _enclosed(filled).reference)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InvalidInput, match="disk is full"):
        files.write(tmp_path / made.name, made.content)
    assert list(tmp_path.iterdir()) == [] or [one.name for one in tmp_path.iterdir()] == ["data"]
