"""One person: what they may do, how they stand, and what an administrator can do about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_app.choices import StaffRole
from referral_app.ui.people import wording
from referral_app.ui.people.standing import Standing
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row, stacked
from referral_app.ui.widgets.detail import RecordDetail, sheet
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.facts import facts
from referral_app.ui.widgets.states import StateLabel


class PersonDetail(RecordDetail):
    """Shows one person; its signals carry what the buttons ask for."""

    edited = Signal(object)
    reset = Signal(object)
    removed = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        hint = "Roles and account appear here."
        super().__init__("personDetail", EmptyState("person", "Choose a person", hint, name="personEmpty"))
        self._shown: Standing | None = None
        self.edit_button = self.offer(buttons.outlined("Change…", "changePerson", "edit"), self._edit)
        reset = buttons.outlined("Start reset…", "resetPerson", "refresh")
        self.reset_button = self.offer(reset, self._reset)
        self.remove_button = self.offer(buttons.danger("Remove…", "removePerson", "trash"), self._remove)

    def show_standing(self, standing: Standing | None, mine: bool = False) -> None:
        """Show a person, or that none is chosen; nobody removes or resets themselves here."""
        self._shown = standing
        self.show_content(_content(standing, mine) if standing else None)
        self.foot.setVisible(standing is not None and standing.person.active)
        self.reset_button.setVisible(not mine)
        self.remove_button.setVisible(not mine)

    def standing(self) -> Standing | None:
        """Return who is shown."""
        return self._shown

    def _edit(self) -> None:
        self.edited.emit(self._shown)

    def _reset(self) -> None:
        self.reset.emit(self._shown)

    def _remove(self) -> None:
        self.removed.emit(self._shown)


def _content(standing: Standing, mine: bool) -> QWidget:
    roles = [_role(role) for role in StaffRole if role in standing.person.roles]
    return sheet(
        standing.person.name + (" (you)" if mine else ""),
        row(StateLabel(*standing.state), None),
        facts(_said(standing)),
        labels.heading("Roles"),
        *roles,
    )


def _said(standing: Standing) -> list[tuple[str, str]]:
    waits = standing.person.active and standing.code_until
    return [
        ("Login", standing.person.login), ("Last login", standing.last_login),
        ("Code", standing.since if waits else ""), ("Practice", standing.practice),
    ]  # fmt: skip


def _role(role: StaffRole) -> QVBoxLayout:
    return stacked(labels.strong(role.label), labels.muted(wording.may(role)), spacing=2)
