"""Tasks about referrals: what is to be done, whose it is and by when; what is sent again settles what was asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission, TaskKind
from referral_app.models.base import now
from referral_app.models.referral import Referral
from referral_app.models.work import Task
from referral_app.services import events, owners, referral_rows, waiting
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.permissions import actor, ask_scope, in_scope, needs

MINE, OFFICE, ALL = "mine", "office", "all"
"""Whose tasks a list shows: those of the person who acts, those of their practice, or all in view."""


@dataclass(frozen=True)
class TaskRecord:
    """A task with the referral that it is about; `fields` are paths of answers that are asked for anew."""

    id: str
    referral_id: str
    reference: str
    patient_id: str
    patient: str
    surgeon: str
    kind: TaskKind
    what: str
    fields: tuple[str, ...]
    owner_id: str
    owner: str
    due: date | None
    made_at: datetime
    made_by: str
    done_at: datetime | None
    done_by: str
    done_how: str
    version: int

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None


@dataclass(frozen=True)
class Wish:
    """What is to be done; without an owner it is for whoever sees to the referral."""

    what: str
    kind: TaskKind = TaskKind.OTHER
    fields: tuple[str, ...] = ()
    owner_id: str = ""
    due: date | None = None


@needs(Permission.WRITE)
def begin(session: Session, name: str, wish: Wish, today: date | None = None) -> TaskRecord:
    """Open a task about a referral and return it; one that is open and asks for the same is not opened twice.

    Raises InvalidInput by field (what, owner_id, due), NotFound, Denied.
    """
    row = referral_rows.row(session, name)
    if not wish.what.strip():
        raise InvalidInput({"what": "Enter what is to be done."})
    _ask_due(wish.due, today)
    same = Task.referral_id == row.id, Task.kind == wish.kind, Task.what == wish.what.strip()
    found = session.scalar(select(Task).where(*same, Task.done_at.is_(None)).limit(1))
    if found is not None:
        return _one(session, found.id)
    named = owners.named(session, wish.owner_id) if wish.owner_id else (row.owner_id, row.owner)
    made = Task(
        referral_id=row.id, kind=wish.kind, what=wish.what.strip(), fields=list(wish.fields), owner_id=named[0],
        owner=named[1], due=wish.due, made_by=actor(session).name,
    )  # fmt: skip
    session.add(made)
    session.flush()
    waiting.follow(session, row)
    _note(session, AuditAction.CREATED, made, row)
    return _one(session, made.id)


@needs(Permission.WRITE)
def change(session: Session, task_id: str, owner_id: str, due: date | None, version: int = 0) -> TaskRecord:
    """Give an open task to somebody, "" for nobody, and say by when it is due; returns it.

    Raises InvalidInput for who is not here, a day that has passed or a task that is done, Conflict since `version`,
    NotFound, Denied.
    """
    task, row = _open(session, task_id, version)
    if due != task.due:
        _ask_due(due)
    task.owner_id, task.owner = owners.named(session, owner_id)
    task.due = due
    session.flush()
    waiting.follow(session, row)
    _note(session, AuditAction.CHANGED, task, row)
    return _one(session, task.id)


@needs(Permission.WRITE)
def done(session: Session, task_id: str, how: str, version: int = 0) -> TaskRecord:
    """Record that a task is done, and how; once nothing more is asked for, no information is owed any more.

    Raises InvalidInput by "how" without a word, and for a task that is done already; Conflict, NotFound, Denied.
    """
    if not how.strip():
        raise InvalidInput({"how": "Enter what was done."})
    task, row = _open(session, task_id, version)
    _finish(session, task, how)
    session.flush()
    if task.kind is TaskKind.INFORMATION and not _asked(session, row.id):
        _owe_nothing(session, row)
    waiting.follow(session, row)
    _note(session, AuditAction.CHANGED, task, row)
    return _one(session, task.id)


@needs(Permission.SEE_PATIENTS)
def find(
    session: Session, whose: str = ALL, with_done: bool = False, limit: int = 200, offset: int = 0
) -> list[TaskRecord]:
    """Return tasks by due date, those without one last; `whose` is MINE, OFFICE or ALL."""
    conditions = [in_scope(session, Referral.practice_id), *_whose(session, whose)]
    if not with_done:
        conditions.append(Task.done_at.is_(None))
    order = Task.due.is_(None), Task.due, Task.created, Task.id
    return _records(session, _whole().where(*conditions).order_by(*order).limit(limit).offset(offset))


@needs(Permission.SEE_PATIENTS)
def of_referral(session: Session, name: str, with_done: bool = False) -> list[TaskRecord]:
    """Return the tasks of a referral that is open, the oldest first."""
    row = referral_rows.row(session, name)
    mine = _whole().where(Task.referral_id == row.id)
    if not with_done:
        mine = mine.where(Task.done_at.is_(None))
    return _records(session, mine.order_by(Task.created, Task.id))


@needs(Permission.SEE_PATIENTS)
def asked_fields(session: Session, name: str) -> dict[str, str]:
    """Return the paths of answers that are asked for anew, each with what is asked; part of an opened form."""
    return {path: one.what for one in of_referral(session, name) for path in one.fields}


def settle_information(session: Session, row: Referral, how: str) -> None:
    """Let the tasks that asked for information be done; called where the referral was sent again."""
    for task in _asked(session, row.id):
        _finish(session, task, how)
        _note(session, AuditAction.CHANGED, task, row)


def _finish(session: Session, task: Task, how: str) -> None:
    task.done_at, task.done_by, task.done_how = now(), actor(session).name, how.strip()


def _asked(session: Session, referral_id: str) -> list[Task]:
    """Return the open tasks of a referral that ask for information."""
    mine = Task.referral_id == referral_id, Task.kind == TaskKind.INFORMATION, Task.done_at.is_(None)
    return list(session.scalars(select(Task).where(*mine)))


def _ask_due(due: date | None, today: date | None = None) -> None:
    """Refuse a day that has passed, with the sentence of every day that is planned."""
    if due is not None and due < (today or date.today()):
        raise InvalidInput({"due": owners.PASSED})


def _owe_nothing(session: Session, row: Referral) -> None:
    request = waiting.latest(session, row.id)
    if request is not None and request.information_owed:
        request.information_owed = False
        session.flush()
        waiting.follow(session, row, request)


def _open(session: Session, task_id: str, version: int) -> tuple[Task, Referral]:
    """Return an open task with its referral; raises NotFound, InvalidInput, Conflict, Denied."""
    task = session.get(Task, task_id)
    if task is None:
        raise NotFound("This task is not there any more.")
    row = session.get_one(Referral, task.referral_id)
    ask_scope(session, row.practice_id, "task", task.id)
    if task.done_at is not None:
        raise InvalidInput(
            {"": f"This task was done already by {task.done_by or 'somebody'}: {task.done_how}"}
        )
    if version and version != task.version:
        raise Conflict("Someone else changed this task in the meantime. Look at it again.")
    return task, row


def _whose(session: Session, whose: str) -> Collection[ColumnElement[bool]]:
    who = actor(session)
    if whose == MINE and who.person_id:
        return (Task.owner_id == who.person_id,)  # a name may change
    if whose == MINE:
        return (Task.owner_id == "", Task.owner == who.name)
    if whose == OFFICE and who.practice_id:
        return (Referral.practice_id == who.practice_id,)
    return ()


def _whole() -> Select[*tuple[Any, ...]]:
    about = Referral.reference, Referral.patient_id, Referral.patient_name, Referral.surgeon_name
    return select(Task, *about).join(Referral, Referral.id == Task.referral_id)


def _one(session: Session, task_id: str) -> TaskRecord:
    return _records(session, _whole().where(Task.id == task_id))[0]


def _records(session: Session, wanted: Select[*tuple[Any, ...]]) -> list[TaskRecord]:
    return [_record(*values) for values in session.execute(wanted)]


def _record(one: Task, reference: str, patient_id: str | None, patient: str, surgeon: str) -> TaskRecord:
    return TaskRecord(
        one.id, one.referral_id, reference, patient_id or "", patient, surgeon, one.kind, one.what,
        tuple(str(path) for path in one.fields or ()), one.owner_id, one.owner, one.due, one.created, one.made_by,
        one.done_at, one.done_by, one.done_how, one.version,
    )  # fmt: skip


def _note(session: Session, action: AuditAction, task: Task, row: Referral) -> None:
    events.record(
        session, action, "task", task.id, row.patient_id, reference=row.reference, task=str(task.kind)
    )
