"""An invented operation from which the tests of the surgery packet are made."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from referral_app.choices import AppointmentKind, AppointmentStatus
from referral_app.documents.surgery_packet import SurgeryPacket
from referral_app.services.appointments import AppointmentRecord
from referral_app.services.surgery_plans import PlanRecord
from tests.documents import people

DAY = datetime(2026, 4, 6, 7, 30, tzinfo=ZoneInfo("America/New_York"))
SURGERY = AppointmentRecord(
    id="visit-1", reference="7QK2-M4TX-9", referral_id="referral-1", patient_id="patient-1",
    patient="Nguyễn, An Thị", date_of_birth=None, surgeon_id="surgeon-1", surgeon="Amara Keen, MD",
    location_id="place-1", location="Harbor Surgery Center", kind=AppointmentKind.SURGERY, start=DAY,
    time_zone="America/New_York", arrive_minutes_before=60, interpreter_booked=True,
    status=AppointmentStatus.SCHEDULED, note="", version=1,
)  # fmt: skip
VISITS = tuple(
    replace(
        SURGERY, id=f"visit-{days}", kind=AppointmentKind.FOLLOW_UP, start=DAY + timedelta(days=days, hours=3)
    )
    for days in (7, 21, 91)
)
PLAN = PlanRecord(
    "7QK2-M4TX-9", "Amara Keen, MD", "Occipital release, greater occipital nerve",
    fasting="Nothing to eat after 11:00 PM on Sunday.\nClear water until 4:30 AM.",
    medications="Take your blood pressure pill at 5:00 AM with a sip of water. <Ask> Dr. Ferro & me about your "
    "blood thinner.",
    ride="Your sister Mai drives you home and stays until Tuesday evening.",
    aftercare="Keep the cut dry until Wednesday. Sleep with your head up on two pillows.",
    answered_by="Priya Shah", version=1,
)  # fmt: skip


def packet(values: dict[str, Any] | None = None, **more: Any) -> SurgeryPacket:
    """Return a surgery packet; `more` go to the packet where they are its own, else to what every packet has."""
    own = {name: more.pop(name) for name in ("surgery", "plan", "visits") if name in more}
    given: dict[str, Any] = {"surgery": SURGERY, "plan": PLAN, "visits": VISITS} | own
    return SurgeryPacket(people.packet(values, **more), **given)
