"""What every page is given: one bundle made in `main` and passed down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from referral_app.database import Database
    from referral_app.paths import Paths
    from referral_app.settings import Settings
    from referral_app.ui.background import Background


@dataclass(frozen=True)
class Desk:
    """The folders, settings, store and background of this run; `throw_away` says that nothing of it is kept."""

    paths: Paths
    settings: Settings
    db: Database
    background: Background
    throw_away: bool = False
