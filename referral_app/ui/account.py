"""What a person does about their account, in the menu of the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from referral_app.choices import Permission
from referral_app.ui.actions import Entry
from referral_app.ui.desk import Desk


def entries(desk: Desk, ask: Callable[[str], object]) -> list[Entry]:
    """Return the entries, each of which asks for one act by its name; a store without people has none."""
    if desk.db.keys is None:
        return []
    emergency = Entry("emergencyAction", "Emergency access…", (), partial(ask, "emergency"))
    return [
        Entry("lockAction", "Lock", ("Ctrl+L",), partial(ask, "lock")),
        Entry("logOutAction", "Log out or switch person", (), partial(ask, "log_out")),
        Entry("passphraseAction", "Change passphrase…", (), partial(ask, "passphrase")),
        *([emergency] if desk.may(Permission.EMERGENCY) else []),
    ]
