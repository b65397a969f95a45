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
    return f"{_size(one)}, {words.language_shortly(one.language, one.waits)}"


def needs(one: Visit) -> str:
    """Return what the panel says of the one who is chosen: why nothing is made, or what is printed and why."""
    said = f"{words.language(one.language, one.waits)}, {_size(one)}."
    return one.refused or f"{said} {one.why}".strip()


def _size(one: Visit) -> str:
    return "18 point" if one.large else "12 point"


def _printed(one: Visit) -> str:
    return one.printed.partition("\n")[0] or ("" if one.refused else "Not yet")


def _printed_by(one: Visit) -> str:
    return one.printed.partition("\n")[2]


def _icon(one: Visit) -> str:
    return "review" if one.refused else "ok" if one.printed else "waiting"


COLUMNS = (
    Column("Time", when, 84),
    Column("Patient", _patient, 240, detail=_what, stretch=True),
    Column("Packet", _packet, 208, detail=written),
    Column("Printed", _printed, 156, icon=_icon, detail=_printed_by),
)
