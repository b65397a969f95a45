"""Whether days that were entered for a surgeon concern open referrals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from referral_app.services import departures
from referral_app.services.departures import Affected, Departure
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui import transaction
from referral_app.ui.desk import Desk


def tell_concerned(
    desk: Desk,
    before: SurgeonRecord | None,
    after: SurgeonRecord,
    owner: QWidget,
    then: Callable[[SurgeonRecord], object],
) -> None:
    """Call `then(entry)` where a change of days or successor concerns open referrals; else do nothing."""
    if before is None or Departure.of(before) == Departure.of(after):
        return

    def tell(found: Sequence[Affected]) -> None:
        if found:
            then(after)

    transaction.read(desk, owner, partial(departures.affected, surgeon_id=after.id), tell)
