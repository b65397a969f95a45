"""The last step: what is missing, every answer read back, what is enclosed, and the signature."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from referral_app.choices import Permission, ReferralState, Role
from referral_app.clinical import dates
from referral_app.clinical.check import Line
from referral_app.clinical.fields import Field, given
from referral_app.clinical.intake import INTAKE, SIGNATURE, STEPS
from referral_app.ui import ask, theme
from referral_app.ui.desk import Desk
from referral_app.ui.referrals.answers_card import AnswersCard, answers_column
from referral_app.ui.referrals.check_line import CheckLine
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.field_view import FieldView
from referral_app.ui.referrals.flow import empty, tab_before
from referral_app.ui.referrals.saving import Saving, signer
from referral_app.ui.referrals.signer_control import SignerControl
from referral_app.ui.referrals.step_view import StepView
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, row
from referral_app.ui.widgets.notice import Notice

STOP = (
    "An emergency has not been cleared, so this referral can be neither signed nor sent. Have the patient "
    "evaluated now, or enter which clinician was told or cleared it, when, and the result."
)

NOT_A_CLINICIAN = "A clinician signs. Save the referral; it waits under “Ready to sign”."


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
        for widget in (self._stop, self._gaps_card, self._answers):
            self.column.addWidget(widget)
        for group in INTAKE:
            if group.step == 6 and group.name != "signature":
                self._after_answers = self._card(group)
                self.column.addWidget(self._after_answers)
        self.column.addWidget(self._sign_card())

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

    def _sign_card(self) -> Card:
        card = Card(SIGNATURE.label)
        card.setObjectName("card.signature")
        self._signed_words = labels.body("")
        card.add(self._signed_words)
        prepared = self._maker.make(SIGNATURE.child("prepared_by"), "signature.prepared_by")
        card.add(prepared)
        card.add(self._signer(SIGNATURE.child("signed_by")))
        self._why_not = labels.strong("")
        self._why_not.setWordWrap(True)
        card.add(self._why_not)
        card.add(self._sign_buttons())
        return card

    def _signer(self, field: Field) -> FieldView:
        practice = self._draft.sheet.practice
        clinicians = (
            [one.name for one in practice.providers if one.role is not Role.OTHER] if practice else []
        )
        view = FieldView(field, "signature.signed_by", self._draft, SignerControl(clinicians))
        view.left.connect(self.left)
        self._maker.views["signature.signed_by"] = view
        return view

    def _sign_buttons(self) -> QWidget:
        self.letter_button = buttons.outlined("Preview letter", "previewLetter", "letter")
        self.packet_button = buttons.outlined("Preview packet", "previewPacket", "packets")
        self.sign_button = buttons.primary("Sign referral", "signReferral", "signed")
        self.letter_button.clicked.connect(self._letter)
        self.packet_button.clicked.connect(self._packet)
        self.sign_button.clicked.connect(self.sign)
        from referral_app.ui.widgets.flow import Flow

        holder = Flow(8)
        for button in (self.sign_button, self.letter_button, self.packet_button):
            holder.add(button)
        return holder

    # Following the draft

    def _changed(self, path: str) -> None:
        if not path.startswith(("signature", "attachments", "marks")):
            self._stale = True

    def refresh(self) -> None:
        """Show what the check says now, and the answers where they changed."""
        super().refresh()
        self._show_gaps()
        if self._stale:
            self._stale = False
            self._show_answers()
        self._show_signature()

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

    def _show_signature(self) -> None:
        sheet, check = self._draft.sheet, self._draft.check
        signed = sheet.state is not ReferralState.DRAFT
        surgeon = self._draft.surgeon
        self.sign_button.setText(
            f"Sign referral to Dr. {surgeon.family_name}" if surgeon else "Sign referral"
        )
        self.sign_button.setVisible(not signed and self._desk.may(Permission.SIGN))
        why = why_not(self._draft) if self._desk.may(Permission.SIGN) else NOT_A_CLINICIAN
        self.sign_button.setEnabled(not why)
        self._why_not.setText(why)
        self._why_not.setVisible(bool(why) and not signed)
        self.sign_button.setAccessibleDescription(why)
        self._signed_words.setText(self._said() if signed else self._gap_words())
        self._signed_words.setVisible(bool(self._signed_words.text()))
        for button in (self.letter_button, self.packet_button):
            button.setEnabled(surgeon is not None)
            button.setToolTip("" if surgeon else "Choose a surgeon first")
        del check

    def _said(self) -> str:
        at = str(given(self._draft.intake, "signature.signed_at") or "")
        day = dates.stored(at[:10])
        return f"Signed by {signer(self._draft)}" + (f" on {dates.say(day)}" if day else "")

    def _gap_words(self) -> str:
        count = sum(not line.field.startswith("signature") for line in self._draft.check.missing)
        if not count:
            return "Nothing is missing."
        things = "One thing is" if count == 1 else f"{count} things are"
        return f"{things} missing or not available. The letter lists them; you can sign all the same."

    # Acting

    def sign(self) -> None:
        """Sign, once it is known who does."""
        if not signer(self._draft):
            self.show_problems({"signature.signed_by": "Name the clinician who signs."}, focus=False)
            self.focus_path("signature.signed_by")
            return
        ask.confirm(
            self,
            f"Sign as {signer(self._draft)}?",
            "Only the clinician may sign.",
            "Sign now",
            self._sign_now,
        )

    def _sign_now(self) -> None:
        self._saving.sign(signer(self._draft))

    def _letter(self) -> None:
        self._preview_saved("letter")

    def _packet(self) -> None:
        self._preview_saved("packet")

    def _preview_saved(self, kind: str) -> None:
        if self._draft.sheet.reference and not self._draft.dirty:
            self.preview.emit(kind)
        else:
            self._wanted = kind
            self._saving.save()

    def _saved(self, _words: str) -> None:
        self._show_signature()
        if self._wanted:
            kind, self._wanted = self._wanted, ""
            self.preview.emit(kind)

    def _refused(self, _problems: object) -> None:
        self._wanted = ""

    def focus_first(self) -> None:
        """Begin at the top: at what is missing, else at the first answers."""
        self.chores.begin()
        target = self._gaps_card.findChild(CheckLine) or self._answers.findChild(QPushButton)
        if target is not None:
            target.setFocus()
        self.verticalScrollBar().setValue(0)


def why_not(draft: Draft) -> str:
    """Return why the referral cannot be signed, "" where it can."""
    if draft.check.uncleared:
        return "Cannot be signed while an emergency is not cleared."
    if draft.surgeon is None:
        return "Choose a surgeon before signing."
    return ""


def _lines_card(name: str) -> tuple[Card, QVBoxLayout]:
    card = Card()
    card.setObjectName(name)
    column = QVBoxLayout()
    theme.scale(column, spacing=0)
    card.add(column)
    return card, column
