"""The attachments: what the surgeon wants, ways to add files, each file as a row, and documents without a file."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from referral_app.clinical.documents_wanted import Wanted
from referral_app.clinical.fields import Field
from referral_app.services.errors import InvalidInput
from referral_app.ui.desk import Desk
from referral_app.ui.referrals import attaching, attachment_sources
from referral_app.ui.referrals.attachment_dialog import AttachmentDialog
from referral_app.ui.referrals.attachment_notes import FileNotes, WantedLines
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.file_line import FileLine
from referral_app.ui.referrals.flow import FlowLayout, stops, tab_before
from referral_app.ui.referrals.reason_dialog import ReasonDialog
from referral_app.ui.referrals.rows_view import RowsView
from referral_app.ui.widgets import buttons

LACKS = "The surgeon's office and the letter say so; it does not stop the referral."


class AttachmentsView(RowsView):
    """A table whose rows may have a file."""

    def __init__(self, field: Field, path: str, desk: Desk, draft: Draft) -> None:
        """Show what the draft holds now, and what is on its way."""
        self.attaching = attaching.of(desk, draft)
        self.wanted, self.notes = WantedLines(), FileNotes()
        self.files_button = buttons.outlined("Add files…", f"{path}.files", "attach")
        self.clipboard_button = buttons.outlined("Paste", f"{path}.clipboard", "copy")
        super().__init__(field, path, draft)
        self._ways = self._build_ways()
        for at, part in enumerate((self.wanted, self._ways, self.notes)):
            self.column.insertWidget(at, part)
        self.add_button.setText("List a document without a file")
        self.add_button.setToolTip("For what goes by itself, by mail or fax (Ctrl+Enter in a row)")
        self._follow_files()
        self._show_around()

    def _build_ways(self) -> QWidget:
        line = QWidget()
        ways = FlowLayout(line, gap=8)
        self.files_button.setToolTip("PDF, JPEG, PNG or TIFF, up to 25 MB each; or drop files on the form")
        self.clipboard_button.setAccessibleName("Paste a file or picture")
        self.clipboard_button.setToolTip("Paste a copied file or picture (Ctrl+Shift+V)")
        for button in (self.files_button, self.clipboard_button):
            button.setEnabled(self.attaching.may_add())
            ways.addWidget(button)
        return line

    def _follow_files(self) -> None:
        self.files_button.clicked.connect(self.choose)
        self.clipboard_button.clicked.connect(self.paste_files)
        self.attaching.changed.connect(self.show_rows)
        self._draft.checked.connect(self._show_around)
        self.wanted.add.connect(self._choose_wanted)
        self.wanted.lack.connect(self._ask_why)
        self.wanted.go.connect(self.open_row)
        self.notes.dismissed.connect(self.attaching.dismiss)
        self.notes.chosen.connect(self._is)
        self.notes.wanted.connect(partial(self.open_row, name="kind"))

    # What is shown

    def show_rows(self) -> None:
        """Show every row, and what stands around them."""
        super().show_rows()
        for number, (line, row) in enumerate(zip(self._lines, self.rows(), strict=False)):
            if isinstance(line, FileLine):
                line.show_file(f"{self._one} {number + 1}", str(row.get("sha256")) in self.attaching.known)
        if self.column.count() > 3:
            self._show_around()

    def _show_around(self) -> None:
        """Show what is wanted and what is said of files, where it is not what stands there."""
        surgeon, wanted = self._draft.surgeon, self.attaching.wanted()
        of_center = bool(wanted) and wanted[0].requirement.of_center
        who = "the Center" if of_center or surgeon is None else f"Dr. {surgeon.family_name}"
        items = self.attaching.items
        changed = self.wanted.show_wanted(who, wanted)
        if self.notes.show_notes(items, self.attaching.suggested(), self.attaching.problem) or changed:
            tab_before((*self._parts(), *self._foot.tab_stops()), self._above())

    def _add_line(self, number: int) -> None:
        line = FileLine(f"{self.path}[{number}]")
        line.clicked.connect(self._edit_clicked)
        line.removed.connect(self._remove_clicked)
        line.viewed.connect(self._view_clicked)
        self._lines.append(line)
        self._rows.addWidget(line)

    def _show_editor(self) -> None:
        """Ask of a row with a file neither its pages, which were counted, nor why there is none."""
        rows, whole = self.rows(), self.field
        has_file = 0 <= self._open < len(rows) and bool(rows[self._open].get("sha256"))
        left = tuple(one for one in whole.fields if one.name not in ("pages", "not_available"))
        self.field = replace(whole, fields=left) if has_file else whole
        super()._show_editor()
        self.field = whole

    def _words(self, row: dict[str, Any]) -> tuple[str, str]:
        sha256 = str(row.get("sha256") or "")
        if not sha256:
            return super()._words(row)
        title, detail = super()._words(row)
        record = self.attaching.known.get(sha256)
        missing = "the file is not in this store" if self.attaching.is_known else ""
        about = f"{record.name}, {_size(record.size)}" if record else missing
        return title, " · ".join(part for part in (detail, about) if part)

    def _above(self) -> list[QWidget]:
        return [self.wanted, self.files_button, self.clipboard_button, self.notes]

    def tab_stops(self) -> list[QWidget]:
        """Return what is wanted, the ways to add files, what is said of them, then the rows."""
        return [*(stop for part in self._above() for stop in stops(part)), *super().tab_stops()]

    # What the user does

    def choose(self) -> None:
        """Ask for files."""
        attachment_sources.choose(self, self.attaching.add)

    def paste_files(self) -> None:
        """Add what the clipboard holds."""
        self.attaching.add(attachment_sources.of_clipboard())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste a file or picture with Ctrl+V too, where no field takes it."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_files()
        else:
            super().keyPressEvent(event)

    def _choose_wanted(self, one: Wanted) -> None:
        attachment_sources.choose(self, partial(self.attaching.add, kind=str(one.kind), title=one.title))

    def _ask_why(self, one: Wanted) -> None:
        act = partial(self._lack, one)
        dialog = ReasonDialog(self, one.name, "Why is it not available?", LACKS, "Keep", act)
        dialog.edit.setPlainText(one.why)
        dialog.open()

    def _lack(self, one: Wanted, why: str) -> None:
        self.attaching.lack(one, why)
        self.show_rows()
        self.left.emit()

    def _is(self, number: int, kind: str) -> None:
        self.attaching.answer(number, kind=kind)
        self.show_rows()
        self._focus_line(number)
        self.left.emit()

    def _view_clicked(self) -> None:
        row = self.rows()[self._number()]
        self.show_problem("")
        self.attaching.look(str(row["sha256"]), partial(self._view, self._words(row)[0]), self._not_viewed)

    def _view(self, title: str, pdf: bytes) -> None:
        AttachmentDialog(title, pdf, self).open()

    def _not_viewed(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        self.show_problem(" ".join(error.fields.values()))

    def take_focus(self) -> None:
        """Put the focus where files are added."""
        (self.files_button if self.files_button.isEnabled() else self.add_button).setFocus()


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{max(size // 1000, 1)} kB"
