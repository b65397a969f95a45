"""The working day: requests with their steps, attempts to send, incidents, what waits, tasks, calls, visits, privacy."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | None = None
depends_on: str | None = None

_STATUS = ("requested", "2.0", "3.0", "4.0", "5.1", "5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.2", "6.0", "7.0")
_ACTS = (
    "receive", "accept", "decline", "activate", "schedule", "no_show", "cancel_visit", "interim_note", "outcome",
    "ask_cancel", "confirm_cancel",
)  # fmt: skip
_STEPS = (
    "draft", "to_sign", "to_send", "not_delivered", "no_receipt", "no_visit", "no_outcome", "no_note", "information", "not_told",
    "follow_up",
)  # fmt: skip
_BOUNCES = ("busy", "wrong_number", "incomplete", "out_of_network", "refused", "other", "canceled")
_TASKS = ("information", "follow_up", "call_back", "tell_patient", "resend", "other")


def upgrade() -> None:
    """Add the tables, and begin a request for each referral that was sent."""
    _referrals()
    _requests()
    _sending()
    _waiting()
    _work()
    _privacy()
    _begin_requests()


def _text(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _whole(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def _yes(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=nullable)


def _moment(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(), nullable=nullable)


def _day(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _json(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=nullable)


def _figure(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Double(), nullable=True)


def _identity(name: str = "id", nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(as_uuid=False), nullable=nullable)


def _choice(name: str, kind: str, *values: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Enum(*values, name=kind, native_enum=False, length=40), nullable=nullable)


def _points(table: str, column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=op.f(f"pk_{table}"))


def _once(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{columns[0]}"))


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _versioned() -> tuple[sa.Column[Any], ...]:
    return _whole("version"), _moment("created"), _moment("updated"), _identity()


def _add(table: str, texts: tuple[str, ...], *others: sa.Column[Any]) -> None:
    """Add columns to a table that holds rows: texts and what a statement fills first may be empty meanwhile."""
    for column in (*(_text(name, nullable=True) for name in texts), *others):
        op.add_column(table, column)
    if texts:
        op.execute(f"UPDATE {table} SET " + ", ".join(f"{name} = ''" for name in texts))


def _require(table: str, *columns: str, points: tuple[tuple[str, str], ...] = ()) -> None:
    """Make a table anew with what may not be empty any more, and what points to other tables."""
    with op.batch_alter_table(table, recreate="always") as batch:
        for name in columns:
            batch.alter_column(name, nullable=False)
        for column, to in points:
            batch.create_foreign_key(op.f(f"fk_{table}_{column}_{to}"), to, [column], ["id"])


def _referrals() -> None:
    texts = ("owner_id", "owner", "next_step")
    _add("referral", texts, _day("follow_up_on", nullable=True))
    _require("referral", *texts)
    _index("referral", "owner_id", "follow_up_on")
    op.drop_index(op.f("ix_referral_patient_id"), "referral")
    op.create_index("ix_referral_patient", "referral", ["patient_id", "id"], unique=False)


def _days(start: str, end: str) -> str:
    """Return the SQL of whole days, as `models.request` had it at this revision."""
    return f"coalesce(min(max(CAST(julianday({end}) - julianday({start}) AS INTEGER), 0), 4093) + 1, 0)"


def _packed(*parts: str) -> sa.TextClause:
    """Return the SQL of numbers below 4096 as one."""
    return sa.text(" + ".join(f"{4096**place} * {part}" for place, part in enumerate(parts)))


def _requests() -> None:
    at = "request"
    days = (
        "received_on", "accepted_on", "booked_on", "visit_on", "seen_on", "ended_on", "told_on", "begun_on", "signed_on",
    )  # fmt: skip
    op.create_table(
        at, _identity("referral_id"), _whole("number"), _identity("surgeon_id", True), _text("surgeon_name"),
        _identity("practice_id", True), _choice("status", "requeststatus", *_STATUS),
        *map(_yes, ("information_owed", "on_hold")), _choice("undelivered", "bouncereason", *_BOUNCES, nullable=True),
        _day("undelivered_on", True), *map(_text, ("their_number", "reason")), _day("sent_on"),
        *(_day(name, nullable=True) for name in days), _text("missing", True),
        _figure("headache_index"), _day("index_on", True), *_versioned(),
        *(_points(at, f"{one}_id", one) for one in ("referral", "surgeon", "practice")),
        _once(at, "referral_id", "number"), _key(at),
    )  # fmt: skip
    seen = "coalesce(min(seen_on, visit_on), seen_on, CASE WHEN status = '7.0' THEN coalesce(visit_on, ended_on) END)"
    before = _packed(
        _days("begun_on", "signed_on"), _days("signed_on", "sent_on"), _days("sent_on", "received_on"),
        _days("sent_on", "accepted_on"), f"instr('{' '.join(_STATUS)}', status)",
    )  # fmt: skip
    after = _packed(*(_days("sent_on", end) for end in ("booked_on", seen, "ended_on", "told_on")))
    reported = ["sent_on", "practice_id", "surgeon_id", before, after, "missing"]
    op.create_index("ix_request_report", at, reported, unique=False)
    ended = ["status", "reason", "sent_on", "practice_id", "surgeon_id"]
    where = sa.text("status IN ('4.0', '5.2', '6.0')")
    op.create_index("ix_request_ended", at, ended, unique=False, sqlite_where=where)
    read = ["referral_id", "index_on", "sent_on", "surgeon_id", "headache_index", "practice_id"]
    where = sa.text("headache_index IS NOT NULL")
    op.create_index("ix_request_reading", at, read, unique=False, sqlite_where=where)
    op.create_index("ix_request_surgeon", at, ["surgeon_id", "sent_on", "practice_id", after], unique=False)
    at = "request_event"
    op.create_table(
        at, _identity("request_id"), _whole("sequence"), _text("entry"), _choice("act", "requestact", *_ACTS),
        _text("tid"), *(_choice(name, "requeststatus", *_STATUS) for name in ("before", "after")),
        _day("happened_on"), _moment("recorded_at"), *map(_text, ("recorded_by", "why", "note")), _yes("inferred"),
        *(_identity(f"{one}_id", True) for one in ("attachment", "appointment")), _moment("undone_at", True),
        *map(_text, ("undone_by", "undone_why")), _identity(),
        *(_points(at, f"{one}_id", one) for one in ("request", "attachment", "appointment")),
        _once(at, "request_id", "sequence"), _key(at),
    )  # fmt: skip


def _sending() -> None:
    at = "send_attempt"
    op.create_table(
        at, _identity("referral_id"), _whole("number"),
        _choice("channel", "channel", "fax", "mail", "hand", "portal", "file", "email"), _text("address"),
        _day("verified_on", True), _json("parts"), _whole("pages"), _identity("paper_id", True), _moment("started_at"),
        _text("started_by"), _choice("state", "attemptstate", "waiting", "confirmed", "failed"),
        _choice("reason", "bouncereason", *_BOUNCES, nullable=True),
        _text("note"), _moment("settled_at", True), *map(_text, ("settled_by", "confirmation")),
        _identity("attachment_id", True), _identity(),
        *(_points(at, f"{one}_id", one) for one in ("referral", "paper", "attachment")), _key(at),
    )  # fmt: skip
    _index(at, "referral_id")
    op.create_index("ix_send_attempt_state", at, ["state", "started_at"], unique=False)
    at = "incident"
    op.create_table(
        at, _identity("referral_id"), _identity("attempt_id", True), _identity("practice_id", True), _day("found_on"),
        *map(_text, ("address", "what", "who_has_it", "note", "done")), _json("told"), _text("recorded_by"),
        _moment("closed_at", True), _text("closed_by"), *_versioned(), _points(at, "referral_id", "referral"),
        _points(at, "attempt_id", "send_attempt"), _points(at, "practice_id", "practice"), _key(at),
    )  # fmt: skip
    _index(at, "referral_id")
    op.create_table(
        "mail_server", _whole("slot"), _text("host"), _whole("port"), *map(_text, ("sender", "login", "password")),
        _moment("updated"), _text("updated_by"), _key("mail_server", "slot"),
    )  # fmt: skip


def _waiting() -> None:
    op.create_table(
        "waiting", _choice("step", "step", *_STEPS), _whole("serial"), _day("since"), _yes("urgent"),
        *map(_text, ("owner_id", "practice_id")), _key("waiting", "step", "serial"), sqlite_with_rowid=False,
    )  # fmt: skip
    columns = ["step", "since", "serial", "practice_id", "owner_id", "urgent"]
    op.create_index("ix_waiting_since", "waiting", columns, unique=False)
    _index("waiting", "serial")
    by = ("step", "since", "urgent", "owner_id", "practice_id")
    op.create_table(
        "waiting_count", _choice("step", "step", *_STEPS), _day("since"), _yes("urgent"),
        *map(_text, ("owner_id", "practice_id")), _whole("number"), _key("waiting_count", *by),
        sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_table(
        "worklist_rule", _choice("step", "step", *_STEPS), *map(_whole, ("days", "urgent_days")),
        *map(_yes, ("business", "shown")), _text("updated_by"), _key("worklist_rule", "step"),
    )  # fmt: skip


def _work() -> None:
    _add("appointment", ("why",), _identity("request_id", True), _moment("reminded_at", True))
    _require("appointment", "why", points=(("request_id", "request"),))
    texts = ("owner_id", "made_by", "done_by", "done_how")
    _add("release", ("extended_why",))
    _require("release", "extended_why")
    _add("task", texts, _choice("kind", "taskkind", *_TASKS, nullable=True), _json("fields", nullable=True))
    op.execute("UPDATE task SET kind = 'other', fields = '[]'")
    _require("task", *texts, "kind", "fields")
    yes = ("message_left", "message_allowed")
    _add(
        "call",
        ("number", "checked_how"),
        *(_yes(name, nullable=True) for name in yes),
        _identity("practice_id", True),
    )
    op.execute(
        "UPDATE call SET message_left = 0, message_allowed = 0, practice_id = (SELECT practice_id FROM referral "
        "WHERE referral.id = call.referral_id)"
    )
    _require("call", "number", "checked_how", *yes, points=(("practice_id", "practice"),))
    at = "closed_day"
    op.create_table(
        at, _day("day"), _identity("location_id", True), _text("why"), _identity(),
        _points(at, "location_id", "location", "CASCADE"), _key(at),
    )  # fmt: skip
    _index(at, "day")


def _privacy() -> None:
    at = "amendment"
    op.create_table(
        at, _identity("patient_id"), *(_identity(f"{one}_id", True) for one in ("referral", "practice")),
        _text("asked_by"), _day("asked_on"), _day("due_on"), _text("what"), _yes("accepted", True),
        _day("decided_on", True), *map(_text, ("decided_by", "extended_why", "why", "statement", "recorded_by")),
        _choice("basis", "denialbasis", "not_ours", "not_in_record", "no_access", "complete", nullable=True),
        _json("told"), *_versioned(),
        *(_points(at, f"{one}_id", one) for one in ("patient", "referral", "practice")), _key(at),
    )  # fmt: skip
    _index(at, "patient_id", "due_on")
    at = "legal_hold"
    op.create_table(
        at, _identity("patient_id"), _text("why"), _moment("placed_at"), _text("placed_by"),
        _moment("lifted_at", True), *map(_text, ("lifted_by", "lifted_why")), _identity(),
        _points(at, "patient_id", "patient"), _key(at),
    )  # fmt: skip
    _index(at, "patient_id")


def _begin_requests() -> None:
    """Begin a request for each referral that was sent; of one that was answered we know that it was received."""
    op.execute(
        "INSERT INTO request (id, referral_id, number, surgeon_id, surgeon_name, practice_id, status, "
        "information_owed, on_hold, their_number, reason, sent_on, received_on, begun_on, signed_on, version, created, "
        "updated) "
        "SELECT lower(hex(randomblob(16))), id, 1, surgeon_id, surgeon_name, practice_id, CASE state WHEN 'answered' "
        "THEN '2.0' WHEN 'canceled' THEN '6.0' WHEN 'closed' THEN '7.0' ELSE 'requested' END, 0, 0, '', '', "
        "date(sent_at), CASE state WHEN 'answered' THEN date(sent_at) END, date(created), date(signed_at), 1, sent_at, "
        "updated FROM referral WHERE sent_at IS NOT NULL"
    )
