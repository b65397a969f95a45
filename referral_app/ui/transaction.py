"""Reading and writing in the background, each in a transaction of its own; what is refused is told over a widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from referral_app.database import Session
from referral_app.services.errors import InvalidInput
from referral_app.ui import ask
from referral_app.ui.desk import Desk


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


def _teller(owner: QWidget) -> Callable[[Exception], object]:
    def tell(error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        ask.tell(owner, " ".join(error.fields.values()), warning=True)

    return tell
