"""Many invented referrals for batches, copied from the one of the demonstration."""

from __future__ import annotations

from referral_app.choices import PaperKind
from referral_app.database import Database
from referral_app.services import worklists
from referral_app.services.batches import Wish
from referral_app.services.referral_records import Filter
from tests.benchmarks import stores


def many(db: Database, number: int) -> list[str]:
    """Add so many referrals less one to the one there is, and return the reference numbers of all."""
    if number > 1:
        with db.begin() as session:
            stores.multiply(session, number - 1)
    with db.read() as session:
        return [one.reference for one in worklists.find(session, Filter(), number)]


def wishes(references: list[str], kind: PaperKind = PaperKind.QUESTIONNAIRE) -> list[Wish]:
    """Return a wish for each; questionnaires, because they are quickly made."""
    return [Wish(one, kind) for one in references]


def nothing(done: int, total: int) -> None:
    """Take no progress."""


def never() -> bool:
    """Cancel nothing."""
    return False
