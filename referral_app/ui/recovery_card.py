"""The recovery key: shown once, printed, and confirmed by typing its end; later confirmed from paper or made anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_app import crockford
from referral_app.database import StoreProblem
from referral_app.jobs import files, people
from referral_app.services.errors import InvalidInput
from referral_app.ui import ask, theme
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, column, row
from referral_app.ui.widgets.inputs import LineEdit
from referral_app.ui.widgets.qr import QrCode
from referral_app.ui.widgets.secret import Secret
from referral_app.ui.widgets.states import StateLabel

GROUP = 4
"""Characters in a group, as on the printed sheet."""
WHAT = (
    "It opens the store when this computer is broken or every passphrase is forgotten. Nobody can make it again for "
    "you, the makers of the program included. Print it, keep it in a locked place away from this computer, and never "
    "with a backup."
)
LATER = (
    "The recovery key was shown when it was made and is kept nowhere. Type the whole key from the printed sheet, or "
    "make a new one; an old sheet opens nothing from then on."
)
WAITING = "No patient can be stored before the recovery key is confirmed."
END_HINT = "Read them from the sheet, so that we both know it was kept"


class RecoveryCard(Card):
    """`confirmed` once what was typed fits; `said` tells what was printed or saved."""

    confirmed = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Make it for a key that was shown before; `show_key` shows a new one."""
        super().__init__("Recovery key")
        self._desk, self._key = desk, ""
        self.secret = Secret("recoveryKey")
        self._code = QrCode("recoveryCode", "The recovery key as a QR code")
        self._saved = labels.muted("")
        self._saved.hide()
        self._words, self._shown = labels.body(LATER), self._show_area()
        self.typed = LineEdit("recoveryTyped", chars=40)
        self._field = Field("Recovery key", self.typed)
        self._confirm = buttons.outlined("Confirm", "confirmRecovery", "check")
        self._again = buttons.link("Make a new recovery key", "newRecovery")
        self._state = StateLabel("missing", WAITING)
        theme.scale(self.column, spacing=14)
        for part in (
            self._words,
            self._shown,
            self._field,
            row(self._confirm, self._again, None),
            self._state,
        ):
            self.add(part)
        self._confirm.clicked.connect(self.confirm)
        self._again.clicked.connect(self._ask_new)
        self.typed.returnPressed.connect(self.confirm)
        self._shown.hide()

    @property
    def shows_key(self) -> bool:
        """Whether a new key is shown that nobody confirmed yet."""
        return bool(self._key)

    def show_key(self, key: str) -> None:
        """Show a key that was just made; it has to be confirmed."""
        plain = "".join(mark for mark in key if mark.isalnum())
        self._key = crockford.grouped(plain, GROUP)
        self._words.setText(WHAT)
        self.secret.show_groups(self._key, "Recovery key")
        self._code.show_text(self._key)
        for part in (self._shown, self._field, self._confirm):
            part.show()
        self._field.set_label("Last two groups of the recovery key")
        self._field.set_hint(END_HINT)
        self._field.set_error("")
        self.typed.clear()
        self.typed.setFocus()
        self._show_state(False)

    def show_confirmed(self) -> None:
        """Say that it is done, and forget the key."""
        self._key = ""
        self.secret.clear()
        self._code.show_text("")
        for part in (self._shown, self._field, self._confirm):
            part.hide()
        self._words.setText("Keep the printed sheet in a locked place away from this computer.")
        self._show_state(True)

    def confirm(self) -> None:
        """Hold what was typed against the key."""
        db, typed, key = self._desk.db, self.typed.text(), self._key
        self._desk.background.run(
            self, lambda: people.confirm_recovery_key(db, typed, key), self._confirmed, self._refused
        )

    def _confirmed(self, _answer: object) -> None:
        self.show_confirmed()
        self.confirmed.emit()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, StoreProblem | InvalidInput):
            raise error
        said = " ".join(error.fields.values()) if isinstance(error, InvalidInput) else str(error)
        self._field.set_error(said)
        self.typed.selectAll()
        self.typed.setFocus()

    def _show_state(self, done: bool) -> None:
        self._state.show_state("ok" if done else "missing", "Confirmed" if done else WAITING)

    def _show_area(self) -> QWidget:
        made = QWidget()
        print_it = buttons.outlined("Print…", "printRecovery", "print")
        save = buttons.outlined("Save as PDF…", "saveRecovery", "save")
        print_it.clicked.connect(self.print)
        save.clicked.connect(self._ask_where)
        whole = column(spacing=12)
        whole.addWidget(self.secret)
        whole.addLayout(row(self._code, _below(print_it, save, self._saved), None, spacing=16))
        made.setLayout(whole)
        return made

    def _ask_new(self) -> None:
        ask.confirm(
            self, "Make a new recovery key?", "The sheet that was printed before opens nothing from then on.",
            "Make a new key", self._make_new,
        )  # fmt: skip

    def _make_new(self) -> None:
        db = self._desk.db
        self._desk.background.run(self, lambda: people.new_recovery_key(db), self.show_key, self._refused)

    # Paper

    def print(self) -> None:
        """Make the sheet and ask for a printer."""
        self._make(self._print)

    def _print(self, content: bytes) -> None:
        from referral_app.ui.printing import print_pdf

        print_pdf(self, self._desk, content, self.said.emit)

    def _ask_where(self) -> None:
        ask.save_file(self, "Save the recovery key", "recovery-key.pdf", "PDF (*.pdf)", self.save)

    def save(self, path: Path) -> None:
        """Write the sheet into a file."""

        def write(content: bytes) -> str:
            files.write(path, content)
            return f"Saved as {path.name}. Whoever has this file can open the store: move it to a safe place."

        self._make(self._written, write)

    def _written(self, words: str) -> None:
        self.said.emit(words)
        self._saved.setText(words)
        self._saved.show()

    def _make(self, on_done: Callable[[Any], object], then: Callable[[bytes], Any] | None = None) -> None:
        """Make the sheet in the background, do something more with it there, and hand the answer on."""
        db, key = self._desk.db, self._key

        def work() -> Any:
            from referral_app.jobs import recovery_sheet

            content = recovery_sheet.make(db, key)
            return then(content) if then else content

        self._desk.background.run(self, work, on_done, self._not_made)

    def _not_made(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput | StoreProblem):
            raise error
        said = " ".join(error.fields.values()) if isinstance(error, InvalidInput) else str(error)
        ask.tell(self, said, "The key is still shown here.", warning=True)


def _below(*parts: QWidget) -> QVBoxLayout:
    made = column(spacing=8)
    for part in parts:
        made.addWidget(part)
    made.addStretch(1)
    return made
