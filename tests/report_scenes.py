"""Scenes of the reports: a year of invented requests counted, and a period that is no period."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from referral_app.choices import RequestStatus
from referral_app.models.base import new_id
from referral_app.models.referral import Referral
from referral_app.models.request import Request
from referral_app.models.surgeon import Surgeon

if TYPE_CHECKING:
    from referral_app.database import Database
    from tests.screenshots import Stage

REASONS = ("Does not take this plan", "Needs a neurologist’s note first", "No visits before next year")
MISSING = ("", "", "", "imaging", "exam scores-gap", "imaging-gap", "injections")


def fill(db: Database, many: int = 160, today: date | None = None) -> None:
    """Write requests of the last year to a few invented surgeons, as they stand, once."""
    today = today or date.today()
    chance = random.Random(7)
    with db.begin() as session:
        if (session.scalar(select(func.count()).select_from(Request)) or 0) > many // 2:
            return
        model = session.scalars(select(Referral).where(Referral.patient_id.is_not(None))).first()
        assert model is not None
        serial = session.scalar(select(func.max(Referral.serial))) or 0
        surgeons = session.scalars(select(Surgeon).limit(4)).all()
        for number in range(many):
            surgeon = chance.choice(surgeons)
            referral = Referral(
                id=new_id(), serial=serial + number + 1, reference=f"INVT-{number:04}-X", state=model.state,
                readiness=model.readiness, practice_id=model.practice_id, number=1, marks=[],
                patient_id=model.patient_id if number in (0, many - 1) else None, surgeon_id=surgeon.id,
                patient_name="Invented, Person", surgeon_name=surgeon.family_name,
            )  # fmt: skip
            session.add(referral)
            session.flush()
            session.add(
                _request(chance, referral, surgeon, today - timedelta(days=360 * (many - number) // many))
            )


def _request(chance: random.Random, referral: Referral, surgeon: Surgeon, sent: date) -> Request:
    made = Request(
        referral_id=referral.id, number=1, surgeon_id=surgeon.id, surgeon_name=surgeon.family_name,
        practice_id=referral.practice_id, status=RequestStatus.SENT, sent_on=sent, missing=chance.choice(MISSING),
        begun_on=sent - timedelta(days=chance.randint(1, 12)), signed_on=sent - timedelta(days=chance.randint(0, 1)),
        headache_index=float(chance.randint(20, 200)), index_on=sent,
    )  # fmt: skip
    day, steps = sent, chance.choice((0, 1, 1, 2, 3, 4, 5, 5, 5, 6, 6))
    names = ("received_on", "accepted_on", "booked_on", "seen_on", "ended_on", "told_on")
    for name in names[:steps]:
        day += timedelta(days=chance.randint(0, 9) if name != "seen_on" else chance.randint(5, 60))
        setattr(made, name, day)
    stands = (
        RequestStatus.SENT, RequestStatus.RECEIVED, RequestStatus.ACCEPTED, RequestStatus.SCHEDULED,
        RequestStatus.SEEN, RequestStatus.COMPLETED, RequestStatus.COMPLETED,
    )  # fmt: skip
    made.status = stands[steps]
    if steps == 1 and chance.random() < 0.6:
        made.status, made.reason, made.ended_on = RequestStatus.DECLINED, chance.choice(REASONS), day
    return made


def _page(stage: Stage) -> Any:
    fill(stage.desk.db)
    page = stage.page("reports")
    stage.settle(1.5)
    return page


def _to(name: str) -> Callable[[Stage], None]:
    def scene(stage: Stage) -> None:
        page = _page(stage)
        area = page.findChild(object, "reportsScroll")
        area.ensureWidgetVisible(page.cards[name])
        area.verticalScrollBar().setValue(page.cards[name].y())
        stage.settle(0.3)

    return scene


def _bad_period(stage: Stage) -> None:
    page = _page(stage)
    page.filters.period.set_value("other")
    page.filters.since.setText("March 27, 2026")
    page.filters.until.setText("January 5, 2026")
    page.count()
    stage.settle(0.3)


def _quality(stage: Stage) -> None:
    _page(stage).quality.click()
    stage.settle(0.3)


SCENES = {
    "reports-quality": _quality,
    "reports": _page,
    "reports-completion": _to("completion"),
    "reports-waits": _to("waits"),
    "reports-missing": _to("missing"),
    "reports-bad-period": _bad_period,
}
