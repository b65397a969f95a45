"""The second stage of the live check: every required field answered and readable, and every gap listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from referral_app.clinical.fields import (
    Field,
    Kind,
    Place,
    Values,
    answered,
    applies,
    as_dict,
    as_list,
    unavailable,
)  # fmt: skip
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
    for place in _places(INTAKE, values, values, "", _holders(wrong)):
        if place.path in wrong:
            seen.add(place.path)
            yield _wrong(place.path, place.field, wrong[place.path])
        elif place.field.required and not _flag_answer(place.path):
            yield from _required(place)
    for path, sentence in wrong.items():
        if path not in seen and not hidden(path, values):
            yield _wrong(path, None, sentence)


def _holders(wrong: Mapping[str, str]) -> frozenset[str]:
    """Return the beginnings of the paths of what is wrong, each with its dot: of these every field is looked at."""
    return frozenset(
        path[: number + 1] for path in wrong for number, letter in enumerate(path) if letter == "."
    )


def _places(
    fields: tuple[Field, ...], values: Values, row: Values, prefix: str, holders: frozenset[str]
) -> Iterator[Place]:
    """Yield what `walk` does, without the optional fields of groups and rows in which nothing is wrong.

    A referral with many rows has five times as many optional fields as required ones, and is checked at every key.
    """
    for field in fields:
        if field.when is not None and not applies(field, values, row):
            continue
        value, path = row.get(field.name), prefix + field.name
        yield Place(path, field, value, row)
        if field.kind is Kind.GROUP and unavailable(value) is None:
            held = [(as_dict(value), f"{path}.")]
        elif field.kind is Kind.ROWS:
            held = [
                (as_dict(one), f"{path}[{n}].")
                for n, one in enumerate(as_list(value))
                if isinstance(one, dict)
            ]
        else:
            continue
        for inner, begins in held:
            yield from _places(
                field.fields if begins in holders else field.needed, values, inner, begins, holders
            )


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
