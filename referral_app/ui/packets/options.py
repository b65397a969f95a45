"""What is made for those chosen: language, print size, how it leaves; the right-hand side of both lists."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from referral_app.services.batches import FILES, ONE_FILE
from referral_app.ui import theme
from referral_app.ui.fields import Field
from referral_app.ui.packets.words import how_many
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import clear, column, row
from referral_app.ui.widgets.inputs import ChoiceBox
from referral_app.ui.widgets.scroll import scrolled

LANGUAGES = (("", "As each patient prefers"), ("en", "English"), ("es", "Spanish"))
SIZES = (("", "As each patient needs"), ("usual", "Usual, 12 point"), ("large", "Large print, 18 point"))
WAYS = ((FILES, "A PDF file for each person"), (ONE_FILE, "One PDF file, all in order"))
NOT_REVIEWED = (
    "Spanish is printed once an administrator recorded who reviewed it; until then English, with a notice of "
    "language help."
)
BOTH_SIDES, NEW_SHEET = "Print on both sides", "Everybody starts on a new sheet."
QUESTIONNAIRES = "Add the questionnaire for first visits"
NAMES_SHOWN = 6
NONE_CHOSEN = "Choose people in the list. Ctrl or Shift chooses several."


class PacketOptions(QWidget):
    """The panel; `previewed`, `making`, `asking` and `labeling` are what its buttons want, `changed` another choice."""

    previewed = Signal()
    making = Signal()
    asking = Signal()
    labeling = Signal()
    changed = Signal()

    def __init__(self, name: str, nothing: str, *more: QWidget) -> None:
        """Make it with nobody chosen; `more` stands below language and print size, `name` begins its widgets' names."""
        super().__init__()
        self.setObjectName(f"{name}Options")
        self._nothing = nothing
        self.title, self._names = labels.heading(""), column(spacing=8)
        self.language = ChoiceBox(f"{name}Language", LANGUAGES, empty=None)
        self.print_size = ChoiceBox(f"{name}PrintSize", SIZES, empty=None)
        self.needs, self.notice = labels.muted(""), labels.muted(NOT_REVIEWED)
        self.way = ChoiceBox(f"{name}Way", WAYS, empty=None)
        self.both_sides = QCheckBox(BOTH_SIDES)
        self.both_sides.setObjectName(f"{name}BothSides")
        self.preview_button = buttons.outlined("Preview", f"{name}Preview", icon="eye")
        self.make_button = buttons.primary("Save packets…", f"{name}Make", icon="save")
        self.ask_button = buttons.outlined("Preview questionnaire", f"{name}Questionnaire", icon="edit")
        self.label_button = buttons.outlined("Mailing labels…", f"{name}Labels", icon="mail")
        self._lay_out(name, more)
        self.language.currentIndexChanged.connect(self._follow)
        self.print_size.currentIndexChanged.connect(self.changed)
        self.way.currentIndexChanged.connect(self._say_make)
        self.preview_button.clicked.connect(self.previewed)
        self.make_button.clicked.connect(self.making)
        self.ask_button.clicked.connect(self.asking)
        self.label_button.clicked.connect(self.labeling)
        self._able, self._one = 0, False
        self.show_chosen([], 0)
        self._follow()

    def show_printers(self, printers: Sequence[tuple[str, str]]) -> None:
        """Offer the printers of this PC, by key and name, before the files; what was chosen stays chosen."""
        was = self.way.value()
        self.way.set_options((*printers, *WAYS), empty=None)
        known = [key for key, _ in (*printers, *WAYS)]
        self.way.set_value(was if was in known and was != FILES else known[0])
        self._say_make()

    def show_chosen(
        self, names: Sequence[tuple[str, str]], able: int, busy: bool = False, number: int | None = None
    ) -> None:
        """Say who is chosen, as pairs of name and what is said below it, and for how many something can be made.

        The first few names are enough where `number` says how many there are.
        """
        number = len(names) if number is None else number
        self._able, self._one = able, number == 1
        self.title.setText(how_many(able, "packet") if number else self._nothing)
        clear(self._names)
        for name, below in names[:NAMES_SHOWN]:
            pair = column(spacing=0)
            pair.addWidget(labels.Elided(name, "strong"))
            pair.addWidget(labels.Elided(below, "muted"))
            self._names.addLayout(pair)
        rest = number - NAMES_SHOWN
        if rest > 0 or not number:
            self._names.addWidget(labels.muted(f"and {rest:,} more" if number else NONE_CHOSEN))
        self.preview_button.setEnabled(number == 1 and able == 1)
        self.label_button.setEnabled(number > 0)
        self.ask_button.setText("Preview questionnaire" if number == 1 else "Preview blank questionnaire")
        self.make_button.setEnabled(able > 0 and not busy)
        self._say_make()

    def say_needs(self, words: str) -> None:
        """Say what the one patient chosen needs, or why there is nothing for them; "" for nothing."""
        self.needs.setText(words)
        self.needs.setVisible(bool(words))

    def show_wanted(self, language: str, size: str) -> None:
        """Show which language and size those chosen have, without telling that somebody chose them."""
        for box, value in ((self.language, language), (self.print_size, size)):
            box.blockSignals(True)
            box.set_value(value)
            box.blockSignals(False)
        self.notice.setVisible(language != "en")

    def _follow(self) -> None:
        self.notice.setVisible(self.language.value() != "en")
        self.changed.emit()

    def _say_make(self) -> None:
        one = self._able == 1
        files = "Save packet…" if one else "Save packets…"
        printing = f"Print {how_many(self._able, 'packet')}" if self._able else "Print packets"
        self.make_button.setText(files if self.way.value() in (FILES, ONE_FILE) else printing)

    def _lay_out(self, name: str, more: Sequence[QWidget]) -> None:
        inside = QWidget()
        lines = column(spacing=20, margins=20)
        head = column(spacing=8)
        head.addWidget(self.title)
        head.addLayout(self._names)
        lines.addLayout(head)
        lines.addWidget(labels.line())
        for parts in (
            (Field("Language", self.language), self.notice),
            (Field("Print size", self.print_size), self.needs),
            more,
            (Field("How it leaves", self.way), self.both_sides, labels.muted(NEW_SHEET)),
        ):
            if parts:
                part = column(spacing=6)
                for widget in parts:
                    part.addWidget(widget)
                lines.addLayout(part)
        lines.addWidget(labels.line())
        beside = column(spacing=8)
        for button in (self.ask_button, self.label_button):
            beside.addLayout(row(button, None))
        lines.addLayout(beside)
        lines.addStretch(1)
        inside.setLayout(lines)
        foot = QFrame()
        theme.role(foot, "foot")
        foot.setLayout(row(self.preview_button, None, self.make_button, margins=(20, 12, 20, 12)))
        whole = column(spacing=0)
        whole.addWidget(scrolled(inside, f"{name}OptionsArea"), 1)
        whole.addWidget(foot)
        self.setLayout(whole)
