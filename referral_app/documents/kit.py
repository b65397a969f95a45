"""The power-cut kit: blank referral form, patient questionnaire and surgeon list behind each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from referral_app.documents import kit_form, kit_parts, kit_surgeons, questionnaire
from referral_app.documents.kit_fields import Pen
from referral_app.documents.kit_parts import Part
from referral_app.documents.layout import Styles
from referral_app.documents.questionnaire import Questionnaire

if TYPE_CHECKING:
    from referral_app.services.center import CenterRecord
    from referral_app.services.surgeon_records import SurgeonRecord


@dataclass(frozen=True)
class Kit:
    """What a kit is made from: surgeons by name, how many are left out, procedures by name, and the day of printing."""

    surgeons: Sequence[SurgeonRecord]
    procedures: Sequence[str]
    center: CenterRecord
    printed_on: date
    left_out: int = 0


def render(kit: Kit) -> bytes:
    """Return the kit as one PDF, each part beginning on an odd page; the same kit gives the same bytes.

    Raises `text.Unprintable` where an entry of the directory holds characters that no font of ours can draw.
    """
    asked = Questionnaire(kit.printed_on)
    pen, styles = Pen(Styles(11, 14.5), kit.procedures), Styles(10.5, 13.5)
    surgeons = kit_surgeons.story(kit.surgeons, kit.left_out, kit.center, kit.printed_on, styles)
    return kit_parts.build([
        Part(kit_form.page(pen, kit.printed_on), kit_form.story(pen), named=kit_parts.NAMED),
        Part(questionnaire.page(asked), questionnaire.story(asked), named=kit_parts.NAMED),
        Part(kit_surgeons.page(kit.surgeons, kit.printed_on, styles), surgeons),
    ])  # fmt: skip
