"""The offer to go on with what was being written when the program ended without closing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_app.clinical import clock
from referral_app.ui import theme
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from referral_app.services.drafts import DraftRecord


class RestoreNotice(QWidget):
    """Hidden until there is something to restore; `restored` carries the id of the draft."""

    restored = Signal(str)

    def __init__(self) -> None:
        """Make it hidden."""
        super().__init__()
        self._draft = ""
        self._gone: set[str] = set()
        notice = Notice("warning")
        self._title, self._detail = labels.heading(""), labels.muted("")
        self.restore_button = buttons.outlined("Restore", "restoreDraft", "history")
        self.restore_button.clicked.connect(self._restore)
        later = buttons.link("Not now", "restoreLater")
        later.clicked.connect(self._later)
        notice.column.addLayout(row(labels.picture("draft", 20, "warning"), self._title, None))
        notice.column.addWidget(self._detail)
        notice.column.addLayout(row(self.restore_button, later, None))
        column = QVBoxLayout(self)
        theme.scale(column, margins=0)
        column.addWidget(notice)
        self.hide()

    def offer(self, drafts: list[DraftRecord]) -> None:
        """Offer the latest of these drafts that was not put aside."""
        found = next((one for one in drafts if one.id not in self._gone), None)
        self.setVisible(found is not None)
        if found is not None:
            self._draft = found.id
            local = found.updated.astimezone()
            self._title.setText(f"Restore draft of {clock.say(local)}?")
            self.restore_button.setAccessibleName(f"Restore draft of {clock.say(local)}")
            whose = f"The referral of {found.patient}" if found.patient else "A referral without a name yet"
            self._detail.setText(
                f"{whose} was being written when the program ended. It opens at the field where it was left."
            )

    def _restore(self) -> None:
        self._later()
        self.restored.emit(self._draft)

    def _later(self) -> None:
        """Put the offer aside; the draft stays under the drafts."""
        self._gone.add(self._draft)
        self.hide()
