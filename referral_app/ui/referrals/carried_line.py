"""The line over a group that was taken over from the patient's last referral, until somebody confirms it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.referrals import answers
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.widgets import buttons, labels


class CarriedLine(QWidget):
    """Says where the answers come from, and takes the word that they still hold."""

    def __init__(self, group: str, draft: Draft) -> None:
        """Show it where the group was taken over."""
        super().__init__()
        self._group, self._draft = group, draft
        line = QHBoxLayout(self)
        theme.scale(line, margins=0, spacing=8)
        self._words = labels.body("")
        self.button = buttons.link("Still right", f"{group}.still_right")
        self.button.setProperty("aside", True)  # Enter goes from answer to answer
        self.button.clicked.connect(self._confirm)
        line.addWidget(labels.picture("history", 16, "warning"))
        line.addWidget(self._words, 1)
        line.addWidget(self.button)
        draft.carried_changed.connect(self.refresh)
        draft.reverted.connect(self.refresh)
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Say what the draft knows of the group."""
        known = answers.begun(self._draft.get(self._group))
        on = self._draft.sheet.carried.get(self._group) if known else None
        if on is None or self.parentWidget() is not None:  # shown without a parent it would be a window
            self.setVisible(on is not None)
        words = f"From {on}. Ask whether it still holds, and change what does not."
        if on is not None:
            self._words.setText(words)
            self.button.setAccessibleName(f"Still right: taken over from {on}")

    def _confirm(self) -> None:
        self.focusNextChild()  # before the button with the focus is hidden: Qt would give it away anywhere
        self._draft.confirm_carried(self._group)
