"""Reading an entry anew before something is done with it, so that nobody works on what is out of date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from referral_app.database import Session
from referral_app.services import surgeons
from referral_app.services.errors import InvalidInput
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui import ask
from referral_app.ui.desk import Desk


def entry(desk: Desk, owner: QWidget, surgeon_id: str, then: Callable[[SurgeonRecord], object]) -> None:
    """Read an entry in the background and hand it on; what is refused is told over `owner`."""
    read(desk, owner, lambda session: surgeons.get(session, surgeon_id), then)


def read(
    desk: Desk,
    owner: QWidget,
    look: Callable[[Session], Any],
    then: Callable[[Any], object],
    refused: Callable[[Exception], object] | None = None,
) -> None:
    """Read something in the background and hand it on; what is refused goes to `refused`, or is told over `owner`."""
    db = desk.db

    def work() -> Any:
        with db.read() as session:
            return look(session)

    desk.background.run(owner, work, then, refused or _teller(owner))


def write(
    desk: Desk,
    owner: QWidget,
    act: Callable[[Session], Any],
    then: Callable[[Any], object],
    refused: Callable[[Exception], object] | None = None,
) -> None:
    """Write something in one transaction in the background; as `read`."""
    db = desk.db

    def work() -> Any:
        with db.begin() as session:
            return act(session)

    desk.background.run(owner, work, then, refused or _teller(owner))


def _teller(owner: QObject) -> Callable[[Exception], object]:
    def tell(error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        ask.tell(cast("QWidget", owner), " ".join(error.fields.values()), warning=True)

    return tell
