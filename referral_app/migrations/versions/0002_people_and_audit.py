"""People, the audit, what the store knows of itself, and whose practice a patient and a draft belong to."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, guard what never changes, and tell patients and drafts their practice."""
    _person()
    _audit()
    _facts()
    for table in ("patient", "draft"):
        _belongs_to_practice(table)
    op.create_index(op.f("ix_patient_practice_id"), "patient", ["practice_id"], unique=False)
    _fill_practice()
    _guard()


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _person() -> None:
    op.create_table(
        "person",
        *_text("login", "name"),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("practice_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("practicing", sa.Boolean(), nullable=False),
        sa.Column("last_login", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("updated", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_person_practice_id_practice")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login")),
        sa.UniqueConstraint("name", name=op.f("uq_person_name")),
    )


def _audit() -> None:
    words = (
        "person_id",
        "person",
        "login_session",
        "workstation",
        "action",
        "kind",
        "object_id",
        "patient_id",
    )
    op.create_table(
        "audit_event",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("offset_minutes", sa.Integer(), nullable=False),
        *_text(*words, "outcome", "reason"),
        sa.Column("details", sa.JSON(), nullable=False),
        *_text("hash"),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_event")),
    )
    for name, column in (("person", "person_id"), ("patient", "patient_id"), ("at", "at")):
        op.create_index(f"ix_audit_event_{name}", "audit_event", [column, "sequence"], unique=False)


def _facts() -> None:
    op.create_table(
        "store_fact", *_text("name", "value"), sa.PrimaryKeyConstraint("name", name=op.f("pk_store_fact"))
    )
    op.execute(
        sa.text("INSERT INTO store_fact (name, value) VALUES ('store_id', :id)").bindparams(
            id=str(uuid.uuid4())
        )
    )


def _belongs_to_practice(table: str) -> None:
    with op.batch_alter_table(table, recreate="always") as batch:
        batch.add_column(sa.Column("practice_id", sa.Uuid(as_uuid=False), nullable=True))
        batch.create_foreign_key(
            op.f(f"fk_{table}_practice_id_practice"), "practice", ["practice_id"], ["id"]
        )


def _fill_practice() -> None:
    """Give each patient the practice of the first referral, and each draft that of its referral."""
    op.execute(
        "UPDATE patient SET practice_id = (SELECT practice_id FROM referral WHERE referral.patient_id = patient.id "
        "AND practice_id IS NOT NULL ORDER BY created LIMIT 1)"
    )
    op.execute(
        "UPDATE draft SET practice_id = (SELECT practice_id FROM referral WHERE referral.id = draft.referral_id)"
    )


def _guard() -> None:
    """Let nobody change or delete what was noted or saved; a seat belt, the keyed hashes are the evidence."""
    for table in ("audit_event", "referral_version"):
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'rows of {table} never change'); END"
            )
    op.execute(
        "CREATE TRIGGER audit_event_no_replace BEFORE INSERT ON audit_event "
        "WHEN NEW.sequence <= (SELECT coalesce(max(sequence), 0) FROM audit_event) "
        "BEGIN SELECT RAISE(ABORT, 'rows of audit_event never change'); END"
    )
    op.execute(
        "CREATE TRIGGER referral_version_no_replace BEFORE INSERT ON referral_version "
        "WHEN EXISTS (SELECT 1 FROM referral_version WHERE id = NEW.id "
        "OR (referral_id = NEW.referral_id AND number = NEW.number)) "
        "BEGIN SELECT RAISE(ABORT, 'rows of referral_version never change'); END"
    )
