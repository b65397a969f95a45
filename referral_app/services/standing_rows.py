"""Where referrals stand by their latest requests: one question for a whole page of a list, never one for each row."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.clinical.standings import Standing
from referral_app.models.referral import Referral
from referral_app.models.request import Request
from referral_app.services.referral_records import ReferralRow, row_values

_COLUMNS = (
    Request.status, Request.information_owed, Request.on_hold, Request.undelivered, Request.visit_on,
)  # fmt: skip


def of(request: Request) -> Standing:
    """Return what a request says of where its referral stands."""
    return Standing(
        request.status, request.information_owed, request.on_hold, request.undelivered, request.visit_on
    )


def find(session: Session, referral_ids: Sequence[str]) -> dict[str, Standing]:
    """Return where referrals stand by their latest requests, by their ids; those never sent are left out.

    Part of a list or a referral that is shown, which asked already.
    """
    if not referral_ids:
        return {}
    mine = select(Request.referral_id, *_COLUMNS).where(Request.referral_id.in_(referral_ids))
    return {row[0]: Standing(*row[1:]) for row in session.execute(mine.order_by(Request.number))}


def rows(session: Session, found: Sequence[Referral]) -> list[ReferralRow]:
    """Return the rows of a list with where each referral stands."""
    known = find(session, [row.id for row in found if row.sent_number is not None])
    return [ReferralRow(**row_values(row, known.get(row.id))) for row in found]
