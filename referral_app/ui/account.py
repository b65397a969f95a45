"""What a person does about their account in the window: menu, passphrase, signature, and what the first run left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from referral_app.choices import Permission
from referral_app.ui import ask
from referral_app.ui.actions import Entry
from referral_app.ui.desk import Desk

if TYPE_CHECKING:
    from referral_app.database.wrapping import Cost
    from referral_app.ui.main_window import MainWindow

UNCONFIRMED = "The recovery key is not confirmed yet. Until then no patient can be stored."


def entries(desk: Desk, wanted: Callable[[str], object]) -> list[Entry]:
    """Return the entries, each of which asks for one act by its name; a store without people has none."""
    if desk.db.keys is None:
        return []
    emergency = Entry("emergencyAction", "Emergency access…", (), partial(wanted, "emergency"))
    signature = Entry("signatureAction", "My signature…", (), partial(wanted, "signature"))
    return [
        Entry("lockAction", "Lock", ("Ctrl+L",), partial(wanted, "lock")),
        Entry("logOutAction", "Log out or switch person", (), partial(wanted, "log_out")),
        Entry("passphraseAction", "Change passphrase…", (), partial(wanted, "passphrase")),
        Entry("keychainAction", "Remember me on this computer…", (), partial(wanted, "keychain")),
        *([signature] if desk.may(Permission.SIGN) else []),
        *([emergency] if desk.may(Permission.EMERGENCY) else []),
    ]


def act(what: str, window: MainWindow, desk: Desk, cost: Cost | None = None) -> None:
    """Open what was asked for by its name; what is not about the account is somebody else's."""
    if what == "passphrase":
        change_passphrase(window, desk, cost)
    elif what == "keychain":
        use_keychain(window, desk)
    elif what == "signature":
        show_signature(window, desk)
    elif what == "set_up_again":
        set_up_again(window, desk)


def change_passphrase(window: MainWindow, desk: Desk, cost: Cost | None = None) -> None:
    """Open the dialog that changes the passphrase."""
    from referral_app.ui.login.change_dialog import ChangeDialog

    dialog = ChangeDialog(desk, window, cost)
    dialog.said.connect(window.status.say)
    dialog.open()


def show_signature(window: MainWindow, desk: Desk) -> None:
    """Open the dialog with the signature of one's own."""
    from referral_app.ui.login.signature_dialog import SignatureDialog

    dialog = SignatureDialog(desk, window)
    dialog.said.connect(window.status.say)
    dialog.open()


def use_keychain(window: MainWindow, desk: Desk) -> None:
    """Ask whether this computer's keychain is to log the person in, or to do so no more."""
    from referral_app.jobs import sessions
    from referral_app.ui.login.keychain_dialog import KeychainDialog

    keys, who = desk.db.keys, desk.db.rights
    if keys is None or not keys.is_remembered(who.person_id):
        dialog = KeychainDialog(desk, window)
        dialog.said.connect(window.status.say)
        dialog.open()
        return

    def forget() -> None:
        said = partial(window.status.say, "This computer does not remember you any more")
        desk.background.run(window, lambda: sessions.forget_here(desk.db), lambda _: said())

    ask.confirm(
        window, "This computer remembers you", "The login page lets you in without your passphrase.",
        "Forget me here", forget, no="Keep it",
    )  # fmt: skip


def set_up_again(window: MainWindow, desk: Desk) -> None:
    """Open the dialog with what the first run left."""
    from referral_app.ui.login.set_up_dialog import SetUpDialog

    dialog = SetUpDialog(desk, window)
    dialog.said.connect(window.status.say)
    dialog.go.connect(window.show_page)
    dialog.recovery.confirmed.connect(partial(_confirmed, window))
    dialog.open()


def ask_for_recovery(window: MainWindow) -> None:
    """Remind an administrator of the recovery key until it is confirmed."""
    from referral_app.ui.widgets.notice import Advice

    notice = Advice("warning", "recoveryNotice", "Confirm the recovery key", UNCONFIRMED)
    notice.acted.connect(partial(window.asked.emit, "set_up_again"))
    window.notify(notice)


def _confirmed(window: MainWindow) -> None:
    from referral_app.ui.widgets.notice import Advice

    notice = window.findChild(Advice, "recoveryNotice")
    if isinstance(notice, Advice):
        notice.say("")
