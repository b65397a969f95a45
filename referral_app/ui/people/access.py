"""Who has access: each person and each permission, in words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from referral_app.choices import Permission
from referral_app.services.permissions import SEES_EVERY_PRACTICE, TABLE
from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.people.standing import Standing
from referral_app.ui.people.wording import SHORT
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column, Source
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row


class AccessDialog(QDialog):
    """A table of the active people: a tick with a word where somebody may, a dash where not."""

    def __init__(self, desk: Desk, standings: Sequence[Standing], parent: QWidget) -> None:
        """Show these people."""
        super().__init__(parent)
        self.setObjectName("accessDialog")
        self.setWindowTitle("Who has access")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._standings = [one for one in standings if one.person.active]
        self.list = RecordList(desk, "access", "Who has access", _columns())
        done = buttons.primary("Close", "closeAccess")
        done.clicked.connect(self.accept)
        done.setDefault(True)
        lines = QVBoxLayout(self)
        theme.scale(lines, margins=24, spacing=12)
        lines.addWidget(labels.title("Who has access"))
        lines.addWidget(labels.muted(_LEGEND))
        lines.addWidget(self.list, 1)
        lines.addLayout(row(None, done))
        wanted = QSize(theme.px(1180), theme.px(300 + 36 * len(self._standings)))
        self.resize(wanted.boundedTo(parent.window().size() - QSize(48, 48)))
        self.list.load(Source(self._fetch, self._count))

    def _fetch(self, offset: int, limit: int, _sort: str, _descending: bool) -> Sequence[Standing]:
        return self._standings[offset : offset + limit]

    def _count(self) -> int:
        return len(self._standings)


_LEGEND = (
    "Own practice: the records of their own practice only. Emergency: may lift that bound for a reason that is noted. "
    "Removed people have no access."
)

_WIDTHS = {Permission.SEE_PATIENTS: 138, Permission.ADMINISTER: 102, Permission.EMERGENCY: 102}


def _columns() -> list[Column]:
    first = Column("Person", lambda one: one.person.name, 190, detail=lambda one: one.roles)
    return [first, *(_column(one) for one in Permission)]


def _column(permission: Permission) -> Column:
    width = _WIDTHS.get(permission, 84)
    return Column(SHORT[permission], partial(_word, permission), width, icon=partial(_tick, permission))


def _tick(permission: Permission, one: Any) -> str:
    return "ok" if _may(permission, one) else ""


def _word(permission: Permission, one: Any) -> str:
    if not _may(permission, one):
        return "–"
    if permission is Permission.SEE_PATIENTS and not one.person.roles & SEES_EVERY_PRACTICE:
        return "Own practice"
    return "Yes"


def _may(permission: Permission, one: Standing) -> bool:
    return bool(one.person.roles & TABLE.get(permission, frozenset()))
