"""One place in the sidebar, two pages: our office, or the Center's own where the Center uses this installation."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from referral_app.choices import InstallationMode
from referral_app.ui.desk import Desk
from referral_app.ui.office.center_page import CenterPage
from referral_app.ui.office.page import OfficePage

Page = OfficePage | CenterPage


class ModePage(QStackedWidget):
    """Shows the page of the mode that is set, each time it is shown; a change needs no restart."""

    saved = Signal()
    help_topic = "office"

    def __init__(self, desk: Desk) -> None:
        """Make it; `reload` makes the page that is wanted."""
        super().__init__()
        self._desk = desk
        self._made: dict[InstallationMode, Page] = {}

    def reload(self) -> None:
        """Show the page of this mode and read it anew."""
        page = self.page()
        self.setCurrentWidget(page)
        page.reload()

    def can_leave(self) -> bool:
        """Ask the page shown."""
        return self.page().can_leave()

    def page(self) -> Page:
        """Return the page of this mode, made now if it was not yet."""
        mode = self._desk.settings.mode
        if mode not in self._made:
            center = mode is InstallationMode.HEADACHE_CENTER
            self._made[mode] = page = CenterPage(self._desk) if center else OfficePage(self._desk)
            page.saved.connect(self.saved)
            self.addWidget(page)
        return self._made[mode]
