"""What a surgeon's office wants enclosed: there, missing, or not available because."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.choices import AttachmentKind, Level, RequirementKind
from referral_app.clinical import documents_wanted
from referral_app.clinical.requirements import Requirement

REPORT = Requirement(RequirementKind.DOCUMENT, detail="imaging_report")
FORM = Requirement(RequirementKind.OWN_FORM, detail="Clinic Form A")
DIARY = Requirement(RequirementKind.DOCUMENT, detail="diary", level=Level.WISH)


def found(*rows: dict[str, Any], request: dict[str, Any] | None = None) -> list[tuple[str, int, str]]:
    values = {"attachments": list(rows), "request": request or {}}
    return [(one.name, one.row, one.why) for one in documents_wanted.wanted([DIARY, REPORT, FORM], values)]


def test_must_haves_come_first_and_nothing_is_there_yet() -> None:
    assert found() == [("Imaging report", -1, ""), ("Clinic Form A", -1, ""), ("Headache diary", -1, "")]


def test_rows_of_the_kind_or_with_the_title_answer() -> None:
    rows = ({"kind": "diary"}, {"kind": "imaging_report"}, {"kind": "other", "title": "clinic  form a"})
    assert [row for _, row, _ in found(*rows)] == [1, 2, 0]


def test_a_reason_is_no_document_and_a_document_counts_before_it() -> None:
    reason = {"kind": "imaging_report", "not_available": "done abroad"}
    assert found(reason)[0] == ("Imaging report", 0, "done abroad")
    assert found(reason, {"kind": "imaging_report"})[0] == ("Imaging report", 1, "")


def test_what_is_asked_twice_is_listed_once_and_what_does_not_concern_is_left_out() -> None:
    other = Requirement(RequirementKind.DOCUMENT, detail="consent", procedure="x")
    values: dict[str, Any] = {"attachments": [], "request": {"procedures": ["y"]}}
    asked = documents_wanted.wanted([REPORT, REPORT, other], values)
    assert [one.kind for one in asked] == [AttachmentKind.IMAGING_REPORT]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("MRI_brain_2026.pdf", "imaging_report"), ("neurology note.pdf", "neurology_note"),
        ("med-list.pdf", "medication_list"),
        ("Nerve block 3.tif", "block_record"), ("diary.png", "diary"), ("insurance_card_front.jpg", "insurance_card"),
        ("consent.pdf", "consent"), ("scan0001.pdf", None), ("mri consent.pdf", None), ("active.pdf", None), ("", None),
    ],
)  # fmt: skip
def test_the_name_of_a_file_suggests_what_it_is(name: str, kind: str | None) -> None:
    assert documents_wanted.suggested(name) == kind
