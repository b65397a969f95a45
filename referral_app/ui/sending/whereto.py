"""Whereto a referral goes: the fax number with its last four digits and its verification, or an address in words."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from referral_app.choices import Channel
from referral_app.clinical import dates
from referral_app.jobs.sending import Outgoing
from referral_app.services.fax_numbers import ASTRAY, Target
from referral_app.ui.fields import Field
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.inputs import LineEdit
from referral_app.ui.widgets.notice import Advice

NO_FAX = "No fax number is on file for this surgeon. Enter one in the directory, or choose another way."
NO_SERVER = "No mail server is set up. An administrator enters it under Settings."
VERIFY_AGAIN = "Call the office, read the number back, and record that in the directory, before you send."
ASKED = {
    Channel.PORTAL: ("Portal", "Where it is uploaded, such as its name or address"),
    Channel.FILE: ("For whom the file is", "And how it gets there, such as: USB stick by courier"),
    Channel.EMAIL: ("Mail address of the surgeon’s office", "One address. Read it back on the phone first."),
}


class Whereto(QWidget):
    """Shows what the channel asks for."""

    def __init__(self, out: Outgoing) -> None:
        """Make it for a referral; `show_channel` fills it."""
        super().__init__()
        self.setObjectName("sendWhereto")
        self._out, self._channel = out, Channel.FAX
        self.number, self.checked = labels.strong(""), labels.muted("")
        self.warning = Advice("warning", "sendNumberWarning")
        self.digits = LineEdit("sendDigits", chars=6)
        self.address = LineEdit("sendAddress", chars=40)
        self.blocks = {
            "last_four": Field("Last four digits of the fax", self.digits, _hint(out.target)),
            "address": Field("Address", self.address),
        }
        lines = column(spacing=8)
        for part in (self.number, self.checked, self.warning, *self.blocks.values()):
            lines.addWidget(part)
        self.setLayout(lines)

    @property
    def asks_digits(self) -> bool:
        """Whether the last four digits are to be typed."""
        target = self._out.target
        return self._channel is Channel.FAX and target is not None and bool(target.why)

    def problem(self) -> str:
        """Return why nothing can go this way at all, "" where it can."""
        if self._channel is Channel.FAX and self._out.target is None:
            return NO_FAX
        return NO_SERVER if self._channel is Channel.EMAIL and not self._out.mail_from else ""

    def show_channel(self, channel: Channel) -> None:
        """Ask what this channel needs."""
        self._channel = channel
        fax, target = channel is Channel.FAX, self._out.target
        for part in (self.number, self.checked):
            part.setVisible(fax and target is not None)
        if fax and target is not None:
            self.number.setText(f"{target.said}  ·  ending in {' '.join(target.said[-4:])}")
            self.checked.setText(_checked(target))
        self.warning.say(self.problem() or (_stale(target) if fax else ""))
        self.setVisible(fax or channel in ASKED)
        self.blocks["last_four"].setVisible(self.asks_digits)
        asked = ASKED.get(channel)
        self.blocks["address"].setVisible(asked is not None and not self.problem())
        if asked is not None:
            label, hint = asked
            self.blocks["address"].set_label(label)
            self.blocks["address"].set_hint(hint)
            self.address.setText(self._known(channel))

    def value(self) -> str:
        """Return the address, "" where the channel asks for none."""
        return self.address.text().strip() if self._channel in ASKED else ""

    def shown(self) -> str:
        """Return the fax number that is shown, "" for other channels."""
        target = self._out.target
        return target.number if target and self._channel is Channel.FAX else ""

    def _known(self, channel: Channel) -> str:
        """Return what the directory says."""
        if channel is Channel.PORTAL:
            return self._out.portal
        return self._out.mail_to if channel is Channel.EMAIL else f"Office of {self._out.place}"


def _hint(target: Target | None) -> str:
    return f"{target.why} Type them as the office says them." if target else ""


def _checked(target: Target) -> str:
    where = f"{target.surgeon}, {target.place}"
    if target.astray_on is not None:
        return f"{where}. Not verified with the office since. {target.note}".strip()
    if target.verified_on is None:
        return f"{where}. Not verified with the office yet. {target.note}".strip()
    return f"{where}. Verified with the office on {dates.say(target.verified_on)}. {target.note}".strip()


def _stale(target: Target | None, today: date | None = None) -> str:
    """Return the warning for a number that nobody verified within 90 days."""
    if target is None or not target.is_stale(today):
        return ""
    if target.astray_on is not None:
        return f"{ASTRAY.format(dates.say(target.astray_on))} {VERIFY_AGAIN}"
    if target.verified_on is None:
        return "This number was never verified. Call the office and read it back before you send."
    days = ((today or date.today()) - target.verified_on).days
    return f"This number was verified {days} days ago. Call the office and read it back before you send."
