"""What keeps a new entry of an import in the directory: whatever names it."""

from __future__ import annotations

from importlib import import_module

from referral_app.models.base import Base
from referral_app.services import import_keeping


def test_every_table_that_would_hold_a_surgeon_back_is_asked() -> None:
    import_module("referral_app.models.everything")
    holding = {
        str(key.parent)
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if str(key.column) == "surgeon.id" and key.ondelete != "CASCADE"
    }
    asked = {str(column.property.columns[0]) for column in import_keeping.NAMED_BY}
    assert holding - asked == set()
