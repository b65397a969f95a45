"""The order of Tab through the form: as it is read, and then through the live check."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from referral_app.ui.referrals.form_steps import FormSteps
from referral_app.ui.tab_order import chain, stops


class FormOrder(QObject):
    """Sets the order anew as steps are built: at once for one step, in a turn of its own for all of them."""

    def __init__(self, shown: FormSteps, panel: QWidget) -> None:
        """Follow the steps; `panel` is the live check."""
        super().__init__(shown)
        self._shown, self._panel = shown, panel
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._set)
        shown.built.connect(self._built)

    def _built(self) -> None:
        if self._shown.whole is None:
            self._set()
        else:
            self._soon.start()

    def _set(self) -> None:
        chain([stop for page in (*self._shown.pages(), self._panel) for stop in stops(page)])
