"""Pictures of the worklists, their dialogs, and of Home with what waits."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, update

from referral_app.choices import RequestAct as Act
from referral_app.choices import Step
from referral_app.models.referral import Referral
from referral_app.models.request import Request
from referral_app.services import owners, referrals, requests, waiting
from referral_app.services.requests import Happened

Stage = Any
PEOPLE = (
    ("Abara", "Ngozi"), ("Bello", "Carmen"), ("Castellano", "Rui"), ("Dvořák", "Jana"), ("Eriksen", "Nils"),
    ("Fontaine", "Amélie"), ("Garza", "Luis"), ("Haddad", "Samira"), ("Ito", "Kenji"), ("Jansen", "Mieke"),
)  # fmt: skip
STEPS = (Act.RECEIVE, Act.ACCEPT, Act.SCHEDULE, Act.INTERIM_NOTE, Act.OUTCOME)


def fill(db: Any, reference: str) -> None:
    """Let ten more people wait, each a while longer and a step further than the one before."""
    with db.begin() as session:
        source = referrals.get(session, reference)
        source.intake.pop("signature", None)
        if session.scalar(select(Referral.id).where(Referral.patient_name == "Abara, Ngozi")):
            return  # each look is taken over the same store
        for at, (family, given) in enumerate(PEOPLE):
            intake = deepcopy(source.intake)
            intake["patient"] |= {"family_name": family, "given_name": given, "phone": f"410-555-01{at:02}"}
            intake["request"]["urgency"] = "urgent" if at % 4 == 1 else "routine"
            made = referrals.save(session, intake)
            _send(session, made.id, at)


def _send(session: Any, name: str, at: int) -> None:
    """Send a referral some days ago and let it get some steps further."""
    if at == 9:
        owners.plan(session, name, "Call the patient about the visit", date.today() + timedelta(2))
        return
    referrals.sign(session, name, "Rosa Ortiz, MD")
    if at == 8:
        return
    referrals.mark_sent(session, name, "Mail")
    back = date.today() - timedelta(3 + 9 * at)
    session.execute(update(Request).where(Request.referral_id == name).values(sent_on=back))
    for act in STEPS[: at // 2 if at < 8 else 0]:
        requests.enter(session, name, Happened(act, back + timedelta(2)))
    if at == 3:
        requests.owe_information(session, name, True)
    row = session.scalars(select(Referral).where(Referral.id == name)).one()
    session.expire_all()
    waiting.follow(session, row)


def _page(stage: Stage) -> Any:
    fill(stage.desk.db, stage.reference)
    page = stage.page("worklists")
    page.show_step(str(Step.NO_RECEIPT))
    stage.settle(0.7)
    page.list.table.selectRow(0)
    stage.settle(0.3)
    return page


def _owner(stage: Stage) -> None:
    _page(stage).assign_button.click()
    stage.settle(0.5)


def _follow_up(stage: Stage) -> None:
    _page(stage).follow_up_button.click()
    stage.settle(0.5)


def _rules(stage: Stage) -> None:
    _page(stage).rules_button.click()
    stage.settle(0.5)


def _empty(stage: Stage) -> None:
    page = _page(stage)
    page.show_step(str(Step.TO_SIGN))
    stage.settle(0.5)


def _home(stage: Stage) -> None:
    fill(stage.desk.db, stage.reference)
    stage.page("home").reload()
    stage.settle(0.7)


def _handed_over(stage: Stage) -> None:
    page = _page(stage)
    page.list.table.selectAll()
    names = [one.id for one in page.list.selection.rows()]
    packets = stage.page("packets")
    packets.show_chosen(names)
    stage.settle(0.7)


SCENES: dict[str, Callable[[Stage], object]] = {
    "worklists": _page,
    "worklist-packets": _handed_over,
    "worklists-owner": _owner,
    "worklists-follow-up": _follow_up,
    "worklists-rules": _rules,
    "worklists-empty": _empty,
    "home-waiting": _home,
}
