"""How the set leaves: on paper, as a file, or because it has gone out already; with printer or password."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from referral_app.choices import Channel
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.print_panel import PrintPanel
from referral_app.ui.widgets import passphrase_line
from referral_app.ui.widgets.inputs import Radios

PRINT, SAVE, GONE = "print", "save", "gone"
WAYS = ((PRINT, "Print it now"), (SAVE, "Save it as a file"), (GONE, "It has gone out already"))
OFFERED: dict[Channel, tuple[str, ...]] = {
    Channel.FAX: (PRINT, SAVE, GONE), Channel.MAIL: (PRINT, GONE), Channel.HAND: (PRINT, GONE),
    Channel.PORTAL: (SAVE, GONE), Channel.FILE: (SAVE, GONE), Channel.EMAIL: (),
}  # fmt: skip
DONE = {
    PRINT: "Print and mark sent", SAVE: "Save and mark sent…", GONE: "Mark sent", "": "Send the mail",
}  # fmt: skip
SHORTEST = 8
HINT = "At least 8 characters. It is kept nowhere. Tell it to the recipient on the phone, never in a mail."
PROTECTED = (Channel.FILE, Channel.EMAIL)


class Outlet(QObject):
    """What a dialog asks for it, as `widgets` to be put into its body; it depends on the channel."""

    def __init__(self, desk: Desk, dialog: QWidget) -> None:
        """Make it for a fax."""
        super().__init__(dialog)
        self._channel = Channel.FAX
        self.way = Radios("sendWay", WAYS)
        self.printing = PrintPanel(desk)
        self.first = passphrase_line.line("sendPassword")
        self.second = passphrase_line.line("sendPasswordAgain")
        self.blocks = {
            "way": Field("How it leaves", self.way), "password": Field("Password", self.first, HINT),
            "again": Field("The same password again", self.second), **self.printing.blocks,
        }  # fmt: skip
        self.printing.blocks["pages"].hide()  # all of the set goes out
        self.way.changed.connect(self._follow)

    def widgets(self) -> tuple[QWidget, ...]:
        """Return what is asked, in its order."""
        return self.blocks["way"], self.printing, self.blocks["password"], self.blocks["again"]

    def show_channel(self, channel: Channel) -> None:
        """Offer what this channel has."""
        self._channel = channel
        offered = OFFERED[channel]
        for value, button in self.way.buttons.items():
            button.setVisible(value in offered)
        self.blocks["way"].setVisible(bool(offered))
        if self.way.value() not in offered:
            self.way.set_value(offered[0] if offered else "")
        self._follow()

    def value(self) -> str:
        """Return how it leaves, "" by mail."""
        return self.way.value() if OFFERED[self._channel] else ""

    @property
    def is_protected(self) -> bool:
        """Whether a password is asked for."""
        return self._channel in PROTECTED and self.value() != GONE

    def password(self) -> str:
        """Return the password, "" where none is asked for."""
        return self.first.text() if self.is_protected else ""

    def problems(self) -> dict[str, str]:
        """Return what is wrong with the password, by field."""
        if not self.is_protected:
            return {}
        if len(self.first.text()) < SHORTEST:
            return {"password": f"Take at least {SHORTEST} characters."}
        return (
            {}
            if self.first.text() == self.second.text()
            else {"again": "The two passwords are not the same."}
        )

    def forget(self) -> None:
        """Forget the password."""
        self.first.clear()
        self.second.clear()

    def _follow(self) -> None:
        self.printing.setVisible(self.value() == PRINT)
        for key in ("password", "again"):
            self.blocks[key].setVisible(self.is_protected)
