"""Reading an entry anew before something is done with it, so that nobody works on what is out of date."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from referral_app.services import surgeons
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui import transaction
from referral_app.ui.desk import Desk


def entry(desk: Desk, owner: QWidget, surgeon_id: str, then: Callable[[SurgeonRecord], object]) -> None:
    """Read an entry in the background and hand it on; what is refused is told over `owner`."""
    transaction.read(desk, owner, lambda session: surgeons.get(session, surgeon_id), then)
