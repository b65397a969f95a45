"""The search index of the directory."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None

CHANGES = ("surgeon.folded",)
"""The words to search by are in the index now."""


def upgrade() -> None:
    """Make the tables; where there are entries, the index is made of them when the store is opened."""
    _sets()
    _of_entries()
    _stages()
    op.execute("ALTER TABLE surgeon DROP COLUMN folded")
    op.execute("INSERT INTO directory_index SELECT 1, 2, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM surgeon)")


def _sets() -> None:
    op.create_table(
        "directory_index",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("layout", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_index")),
    )
    op.create_table(
        "directory_term",
        sa.Column("chunk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("chunk", "term", name=op.f("pk_directory_term")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "directory_column",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", "block", name=op.f("pk_directory_column")),
    )
    op.create_index("ix_directory_column_generation", "directory_column", ["generation", "name", "block"])


def _of_entries() -> None:
    op.create_table(
        "directory_row",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_directory_row")),
    )
    op.create_table(
        "directory_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_word")),
        sa.UniqueConstraint("term", name=op.f("uq_directory_word_term")),
    )
    op.create_table(
        "directory_absence",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", "first", name=op.f("pk_directory_absence")),
    )


def _stages() -> None:
    op.create_table(
        "directory_stage",
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.String(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("first", name=op.f("pk_directory_stage")),
    )
    op.create_index(op.f("ix_directory_stage_import_id"), "directory_stage", ["import_id"])
