"""Whole directory entries: experience, verification of each fax, comings and goings; and what surrounds them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CHANGES = ("surgeon.fax_verified_on",)
"""What is no longer where it was: the day on which a fax was verified stands with each placement."""

KINDS = (
    "specialist_diagnosis", "preventives", "block_relief", "botulinum_cycles", "imaging_months", "headache_days",
    "diary", "document", "own_form", "body_mass_index", "no_nicotine", "no_blood_thinner",
)  # fmt: skip


def upgrade() -> None:
    """Make the new tables, give the old ones their columns, and move what was known of faxes."""
    _imports()
    _kept_by_people()
    _faxes()
    _add("credential", _whole("until"))
    _add("surgeon_procedure", *(_whole(name) for name in ("since_year", "per_year")), _text("note"))
    _add("requirement", _text("detail"), _kind("procedure_kind"))
    _add("center", _flag("own_requirements"))
    _add(
        "location",
        *map(_text, ("parking", "website")),
        _flag("wheelchair", nullable=True),
        _flag("telehealth"),
    )
    _add("placement", _day("fax_verified_on"), *map(_text, ("fax_verified_by", "fax_verified_how")))
    op.execute(
        "UPDATE placement SET fax_verified_on = (SELECT fax_verified_on FROM surgeon WHERE id = surgeon_id) "
        "WHERE fax != ''"
    )
    _surgeon()
    _around_surgeons()


def _text(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _whole(name: str, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _day(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=True)


def _moment(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(), nullable=nullable)


def _flag(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=nullable)


def _identity(name: str = "id", nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(as_uuid=False), nullable=nullable)


def _json(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=nullable)


def _choice(name: str, *values: str, kind: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Enum(*values, name=kind, native_enum=False, length=40), nullable=nullable)


def _kind(name: str) -> sa.Column[Any]:
    kinds = ("occipital_release", "nerve_decompression", "revision", "diagnostic_block")
    return _choice(name, *kinds, kind="procedurekind", nullable=True)


def _points(table: str, column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=ondelete
    )


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _add(table: str, *columns: sa.Column[Any]) -> None:
    """Add columns; those that must not be empty are filled with what nothing said means before that is demanded."""
    needed = [column.name for column in columns if not column.nullable]
    with op.batch_alter_table(table, recreate="always") as batch:
        for column in columns:
            batch.add_column(sa.Column(column.name, column.type, nullable=True))
    for column in columns:
        if not column.nullable:
            op.execute(f"UPDATE {table} SET {column.name} = {_NOTHING[type(column.type)]}")
    if needed:
        with op.batch_alter_table(table, recreate="always") as batch:
            for name in needed:
                batch.alter_column(name, nullable=False)


_NOTHING: dict[type[Any], str] = {sa.String: "''", sa.Boolean: "0"}


def _surgeon() -> None:
    words = (
        "source", "how_to_refer", "email", "portal", "authorization_contact", "away_note", "public_note",
    )  # fmt: skip
    days = ("accepting_from", "last_day", "away_from", "away_to")
    _add(
        "surgeon", *map(_text, words), *map(_day, days), _flag("self_referral"), _whole("number"),
        _choice("booking", "patient", "office", "referrer", kind="booking", nullable=True),
        _identity("successor_id", nullable=True), _identity("import_id", nullable=True),
        _identity("merged_into_id", nullable=True),
    )  # fmt: skip
    op.execute(
        "UPDATE surgeon SET number = placed.number FROM (SELECT id, row_number() OVER (ORDER BY sort_name, id) - 1 "
        "AS number FROM surgeon) AS placed WHERE placed.id = surgeon.id"
    )
    with op.batch_alter_table("surgeon", recreate="always") as batch:
        batch.alter_column("number", nullable=False)
        batch.drop_column("fax_verified_on")
        batch.create_unique_constraint(op.f("uq_surgeon_number"), ["number"])
        batch.create_foreign_key(op.f("fk_surgeon_successor_id_surgeon"), "surgeon", ["successor_id"], ["id"])
        batch.create_foreign_key(
            op.f("fk_surgeon_merged_into_id_surgeon"), "surgeon", ["merged_into_id"], ["id"]
        )
        batch.create_foreign_key(
            op.f("fk_surgeon_import_id_directory_import"), "directory_import", ["import_id"], ["id"]
        )
    _index("surgeon", "successor_id")
    _index("surgeon", "import_id")
    _index("surgeon", "merged_into_id")
    op.create_index("ix_surgeon_freshness", "surgeon", ["verified_on", "sort_name", "archived"], unique=False)


def _imports() -> None:
    states = ("staging", "applying", "live", "undoing", "undone", "canceled")
    op.create_table(
        "directory_import", *map(_text, ("kind", "file_name", "sha256")),
        _choice("state", *states, kind="importstate"), _moment("started"), _moment("finished", nullable=True),
        _text("person"), _json("counts"), _identity(), _key("directory_import", "id"),
    )  # fmt: skip
    _index("directory_import", "state")
    acts = (
        "created",
        "changed",
        "verified",
        "archived",
        "restored",
        "merged",
        "unmerged",
        "imported",
        "undone",
    )
    op.create_table(
        "directory_change", _whole("sequence", nullable=False), _moment("at"),
        *map(_text, ("person", "kind", "object_id")), _choice("act", *acts, kind="directoryact"),
        _identity("import_id", nullable=True), _json("before", nullable=True), _json("after", nullable=True),
        _json("details"), _whole("undone_by"), _points("directory_change", "import_id", "directory_import"),
        _key("directory_change", "sequence"),
    )  # fmt: skip
    op.create_index("ix_directory_change_object", "directory_change", ["object_id", "sequence"], unique=False)
    _index("directory_change", "import_id")
    op.create_table(
        "column_match",
        _text("headings"),
        _json("fields"),
        _moment("updated"),
        _key("column_match", "headings"),
    )
    op.create_table(
        "directory_key", *map(_text, ("purpose", "public")), sa.Column("private", sa.LargeBinary(), nullable=True),
        _moment("issued", nullable=True), _key("directory_key", "purpose"),
    )  # fmt: skip


def _kept_by_people() -> None:
    for table, more in (("favorite", []), ("recent_surgeon", [_moment("at")])):
        op.create_table(
            table, _text("person_id"), _identity("surgeon_id"), *more,
            _points(table, "surgeon_id", "surgeon", ondelete="CASCADE"), _key(table, "person_id", "surgeon_id"),
        )  # fmt: skip
        _index(table, "surgeon_id")
    op.create_table(
        "saved_search", *map(_text, ("person_id", "name", "text")), _whole("position", nullable=False), _identity(),
        _key("saved_search", "id"),
    )  # fmt: skip
    _index("saved_search", "person_id")


def _faxes() -> None:
    op.create_table(
        "not_same", _identity("first_id"), _identity("second_id"), _moment("at"), _text("person"),
        *(_points("not_same", column, "surgeon", ondelete="CASCADE") for column in ("first_id", "second_id")),
        _key("not_same", "first_id", "second_id"),
    )  # fmt: skip
    _index("not_same", "second_id")
    op.create_table(
        "fax_confirmed", _text("number"), _moment("at"), _text("person"), _key("fax_confirmed", "number")
    )
    op.create_table(
        "fax_use", _text("number"), _identity("surgeon_id", nullable=True), _identity("referral_id"), _moment("at"),
        *map(_text, ("person", "what")), _identity(), _points("fax_use", "surgeon_id", "surgeon"),
        _points("fax_use", "referral_id", "referral"), _key("fax_use", "id"),
    )  # fmt: skip
    for column in ("number", "surgeon_id", "referral_id"):
        _index("fax_use", column)


def _around_surgeons() -> None:
    op.create_table(
        "surgeon_handout", _identity("surgeon_id"), _whole("position", nullable=False),
        *map(_text, ("title", "language", "place")), _identity(),
        _points("surgeon_handout", "surgeon_id", "surgeon", ondelete="CASCADE"), _key("surgeon_handout", "id"),
    )  # fmt: skip
    _index("surgeon_handout", "surgeon_id")
    op.create_table(
        "surgeon_photo", _identity("surgeon_id"), sa.Column("content", sa.LargeBinary(), nullable=False),
        _points("surgeon_photo", "surgeon_id", "surgeon", ondelete="CASCADE"), _key("surgeon_photo", "surgeon_id"),
    )  # fmt: skip
    op.create_table(
        "trial_surgeon", _identity("trial_id"), _identity("surgeon_id"),
        _points("trial_surgeon", "trial_id", "trial", ondelete="CASCADE"),
        _points("trial_surgeon", "surgeon_id", "surgeon", ondelete="CASCADE"),
        _key("trial_surgeon", "trial_id", "surgeon_id"),
    )  # fmt: skip
    _index("trial_surgeon", "surgeon_id")
    op.create_table(
        "default_requirement", _whole("position", nullable=False),
        _kind("procedure_kind"),
        _choice("kind", *KINDS, kind="requirementkind"), _whole("amount"),
        _choice("level", "must", "wish", kind="level"), _text("detail"), _identity(), _key("default_requirement", "id"),
    )  # fmt: skip
