"""What the list of those who come shows of each."""

from __future__ import annotations

from referral_app.jobs.visits import Visit
from referral_app.ui.packets import words
from referral_app.ui.tables import Column


def when(one: Visit) -> str:
    return one.time or "No time"


def _patient(one: Visit) -> str:
    return one.patient


def _what(one: Visit) -> str:
    return " · ".join(part for part in (one.what, one.reference, one.surgeon) if part)


def _packet(one: Visit) -> str:
    return "None" if one.refused else words.kind(one.kind)


def written(one: Visit) -> str:
    if one.refused:
        return one.refused
    return f"{words.language(one.language)}, {'18 point' if one.large else '12 point'}"


def _printed(one: Visit) -> str:
    return one.printed or ("" if one.refused else "Not yet")


def _icon(one: Visit) -> str:
    return "review" if one.refused else "ok" if one.printed else "waiting"


COLUMNS = (
    Column("Time", when, 90),
    Column("Patient", _patient, 240, detail=_what, stretch=True),
    Column("Packet", _packet, 210, detail=written),
    Column("Printed", _printed, 210, icon=_icon),
)
