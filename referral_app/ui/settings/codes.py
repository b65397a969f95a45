"""The releases of diagnosis codes that hold here, and the way to load the next one."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from referral_app.choices import Permission
from referral_app.clinical import dates
from referral_app.database import Database
from referral_app.jobs import code_files
from referral_app.jobs.code_files import Affected, CodeFile
from referral_app.services import code_lists
from referral_app.services.code_lists import ReleaseRecord
from referral_app.services.errors import InvalidInput, NotFound
from referral_app.ui import ask, rights, theme
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.desk import Desk
from referral_app.ui.settings.codes_dialog import CodesDialog
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, clear, column, row
from referral_app.ui.widgets.notice import Advice

KINDS = "ICD-10-CM codes of CMS (*.zip *.txt)"
WORDS = (
    "The date of a referral decides which release its codes are held against. CMS publishes a release for October 1 of "
    "each year and an update for April 1: take “Code Descriptions in Tabular Order” from its pages."
)


def _titled(newest: ReleaseRecord) -> str:
    """Return what stands above the newest release that has begun."""
    if newest.ends and newest.ends < date.today():
        return f"{newest.label}, the newest here; it ended on {dates.say(newest.ends)}"
    return f"{newest.label}, in use today"


class CodesCard(Card):
    """Each release with its days and number of codes; `open_referral(id)` for one that uses a code that is gone."""

    said = Signal(str)
    open_referral = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Make it; `reload` fills it."""
        super().__init__("Diagnosis codes")
        self._desk = desk
        self._list: QVBoxLayout = column(spacing=4)
        self.ended = Advice("warning", "codesEnded")
        self._found: dict[str, ReleaseRecord] = {}
        self.load_button = buttons.outlined("Load a release…", "loadCodes", "import")
        self.load_button.clicked.connect(self._ask_file)
        for part in (labels.muted(WORDS), self._list, self.ended, row(self.load_button, None)):
            self.add(part)

    def reload(self) -> None:
        """Fetch the releases again."""
        rights.allow(self.load_button, self._desk.db, Permission.ADMINISTER)
        self._desk.background.run(self, partial(_find, self._desk.db), self._show)

    def _show(self, found: list[ReleaseRecord]) -> None:
        clear(self._list)
        self._found = {one.id: one for one in found}
        today = date.today()
        begun = [one for one in found if one.starts <= today]
        now = begun[0] if begun else found[-1]
        for one in found:
            self._list.addWidget(self._line(one, one is now))
        words = (
            f"{now.label} ended on {dates.say(now.ends)}. Load the release that follows it."
            if now.ends
            else ""
        )
        self.ended.say(words if now.ends and now.ends < today else "")

    def _line(self, one: ReleaseRecord, in_use: bool) -> QWidget:
        whole = QWidget()
        inside = QHBoxLayout(whole)
        theme.scale(inside, margins=(0, 4, 0, 4), spacing=12)
        words = column(spacing=0)
        words.addWidget(labels.strong(_titled(one) if in_use else one.label))
        words.addWidget(labels.muted(about(one)))
        inside.addLayout(words, 1)
        if one.id:
            remove = buttons.link("Remove", f"removeCodes.{one.id}")
            remove.setAccessibleName(f"Remove {one.label}")
            rights.allow(remove, self._desk.db, Permission.ADMINISTER)
            remove.setProperty("release", one.id)
            remove.clicked.connect(self._ask_remove)
            inside.addWidget(remove)
        return whole

    # Loading

    def _ask_file(self) -> None:
        ask.open_file(self, "Load a release of diagnosis codes", KINDS, self.read)

    def read(self, path: Path) -> None:
        """Read a file, and show what it holds before anything is kept."""
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> CodeFile:
            return code_files.read(db, path)

        self._desk.background.job(self, "Reading diagnosis codes", work, self._open, self._refused)

    def _open(self, file: CodeFile) -> None:
        dialog = CodesDialog(self._desk, file, self)
        dialog.loaded.connect(self._loaded)
        dialog.open_referral.connect(self.open_referral)
        dialog.open()

    def _loaded(self, label: str) -> None:
        self.said.emit(f"{label} is loaded")
        self.reload()

    # Removing

    def _ask_remove(self) -> None:
        one = self._found[str(cast(QWidget, self.sender()).property("release"))]
        detail = (
            "Referrals of its days are held against the release before it again. Nothing in them is changed."
        )
        ask.confirm(
            self, f"Remove {one.label}?", detail, "Remove release", partial(self._remove, one), danger=True
        )

    def _remove(self, one: ReleaseRecord) -> None:
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> Affected:
            return code_files.remove(db, one.id, progress)

        done = partial(self._removed, one.label)
        self._desk.background.job(self, f"Removing {one.label}", work, done, self._refused)

    def _removed(self, label: str, affected: Affected) -> None:
        also = (
            f"; {affected.count:,} drafts and unsigned referrals use codes that are gone"
            if affected.count
            else ""
        )
        self.said.emit(f"{label} is removed{also}")
        self.reload()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, code_files.BadFile | InvalidInput | NotFound):
            raise error
        words = " ".join(error.fields.values()) if isinstance(error, InvalidInput) else str(error)
        ask.tell(self, "The diagnosis codes were not changed.", words, warning=True)
        self.reload()


def about(one: ReleaseRecord) -> str:
    """Return the days of a release, how many codes it has and where it came from, in one line."""
    days = (
        f"{dates.say(one.starts)} to {dates.say(one.ends)}" if one.ends else f"from {dates.say(one.starts)}"
    )
    when = f" on {dates.say(one.loaded_at.astimezone().date())}" if one.loaded_at else ""
    origin = f"loaded{when} by {one.loaded_by or 'nobody named'}" if one.id else "comes with the program"
    return f"{days} · {one.leaves:,} codes · {origin}"


def _find(db: Database) -> list[ReleaseRecord]:
    with db.read() as session:
        return code_lists.find(session)
