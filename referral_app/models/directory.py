"""What surrounds the directory: its history and imports, what each person keeps of it, and which faxes were used."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from referral_app.choices import DirectoryAct, ImportState
from referral_app.models.base import Base, Identified, PackedJson, now


class DirectoryImport(Identified):
    """One file brought in, from the first row staged to the undo of the whole."""

    __tablename__ = "directory_import"

    kind: Mapped[str]
    file_name: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(default="")
    state: Mapped[ImportState] = mapped_column(index=True)
    started: Mapped[datetime] = mapped_column(default=now)
    finished: Mapped[datetime | None]
    person: Mapped[str] = mapped_column(default="")
    counts: Mapped[dict[str, Any]]


class DirectoryChange(Base):
    """One change of the directory: who, when, and the entry before and after; it is what undoing reads."""

    __tablename__ = "directory_change"
    __table_args__ = (Index("ix_directory_change_object", "object_id", "sequence"),)

    sequence: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    person: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    object_id: Mapped[str]
    act: Mapped[DirectoryAct]
    import_id: Mapped[str | None] = mapped_column(ForeignKey("directory_import.id"), index=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(PackedJson)
    after: Mapped[dict[str, Any] | None] = mapped_column(PackedJson)
    details: Mapped[dict[str, Any]]
    undone_by: Mapped[int | None]


class ColumnMatch(Base):
    """Which column of a file is which field, remembered for files with the same headings."""

    __tablename__ = "column_match"

    headings: Mapped[str] = mapped_column(primary_key=True)
    fields: Mapped[dict[str, Any]]
    updated: Mapped[datetime] = mapped_column(default=now)


class DirectoryKey(Base):
    """A key of signed directory files: the Center's own, or the one that an office trusts."""

    __tablename__ = "directory_key"

    purpose: Mapped[str] = mapped_column(primary_key=True)
    public: Mapped[str]
    private: Mapped[bytes | None] = mapped_column(LargeBinary)
    issued: Mapped[datetime | None]


class Favorite(Base):
    """A surgeon that a person wants at hand."""

    __tablename__ = "favorite"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    surgeon_id: Mapped[str] = mapped_column(
        ForeignKey("surgeon.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class RecentSurgeon(Base):
    """A surgeon that a person opened lately."""

    __tablename__ = "recent_surgeon"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    surgeon_id: Mapped[str] = mapped_column(
        ForeignKey("surgeon.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[datetime] = mapped_column(default=now)


class SavedSearch(Identified):
    """A search that a person kept under a name, in the words of the search box."""

    __tablename__ = "saved_search"

    person_id: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    text: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)


class NotSame(Base):
    """Two entries that look alike and that a person said are two people; the lesser id comes first."""

    __tablename__ = "not_same"

    first_id: Mapped[str] = mapped_column(ForeignKey("surgeon.id", ondelete="CASCADE"), primary_key=True)
    second_id: Mapped[str] = mapped_column(
        ForeignKey("surgeon.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[datetime] = mapped_column(default=now)
    person: Mapped[str] = mapped_column(default="")


class FaxConfirmed(Base):
    """A fax number whose last four digits a person confirmed before the first letter to it."""

    __tablename__ = "fax_confirmed"

    number: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    person: Mapped[str] = mapped_column(default="")


class FaxUse(Identified):
    """What went to a fax number: asked for when the number turns out to be wrong."""

    __tablename__ = "fax_use"

    number: Mapped[str] = mapped_column(index=True)
    surgeon_id: Mapped[str | None] = mapped_column(ForeignKey("surgeon.id"), index=True)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referral.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    person: Mapped[str] = mapped_column(default="")
    what: Mapped[str] = mapped_column(default="")
