"""What is printed: for whom, in which language and print size, and what became of the last batch."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from referral_app.jobs.packet_batch import NO_PACKET, Saved, Wanted
from referral_app.services.referral_records import ReferralRow
from referral_app.ui import theme
from referral_app.ui.fields import Field
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, clear, column, row
from referral_app.ui.widgets.inputs import ChoiceBox
from referral_app.ui.widgets.scroll import scrolled

LANGUAGES = (("", "As each patient prefers"), ("en", "English"), ("es", "Spanish"))
SIZES = (("", "As each patient needs"), ("usual", "Usual, 12 point"), ("large", "Large print, 18 point"))
NOT_REVIEWED = "The Spanish text is not reviewed yet: English is printed, with a notice of language help."
QUESTIONNAIRE = (
    "What the patient knows best, to fill in in the waiting room and to type in in the order of the form."
)
NAMES_SHOWN = 6
NONE_CHOSEN = "Choose referrals in the list. Ctrl or Shift chooses several."


class PacketOptions(QWidget):
    """The right-hand side of the page; `previewed`, `saving` and `asking` are what its buttons want."""

    previewed = Signal()
    saving = Signal()
    asking = Signal()

    def __init__(self) -> None:
        """Make it with nobody chosen."""
        super().__init__()
        self.setObjectName("packetOptions")
        self.title, self._names = labels.heading(""), column(spacing=8)
        self.language = ChoiceBox("packetLanguage", LANGUAGES, empty=None)
        self.print_size = ChoiceBox("packetPrintSize", SIZES, empty=None)
        self.needs, self.notice = labels.muted(""), labels.muted(NOT_REVIEWED)
        self.result = Card()
        self.result.setObjectName("packetResult")
        self.preview_button = buttons.outlined("Preview", "previewPacket", icon="eye")
        self.save_button = buttons.primary("Save packets…", "savePackets", icon="save")
        self.ask_button = buttons.outlined("Preview questionnaire", "previewQuestionnaire", icon="edit")
        self._lay_out()
        self.language.currentIndexChanged.connect(self._follow)
        self.preview_button.clicked.connect(self.previewed)
        self.save_button.clicked.connect(self.saving)
        self.ask_button.clicked.connect(self.asking)
        self.result.hide()
        self.show_chosen([])
        self._follow()

    def wanted(self) -> Wanted:
        """Return what is asked for."""
        size = self.print_size.value()
        return Wanted(self.language.value() or None, None if not size else size == "large")

    def show_chosen(self, rows: list[ReferralRow], busy: bool = False) -> None:
        """Say for whom packets are made; while a batch is being saved, nothing can be begun."""
        number = len(rows)
        self.title.setText(
            f"{number:,} packet{'' if number == 1 else 's'}" if number else "No referral chosen"
        )
        clear(self._names)
        for one in rows[:NAMES_SHOWN]:
            pair = column(spacing=0)
            pair.addWidget(labels.Elided(one.patient or "No name yet", "strong"))
            pair.addWidget(labels.Elided(f"{one.reference} · {one.surgeon or 'No surgeon yet'}", "muted"))
            self._names.addLayout(pair)
        rest = number - NAMES_SHOWN
        if rest > 0 or not rows:
            self._names.addWidget(labels.muted(f"and {rest:,} more" if rows else NONE_CHOSEN))
        self.preview_button.setEnabled(number == 1)
        self.ask_button.setText("Preview questionnaire" if number == 1 else "Preview blank questionnaire")
        self.save_button.setEnabled(bool(rows) and not busy)
        self.save_button.setText("Save packet…" if number == 1 else "Save packets…")

    def show_needs(self, needs: Wanted | None) -> None:
        """Say what the one patient chosen needs."""
        if needs is not None:
            language = "Spanish" if needs.language == "es" else "English"
            size = "large print, 18 point" if needs.large else "usual print, 12 point"
            said = f"For this patient: {language}, {size}. {needs.why}".strip()
            self.needs.setText(NO_PACKET if needs.minor else said)
            if needs.minor:
                self.preview_button.setEnabled(False)
                self.save_button.setEnabled(False)
        self.needs.setVisible(needs is not None)

    def show_saved(self, saved: Saved) -> None:
        """Say what was saved where, and what could not be printed and why."""
        lines = [saved_words(saved)]
        if saved.replaced:
            lines.append(f"{saved.replaced:,} of them replaced an older file of the same name.")
        if saved.canceled:
            lines.append("You stopped before the last one.")
        self._show_result("check" if not saved.unprinted else "review", lines)
        for one in saved.unprinted:
            pair = column(spacing=0)
            pair.addWidget(labels.strong(f"{one.reference} could not be printed"))
            pair.addWidget(labels.body(one.why))
            self.result.add(pair)

    def show_refusal(self, sentence: str) -> None:
        """Say why nothing more was saved."""
        self._show_result("emergency", [sentence])

    def _show_result(self, icon: str, lines: list[str]) -> None:
        clear(self.result.column, keep=1)
        tone = {"check": "ok", "review": "warning"}.get(icon, "emergency")
        picture, words = labels.picture(icon, 20, tone), labels.body("\n".join(lines))
        words.setObjectName("packetResultWords")
        line = row(picture, words)
        line.setStretch(1, 1)
        line.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
        self.result.add(line)
        self.result.show()

    def _follow(self) -> None:
        self.notice.setVisible(self.language.value() != "en")

    def _lay_out(self) -> None:
        inside = QWidget()
        lines = column(spacing=20, margins=20)
        head = column(spacing=8)
        head.addWidget(self.title)
        head.addLayout(self._names)
        lines.addWidget(self.result)
        lines.addLayout(head)
        lines.addWidget(labels.line())
        for field, *more in (
            (Field("Language", self.language), self.notice),
            (Field("Print size", self.print_size), self.needs),
        ):
            part = column(spacing=6)
            for widget in (field, *more):
                part.addWidget(widget)
            lines.addLayout(part)
        lines.addWidget(labels.line())
        part = column(spacing=6)
        part.addWidget(labels.strong("Questionnaire"))
        part.addWidget(labels.muted(QUESTIONNAIRE))
        part.addLayout(row(self.ask_button, None))
        lines.addLayout(part)
        lines.addStretch(1)
        inside.setLayout(lines)
        foot = QFrame()
        theme.role(foot, "foot")
        foot.setLayout(row(self.preview_button, None, self.save_button, margins=(20, 12, 20, 12)))
        whole = column(spacing=0)
        whole.addWidget(scrolled(inside, "packetOptionsArea"), 1)
        whole.addWidget(foot)
        self.setLayout(whole)


def saved_words(saved: Saved) -> str:
    """Return how many packets were saved, and where."""
    number = len(saved.names)
    return (
        f"{number:,} packet{'' if number == 1 else 's'} saved in {saved.folder}."
        if number
        else "No packet was saved."
    )
