"""The encrypting SQLite driver, which comes without type information."""

from __future__ import annotations

from importlib import import_module
from typing import Any

dbapi: Any = import_module("sqlcipher3.dbapi2")
"""The module that SQLAlchemy uses as its driver."""

DatabaseError: type[Exception] = dbapi.DatabaseError
sqlite_version: tuple[int, ...] = dbapi.sqlite_version_info
