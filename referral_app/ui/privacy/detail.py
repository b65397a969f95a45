"""One request for a correction, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QWidget

from referral_app.choices import Permission
from referral_app.services.amendments import AmendmentRecord
from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.privacy import wording
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.facts import facts
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.scroll import scrolled
from referral_app.ui.widgets.states import StateLabel

ACTS = (
    ("accept", "Correct…", "ok"), ("deny", "Do not correct…", "close"), ("extend", "More time…", "waiting"),
    ("edit", "Edit…", "edit"), ("tell", "Told of it…", "phone"), ("state", "Their statement…", "note"),
    ("open", "Open the referral", "referrals"),
)  # fmt: skip


class CorrectionDetail(QWidget):
    """Shows one request; `acted(key, request)` carries what a button asks for."""

    acted = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("correctionDetail")
        self._desk = desk
        self._request: AmendmentRecord | None = None
        self.buttons: dict[str, QPushButton] = {}
        for number, (key, words, icon) in enumerate(ACTS):
            make = buttons.outlined if number else buttons.primary
            self.buttons[key] = make(words, f"correction{key.capitalize()}", icon)
            self.buttons[key].setProperty("act", key)
            self.buttons[key].clicked.connect(self._act)
        self._area = scrolled(QWidget(), "correctionDetailArea")
        self._stack = QStackedWidget()
        hint = "What is to be corrected, by when, and what became of it appears here."
        self._stack.addWidget(EmptyState("edit", "Choose a request", hint, name="correctionNone"))
        self._stack.addWidget(self._lay_out())
        lines = column(spacing=0)
        lines.addWidget(self._stack)
        self.setLayout(lines)

    def show_request(self, one: AmendmentRecord | None) -> None:
        """Show a request, or that none is chosen."""
        self._request = one
        self._stack.setCurrentIndex(1 if one else 0)
        if one is None:
            return
        content = _content(one)
        theme.role(content, "page")
        self._area.setWidget(content)
        offered = _offered(one) if self._desk.may(Permission.MERGE) else {"open"} & _offered(one)
        for key, button in self.buttons.items():
            button.setVisible(key in offered)

    def enter(self) -> None:
        """Put the focus on what comes next."""
        first = next((one for one in self.buttons.values() if not one.isHidden() and one.isEnabled()), None)
        if first:
            first.setFocus()

    def _lay_out(self) -> QWidget:
        foot, offered, made = QFrame(), Flow(8), QWidget()
        theme.role(foot, "foot")
        for button in self.buttons.values():
            offered.add(button)
        foot.setLayout(row(offered, margins=(20, 12, 20, 12)))
        whole = column(spacing=0)
        whole.addWidget(self._area, 1)
        whole.addWidget(foot)
        made.setLayout(whole)
        return made

    def _act(self) -> None:
        pressed = self.sender()
        if self._request is not None:
            self.acted.emit(str(pressed.property("act")), self._request)


def _offered(one: AmendmentRecord) -> set[str]:
    offered = {"open"} if one.referral_id else set[str]()
    if one.is_open:
        return offered | {"accept", "deny", "edit"} | (set() if one.extended_why else {"extend"})
    return offered | ({"tell"} if one.accepted else {"state"})


def _content(one: AmendmentRecord) -> QWidget:
    made = QWidget()
    lines = column(spacing=14, margins=20)
    title = labels.title(one.patient or "Patient")
    title.setWordWrap(True)
    lines.addWidget(title)
    lines.addLayout(row(StateLabel(wording.due_state(one), wording.due(one)), None))
    lines.addLayout(facts(wording.lines(one)))
    lines.addStretch(1)
    made.setLayout(lines)
    return made
