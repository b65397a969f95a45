"""One request for copies, and what can be done with it while it is open."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from referral_app.clinical import dates
from referral_app.services.releases import ReleaseRecord
from referral_app.ui import theme
from referral_app.ui.papers import wording
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.facts import facts
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.scroll import scrolled
from referral_app.ui.widgets.states import StateLabel


class ReleaseDetail(QWidget):
    """Shows one request; `given`, `refused` and `edited` carry it."""

    given = Signal(object)
    refused = Signal(object)
    edited = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("releaseDetail")
        self._request: ReleaseRecord | None = None
        self.give_button = buttons.primary("Record copies given…", "releaseGive", icon="ok")
        self.edit_button = buttons.outlined("Edit…", "releaseEdit", "edit")
        self.refuse_button = buttons.outlined("No copy was given…", "releaseRefuse", "close")
        self.give_button.clicked.connect(self._give)
        self.edit_button.clicked.connect(self._edit)
        self.refuse_button.clicked.connect(self._refuse)
        self._area = scrolled(QWidget(), "releaseDetailArea")
        self._stack = QStackedWidget()
        hint = "Who asked, for what, and what became of it appears here."
        self._stack.addWidget(EmptyState("copy", "Choose a request", hint, name="releaseNone"))
        self._stack.addWidget(self._lay_out())
        lines = column(spacing=0)
        lines.addWidget(self._stack)
        self.setLayout(lines)

    def show_release(self, one: ReleaseRecord | None) -> None:
        """Show a request, or that none is chosen."""
        self._request = one
        self._stack.setCurrentIndex(1 if one else 0)
        if one is None:
            return
        content = _content(one)
        theme.role(content, "page")
        self._area.setWidget(content)
        self._foot.setVisible(one.is_open)

    def enter(self) -> None:
        """Put the focus on what comes next."""
        self.give_button.setFocus()

    def _lay_out(self) -> QWidget:
        self._foot = QFrame()
        theme.role(self._foot, "foot")
        offered = Flow(8)
        for button in (self.give_button, self.edit_button, self.refuse_button):
            offered.add(button)
        self._foot.setLayout(row(offered, margins=(20, 12, 20, 12)))
        made = QWidget()
        whole = column(spacing=0)
        whole.addWidget(self._area, 1)
        whole.addWidget(self._foot)
        made.setLayout(whole)
        return made

    def _give(self) -> None:
        self.given.emit(self._request)

    def _edit(self) -> None:
        self.edited.emit(self._request)

    def _refuse(self) -> None:
        self.refused.emit(self._request)


def _content(one: ReleaseRecord) -> QWidget:
    made = QWidget()
    lines = column(spacing=14, margins=20)
    title = labels.title(one.patient or "Patient")
    title.setWordWrap(True)
    lines.addWidget(title)
    lines.addLayout(row(StateLabel(wording.due_state(one), wording.due(one)), None))
    given = (
        f"{dates.say(one.given_on)}, {one.given_how[:1].lower()}{one.given_how[1:]}" if one.given_on else ""
    )
    lines.addLayout(
        facts([
            ("Asked by", wording.asked(one)), ("Asked on", dates.say(one.asked_on)),
            ("Due", dates.say(one.due_on) if one.due_on else ""), ("Wanted", one.wanted),
            ("Identity", one.identity or "Not checked yet"), ("Referral", one.reference), ("Given", given),
            ("Documents given", wording.given(one)),
            ("Not given", one.refused_why), ("Note", one.note), ("Entered by", one.recorded_by),
        ])
    )  # fmt: skip
    lines.addStretch(1)
    made.setLayout(lines)
    return made
