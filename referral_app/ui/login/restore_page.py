"""Restoring a backup, guided: which one, by which way in, and what came of it. Nothing is ever deleted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from referral_app.database import BackupRecord, Passphrase, Recovery, Restored, StoreProblem
from referral_app.jobs import backups
from referral_app.paths import Paths
from referral_app.ui import ask, moments, theme
from referral_app.ui.background import Background
from referral_app.ui.fields import Field
from referral_app.ui.login import passphrases, sheet
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, row
from referral_app.ui.widgets.inputs import LineEdit, Radios
from referral_app.ui.widgets.notice import Advice

KINDS = "Backups (*.backup);;All files (*)"
RECOVERY, PERSON = "recovery", "person"
WAYS = ((RECOVERY, "The recovery key from the printed sheet"), (PERSON, "Login and passphrase of that time"))
NONE = (
    "There are no backups in the data folder. Choose the file of one, such as from a stick or a second disk."
)
ACCOUNTS = "People and passphrases are those of that time: look at Settings, People."
KEEPS = "The backup is checked whole before anything is changed. What is here now is moved aside together and kept."
ROWS = 5


class RestorePage(QWidget):
    """`restored` once a backup is in place and the person wants to go on, `left` when it is given up."""

    restored = Signal()
    left = Signal()
    help_topic = "login"

    def __init__(self, paths: Paths, background: Background, why: str = "", file: Path | None = None) -> None:
        """Make it; `why` says what is wrong with the store, `file` is the backup that was chosen already."""
        super().__init__()
        self.setObjectName("restorePage")
        self._paths, self._background, self._file = paths, background, file
        self.list = _list()
        self.way = Radios("restoreWay", WAYS, "Way in")
        self.key, self.login = LineEdit("restoreKey", chars=40), LineEdit("restoreLogin", chars=32)
        self.passphrase = passphrases.line("restorePassphrase")
        self._key = Field("Recovery key", self.key, "Small letters and missing hyphens are fine")
        self._person = Field("Login", self.login), Field("Passphrase", self.passphrase)
        self.problem = Advice("emergency", "restoreProblem", words=why)
        self.done = Advice("ok", "restoreDone")
        self._go, self._leave = (
            buttons.primary("Restore", "restoreNow"),
            buttons.outlined("Close", "leaveRestore"),
        )
        self._on = buttons.primary("Go on", "afterRestore")
        self._on.hide()
        card = Card("Restore a backup")
        theme.scale(card.column, spacing=14)
        self._asks = self._ask_parts()
        for part in (self.problem, labels.body(KEEPS), *self._asks, self.done):
            card.add(part)
        card.add(row(self._leave, None, self._go, self._on))
        sheet.lay_out(self, "restoreScroll", card, width=600)
        self._connect()

    def begin(self) -> None:
        """List what is there, the newest first."""
        self.way.set_value(RECOVERY)
        paths = self._paths
        self._background.run(self, lambda: backups.listed(paths), self._show)
        if self._file is not None:
            self.take(self._file)

    def take(self, path: Path) -> None:
        """Take the file of a backup."""
        from referral_app.database import backup_record

        try:
            record = backup_record(path)
        except StoreProblem as problem:
            self.problem.say(str(problem))
            return
        self.problem.say("")
        self.list.insertItem(0, _item(record))
        self.list.setCurrentRow(0)

    def restore(self) -> None:
        """Put the chosen backup in the place of the store, in the background."""
        if self.list.currentRow() < 0:
            self.problem.say("Choose a backup first.")
            return
        record: BackupRecord = self.list.currentItem().data(Qt.ItemDataRole.UserRole)
        self.problem.say("")
        self._set_busy(True)
        paths, way = self._paths, self._way(record)
        self._background.run(self, lambda: _restored(paths, record, way), self._done, self._refused)

    def _way(self, record: BackupRecord) -> Passphrase | Recovery | None:
        if not record.with_key:
            return None
        if self.way.value() == PERSON:
            return Passphrase(self.login.text().strip(), self.passphrase.text())
        return Recovery(self.key.text())

    def _done(self, done: Restored) -> None:
        self._set_busy(False)
        for part in (*self._asks, self._go):
            part.hide()
        aside = f" What was here before is in {done.aside}." if done.aside else ""
        self.done.say(f"The backup made {moments.say(done.made_at)} is in place.{aside} {ACCOUNTS}")
        self._leave.hide()
        self._on.show()
        self._on.setFocus()

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, StoreProblem):
            raise error
        self.problem.say(str(error))

    def _show(self, found: list[BackupRecord]) -> None:
        for record in found:
            self.list.addItem(_item(record))
        if self.list.count() and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self._nothing.setVisible(not self.list.count())
        self.list.setFocus()

    def _ask_parts(self) -> tuple[QWidget, ...]:
        self._nothing = labels.muted(NONE)
        self._nothing.hide()
        choose = buttons.outlined("Choose a file…", "chooseBackup", "open")
        choose.clicked.connect(self._ask_file)
        holder = QWidget()
        holder.setLayout(row(choose, None))
        return (
            Field("Backup", self.list), self._nothing, holder, Field("Way in", self.way), self._key, *self._person,
        )  # fmt: skip

    def _ask_file(self) -> None:
        ask.open_file(self, "Choose a backup", KINDS, self.take)

    def _connect(self) -> None:
        self._go.clicked.connect(self.restore)
        self._leave.clicked.connect(self.left)
        self._on.clicked.connect(self.restored)
        self.way.changed.connect(self._fold)
        self.list.currentItemChanged.connect(self._fold)
        self.key.returnPressed.connect(self.restore)
        self.passphrase.returnPressed.connect(self.restore)
        self._fold()

    def _fold(self, *_: object) -> None:
        """Ask for what the backup and the chosen way need."""
        item = self.list.currentItem()
        record: BackupRecord | None = item.data(Qt.ItemDataRole.UserRole) if item else None
        locked = record is None or record.with_key
        by_key = self.way.value() != PERSON
        self._asks[3].setVisible(locked)
        self._key.setVisible(locked and by_key)
        for block in self._person:
            block.setVisible(locked and not by_key)

    def _set_busy(self, busy: bool) -> None:
        self._go.setEnabled(not busy)
        self._leave.setEnabled(not busy)
        self._go.setText("Restoring…" if busy else "Restore")


def _list() -> QListWidget:
    made = QListWidget()
    made.setObjectName("backupList")
    theme.role(made, "completions")
    theme.scale(made, min_height=ROWS * 34)
    return made


def _item(record: BackupRecord) -> QListWidgetItem:
    moment = moments.say(record.made_at)
    why = backups.REASONS.get(record.reason, record.reason)
    size = f"{record.size / 1_000_000:.1f} MB"
    made = QListWidgetItem(f"{moment[0].upper()}{moment[1:]} · {why} · {size}")
    made.setData(Qt.ItemDataRole.UserRole, record)
    made.setSizeHint(QSize(0, theme.px(32)))
    return made


def _restored(paths: Paths, record: BackupRecord, way: Passphrase | Recovery | None) -> Restored:
    from referral_app.database import restore

    return restore(paths, record.path, way)
