"""A letter of an invented referral under the letterhead as it was typed, before it is saved."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from referral_app.jobs import letters
from referral_app.jobs.papers import Made
from referral_app.services.errors import InvalidInput
from referral_app.services.practices import PracticeRecord
from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.focus_back import FocusBack
from referral_app.ui.sample_view import SampleView
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.card import column, row


class SampleDialog(QDialog):
    """The sample letter, made in the background."""

    def __init__(self, desk: Desk, practice: PracticeRecord, parent: QWidget) -> None:
        """Make the letter of a practice as it was typed."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("letterheadSample")
        self.setWindowTitle("Sample letter")
        self.view = SampleView("letterhead", has_large=False)
        close = buttons.outlined("Close", "letterheadSampleClose")
        close.clicked.connect(self.accept)
        whole = column(spacing=0)
        whole.addWidget(self.view, 1)
        whole.addLayout(row(None, close, margins=(24, 8, 24, 16)))
        self.setLayout(whole)
        room = parent.window().size()
        self.resize(min(theme.px(760), room.width() - 40), min(theme.px(760), room.height() - 40))
        FocusBack(self)
        self.view.say("Making the sample letter…")
        make = partial(letters.sample, desk.db, None, practice)
        desk.background.run(self, make, self._show, self._refused)

    def _show(self, made: Made) -> None:
        self.view.show_pdf(made.content)

    def _refused(self, error: Exception) -> None:
        self.view.say(str(error))
        if not isinstance(error, InvalidInput):
            raise error
