"""The list of the office's referring providers."""

from __future__ import annotations

from PySide6.QtCore import Signal

from referral_app.services.practices import ProviderRecord
from referral_app.ui import ask
from referral_app.ui.office.provider_dialog import ProviderDialog
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, clear, row
from referral_app.ui.widgets.rows import RowButton


class Providers(Card):
    """Add, change and remove providers; `changed` after each."""

    changed = Signal()

    def __init__(self) -> None:
        """Make an empty list."""
        super().__init__("Referring providers")
        self.providers: list[ProviderRecord] = []
        add = buttons.outlined("Add provider", "addProvider", "plus")
        add.clicked.connect(self._add)
        self.heading_row.addWidget(add)

    def show_providers(self, providers: tuple[ProviderRecord, ...]) -> None:
        """Show these providers."""
        self.providers = list(providers)
        self._show()

    def _show(self) -> None:
        clear(self.column, keep=1)
        if not self.providers:
            self.add(
                labels.muted(
                    "Nobody yet. Who signs the letters? Add each physician, nurse practitioner or assistant once."
                )
            )
        for at, one in enumerate(self.providers):
            detail = " · ".join(
                part
                for part in (one.role.label, f"NPI {one.npi}" if one.npi else "no NPI", one.phone)
                if part
            )
            line = RowButton(f"provider_{at}", str(at), "person", one.name, detail)
            line.clicked.connect(self._change)
            remove = buttons.tool("trash", f"Remove {one.name}", f"removeProvider_{at}")
            remove.setProperty("at", at)
            remove.clicked.connect(self._remove)
            both = row(line, remove)
            both.setStretch(0, 1)
            self.add(both)

    def _add(self) -> None:
        self._open(ProviderRecord("", ""), self._added)

    def _change(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, RowButton):
            self._at = int(pressed.value)
            self._open(self.providers[self._at], self._changed_one)

    def _open(self, provider: ProviderRecord, slot: object) -> None:
        dialog = ProviderDialog(provider, self)
        dialog.done_with.connect(slot)
        dialog.open()

    def _added(self, provider: ProviderRecord) -> None:
        self.providers.append(provider)
        self._show()
        self.changed.emit()

    def _changed_one(self, provider: ProviderRecord) -> None:
        self.providers[self._at] = provider
        self._show()
        self.changed.emit()

    def _remove(self) -> None:
        self._at = int(self.sender().property("at"))
        name = self.providers[self._at].name
        ask.confirm(
            self,
            f"Remove {name}?",
            "Referrals already signed keep the name.",
            "Remove",
            self._removed,
            danger=True,
        )

    def _removed(self) -> None:
        del self.providers[self._at]
        self._show()
        self.changed.emit()
