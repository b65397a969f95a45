"""One person: what they may do, how they stand, and what an administrator can do about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from referral_app.choices import StaffRole
from referral_app.ui import theme
from referral_app.ui.people import wording
from referral_app.ui.people.standing import Standing
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.scroll import scrolled
from referral_app.ui.widgets.states import StateLabel


class PersonDetail(QWidget):
    """Shows one person; its signals carry what the buttons ask for."""

    edited = Signal(object)
    reset = Signal(object)
    removed = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("personDetail")
        self._shown: Standing | None = None
        self.edit_button = buttons.outlined("Change…", "changePerson", "edit")
        self.reset_button = buttons.outlined("Start reset…", "resetPerson", "refresh")
        self.remove_button = buttons.danger("Remove…", "removePerson", "trash")
        empty = EmptyState("person", "Choose a person", "Roles and account appear here.", name="personEmpty")
        self._area = scrolled(QWidget(), "personDetailArea")
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(self._lay_out())
        lines = column(spacing=0)
        lines.addWidget(self._stack)
        self.setLayout(lines)
        self.edit_button.clicked.connect(self._edit)
        self.reset_button.clicked.connect(self._reset)
        self.remove_button.clicked.connect(self._remove)

    def show_standing(self, standing: Standing | None, mine: bool = False) -> None:
        """Show a person, or that none is chosen; nobody removes or resets themselves here."""
        self._shown = standing
        self._stack.setCurrentIndex(1 if standing else 0)
        if standing is None:
            return
        content = _content(standing, mine)
        theme.role(content, "page")
        self._area.setWidget(content)
        self._foot.setVisible(standing.person.active)
        self.reset_button.setVisible(not mine)
        self.remove_button.setVisible(not mine)

    def standing(self) -> Standing | None:
        """Return who is shown."""
        return self._shown

    def _lay_out(self) -> QWidget:
        self._foot = QFrame()
        theme.role(self._foot, "foot")
        offered = Flow(8)
        for button in (self.edit_button, self.reset_button, self.remove_button):
            offered.add(button)
        self._foot.setLayout(row(offered, margins=(20, 12, 20, 12)))
        made = QWidget()
        whole = column(spacing=0)
        whole.addWidget(self._area, 1)
        whole.addWidget(self._foot)
        made.setLayout(whole)
        return made

    def _edit(self) -> None:
        self.edited.emit(self._shown)

    def _reset(self) -> None:
        self.reset.emit(self._shown)

    def _remove(self) -> None:
        self.removed.emit(self._shown)


def _content(standing: Standing, mine: bool) -> QWidget:
    made = QWidget()
    lines = column(spacing=16, margins=20)
    name = labels.title(standing.person.name + (" (you)" if mine else ""))
    name.setWordWrap(True)
    lines.addWidget(name)
    lines.addLayout(row(StateLabel(*standing.state), None))
    lines.addLayout(_facts(standing))
    lines.addWidget(labels.heading("Roles"))
    for role in StaffRole:
        if role in standing.person.roles:
            lines.addLayout(_role(role))
    lines.addStretch(1)
    made.setLayout(lines)
    return made


def _facts(standing: Standing) -> QVBoxLayout:
    lines = column(spacing=4)
    facts = [("Login", standing.person.login), ("Last login", standing.last_login)]
    if standing.person.active and standing.code_until:
        facts.append(("Code", standing.since))
    if standing.practice:
        facts.append(("Practice", standing.practice))
    for label, words in facts:
        word = labels.muted(label)
        word.setWordWrap(False)
        theme.scale(word, min_width=80)
        line = row(word, labels.body(words))
        line.setStretch(1, 1)
        lines.addLayout(line)
    return lines


def _role(role: StaffRole) -> QVBoxLayout:
    lines = column(spacing=2)
    lines.addWidget(labels.strong(role.label))
    lines.addWidget(labels.muted(wording.may(role)))
    return lines
