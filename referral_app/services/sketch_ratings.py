"""Who may rate a head sketch: those who may sign; a rating that anybody else brings along counts for nothing."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from referral_app.choices import Permission
from referral_app.clinical.fields import as_dict, given
from referral_app.services.permissions import actor

SKETCH, PATH = "pain.sketch", "pain.sketch_class"


def kept(session: Session, before: dict[str, Any] | None, intake: dict[str, Any]) -> dict[str, Any]:
    """Return the intake with the rating that was stored before, unless the person who acts may give another.

    A rating belongs to the drawing that was rated: where somebody else changed the drawing, there is none any more.
    """
    same = given(intake, SKETCH) == given(before or {}, SKETCH)
    stored = given(before or {}, PATH) if same else None
    if given(intake, PATH) == stored or actor(session).may(Permission.SIGN):
        return intake
    pain = {name: value for name, value in as_dict(intake.get("pain")).items() if name != "sketch_class"}
    return {**intake, "pain": pain if stored is None else {**pain, "sketch_class": stored}}
