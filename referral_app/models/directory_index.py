"""The search index of the directory: made from the entries by `services/directory_index.py`, and made anew at any time.

Entries are named by `Surgeon.number`. A chunk is 65,536 numbers, a block 4,096.
"""

from __future__ import annotations

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from referral_app.models.base import Base


class IndexState(Base):
    """The one row that says what the index holds: its layout, how often it was written, the next number to give out."""

    __tablename__ = "directory_index"

    id: Mapped[int] = mapped_column(primary_key=True)
    layout: Mapped[int]
    generation: Mapped[int]
    next_number: Mapped[int]


class IndexTerm(Base):
    """The entries of a chunk to which a term applies, as a bitmap of their numbers; a chunk lies together."""

    __tablename__ = "directory_term"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own form

    chunk: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    term: Mapped[str] = mapped_column(primary_key=True)
    numbers: Mapped[bytes] = mapped_column(LargeBinary)


class IndexColumn(Base):
    """One property of the entries of a block, as an array; `generation` says when it was last written."""

    __tablename__ = "directory_column"
    __table_args__ = (Index("ix_directory_column_generation", "generation", "name", "block"),)

    name: Mapped[str] = mapped_column(primary_key=True)
    block: Mapped[int] = mapped_column(primary_key=True)
    generation: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class IndexRow(Base):
    """What a list shows of an entry, as one short text, so that a page is read from a few neighboring places."""

    __tablename__ = "directory_row"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    shown: Mapped[str]


class IndexWord(Base):
    """The term of a word of the directory, for finding the one that was meant; `id` tells which are new."""

    __tablename__ = "directory_word"

    id: Mapped[int] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(unique=True)


class IndexAbsence(Base):
    """From which day to which an entry takes nobody, as day numbers: away, gone, or not begun yet."""

    __tablename__ = "directory_absence"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class IndexStage(Base):
    """Numbers reserved for an import; its entries are in nobody's view until `live`."""

    __tablename__ = "directory_stage"

    first: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
    import_id: Mapped[str] = mapped_column(index=True)
    live: Mapped[bool] = mapped_column(default=False)
