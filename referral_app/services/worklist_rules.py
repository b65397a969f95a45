"""When a referral that waits is due: so many days after it began to wait, by step; administrators change them.

Source of the days: reference/referral-systems.md section 3, line 8, and what large offices promise (ux.md section 1).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission, Step
from referral_app.clinical import business_days
from referral_app.models.waiting import WorklistRule
from referral_app.services import events
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import actor, needs

MOST_DAYS = 365


@dataclass(frozen=True)
class Rule:
    """After how many days a step is due, and after how many where the referral is urgent; `shown` as a worklist."""

    step: Step
    days: int
    urgent_days: int
    business: bool = False
    shown: bool = True

    def due(self, since: date, urgent: bool = False) -> date:
        """Return the day on which something that waits since a day is due."""
        count = self.urgent_days if urgent else self.days
        return business_days.after(since, count) if self.business else since + timedelta(count)

    def cutoff(self, today: date, urgent: bool = False) -> date:
        """Return the latest day since which something waits that is due today or was before."""
        count = self.urgent_days if urgent else self.days
        return business_days.before(today, count) if self.business else today - timedelta(count)

    @property
    def words(self) -> str:
        """The rule as a person says it: "3 business days, urgent 1"."""
        unit = "business day" if self.business else "day"
        usual = f"{self.days} {unit}{'' if self.days == 1 else 's'}"
        return usual if self.urgent_days == self.days else f"{usual}, urgent {self.urgent_days}"


USUAL = {
    one.step: one
    for one in (
        Rule(Step.TO_SIGN, 1, 0, business=True),
        Rule(Step.TO_SEND, 1, 0, business=True),
        Rule(Step.NOT_DELIVERED, 0, 0),
        Rule(Step.NO_RECEIPT, 3, 1, business=True),
        Rule(Step.NO_VISIT, 14, 3),
        Rule(Step.NO_OUTCOME, 1, 1),
        Rule(Step.NO_NOTE, 30, 14),
        Rule(Step.INFORMATION, 2, 1, business=True),
        Rule(Step.NOT_TOLD, 2, 1, business=True),
        Rule(Step.FOLLOW_UP, 0, 0),
        Rule(Step.DRAFT, 7, 2),
    )
}
"""The rules of the program, in the order of the work.

A visit is asked after on the day after it (0 would ask on the day itself), a follow-up on its own day. What did not
arrive is sent again on the day on which that is known.
"""


@needs(Permission.SEE_PATIENTS)
def find(session: Session) -> dict[Step, Rule]:
    """Return the rule of each step that holds now, in the order of the work."""
    own = {one.step: _rule(one) for one in session.scalars(select(WorklistRule))}
    return {step: own.get(step, usual) for step, usual in USUAL.items()}


@needs(Permission.ADMINISTER)
def save(session: Session, rules: Iterable[Rule]) -> None:
    """Write the rules of some steps; one that is the program's own is not kept, so that it follows the program.

    No row of a worklist changes with it. Raises InvalidInput by `step.days` and `step.urgent_days`.
    """
    wanted = {one.step: one for one in rules}
    if problems := {key: said for one in wanted.values() for key, said in _problems(one).items()}:
        raise InvalidInput(problems)
    before = find(session)
    changed = [step for step, rule in wanted.items() if before[step] != rule]
    for step in changed:
        session.execute(delete(WorklistRule).where(WorklistRule.step == step))
        if (rule := wanted[step]) != USUAL[step]:
            session.add(_row(rule, actor(session).name))
    if changed:
        now = {
            str(step): wanted[step].words + ("" if wanted[step].shown else ", not shown") for step in changed
        }
        events.record(session, AuditAction.SETTING_CHANGED, "worklist_rule", now=now)


def _problems(rule: Rule) -> dict[str, str]:
    problems = {
        f"{rule.step}.{name}": f"Enter 0 to {MOST_DAYS} days."
        for name, days in (("days", rule.days), ("urgent_days", rule.urgent_days))
        if not 0 <= days <= MOST_DAYS
    }
    if not problems and rule.urgent_days > rule.days:
        problems[f"{rule.step}.urgent_days"] = "What is urgent cannot wait longer than the rest."
    return problems


def _rule(row: WorklistRule) -> Rule:
    return Rule(row.step, row.days, row.urgent_days, row.business, row.shown)


def _row(rule: Rule, by: str) -> WorklistRule:
    return WorklistRule(
        step=rule.step, days=rule.days, urgent_days=rule.urgent_days, business=rule.business, shown=rule.shown,
        updated_by=by,
    )  # fmt: skip
