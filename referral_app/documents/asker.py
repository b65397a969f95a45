"""A patient who asks our office for a sheet about themselves, and what stands around the text of that sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from referral_app.clinical import dates
from referral_app.documents.layout import Page, patient_styles

if TYPE_CHECKING:
    from referral_app.services.practices import PracticeRecord

INVENTED = "Invented for demonstration"


@dataclass(frozen=True)
class Asker:
    """Who asks, by which of their referrals ("" for none), and which office answers; `large` is 18 point print."""

    person: str
    born: date | None
    reference: str
    practice: PracticeRecord
    large: bool = False
    invented: bool = False


def page(asker: Asker, title: str) -> Page:
    """Return what stands on every page of a sheet for them, with the styles of its print size."""
    born = f"born {dates.say(asker.born)}" if asker.born else "date of birth not given"
    return Page(
        title=title,
        person=asker.person or "Name not given",
        foot=tuple(part for part in (born, asker.reference) if part),
        styles=patient_styles(asker.large),
        marks=(INVENTED,) if asker.invented else (),
    )
