"""The whole intake: signing, attachments, merged patients, releases of codes, figures of the check, words of lists."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None

CHANGES = ("attachment.kind", "attachment.title", "attachment.document_date")
"""What an attachment is stands in the row of the intake that names it."""


def upgrade() -> None:
    """Add what is new, and make the words of the lists from the names that they hold."""
    _code_releases()
    _patients()
    for table in ("center", "surgeon"):
        with op.batch_alter_table(table, recreate="always") as batch:
            batch.add_column(sa.Column("thresholds", sa.JSON(), nullable=True))
    _attachments()
    _referrals()
    _words()


def _text(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _whole(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _moment(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(), nullable=nullable)


def _bytes(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def _identity(name: str = "id", nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(as_uuid=False), nullable=nullable)


def _points(table: str, column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=ondelete
    )


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _code_releases() -> None:
    op.create_table(
        "code_release",
        _text("label"),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        _whole("leaves"),
        *map(_text, ("file_name", "sha256")),
        _moment("loaded_at"),
        _text("loaded_by"),
        _bytes("content"),
        _identity(),
        _key("code_release", "id"),
        sa.UniqueConstraint("label", name=op.f("uq_code_release_label")),
    )


def _patients() -> None:
    with op.batch_alter_table("patient", recreate="always") as batch:
        batch.add_column(_identity("merged_into_id", nullable=True))
        batch.create_foreign_key(
            op.f("fk_patient_merged_into_id_patient"), "patient", ["merged_into_id"], ["id"]
        )
    _index("patient", "merged_into_id")
    _index("patient", "updated")
    op.create_table(
        "patient_merge", _identity("kept_id"), _identity("merged_id"), _moment("at"), _text("person"),
        sa.Column("before", sa.JSON(), nullable=False), _moment("undone_at", nullable=True), _text("undone_by"),
        _identity(), *(_points("patient_merge", name, "patient") for name in ("kept_id", "merged_id")),
        _key("patient_merge", "id"),
    )  # fmt: skip
    _index("patient_merge", "kept_id")
    _index("patient_merge", "merged_id")
    op.create_table(
        "not_same_patient", _identity("first_id"), _identity("second_id"), _moment("at"), _text("person"),
        *(_points("not_same_patient", name, "patient", "CASCADE") for name in ("first_id", "second_id")),
        _key("not_same_patient", "first_id", "second_id"),
    )  # fmt: skip
    _index("not_same_patient", "second_id")


def _attachments() -> None:
    op.rename_table("attachment", "attachment_before")
    op.drop_index(op.f("ix_attachment_referral_id"), "attachment_before")
    op.create_table(
        "attachment", _identity("referral_id", nullable=True), _text("draft_id", nullable=True),
        _identity("practice_id", nullable=True), *map(_text, ("name", "media_type")), *map(_whole, ("pages", "size")),
        *map(_text, ("sha256", "original_sha256")), _moment("added_at"), _text("added_by"), _bytes("content"),
        _identity(), _points("attachment", "referral_id", "referral"),
        _points("attachment", "practice_id", "practice"), _key("attachment", "id"),
    )  # fmt: skip
    for name in ("referral_id", "draft_id", "sha256"):
        _index("attachment", name)
    op.execute(
        "INSERT INTO attachment (referral_id, practice_id, name, media_type, pages, size, sha256, original_sha256, "
        "added_at, added_by, content, id) SELECT referral_id, (SELECT practice_id FROM referral WHERE referral.id = "
        "referral_id), title, 'application/octet-stream', pages, length(content), sha256, sha256, added_at, '', "
        "content, id FROM attachment_before"
    )
    op.drop_table("attachment_before")


def _referrals() -> None:
    """Fill what is new where the old table stands, which is then made anew once, without indexes that go anyway."""
    for name in ("practice_id", "queue", "updated", "patient_name", "surgeon_name"):
        op.drop_index(op.f(f"ix_referral_{name}"), "referral")
    texts = ("asked_by", "returned_by", "returned_why")
    for made, names in (
        (_whole, ("serial", "sent_number")), (_moment, ("asked_at", "returned_at")), (_text, texts),
    ):  # fmt: skip
        for name in names:
            op.add_column("referral", made(name, nullable=True))
    op.execute(
        "UPDATE referral SET asked_by = '', returned_by = '', returned_why = '', serial = placed.serial, sent_number = "
        "CASE WHEN sent_at IS NOT NULL AND signed_at IS NOT NULL THEN number END FROM (SELECT id, row_number() OVER "
        "(ORDER BY created, id) AS serial FROM referral) AS placed WHERE placed.id = referral.id"
    )
    with op.batch_alter_table("referral", recreate="always") as batch:
        for name in ("serial", *texts):
            batch.alter_column(name, nullable=False)
        batch.create_unique_constraint(op.f("uq_referral_serial"), ["serial"])
    lists = {
        "to_sign": ["asked_at", "practice_id"],
        "practice": ["practice_id", "serial"],
        "queue": ["state", "readiness", "updated", "serial"],
        "updated": ["updated", "serial"],
        "urgency": ["urgency", "updated", "serial"],
        "patient_name": ["patient_name", "serial"],
        "surgeon_name": ["surgeon_name", "serial"],
    }
    for name, columns in lists.items():
        op.create_index(f"ix_referral_{name}", "referral", columns, unique=False)


def _words() -> None:
    op.create_table(
        "referral_word",
        _text("word"),
        sa.Column("serial", sa.Integer(), autoincrement=False, nullable=False),
        _key("referral_word", "word", "serial"),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT serial, folded FROM referral"))
    for some in rows.partitions(10_000):  # a million referrals have some six million words
        words = [{"word": word, "serial": serial} for serial, folded in some for word in set(folded.split())]
        if words:
            connection.execute(sa.text("INSERT INTO referral_word VALUES (:word, :serial)"), words)
    _index("referral_word", "serial")
