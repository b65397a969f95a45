"""A requirement as the fields of the rule editor show it, and back; pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from referral_app.choices import AttachmentKind, Level, ProcedureKind, RequirementKind
from referral_app.clinical.requirements import AMOUNTS, Requirement, procedure_name
from referral_app.services.surgeon_records import ProcedureRecord

ALL = "All procedures"
NEW_RULE = "New rule"
FIELDS = ("kind", "amount", "document", "form", "level", "procedure")
NEW: Mapping[str, str] = dict.fromkeys(FIELDS, "") | {"level": str(Level.WISH)}
"""The fields of a rule that was just added."""

_PATHS = {"document": "detail", "form": "detail"}
"""What the fields are called in the paths of errors, where that is another name."""


def shown(one: Requirement) -> dict[str, str]:
    """Return the fields of a requirement."""
    return {
        "kind": str(one.kind),
        "amount": "" if one.amount is None else str(one.amount),
        "document": one.detail if one.kind is RequirementKind.DOCUMENT else "",
        "form": one.detail if one.kind is RequirementKind.OWN_FORM else "",
        "level": str(one.level),
        "procedure": one.procedure or "",
    }


def read(values: Mapping[str, str]) -> tuple[Requirement | None, dict[str, str]]:
    """Return the requirement that the fields come to, None without a kind, and a sentence for each unreadable one."""
    if not values["kind"]:
        return None, {"kind": "Choose what is asked for, or remove this rule."}
    kind = RequirementKind(values["kind"])
    amount, problem = _amount(kind, values["amount"])
    detail = values[field] if (field := detail_field(kind)) else ""
    made = Requirement(kind, amount, Level(values["level"]), values["procedure"] or None, detail)
    return made, {"amount": problem} if problem else {}


def detail_field(kind: RequirementKind) -> str:
    """Return the field that names the document or form of a kind, "" where there is none."""
    return {RequirementKind.DOCUMENT: "document", RequirementKind.OWN_FORM: "form"}.get(kind, "")


def applying(kind: str) -> set[str]:
    """Return the fields that are asked for a kind of rule."""
    if not kind:
        return {"kind"}
    chosen = RequirementKind(kind)
    more = {"amount"} if chosen in AMOUNTS else {detail_field(chosen)} - {""}
    return {"kind", "level", "procedure"} | more


def field_of(path: str, kind: str) -> str:
    """Return the field of the editor that the last part of an error's path is about."""
    if path == "detail" and kind:
        return detail_field(RequirementKind(kind)) or "kind"
    return path if path in FIELDS else "kind"


def path_of(field: str) -> str:
    """Return the last part of the path of an error in a field."""
    return _PATHS.get(field, field)


def sentence(values: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Return the rule as a sentence: "Must have: a headache diary of at least 28 days – for occipital release"."""
    made, problems = read(values)
    if made is None:
        return NEW_RULE
    if problems:
        return f"{made.level.label}: {made.kind.label[:1].lower()}{made.kind.label[1:]} …"
    name = procedure_name(made.procedure, names)
    tail = f" – for {name[:1].lower()}{name[1:]}" if name else ""
    return f"{made.level.label}: {made.phrase}{tail}"


def documents() -> list[tuple[str, str]]:
    """Return the documents that can be asked for."""
    return [(str(one), one.label) for one in AttachmentKind]


def procedures(
    offered: Sequence[ProcedureRecord], kinds_alone: bool, chosen: str, names: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Return what a rule can be for; a kind is offered where it holds several procedures, or where nothing else is.

    What was chosen before is offered too, so that nothing is lost.
    """
    counts = {kind: sum(one.kind is kind for one in offered) for kind in ProcedureKind}
    found: list[tuple[str, str]] = []
    for kind in ProcedureKind:
        if kinds_alone or counts[kind] > 1:
            found.append((str(kind), f"Any {kind.label[:1].lower()}{kind.label[1:]}"))
        if not kinds_alone:
            found += [(one.code, one.name) for one in offered if one.kind is kind]
    if chosen and chosen not in dict(found):
        found.append((chosen, procedure_name(chosen, names)))
    return found


def _amount(kind: RequirementKind, text: str) -> tuple[int | None, str]:
    """Return the number typed, and a sentence where it is none that fits."""
    limits = AMOUNTS.get(kind)
    if limits is None or (not text and not limits.needed):
        return None, ""
    if text.isascii() and text.isdigit() and len(text) < 6 and limits.fits(int(text)):
        return int(text), ""
    return None, f"Type a whole number from {limits.low} to {limits.high}."
