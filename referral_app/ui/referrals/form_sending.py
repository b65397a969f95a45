"""From the form of a signed referral on to sending it, and following what became of it while the form was open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from referral_app.choices import ReferralState
from referral_app.services.referral_records import ReferralRecord
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.form_head import FormHead
from referral_app.ui.referrals.form_steps import FormSteps


class FormSending(QObject):
    """`wanted` carries the id of the referral that is to be sent; `sent` once it was."""

    wanted = Signal(str)
    sent = Signal()

    def __init__(
        self, draft: Draft, head: FormHead, shown: FormSteps, check: Callable[[], object], parent: QObject
    ) -> None:
        """Serve a form; `check` shows what its check says."""
        super().__init__(parent)
        self._draft, self._head, self._shown, self._check = draft, head, shown, check
        head.send.connect(self._ask)

    def go_on(self) -> None:
        """Put the focus on what is done next, where a signature was given."""
        button = self._head.send_button
        if button.isVisible() and button.isEnabled():
            button.setFocus()

    def follow(self, record: ReferralRecord | None) -> None:
        """Follow a referral that moved on while its form was open, such as by sending; its answers are the same."""
        sheet = self._draft.sheet
        if record is not None and record.id == sheet.referral_id and record.version >= sheet.version:
            was_sent = sheet.state is ReferralState.SIGNED and record.state is ReferralState.SENT
            sheet.standing.record, sheet.state, sheet.version = record, record.state, record.version
            for view in self._shown.views.values():
                view.refresh()
            self._head.show_note()
            self._check()
            if was_sent and not self._draft.dirty:
                self.sent.emit()

    def _ask(self) -> None:
        self.wanted.emit(self._draft.sheet.referral_id)
