"""The time zone of a place in the United States, by state and ZIP code, and the clock there.

Counted from the package `zipcodes`: the zone of most ZIP codes of a state, or of the first three digits where those
differ. Some 350 ZIP codes at the edges of zones keep another clock; what people type and read is the same all the same,
since a moment is read back in the zone in which it was entered.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_EAST, _CENTRAL, _MOUNTAIN, _PACIFIC = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
)
_STATES = {
    _EAST: "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV",
    _CENTRAL: "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI",
    _MOUNTAIN: "CO ID MT NM UT WY",
    _PACIFIC: "CA NV OR WA",
    "America/Phoenix": "AZ",
    "America/Anchorage": "AK",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR VI",
    "Pacific/Guam": "GU MP",
    "Pacific/Pago_Pago": "AS",
}
_PREFIXES = {
    _EAST: "373 374 376 377 378 379",
    _CENTRAL: "324 325 420 421 422 423 424 427 463 464 476 477",
    _MOUNTAIN: "576 577 586 691 693 799 865 885 979",
    _PACIFIC: "835 838",
}
_OF_STATE = {state: zone for zone, states in _STATES.items() for state in states.split()}
_OF_PREFIX = {prefix: zone for zone, prefixes in _PREFIXES.items() for prefix in prefixes.split()}


def of_place(state: str, zip_code: str) -> str:
    """Return the name of the time zone of a place, "" for that of this computer where the state is not known."""
    return _OF_PREFIX.get(zip_code.strip()[:3]) or _OF_STATE.get(state.strip().upper(), "")


def at(moment: datetime, zone: str) -> datetime:
    """Return a moment with the clock of a zone; one without a zone of its own is what that clock shows.

    "" is the zone of this computer, as is one that this system does not know: Windows keeps none of them.
    """
    try:
        place = ZoneInfo(zone) if zone else None
    except (ZoneInfoNotFoundError, ValueError):
        place = None
    if place is None:
        return moment.astimezone()
    return moment.replace(tzinfo=place) if moment.tzinfo is None else moment.astimezone(place)
