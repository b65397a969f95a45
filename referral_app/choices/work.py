"""The closed lists of the work with referrals, and of the window."""

from __future__ import annotations

from referral_app.choices.base import Choice


class ReferralState(Choice):
    """What has been done with a referral; the states before signing are told apart by `Readiness`."""

    DRAFT = "draft"
    SIGNED = "signed", "Signed, not sent"
    SENT = "sent", "Sent, not answered"
    ANSWERED = "answered"
    CLOSED = "closed"
    CANCELED = "canceled"


class Readiness(Choice):
    """What the live check says of a referral before it is signed."""

    EMERGENCY = "emergency"
    INCOMPLETE = "incomplete", "Missing something"
    READY = "ready", "Ready to sign"


class AppointmentStatus(Choice):
    """The state of an appointment."""

    SCHEDULED = "scheduled"
    KEPT = "kept"
    CANCELED = "canceled"
    NO_SHOW = "no_show", "No-show"
    MOVED = "moved", "Rescheduled"


class InstallationMode(Choice):
    """Who uses this installation."""

    REFERRING_OFFICE = "referring_office"
    HEADACHE_CENTER = "headache_center", "Headache Center"


class Appearance(Choice):
    """The look of the window."""

    SYSTEM = "system", "As the system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"
