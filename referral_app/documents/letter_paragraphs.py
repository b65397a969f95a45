"""The opening and closing paragraph of the letter: as they were typed for it, else as the practice words them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from reportlab.platypus import Flowable

from referral_app.choices import Slot
from referral_app.clinical import placeholders
from referral_app.clinical.fields import given
from referral_app.clinical.intake import find
from referral_app.documents import layout, tables, text, values
from referral_app.documents.layout import Styles
from referral_app.documents.sheet import Sheet

if TYPE_CHECKING:
    from referral_app.services.surgeon_records import SurgeonRecord

_PIECE = 500.0
"""Up to this height in points a paragraph is one piece, so that the longest goes on over pages quickly."""


def section(
    slot: Slot, sheet: Sheet, template: str, facts: Mapping[str, str], styles: Styles
) -> list[Flowable]:
    """Return a paragraph: exactly as it was typed for this letter, else the template filled; nothing for neither.

    Raises `text.Unprintable`, naming the paragraph, where the wording holds what no font of ours can draw.
    """
    words = sheet.take(f"letter.{slot}") or placeholders.fill(template, facts)
    if not words.strip():
        return []
    try:
        made = tables.flowing(words, styles.body, layout.WIDTH, _PIECE)
    except text.Unprintable as refusal:  # of the wording: what was typed is looked at before
        raise refusal.at(
            f"letter.{slot}", f"{slot.label} of the letter, as it is worded under Texts"
        ) from refusal
    return [*made, tables.space(styles.leading * 0.3)]


def facts(
    intake: Mapping[str, Any], computed: Mapping[str, Any], surgeon: SurgeonRecord | None, reference: str
) -> dict[str, str]:
    """Return what stands in the place of each placeholder of `clinical/placeholders`, "" for what is not known."""

    def said(path: str) -> str:
        value = given(intake, path)
        return values.say(find(path), value) if value is not None else ""

    names = (said(f"patient.{part}") for part in ("given_name", "middle_name", "family_name", "suffix"))
    age = computed.get("age")
    return {
        "patient": " ".join(name for name in names if name),
        "age": str(age) if isinstance(age, int) else "",
        "born": said("patient.date_of_birth"),
        "surgeon": surgeon.name if surgeon else "",
        "procedure": procedures(intake, surgeon),
        "purpose": _within(said("request.purpose")),
        "diagnosis": _within(said("diagnosis.working")),
        "headache_days": said("last_30_days.headache_days").removesuffix(" of 30 days"),
        **{
            name: said(f"referrer.{name}")
            for name in ("practice", "callback_person", "callback_phone", "fax", "date")
        },
        "referrer": said("referrer.name"),
        "reference": reference,
    }


def procedures(intake: Mapping[str, Any], surgeon: SurgeonRecord | None) -> str:
    """Return the procedures in mind by their names in the surgeon's entry, "" where none is named."""
    wanted = given(intake, "request.procedures")
    names = {key: item.name for item in surgeon.procedures for key in (item.id, item.code)} if surgeon else {}
    items = cast(list[Any], wanted) if isinstance(wanted, list) else [wanted] if wanted is not None else []
    return "; ".join(names.get(str(item), str(item)) for item in items)


def kind(intake: Mapping[str, Any], surgeon: SurgeonRecord | None) -> str:
    """Return the family of the first procedure in mind, by which a wording is chosen; "" where it is not known."""
    wanted = given(intake, "request.procedures")
    kinds = (
        {key: str(item.kind) for item in surgeon.procedures for key in (item.id, item.code)}
        if surgeon
        else {}
    )
    items = cast(list[Any], wanted) if isinstance(wanted, list) else []
    return next((kinds[str(item)] for item in items if str(item) in kinds), "")


def _within(words: str) -> str:
    """Return words as they stand within a sentence."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
