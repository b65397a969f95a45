"""Calls as they stand beside a patient or a referral: with whom, what was said, when, identity checked or not."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from referral_app.choices import IdentityCheck
from referral_app.clinical import clock, dates
from referral_app.services.calls import CallRecord
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import column


def line(call: CallRecord) -> QVBoxLayout:
    """Return the lines of one call."""
    at = call.at.astimezone() if call.at else None
    when = f"{dates.say(at.date())}, {clock.say(at)}" if at else ""
    checks = {str(one): one.label for one in IdentityCheck}
    checked = (
        f"identity: {checks.get(call.checked, call.checked).lower()}"
        if call.checked
        else "identity not checked"
    )
    left = "message left" if call.message_left else ""
    made = column(spacing=0)
    made.addWidget(labels.body(f"{call.with_whom}: {call.said}"))
    made.addWidget(labels.muted(" · ".join(part for part in (when, call.by, checked, left) if part)))
    return made
