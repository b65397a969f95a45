"""The lines for a surgeon who has one minute; the rest of the answers stand below in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from reportlab.platypus import Flowable

from referral_app.choices import Effect, StopReason
from referral_app.clinical.computed import say_percent
from referral_app.clinical.intake import find
from referral_app.documents import red_flag_lines, tables, text, values
from referral_app.documents.layout import Styles
from referral_app.documents.sheet import Sheet

if TYPE_CHECKING:
    from referral_app.clinical.check import Check

_NAMED = 10
"""How many treatments are named before the rest is counted."""
_ENDED = {
    StopReason.NO_BENEFIT: "Did not help enough",
    StopReason.SIDE_EFFECT: "Stopped for side effects",
    StopReason.CONTRAINDICATED: "Contraindicated",
    StopReason.COST: "Stopped for the cost",
    StopReason.ONGOING: "Ongoing",
}


def lines(check: Check, sheet: Sheet, styles: Styles) -> list[Flowable]:
    """Return the essentials as labels with short texts; what is said here in full is not said again below."""
    pairs = [(label, words) for label, words in _lines(check, sheet) if words]
    return tables.headed("In one minute", tables.pairs(pairs, styles), styles)


def _lines(check: Check, sheet: Sheet) -> Iterator[tuple[str, str]]:
    yield "Diagnosis", _diagnosis(sheet)
    yield "Pain", _take(sheet, "; ", "pain.side", "pain.nerves", "pain.quality")
    yield "Last 30 days", _burden(sheet)
    yield "Tried so far", _tried(sheet)
    yield "Allergies", text.bold(allergies(sheet))
    yield "Blood thinner", blood_thinner(sheet)
    yield "Red flags", _red_flags(check, sheet)
    yield "Language, needs", needs(sheet)
    yield "Patient’s goal", sheet.take("goals.patient_goal")
    yield "Not available", text.join(text.BREAK, sheet.gaps())
    yield "Not answered", "; ".join(sheet.unanswered())


def allergies(sheet: Sheet) -> str:
    """Return all allergies on one line, substance with reaction."""
    rows, whole = sheet.rows("safety.allergies"), sheet.take("safety.allergies")
    if not rows:
        return whole
    pairs = [(_word(row.get("substance")), _word(row.get("reaction"))) for row in rows]
    return "; ".join(f"{what} ({how})" if how else what for what, how in pairs)


def blood_thinner(sheet: Sheet) -> str:
    """Return whether a blood thinner is taken, which one, and who prescribes it."""
    answer = sheet.take("safety.blood_thinner")
    if answer != "Yes":
        return answer
    name, prescriber = (sheet.take(f"safety.blood_thinner_{part}") for part in ("name", "prescriber"))
    return text.bold(f"Yes: {name or 'name not given'}") + (
        f", prescribed by {prescriber}" if prescriber else ""
    )


def needs(sheet: Sheet) -> str:
    """Return language, interpreter and needs on one line, the needs in bold."""
    needed = sheet.take("patient.interpreter_needed")
    language, other = sheet.take("patient.language"), sheet.take("patient.interpreter_language")
    interpreter = {"Yes": f"interpreter needed ({other})" if other else "interpreter needed",
                   "No": "no interpreter needed"}.get(needed, needed)  # fmt: skip
    said = text.bold(interpreter) if needed == "Yes" else interpreter
    return text.join("; ", [language, said, text.bold(sheet.take("patient.needs"))])


def _diagnosis(sheet: Sheet) -> str:
    listed, said = sheet.given("diagnosis.icd10cm"), sheet.take("diagnosis.icd10cm")
    codes = [_code(sheet, code) for code in cast(list[Any], listed)] if isinstance(listed, list) else [said]
    working, confirmed = (sheet.take(f"diagnosis.{name}") for name in ("working", "confirmed_by_specialist"))
    by, on = (sheet.take(f"diagnosis.confirmed_{name}") for name in ("by", "on"))
    confirmation = {
        "Yes": "Confirmed by a headache specialist" + (f": {by}" if by else ""),
        "Pending": "Confirmation by a headache specialist is pending",
        "No": "Not confirmed by a headache specialist",
    }.get(confirmed, confirmed)
    return text.join(text.BREAK, [text.bold(working), *codes, text.join(", ", [confirmation, on])])


def _code(sheet: Sheet, code: Any) -> str:
    return values.code(code, sheet.titles.get(code) if isinstance(code, str) else None)


def _burden(sheet: Sheet) -> str:
    days, migraine, source, average, worst = (
        sheet.take(path)
        for path in ("last_30_days.headache_days", "last_30_days.migraine_days", "last_30_days.source", "pain.average",
                     "pain.worst")
    )  # fmt: skip
    index = sheet.computed.get("mhi")
    return text.join("; ", [
        text.bold(f"{days.removesuffix(' of 30 days')} headache days") if days else "",
        f"{migraine.removesuffix(' of 30 days')} migraine days" if migraine else "",
        f"average pain {average}" if average else "",
        f"worst {worst}" if worst else "",
        text.bold(f"Migraine Headache Index {index_words(index)}") if index is not None else "",
        f"counted from {source.lower()}" if source else "",
    ])  # fmt: skip


def _red_flags(check: Check, sheet: Sheet) -> str:
    by, at = sheet.take("red_flags.attested_by"), sheet.take("red_flags.attested_at")
    asked = " ".join(part for part in (f"Asked by {by}" if by else "", f"on {at}" if at else "") if part)
    return text.join(" ", [text.bold(red_flag_lines.statement(check, sheet)), f"{asked}." if asked else ""])


def index_words(index: Any) -> str:
    """Return the Migraine Headache Index with its range."""
    return f"{values.number(round(index, 1) if isinstance(index, float) else index)} of 300"


def _tried(sheet: Sheet) -> str:
    """Return the treatments by how they ended, and the best relief from a nerve block."""
    rows = sheet.rows("treatments")
    if not rows:
        return values.say(find("treatments"), sheet.given("treatments"))
    ended: dict[str, list[str]] = {how: [] for how in _ENDED.values()}
    for row in rows[:_NAMED]:
        ended.setdefault(_ending(row), []).append(_word(row.get("name")) or "name not given")
    said = [text.bold(f"{how}: ") + f"{', '.join(names)}." for how, names in ended.items() if names]
    more = f"{len(rows) - _NAMED} more below." if len(rows) > _NAMED else ""
    best = sheet.computed.get("block_relief")
    block = (
        text.bold(f"Best relief from a nerve block: {say_percent(best)}.")
        if isinstance(best, (int, float))
        else ""
    )
    return text.join(" ", [*said, more, block])


def _ending(row: Mapping[str, Any]) -> str:
    """Return how a treatment ended, else how much it helped; words that stand before its name."""
    reason, effect = row.get("stop_reason"), find("treatments.effect")
    if reason in set(StopReason):
        return _ENDED[StopReason(reason)]
    if said := values.say(find("treatments.stop_reason"), reason):
        return said
    if row.get("effect") in (Effect.UNDER_50, Effect.OVER_50):
        return values.say(effect, row["effect"])
    return "No effect" if row.get("effect") == Effect.NONE else "Outcome not stated"


def _take(sheet: Sheet, separator: str, *paths: str) -> str:
    return separator.join(words for words in map(sheet.take, paths) if words)


def _word(value: Any) -> str:
    return values.say(_ANY, value)


_ANY = find("safety.allergies.substance")
