"""The Center's other experts."""

from __future__ import annotations

from typing import Any

from referral_app.choices import ExpertField
from referral_app.clinical import phones
from referral_app.services import center
from referral_app.services.center import ExpertRecord
from referral_app.ui.fields import Field
from referral_app.ui.office.entries import Entries, Kind
from referral_app.ui.office.entry_dialog import Sheet
from referral_app.ui.widgets.inputs import LineEdit, Radios, TextArea


def entries() -> Entries:
    """Return an empty list of experts."""
    kind = Kind(
        "Other experts",
        "person",
        "Nobody yet. Add whom patients may meet beside the surgeons; packets name them.",
        "Packets already printed keep the name.",
        _title,
        _detail,
        sheet,
    )
    return Entries("expert", kind)


def sheet() -> Sheet:
    """Return the fields of an expert."""
    what = TextArea("expertWhat", rows=2)
    degrees = LineEdit("expertDegrees", chars=14)
    rows = (
        {"name": Field("Name", LineEdit("expertName", chars=36))},
        {"degrees": Field("Degrees", degrees, "Such as MD or PhD", optional=True)},
        {"field": Field("Field of work", Radios("expertField", ExpertField))},
        {"what": Field("What they help with", what, "Packets print it as it stands here", optional=True)},
        {"phone": Field("Phone", LineEdit("expertPhone", chars=20), optional=True)},
    )
    return Sheet("expert", rows, center.expert_problems, _record)


def _record(_: ExpertRecord | None, values: dict[str, Any]) -> ExpertRecord:
    return ExpertRecord(**values | {"field": ExpertField(values["field"])})


def _title(one: ExpertRecord) -> str:
    return ", ".join(part for part in (one.name, one.degrees) if part)


def _detail(one: ExpertRecord) -> str:
    parts = (one.field.label, phones.say(one.phone) if one.phone else "", one.what)
    return " · ".join(part for part in parts if part)
