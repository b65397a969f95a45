"""Who prepared and who signs: handing over, signing or returning a referral, and looking at its papers before."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from referral_app.choices import Permission, ReferralState, Role
from referral_app.clinical import dates
from referral_app.clinical.fields import Field, given
from referral_app.clinical.handwriting import Handwriting
from referral_app.clinical.intake import SIGNATURE
from referral_app.ui import ask
from referral_app.ui.desk import Desk
from referral_app.ui.referrals import review_parts
from referral_app.ui.referrals.check_panel import open_things, with_gaps
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.field_view import FieldView
from referral_app.ui.referrals.fields_maker import Maker
from referral_app.ui.referrals.own_signature import OwnSignature
from referral_app.ui.referrals.placing_dialog import PlacingDialog
from referral_app.ui.referrals.reason_dialog import ReasonDialog
from referral_app.ui.referrals.saving import Saving, named_signer, signer
from referral_app.ui.referrals.signer_control import SignerControl
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.notice import Advice

TO_CLINICIAN = (
    "A clinician signs. Hand the referral over: it waits under “To sign” until it is signed or returned."
)
EMERGENCY_TOO = " The emergency goes with it: a clinician is who clears it. Call them, do not wait."
SIGN_KEYS = "Ctrl+Shift+S"


class SignatureCard(Card):
    """`nobody` says that nobody is named who signs; `preview` carries "letter" or "packet"."""

    left = Signal()
    nobody = Signal()
    preview = Signal(str)

    def __init__(self, desk: Desk, draft: Draft, saving: Saving, maker: Maker) -> None:
        """Show how the referral stands."""
        super().__init__(SIGNATURE.label)
        self.setObjectName("card.signature")
        self._desk, self._draft, self._saving = desk, draft, saving
        self._returned = Advice("warning", "returnedNote")
        self._words = labels.body("")
        self._why_not = labels.strong("")
        self._why_not.setWordWrap(True)
        self._signer = self._signer_view(SIGNATURE.child("signed_by"), maker)
        self.own = OwnSignature(desk)
        for part in (
            self._returned,
            self._words,
            maker.make(SIGNATURE.child("prepared_by"), "signature.prepared_by"),
            self._signer,
            self.own,
            self._why_not,
            self._buttons(),
        ):
            self.add(part)

    def _signer_view(self, field: Field, maker: Maker) -> FieldView:
        practice = self._draft.sheet.practice
        names = [one.name for one in practice.providers if one.role is not Role.OTHER] if practice else []
        view = FieldView(field, "signature.signed_by", self._draft, SignerControl(names))
        view.left.connect(self.left)
        maker.views["signature.signed_by"] = view
        return view

    def _buttons(self) -> QWidget:
        self.sign_button = buttons.primary("Sign referral", "signReferral", "signed")
        self.sign_button.setToolTip(f"Sign ({SIGN_KEYS})")
        action = QAction("Sign the referral", self)
        action.setShortcut(QKeySequence(SIGN_KEYS))
        action.triggered.connect(self.sign)
        self.addAction(action)
        self.return_button = buttons.outlined("Return with a note…", "returnReferral", "back")
        primary = not self._desk.may(Permission.SIGN)
        self.hand_button = (buttons.primary if primary else buttons.outlined)(
            "Hand to a clinician to sign", "handOver", "right"
        )
        self.letter_button = buttons.outlined("Preview letter", "previewLetter", "letter")
        self.packet_button = buttons.outlined("Preview packet", "previewPacket", "packets")
        self.sign_button.clicked.connect(self.sign)
        self.return_button.clicked.connect(self._ask_note)
        self.hand_button.clicked.connect(self._saving.hand_over)
        self.letter_button.clicked.connect(self._letter)
        self.packet_button.clicked.connect(self._packet)
        holder = Flow(8)
        for button in (
            self.sign_button, self.return_button, self.hand_button, self.letter_button, self.packet_button,
        ):  # fmt: skip
            holder.add(button)
        return holder

    def refresh(self) -> None:
        """Show what can be done by now, and what stands against it."""
        standing, may_sign = self._draft.sheet.standing, self._desk.may(Permission.SIGN)
        is_open, surgeon = standing.is_unsigned, self._draft.surgeon
        self.sign_button.setText(
            with_gaps(
                f"Sign referral to Dr. {surgeon.family_name}" if surgeon else "Sign referral",
                self._draft.check,
            )
        )
        why = why_not(self._draft) if may_sign else ""
        self.sign_button.setVisible(is_open and may_sign)
        self.sign_button.setEnabled(not why)
        self.sign_button.setAccessibleDescription(why)
        self.return_button.setVisible(standing.waits and may_sign)
        self.hand_button.setVisible(is_open and not standing.waits and self._desk.may(Permission.WRITE))
        self._signer.setVisible(is_open and may_sign and not standing.signer)
        self.own.setVisible(is_open and may_sign)
        self._say(why)
        for button in (self.letter_button, self.packet_button):
            button.setEnabled(surgeon is not None)
            button.setToolTip("" if surgeon else "Choose a surgeon first")

    def _say(self, why: str) -> None:
        standing = self._draft.sheet.standing
        self._why_not.setText(why)
        self._why_not.setVisible(bool(why) and standing.is_unsigned)
        self._words.setText(self._standing_words())
        self._words.setVisible(bool(self._words.text()))
        record = standing.record
        self._returned.say(record.beside_words if record and standing.is_returned else "")

    def _standing_words(self) -> str:
        standing = self._draft.sheet.standing
        if not standing.is_unsigned:
            return self._signed_words()
        record = standing.record
        said: list[str] = []
        if record is not None and record.beside_words and not standing.is_returned:
            said.append(f"{record.beside_words}.")
        if self._desk.may(Permission.SIGN):
            said += [f"You sign as {standing.signer}." if standing.signer else "", self._gap_words()]
        elif not standing.waits:
            said.append(TO_CLINICIAN + (EMERGENCY_TOO if self._draft.check.uncleared else ""))
        return " ".join(part for part in said if part)

    def _signed_words(self) -> str:
        record = self._draft.sheet.standing.record
        if record is None or record.state is ReferralState.CANCELED or not named_signer(self._draft):
            return ""
        day = dates.stored(str(given(self._draft.intake, "signature.signed_at") or "")[:10])
        return f"Signed by {named_signer(self._draft)}" + (f" on {dates.say(day)}" if day else "")

    def _gap_words(self) -> str:
        count = open_things(self._draft.check)
        if not count:
            return "Nothing is missing."
        things = "One thing is" if count == 1 else f"{count} things are"
        return f"{things} missing or not available. The letter lists them; you can sign all the same."

    def sign(self) -> None:
        """Sign, once it is known who does and they said so."""
        if not (self.sign_button.isVisible() and self.sign_button.isEnabled()):
            return
        name = signer(self._draft)
        if not name:
            self.nobody.emit()
            return
        if self.own.asks_passphrase():
            PlacingDialog(self._desk, self.window(), name, self._detail(), self._sign_now).open()
            return
        ask.confirm(self, f"Sign as {name}?", self._detail(), "Sign now", self._sign_now)

    def _detail(self) -> str:
        said = "Only the clinician may sign."
        if self._draft.sheet.standing.waits and (left := review_parts.unseen(self._draft)):
            said += f" Not marked as looked at: {', '.join(left)}."
        return said

    def _sign_now(self, written: Handwriting | None = None) -> None:
        name = signer(self._draft)
        self._saving.sign(name, written or self.own.invented(name))

    def _ask_note(self) -> None:
        ReasonDialog(
            self.window(),
            "Return to the office",
            "What is to be changed?",
            "The office reads this until it hands the referral over again.",
            "Return it",
            self._saving.give_back,
        ).open()

    def _letter(self) -> None:
        self.preview.emit("letter")

    def _packet(self) -> None:
        self.preview.emit("packet")


def why_not(draft: Draft) -> str:
    """Return why the referral cannot be signed, "" where it can."""
    if draft.check.uncleared:
        return "Cannot be signed while an emergency is not cleared."
    if draft.surgeon is None:
        return "Choose a surgeon before signing."
    return ""
