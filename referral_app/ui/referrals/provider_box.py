"""The choice of the referring provider, which fills the group in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_app.services import practices
from referral_app.ui import theme
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.inputs import ChoiceBox


class ProviderBox(QWidget):
    """A box with the providers of our office; hidden where the office has none."""

    chosen = Signal()

    def __init__(self, draft: Draft) -> None:
        """Offer the providers of the draft's office."""
        super().__init__()
        self._draft = draft
        practice = draft.sheet.practice
        self._providers = {one.id: one for one in practice.providers} if practice else {}
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=4)
        options = [(one.id, one.name) for one in self._providers.values()]
        self.box = ChoiceBox("referrer.provider", options, "Provider of our office")
        title = labels.strong("Provider of our office")
        title.setBuddy(self.box)
        column.addWidget(title)
        column.addWidget(self.box)
        column.addWidget(labels.muted("Fills in the fields below."))
        self._show_current()
        self.box.activated.connect(self._chosen)
        if not self._providers:
            self.hide()

    def _show_current(self) -> None:
        npi = self._draft.get("referrer.npi")
        known = next((one.id for one in self._providers.values() if npi and one.npi == npi), "")
        self.box.set_value(known)

    def _chosen(self) -> None:
        provider = self._providers.get(self.box.value())
        if provider is not None:
            known = practices.referrer(self._draft.sheet.practice, provider)
            self._draft.put("referrer", {**(self._draft.get("referrer") or {}), **known})
            self.chosen.emit()
