"""An invented surgeon whose entry fills every field, and one that has nothing but a name."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

from PIL import Image

from referral_app.choices import Accepting, Booking, Level, RequirementKind
from referral_app.clinical.requirements import Requirement
from referral_app.services.surgeon_records import Credential, Experience, Handout, SurgeonRecord
from tests.documents.people import SURGEON

PRINTED = date(2026, 11, 28)
PRIVATE = "Private: prefers calls before nine"
_PLACE = SURGEON.placements[0]
FULL = replace(
    SURGEON,
    languages=("en", "es"),
    accepting=Accepting.YES,
    age_min=18,
    age_max=75,
    refuses="Facial pain after dental work",
    next_visit_days=18,
    next_surgery_days=55,
    waits_claimed_on=date(2026, 11, 2),
    verified_on=date(2026, 10, 5),
    verified_by="Odile Brightwater",
    verified_how="phone",
    plans=("Example Health PPO", "Medicare"),
    plans_verified=(("Medicare", date(2026, 9, 1)),),
    experience=(Experience("release-gon", 2009, 40, "Both sides in one session"),),
    credentials=(
        Credential("Board certification", "Plastic surgery", "American Board of Plastic Surgery", 2009, 2029),
    ),
    handouts=(Handout("Before your visit", "es", "www.example.org/visit"),),
    requirements=(
        Requirement(RequirementKind.SPECIALIST_DIAGNOSIS),
        Requirement(RequirementKind.PREVENTIVES, 3),
        Requirement(RequirementKind.IMAGING_MONTHS, 24, Level.WISH, "release-gon"),
    ),
    how_to_refer="Fax the letter, then call",
    booking=Booking.OFFICE,
    self_referral=True,
    email="desk@harbor.example",
    portal="portal.harbor.example",
    authorization_contact="Priya Shah, ext. 7",
    notes=PRIVATE,
    public_note="Closed on the last Friday of each month",
    source="The surgeon's own web page",
    placements=(
        replace(
            _PLACE,
            fax_verified_on=date(2026, 10, 6),
            fax_verified_by="Juniper Adeyemi",
            fax_verified_how="test fax",
            location=replace(
                _PLACE.location, hours="8 am to 5 pm", parking="Garage on Pier Street", wheelchair=True,
                telehealth=True, website="harbor.example",
            ),
        ),
    ),
)  # fmt: skip
BARE = SurgeonRecord("Noor", "Bayes", languages=())


def photo() -> bytes:
    """Return a small photo."""
    target = io.BytesIO()
    Image.new("RGB", (36, 44), (90, 120, 150)).save(target, "JPEG")
    return target.getvalue()
