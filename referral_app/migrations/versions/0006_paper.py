"""Paper: ledger, releases, batches, texts and reviews, signatures, plans of operations; and words of patients."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None

_KINDS = (
    "letter", "response_form", "fax_cover", "packet", "surgery_packet", "questionnaire", "kit", "form", "card",
    "directory", "verification", "record_copy", "labels", "bundle",
)  # fmt: skip


def upgrade() -> None:
    """Add the tables of what is printed, and what visits and letterheads lacked."""
    _added_columns()
    _releases()
    _papers()
    _batches()
    _wording()
    _signatures()
    _surgery()
    _patient_words()


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=False)


def _whole(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def _yes(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _moment(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(), nullable=nullable)


def _day(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _bytes(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)


def _json(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=False)


def _identity(name: str = "id", nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(as_uuid=False), nullable=nullable)


def _choice(name: str, kind: str, *values: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Enum(*values, name=kind, native_enum=False, length=40), nullable=False)


def _points(
    table: str, column: str, to: str, key: str = "id", ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.{key}"], name=name, ondelete=ondelete)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=op.f(f"pk_{table}"))


def _once(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{columns[0]}"))


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _versioned() -> tuple[sa.Column[Any], ...]:
    return _whole("version"), _moment("created"), _moment("updated"), _identity()


def _added_columns() -> None:
    with op.batch_alter_table("letterhead", recreate="always") as batch:
        batch.add_column(sa.Column("preprinted_inches", sa.Double(), nullable=True))
        batch.add_column(_bytes("logo", nullable=True))
    kind = _choice("kind", "appointmentkind", "consult", "surgery", "follow_up")
    kind.nullable = True
    op.add_column("appointment", kind)
    op.add_column("appointment", sa.Column("note", sa.String(), nullable=True))
    op.execute("UPDATE appointment SET kind = 'consult', note = ''")
    with op.batch_alter_table("appointment", recreate="always") as batch:
        for name in ("kind", "note"):
            batch.alter_column(name, nullable=False)


def _releases() -> None:
    at = "release"
    op.create_table(
        at, _identity("patient_id"), _identity("referral_id", True), _identity("practice_id", True),
        *map(_text, ("asked_by", "relation", "wanted")), _day("asked_on"), _day("due_on"), _text("identity"),
        _day("given_on", True), *map(_text, ("given_how", "refused_why", "note", "recorded_by")), *_versioned(),
        *(_points(at, f"{one}_id", one) for one in ("patient", "referral", "practice")), _key(at),
    )  # fmt: skip
    _index(at, "patient_id", "referral_id", "due_on")


def _papers() -> None:
    op.create_table("paper_content", _text("sha256"), _bytes("content"), _key("paper_content", "sha256"))
    at = "paper"
    op.create_table(
        at, _choice("kind", "paperkind", *_KINDS),
        *(_identity(f"{one}_id", True) for one in ("referral", "patient", "practice")),
        _text("reference"), _whole("number"), _text("subject"), _text("language"), _yes("large"), _whole("pages"),
        _whole("size"), _text("sha256"), _json("enclosed"), _moment("made_at"), _text("made_by"), _identity(),
        *(_points(at, f"{one}_id", one) for one in ("referral", "patient", "practice")), _key(at),
    )  # fmt: skip
    _index(at, "patient_id", "sha256")
    op.create_index("ix_paper_made_at", at, ["made_at", "id"], unique=False)
    op.create_index("ix_paper_referral", at, ["referral_id", "kind", "sha256"], unique=False)
    at = "paper_event"
    acts = ("made", "printed", "saved", "opened", "dragged", "sent", "released")
    op.create_table(
        at, _identity("paper_id"), _choice("act", "paperact", *acts), _moment("at"),
        *map(_text, ("by", "how", "for_whom")), _whole("copies"), _yes("protected"),
        _identity("appointment_id", True), _identity("release_id", True), _identity(),
        *(_points(at, f"{one}_id", one) for one in ("paper", "appointment", "release")), _key(at),
    )  # fmt: skip
    _index(at, "paper_id", "appointment_id", "release_id")
    op.create_index("ix_paper_event_at", at, ["at", "id"], unique=False)


def _batches() -> None:
    op.create_table(
        "print_batch", _text("title"), _moment("made_at"), *map(_text, ("made_by", "way")), _yes("both_sides"),
        _json("options"), _moment("finished_at", True), _identity(), _key("print_batch"),
    )  # fmt: skip
    _index("print_batch", "made_at")
    at = "print_batch_item"
    op.create_table(
        at, _identity("batch_id"), _whole("position"), _identity("referral_id"), _identity("appointment_id", True),
        _choice("kind", "paperkind", *_KINDS), _text("language"), _yes("large"),
        _choice("state", "batchstate", "waiting", "printed", "refused"), _text("why"), _whole("pages"),
        _identity("paper_id", True), _moment("at", True),
        _points(at, "batch_id", "print_batch", ondelete="CASCADE"),
        *(_points(at, f"{one}_id", one) for one in ("referral", "appointment", "paper")),
        _key(at, "batch_id", "position"),
    )  # fmt: skip
    _index(at, "referral_id")


def _wording() -> None:
    at = "paragraph_template"
    op.create_table(
        at, _choice("slot", "slot", "opening", "closing"), _text("procedure"), _identity("practice_id", True),
        _whole("number"), _text("words"), _moment("saved_at"), _text("saved_by"), _identity(),
        _points(at, "practice_id", "practice"), _once(at, "slot", "procedure", "practice_id", "number"), _key(at),
    )  # fmt: skip
    at = "patient_text"
    op.create_table(
        at, *map(_text, ("language", "name")), _whole("number"), _text("markdown"), _moment("saved_at"),
        _text("saved_by"), _identity(), _once(at, "language", "name", "number"), _key(at),
    )  # fmt: skip
    at = "text_review"
    op.create_table(
        at, *map(_text, ("language", "name", "sha256", "reviewer")), _day("reviewed_on"), _moment("recorded_at"),
        _text("recorded_by"), _identity(), _key(at),
    )  # fmt: skip
    _index(at, "sha256")
    op.create_table(
        "notice", _whole("slot"), *map(_text, ("title", "words")), _bytes("content", True), _whole("pages"),
        _moment("updated"), _text("updated_by"), _key("notice", "slot"),
    )  # fmt: skip


def _signatures() -> None:
    at, kinds = "personal_signature", ("drawn", "typed")
    op.create_table(
        at, _identity("person_id"), _choice("kind", "signaturekind", *kinds), _bytes("sealed"), _moment("made_at"),
        _points(at, "person_id", "person", ondelete="CASCADE"), _key(at, "person_id"),
    )  # fmt: skip
    at = "placed_signature"
    op.create_table(
        at, _identity("referral_id"), _whole("number"), _identity("person_id", True), _text("name"),
        _choice("kind", "signaturekind", *kinds), _json("strokes"), _moment("placed_at"), _identity(),
        _points(at, "referral_id", "referral"), _points(at, "person_id", "person", ondelete="SET NULL"),
        _once(at, "referral_id", "number"), _key(at),
    )  # fmt: skip


def _surgery() -> None:
    asked = ("fasting", "medications", "ride", "aftercare")
    at = "surgery_habit"
    op.create_table(
        at, _identity("surgeon_id"), *map(_text, asked),
        _points(at, "surgeon_id", "surgeon", ondelete="CASCADE"), _key(at, "surgeon_id"),
    )  # fmt: skip
    at = "surgery_plan"
    op.create_table(
        at, _identity("referral_id"), *map(_text, ("operation", *asked, "answered_by")), *_versioned(),
        _points(at, "referral_id", "referral"), _once(at, "referral_id"), _key(at),
    )  # fmt: skip


def _patient_words() -> None:
    at = "patient_word"
    op.create_table(
        at, _text("word"), _identity("patient_id"), _key(at, "word", "patient_id"), sqlite_with_rowid=False
    )
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, folded FROM patient"))
    for some in rows.partitions(10_000):
        words = [{"word": word, "id": id_} for id_, folded in some for word in set(folded.split())]
        if words:
            connection.execute(sa.text("INSERT INTO patient_word VALUES (:word, :id)"), words)
