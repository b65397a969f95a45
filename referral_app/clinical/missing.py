"""The second stage of the live check: every required field answered and readable, and every gap listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from referral_app.clinical.fields import Field, Inside, Kind, Place, Values, answered, unavailable, walk
from referral_app.clinical.intake import INTAKE
from referral_app.clinical.lines import Line
from referral_app.clinical.places import hidden, where
from referral_app.clinical.validation import UNKNOWN

SOURCE = "Required fields of the referral"
FORM = "Form of the answers"

_GAPS = {"not_asked": "was not asked", "not_done": "was not done"}
_VERBS = {
    Kind.FLAG: "answer",
    Kind.CHOICE: "choose",
    Kind.CHOICES: "choose",
    Kind.LANGUAGE: "choose",
    Kind.STATE: "choose",
    Kind.SURGEON: "choose",
    Kind.LOCATION: "choose",
    Kind.PROCEDURES: "choose",
    Kind.SKETCH: "draw",
}
_SHOWN = 200


def judge(values: Values, wrong: Mapping[str, str]) -> Iterator[Line]:
    """Yield a line for each required answer that is missing, each that cannot be read, and each gap.

    `values` is the intake with its computed values, `wrong` what `validate` found. Red flags are judged in `safety`.
    Source: contract section 1, "an answer is never silence".
    """
    seen: set[str] = set()
    for place in walk(INTAKE, values, inside=_required_or_wrong(wrong)):
        if place.path in wrong:
            seen.add(place.path)
            yield _wrong(place.path, place.field, wrong[place.path])
        elif place.field.required and not _flag_answer(place.path):
            yield from _required(place)
    for path, sentence in wrong.items():
        if path not in seen and not hidden(path, values):
            yield _wrong(path, None, sentence)


def _required_or_wrong(wrong: Mapping[str, str]) -> Inside:
    """Leave out the optional fields of groups and rows in which nothing is wrong.

    A referral with many rows has five times as many optional fields as required ones, and is checked at every key.
    """
    holders = {path[: number + 1] for path in wrong for number, letter in enumerate(path) if letter == "."}
    return lambda holder, begins: holder.fields if begins in holders else holder.needed


def _flag_answer(path: str) -> bool:
    return path.startswith("red_flags.") and path != "red_flags.attested_by"


def _required(place: Place) -> Iterator[Line]:
    field, value = place.field, place.value
    if not answered(value):
        if field.kind is not Kind.GROUP:
            yield Line(f"missing.{place.path}", "missing", _ask(place), SOURCE, place.path)
        return
    reason = unavailable(value)
    if reason is not None:
        yield _gap(place, f"is not available: {reason[:_SHOWN]}")
    elif isinstance(value, str) and field.kind is Kind.CHOICE and value in _GAPS:
        yield _gap(place, _GAPS[value])


def _ask(place: Place) -> str:
    field, holder = place.field, where(place.path)
    if field.kind is Kind.ROWS:
        return f"{field.label}: add a row, or choose “{field.none_label}”."
    verb = "answer" if _is_question(field) else _VERBS.get(field.kind, "enter")
    return f"{holder}: {verb} “{field.label}”."


def _is_question(field: Field) -> bool:
    return field.choices is not None and any(choice.value in _GAPS for choice in field.choices)


def _gap(place: Place, words: str) -> Line:
    holder = where(place.path)
    named = f"{holder}: “{place.field.label}”" if holder else place.field.label
    text = f"{named} {words}".rstrip(".") + "."
    return Line(f"gap.{place.path}", "gap", text, SOURCE, place.path)


def _wrong(path: str, field: Field | None, sentence: str) -> Line:
    holder = where(path)
    if field is not None:
        holder = f"{holder}, “{field.label}”" if holder else field.label
    elif sentence == UNKNOWN:
        holder = path
    return Line(f"missing.{path}", "missing", f"{holder or 'Referral'}: {sentence}", FORM, path)
