"""One document of the ledger: what it is, what was done with it, and the way to its bytes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from referral_app.services.ledger import PaperRecord
from referral_app.ui import moments, theme
from referral_app.ui.papers import wording
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.facts import facts
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.scroll import scrolled


class PaperDetail(QWidget):
    """Shows one document; `opened(id)` asks for its bytes, `only_patient` for a narrower list."""

    opened = Signal(str)
    only_patient = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("paperDetail")
        self._paper: PaperRecord | None = None
        self.open_button = buttons.primary("Open what left", "paperOpen", icon="open")
        self.open_button.setToolTip("Shows exactly the bytes that were printed, saved or sent")
        self.patient_button = buttons.outlined("Only this patient", "paperOnlyPatient", "filter")
        self.open_button.clicked.connect(self._open)
        self.patient_button.clicked.connect(self._patient)
        self._area = scrolled(QWidget(), "paperDetailArea")
        self._stack = QStackedWidget()
        hint = "What was done with it appears here."
        self._stack.addWidget(EmptyState("letter", "Choose a document", hint, name="paperNone"))
        self._stack.addWidget(self._lay_out())
        lines = column(spacing=0)
        lines.addWidget(self._stack)
        self.setLayout(lines)

    def show_paper(self, one: PaperRecord | None) -> None:
        """Show a document, or that none is chosen."""
        self._paper = one
        self._stack.setCurrentIndex(1 if one else 0)
        if one is None:
            return
        content = _content(one)
        theme.role(content, "page")
        self._area.setWidget(content)
        self.open_button.setVisible(bool(one.acts))
        self.patient_button.setVisible(bool(one.patient_id))

    def _lay_out(self) -> QWidget:
        foot = QFrame()
        theme.role(foot, "foot")
        offered = Flow(8)
        for button in (self.open_button, self.patient_button):
            offered.add(button)
        foot.setLayout(row(offered, margins=(20, 12, 20, 12)))
        made = QWidget()
        whole = column(spacing=0)
        whole.addWidget(self._area, 1)
        whole.addWidget(foot)
        made.setLayout(whole)
        return made

    def _open(self) -> None:
        if self._paper:
            self.opened.emit(self._paper.id)

    def _patient(self) -> None:
        self.only_patient.emit(self._paper)


def _content(one: PaperRecord) -> QWidget:
    made = QWidget()
    lines = column(spacing=14, margins=20)
    title = labels.title(one.kind.label)
    title.setWordWrap(True)
    lines.addWidget(title)
    made_at = moments.say(one.made_at) + (f" by {one.made_by}" if one.made_by else "")
    said = [
        ("About", wording.about(one)), ("Referral", wording.version(one)), ("Written", wording.written(one)),
        ("Made", made_at), ("With it", "\n".join(one.enclosed)),
    ]  # fmt: skip
    lines.addLayout(facts(said, 72))
    lines.addWidget(labels.heading("What was done with it"))
    for act in one.acts:
        each = column(spacing=2)
        each.addWidget(labels.strong(wording.act(act)))
        each.addWidget(labels.muted(wording.by(act)))
        lines.addLayout(each)
    if not one.acts:
        lines.addWidget(
            labels.body("It was looked at and did not leave the program; its bytes were not kept.")
        )
    lines.addWidget(labels.heading("By what it is known"))
    lines.addLayout(facts([("Size", f"{one.size:,} bytes"), ("SHA-256", _in_fours(one.sha256))], 72))
    lines.addStretch(1)
    made.setLayout(lines)
    return made


def _in_fours(digest: str) -> str:
    """Return a hash in groups, which can be read out and wraps between them."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
