"""The sections of the letter below the essentials: every answer of the intake, in the order a surgeon asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable

from referral_app.documents import (
    letter_paragraphs,
    letter_sketch,
    letter_tables,
    red_flag_lines,
    tables,
    text,
    values,
)
from referral_app.documents.layout import Styles
from referral_app.documents.sheet import Sheet, inline

if TYPE_CHECKING:
    from referral_app.clinical.check import Check
    from referral_app.services.surgeon_records import SurgeonRecord


def sections(
    check: Check, surgeon: SurgeonRecord, sheet: Sheet, styles: Styles, trend: list[Flowable]
) -> list[Flowable]:
    """Return every section that has something to say, each below its heading; `trend` is that of the headache index."""
    made: list[Flowable] = []
    for title, body in _sections(check, surgeon, sheet, styles, trend):
        if body:
            made += tables.headed(title, body, styles)
    return made


def _sections(
    check: Check, surgeon: SurgeonRecord, sheet: Sheet, styles: Styles, trend: list[Flowable]
) -> list[tuple[str, list[Flowable]]]:
    sketched = letter_sketch.section(sheet, styles)  # taken first, so that the history does not say it again
    return [
        ("History and examination", _pairs(_history(sheet), styles)),
        ("Headache index over time", trend),
        ("Head sketch", sketched),
        ("Treatments tried", letter_tables.treatments(sheet, styles)),
        ("Nerve blocks", letter_tables.nerve_blocks(sheet, styles)),
        ("Botulinum toxin", letter_tables.toxin(sheet, styles)),
        ("Other injections", letter_tables.other_injections(sheet, styles)),
        ("Results", _pairs(_results(sheet), styles)),
        ("Current medications", letter_tables.medications(sheet, styles)),
        ("Safety and goals", _pairs(_safety(check, sheet), styles)),
        ("Patient and request", _pairs(_patient(surgeon, sheet), styles)),
    ]


def _pairs(pairs: Iterable[tuple[str, str]], styles: Styles) -> list[Flowable]:
    return tables.pairs(filter(_said, pairs), styles)


def _history(sheet: Sheet) -> Iterator[tuple[str, str]]:
    yield "Diagnosis", sheet.take("diagnosis.text")
    yield "Beginning", sheet.line("diagnosis", _onset(sheet))
    yield "Pain", sheet.line("pain")
    yield "Last 30 days", sheet.line("last_30_days")
    yield "Examination", sheet.line("exam", *_pressure(sheet))


def _onset(sheet: Sheet) -> tuple[str, str]:
    years, began = sheet.computed.get("years_since_onset"), sheet.take("diagnosis.onset")
    ago = f", {years} years ago" if isinstance(years, int) and years >= 2 and began else ""
    return "Began in", began + ago


def _pressure(sheet: Sheet) -> Iterator[tuple[str, str]]:
    upper, lower = (sheet.given(f"exam.bp_{part}") for part in ("systolic", "diastolic"))
    if upper is not None and lower is not None:
        sheet.taken |= {"exam.bp_systolic", "exam.bp_diastolic"}
        yield "Blood pressure", f"{values.number(upper)}/{values.number(lower)} mmHg"


def _results(sheet: Sheet) -> Iterator[tuple[str, str]]:
    yield from letter_tables.imaging(sheet)
    yield "Blood tests", sheet.line("labs")
    grade = sheet.computed.get("midas_grade")
    total = sheet.take("scores.midas_total")
    yield (
        "Scores",
        sheet.line("scores", ("MIDAS total", f"{total} (grade {grade})" if grade and total else total)),
    )


def _safety(check: Check, sheet: Sheet) -> Iterator[tuple[str, str]]:
    yield from red_flag_lines.present(check, sheet)
    yield "Flags not asked", red_flag_lines.not_asked(check, sheet)
    yield from sheet.rest("red_flags")
    yield "Before surgery", sheet.line("safety")
    yield "Goals", sheet.line("goals")


def _patient(surgeon: SurgeonRecord, sheet: Sheet) -> Iterator[tuple[str, str]]:
    yield "Patient", sheet.line("patient")
    yield from letter_tables.coverage(sheet)
    sheet.taken.add("request.procedures")
    wanted = [("Procedures in mind", letter_paragraphs.procedures(sheet.intake, surgeon))]
    yield "Request", inline([*filter(_said, wanted), *sheet.rest("request"), *sheet.rest("referrer")])
    yield "Attachments", letter_tables.attachments(sheet)


def _said(pair: tuple[str, str]) -> bool:
    return bool(pair[1])


def signature(sheet: Sheet, styles: Styles) -> list[Flowable]:
    """Return who signed when, or that nobody did, and who prepared the letter."""
    prepared, signed, at = (
        sheet.take(f"signature.{name}") for name in ("prepared_by", "signed_by", "signed_at")
    )
    prepared_by = f"Prepared by {prepared}" if prepared else ""
    if signed and at:
        said = [text.bold(f"Signed by {signed}") + f" on {at}", prepared_by]
    else:  # whoever is named without a date, or the other way round, signed nothing
        named = f"Named to sign: {signed}" if signed else f"Dated {at}" if at else ""
        said = [text.bold("Not signed"), named, prepared_by]
    return [text.paragraph(text.join(" · ", said), styles.body)]
