"""One incident beside the list: what is written down, and what can be done while it is open."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from referral_app.clinical import dates
from referral_app.services.incidents import IncidentRecord
from referral_app.ui import moments, theme
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.facts import facts
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.scroll import scrolled
from referral_app.ui.widgets.states import StateLabel


class IncidentDetail(QWidget):
    """Shows one; `edited` carries it, `referral` the id of its referral."""

    edited = Signal(object)
    referral = Signal(str)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("incidentDetail")
        self._shown: IncidentRecord | None = None
        self.edit_button = buttons.primary("Write down more…", "incidentEdit", "edit")
        self.referral_button = buttons.outlined("Open the referral", "incidentReferral", "referrals")
        self.edit_button.clicked.connect(self._edit)
        self.referral_button.clicked.connect(self._open)
        self._area = scrolled(QWidget(), "incidentDetailArea")
        self._stack = QStackedWidget()
        hint = "Who has what went out, who was told and what was done appears here."
        self._stack.addWidget(EmptyState("note", "Choose an incident", hint, name="incidentNone"))
        self._stack.addWidget(self._lay_out())
        lines = column(spacing=0)
        lines.addWidget(self._stack)
        self.setLayout(lines)

    def show_incident(self, one: IncidentRecord | None) -> None:
        """Show one, or that none is chosen."""
        self._shown = one
        self._stack.setCurrentIndex(1 if one else 0)
        if one is None:
            return
        content = _content(one)
        theme.role(content, "page")
        self._area.setWidget(content)
        self.edit_button.setVisible(one.is_open)

    def enter(self) -> None:
        """Put the focus on what comes next."""
        (self.edit_button if self.edit_button.isVisible() else self.referral_button).setFocus()

    def _lay_out(self) -> QWidget:
        foot = QFrame()
        theme.role(foot, "foot")
        offered = Flow(8)
        for button in (self.edit_button, self.referral_button):
            offered.add(button)
        foot.setLayout(row(offered, margins=(20, 12, 20, 12)))
        made = QWidget()
        whole = column(spacing=0)
        whole.addWidget(self._area, 1)
        whole.addWidget(foot)
        made.setLayout(whole)
        return made

    def _edit(self) -> None:
        self.edited.emit(self._shown)

    def _open(self) -> None:
        if self._shown is not None:
            self.referral.emit(self._shown.referral_id)


def _content(one: IncidentRecord) -> QWidget:
    made = QWidget()
    lines = column(spacing=14, margins=20)
    title = labels.title(one.said)
    title.setWordWrap(True)
    lines.addWidget(title)
    state = StateLabel("warning", "Open") if one.is_open else StateLabel("ok", "Closed")
    lines.addLayout(row(state, None))
    closed = f"{moments.say(one.closed_at)}, {one.closed_by}" if one.closed_at else ""
    entered = f"{moments.say(one.recorded_at)}, {one.recorded_by}" if one.recorded_at else one.recorded_by
    told = [
        (
            "Told" if number == 0 else " ",
            ", ".join(part for part in (who.who, dates.say(who.on), who.how) if part),
        )
        for number, who in enumerate(one.told)
    ]
    lines.addLayout(
        facts([
            ("Patient", one.patient), ("Referral", one.reference), ("Found on", dates.say(one.found_on)),
            ("What went", one.what), ("Who has it", one.who_has_it or "Not known yet"),
            *(told or [("Told", "Nobody yet")]), ("Done", one.done or "Nothing yet"), ("Entered", entered),
            ("Closed", closed),
        ])
    )  # fmt: skip
    lines.addStretch(1)
    made.setLayout(lines)
    return made
