"""What the detail of a surgeon shows beside the entry itself, and the links out of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy

from referral_app.choices import Permission
from referral_app.clinical.requirements import Requirement
from referral_app.database import Session
from referral_app.services import center, center_requirements, surgeons, waits
from referral_app.services.center import TrialRecord
from referral_app.services.center_requirements import listed
from referral_app.services.permissions import actor
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.services.waits import Observed
from referral_app.ui import theme


@dataclass(frozen=True)
class Facts:
    """Photo, observed wait, trials, id and name of the successor; `keeps` for those who may change the directory.

    `asked` is what a referral should bring, as the surgeon's own office or else the Center asks.
    """

    photo: bytes | None = None
    waited: Observed | None = None
    trials: tuple[TrialRecord, ...] = ()
    successor: tuple[str, str] | None = None
    keeps: bool = False
    asked: tuple[Requirement, ...] = ()


NONE = Facts()
"""What is shown until the facts are there."""


def read(session: Session, surgeon: SurgeonRecord) -> Facts:
    """Return the facts about a surgeon."""
    successor = surgeons.known_as(session, surgeon.successor_id) if surgeon.successor_id else None
    return Facts(
        surgeons.photo(session, surgeon.id), waits.observed(session, surgeon.id),
        tuple(center.trials_of(session, surgeon.id)), successor,
        actor(session).may(Permission.CHANGE_DIRECTORY), listed(surgeon, center_requirements.defaults(session)),
    )  # fmt: skip


class Links(QObject):
    """Where one goes from a detail: to another surgeon by id, or to the trials of the Center."""

    surgeon = Signal(str)
    trials = Signal()


class Jump(QPushButton):
    """A link to a surgeon."""

    def __init__(self, name: str, words: str, surgeon_id: str, links: Links) -> None:
        """Make it."""
        super().__init__(words)
        self.setObjectName(name)
        theme.role(self, "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"Open {words}")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self._id, self._links = surgeon_id, links
        self.clicked.connect(self._go)

    def _go(self) -> None:
        self._links.surgeon.emit(self._id)
