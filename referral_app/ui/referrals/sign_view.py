"""The last step: what is missing, every answer read back, what is enclosed, and the signature."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from referral_app.choices import Permission
from referral_app.clinical.check import Line
from referral_app.clinical.fields import Field
from referral_app.clinical.intake import INTAKE, STEPS, find
from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.referrals.answers_card import AnswersCard, answers_column
from referral_app.ui.referrals.check_line import CheckLine
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.field_view import FieldView
from referral_app.ui.referrals.flow import empty, tab_before
from referral_app.ui.referrals.review_card import ReviewCard
from referral_app.ui.referrals.saving import Saving
from referral_app.ui.referrals.signature_card import SignatureCard
from referral_app.ui.referrals.sketch_class_control import SketchClassControl
from referral_app.ui.referrals.step_view import StepView
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, row
from referral_app.ui.widgets.notice import Notice

STOP = (
    "An emergency has not been cleared, so this referral can be neither signed nor sent. Have the patient "
    "evaluated now, or enter which clinician was told or cleared it, when, and the result."
)


class SignView(StepView):
    """Check and sign."""

    preview = Signal(str)

    def __init__(self, desk: Desk, draft: Draft, saving: Saving) -> None:
        """Show the draft as it is now."""
        self._saving = saving
        self._stale = True
        self._gaps_shown: object = None
        self._wanted, self._round = "", 0
        super().__init__(desk, draft, 6)
        draft.changed.connect(self._changed)
        saving.saved.connect(self._saved)
        saving.refused.connect(self._refused)

    def _build(self) -> None:
        self._stop = self._stop_card()
        self._gaps_card, self._gaps = _lines_card("card.missing")
        self._gaps_title = labels.heading("Still missing")
        self._gaps_card.heading_row.addWidget(self._gaps_title, 1)
        self._answers, self._answers_column = answers_column()
        self._review = self._review_card()
        self.signature = self._signature_card()
        reviewed = (self._review, self.signature) if self._review is not None else ()
        for widget in (self._stop, *reviewed, self._gaps_card, self._answers):
            self.column.addWidget(widget)
        further = [self._card(group) for group in INTAKE if group.step == 6 and group.name != "signature"]
        self._after_answers = further[0]
        for card in further:
            self.column.addWidget(card)
        if self._review is None:
            self.column.addWidget(self.signature)

    def _review_card(self) -> ReviewCard | None:
        """Return the review for a clinician to whom the referral was handed: it comes first, with the signature."""
        standing = self._draft.sheet.standing
        if not (standing.waits and standing.may_sign):
            return None
        self._class = self._class_view()
        card = ReviewCard(self._draft, self._class)
        card.change.connect(self.jump)
        return card

    def _class_view(self) -> FieldView:
        """Return the class of the head sketch, to be chosen in the review; its own field in step 3 follows."""
        path = "pain.sketch_class"
        control = SketchClassControl(self._desk.may(Permission.SIGN))
        view = FieldView(find(path), path, self._draft, control)
        control.box.setObjectName("review.sketch_class")
        control.changed.connect(self._rated)
        view.left.connect(self.left)
        return view

    def _rated(self) -> None:
        self._draft.shown_elsewhere.emit(["pain.sketch_class"])

    def _signature_card(self) -> SignatureCard:
        card = SignatureCard(self._desk, self._draft, self._saving, self._maker)
        card.left.connect(self.left)
        card.nobody.connect(self._name_signer)
        card.preview.connect(self._preview_saved)
        return card

    def _stop_card(self) -> Notice:
        notice = Notice("emergency")
        notice.setObjectName("card.emergency")
        notice.column.addLayout(
            row(labels.picture("emergency", 20, "emergency"), labels.heading("Emergency"), None)
        )
        notice.column.addWidget(labels.body(STOP))
        go = buttons.outlined("Go to the red flags", "goToFlags", "right")
        go.clicked.connect(self._go_to_flags)
        notice.column.addLayout(row(go, None))
        return notice

    def _go_to_flags(self) -> None:
        lines = [line for line in self._draft.check.emergency if line.status == "emergency"]
        self.jump.emit(lines[0].field if lines else "red_flags")

    # Following the draft

    def _changed(self, path: str) -> None:
        if not path.startswith(("signature", "attachments", "letter", "marks")):
            self._stale = True

    def refresh(self) -> None:
        """Show what the check says now, and the answers where they changed."""
        super().refresh()
        self._show_gaps()
        if self._stale:
            self._stale = False
            self._show_answers()
        if self._review is not None:
            if self._class.control.read() != self._draft.get(self._class.path):
                self._class.load()
            self._review.show_parts()
        self.signature.refresh()

    def _show_answers(self) -> None:
        empty(self._answers_column)
        groups = [group for group in INTAKE if group.step < len(STEPS) and self._draft.applies(group, {})]
        self._round += 1
        self.chores.add(*(partial(self._add_answers, group, self._round) for group in groups))

    def _add_answers(self, group: Field, round_: int) -> None:
        """Add the answers of one group, unless they are being read back anew by now."""
        if round_ == self._round:
            card = AnswersCard(group, self._draft)
            card.change.connect(self.jump)
            self._answers_column.addWidget(card)
            tab_before((self._after_answers,), (card,))

    def _show_gaps(self) -> None:
        check = self._draft.check
        self._stop.setVisible(check.uncleared)
        lines = [line for line in check.missing if not line.field.startswith("signature")]
        key = [(line.id, line.text) for line in lines]
        if self._gaps_shown == key:
            return
        self._gaps_shown = key
        empty(self._gaps)
        self.chores.add(*(partial(self._add_gaps, lines[n : n + 10], key) for n in range(0, len(lines), 10)))
        self._gaps_card.setVisible(bool(lines))
        missing = any(line.status == "missing" for line in lines)
        self._gaps_title.setText("Still missing" if missing else "Listed as not available")

    def _add_gaps(self, lines: list[Line], key: object) -> None:
        """Add some lines, unless they are shown anew by now."""
        if key is not self._gaps_shown:
            return
        added: list[QWidget] = []
        for line in lines:
            widget = CheckLine(line)
            widget.setObjectName(f"gap.{line.id}")
            widget.chosen.connect(self.jump)
            self._gaps.addWidget(widget)
            added.append(widget)
        tab_before((self._answers, self._after_answers), added)

    # Acting

    def sign(self) -> None:
        """Sign, once it is known who does."""
        self.signature.sign()

    def _name_signer(self) -> None:
        self.show_problems({"signature.signed_by": "Name the clinician who signs."}, focus=False)
        self.focus_path("signature.signed_by")

    def _preview_saved(self, kind: str) -> None:
        if self._draft.sheet.reference and not self._draft.dirty:
            self.preview.emit(kind)
        else:
            self._wanted = kind
            self._saving.save()

    def _saved(self, _words: str) -> None:
        self.signature.refresh()
        if self._wanted:
            kind, self._wanted = self._wanted, ""
            self.preview.emit(kind)

    def _refused(self, _problems: object) -> None:
        self._wanted = ""

    def focus_first(self) -> None:
        """Begin at the top: at what is missing, else at the first answers."""
        self.chores.begin()
        if self._review is not None and (tick := self._review.first()):
            tick.setFocus()
            self.to_top()
            return
        target = self._gaps_card.findChild(CheckLine) or self._answers.findChild(QPushButton)
        if target is not None:
            target.setFocus()
        self.to_top()


def _lines_card(name: str) -> tuple[Card, QVBoxLayout]:
    card = Card()
    card.setObjectName(name)
    column = QVBoxLayout()
    theme.scale(column, spacing=0)
    card.add(column)
    return card, column
