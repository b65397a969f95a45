"""What every page is given: one bundle made in `main` and passed down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from referral_app.choices import Permission
from referral_app.ui import rights

if TYPE_CHECKING:
    from referral_app.database import Database
    from referral_app.paths import Paths
    from referral_app.settings import Settings
    from referral_app.ui.background import Background


TITLE = "Headache Center referral desk"
"""What windows are called; the names of patients never stand there."""


@dataclass(frozen=True)
class Desk:
    """The folders, settings, store and background of this run; `throw_away` says that nothing of it is kept."""

    paths: Paths
    settings: Settings
    db: Database
    background: Background
    throw_away: bool = False

    def may(self, permission: Permission) -> bool:
        """Tell whether the person at work has a permission; pages hide the rest, services decide."""
        return rights.may(self.db, permission)

    @property
    def person(self) -> str:
        """The name of the person at work: of their account, or of the settings where there are none."""
        who = rights.actor(self.db)
        return who.name if who else self.settings.person
