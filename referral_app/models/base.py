"""What every table has: named constraints, a UUID made by the client, a version and UTC times."""

from __future__ import annotations

import enum
import json
import uuid
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Enum, MetaData, String, Uuid
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator, UserDefinedType

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcTime(TypeDecorator[datetime]):
    """A moment, kept in UTC and handed back with its time zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a time zone and store it in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs its time zone.")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the stored moment its time zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


class PackedJson(UserDefinedType[dict[str, Any]]):
    """A large JSON object, packed: as text an intake takes 8 kB and makes up most of a store; text is read too."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Keep the name of the column's type, so that older stores need no migration."""
        return "JSON"

    def bind_processor(self, dialect: Dialect | None) -> Callable[..., bytes]:
        """Pack what is stored."""
        return _packed

    def result_processor(self, dialect: Dialect | None, coltype: object) -> Callable[..., dict[str, Any]]:
        """Unpack what was stored, or read what an earlier version stored as text."""
        return _unpacked


def _packed(value: dict[str, Any]) -> bytes:
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode())


def _unpacked(stored: str | bytes) -> dict[str, Any]:
    return json.loads(stored if isinstance(stored, str) else zlib.decompress(stored))


def now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """Return a new UUID as text."""
    return str(uuid.uuid4())


def _values(choice: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in choice]


class Base(DeclarativeBase):
    """The parent of all tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own form
        datetime: UtcTime,
        enum.Enum: Enum(enum.Enum, native_enum=False, length=40, values_callable=_values),
        dict[str, Any]: JSON,
        list[Any]: JSON,
        str: String,
    }


class Identified(Base):
    """A table whose rows have an id of their own, made by the client, so that saving twice is harmless."""

    __abstract__ = True

    id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True, default=new_id)


class Versioned(Identified):
    """A table whose rows people change: the version counts the changes and refuses a lost update."""

    __abstract__ = True

    version: Mapped[int] = mapped_column(default=1)
    created: Mapped[datetime] = mapped_column(default=now)
    updated: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Let SQLAlchemy compare and raise the version at each update."""
        return {"version_id_col": cls.version}
