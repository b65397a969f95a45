"""The fifteen red flags on an empty form, with what a Yes means and who cleared it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlab.platypus import Flowable

from referral_app.choices import Answer
from referral_app.clinical import safety
from referral_app.clinical.fields import Field, Kind
from referral_app.clinical.intake import RED_FLAG_GROUP, find
from referral_app.clinical.red_flags import RED_FLAGS, RedFlag, Tier
from referral_app.documents import kit_rows, layout, tables, text
from referral_app.documents.kit_cells import EDGE, ROW, Ticks
from referral_app.documents.kit_fields import Pen

_CLEARINGS = 4
_EMERGENCY = "EMERGENCY"
_WORKED_OUT = "(The program works this out later; tick it here too.)"
_THEN = "Write below who was told or cleared it, when, and the result. Until then this referral is not sent."


def flags(pen: Pen) -> list[Flowable]:
    """Return what to do in an emergency, the flags with their answers, and room for who cleared what."""
    return [
        tables.box(
            [
                (text.bold(f"A Yes marked {_EMERGENCY}"), pen.styles.cell),
                (text.join(" ", [text.bold(safety.NOW), _THEN]), pen.styles.cell),
            ],
            layout.INK,
            weight=2,
        ),
        tables.space(6),
        _table(pen),
        tables.space(6),
        layout.room(4 * ROW),
        text.paragraph("Cleared: for each Yes, but for a review", pen.strip),
        kit_rows.ruled(list(_cleared()), _CLEARINGS, pen),
        tables.space(6),
    ]


def _table(pen: Pen) -> Flowable:
    """Return a row for each flag, and one below it for the signs that make it an emergency."""
    rows: list[list[Any]] = [
        [text.paragraph(words, pen.strip) for words in ("", "Red flag", "Answer (required)")]
    ]
    commands: list[tuple[Any, ...]] = [("BACKGROUND", (0, 0), (-1, 0), layout.SUNKEN)]
    for flag in RED_FLAGS:
        rows.append([_small(str(flag.number), pen), _asked(flag, pen), _answers(pen)])
        if flag.signs:
            rows.append([_small("", pen), _signs(flag, pen), _answers(pen)])
            commands.append(("NOSPLIT", (0, len(rows) - 2), (-1, len(rows) - 1)))
        commands.append(("LINEBELOW", (0, len(rows) - 1), (-1, len(rows) - 1), EDGE, layout.INK))
    made = tables.Rows(rows, colWidths=[18, layout.WIDTH - 178, 160], repeatRows=1, hAlign="LEFT")
    made.setStyle([
        *commands,
        ("BOX", (0, 0), (-1, -1), EDGE, layout.INK),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ])  # fmt: skip
    return made


def _small(words: str, pen: Pen) -> Flowable:
    return text.paragraph(words, pen.option)


def _answers(pen: Pen) -> Flowable:
    return Ticks([answer.label for answer in Answer], pen.option)


def _asked(flag: RedFlag, pen: Pen) -> Flowable:
    """Return the question with what a Yes means."""
    means = text.bold(_EMERGENCY) if flag.tier is Tier.EMERGENCY else text.escape(flag.tier.value)
    meaning = text.Markup(f"Yes: {means}.")
    more = _WORKED_OUT if flag.computed else ""
    return _small(text.join(" ", [text.bold(f"{flag.question}."), meaning, more]), pen)


def _signs(flag: RedFlag, pen: Pen) -> Flowable:
    meaning = text.Markup(f"Yes: {text.bold(_EMERGENCY)}.")
    return _small(text.join(" ", [f"If yes: {flag.signs}?", meaning]), pen)


def _cleared() -> Iterator[Field]:
    """Yield the columns of the table of who cleared what."""
    yield Field("flag", "Red flag", Kind.INTEGER)
    yield from find(f"{RED_FLAG_GROUP.name}.{RED_FLAGS[0].name}.cleared").fields
