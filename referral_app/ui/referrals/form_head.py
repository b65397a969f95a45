"""The head of the form: back, what this is, how it stands, Save."""

from __future__ import annotations

from textwrap import shorten

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout

from referral_app.choices import Permission, ReferralState
from referral_app.database import Database
from referral_app.ui import ask, copying, rights, theme
from referral_app.ui.referrals import standing_tones
from referral_app.ui.referrals.asked_line import ASKED
from referral_app.ui.referrals.check_panel import overall, waiting
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.states import StateLabel

VOID = "This referral is signed and not sent yet. A change voids the signature when you save it."
UNSAVED = "What you typed is not in the letter yet. Save it and let it be signed, or discard it, then send."
UNCLEARED = "An emergency has not been cleared by a clinician. Nothing can be sent before that."
SENT = "This version was sent and stays as it is. What you change is saved as a correction, to be signed and sent anew."
_SEND = 110
"""The room that the button takes which sends what is signed."""
LONGEST = 160
"""Characters of a clinician's note that stand here; the whole note stands beside the signature."""


class FormHead(QFrame):
    """A bar over the form, and below it a line for what must be known about this referral."""

    back = Signal()
    save = Signal()
    check = Signal()
    discard = Signal()
    versions = Signal()
    copy_summary = Signal()
    undo = Signal()
    redo = Signal()
    one_page = Signal(bool)
    send = Signal()

    def __init__(self, draft: Draft, db: Database) -> None:
        """Show whose referral it is; `db` says what the person who acts may do."""
        super().__init__()
        self._draft, self._db = draft, db
        self._has_room, self._is_low = True, False
        theme.role(self, "bar")
        self._lines = column = QVBoxLayout(self)
        self._take_margins()
        column.addLayout(self._build_bar())
        self.note = labels.muted("")
        column.addWidget(self.note)
        self._short_note = labels.Elided("", "muted")
        column.addWidget(self._short_note)
        self.show_note()
        self.show_title()
        draft.done.connect(self.show_history)
        self.show_history()

    def _build_bar(self) -> QHBoxLayout:
        self.back_button = buttons.tool("back", "Back to the referrals; what you typed is kept", "formBack")
        self.back_button.clicked.connect(self.back)
        self._title = labels.title("")
        self.state = StateLabel("draft", "")
        self._kept = labels.muted("")
        self._kept.setWordWrap(False)
        self.check_button = buttons.outlined("Check", "formCheck", "supports")
        self.check_button.clicked.connect(self.check)
        self.check_button.hide()
        self.undo_button = buttons.tool("undo", "Undo", "formUndo")
        self.undo_button.clicked.connect(self.undo)
        self.redo_button = buttons.tool("redo", "Redo", "formRedo")
        self.redo_button.clicked.connect(self.redo)
        self.save_button = buttons.outlined("Save", "formSave", "save")
        self.save_button.setAccessibleName("Save")
        self.save_button.setToolTip("Save a version (Ctrl+S)")
        self.save_button.clicked.connect(self.save)
        self.send_button = buttons.primary("Send…", "formSend", "send")
        self.send_button.clicked.connect(self.send)
        self.send_button.hide()
        self._more = buttons.tool("more", "More for this referral", "formMore")
        self._more.setPopupMode(self._more.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(self._menu())
        theme.scale(self._title, min_width=80)
        words = Flow(10)
        for widget in (self._title, self.state, self._kept):
            theme.scale(widget, min_height=32 if widget is not self.state else 24)
            words.add(widget)
        row = QHBoxLayout()
        theme.scale(row, spacing=10)
        row.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        at_right = self.undo_button, self.redo_button, self.check_button, self.save_button, self.send_button
        for widget in (*at_right, self._more):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("formMenu")
        self.undo_action, self.redo_action = QAction("Undo", menu), QAction("Redo", menu)
        self.undo_action.triggered.connect(self.undo)
        self.redo_action.triggered.connect(self.redo)
        self.page_action = QAction("Whole referral on one page", menu, checkable=True)
        self.page_action.toggled.connect(self.one_page)
        for action in (self.undo_action, self.redo_action, self.page_action):
            menu.addAction(action)
        menu.addSeparator()
        self.versions_action = QAction("Versions…", menu)
        self.versions_action.triggered.connect(self.versions)
        menu.addAction(self.versions_action)
        copy = QAction(copying.LABEL, menu)
        copy.triggered.connect(self.copy_summary)
        menu.addAction(copy)
        menu.addSeparator()
        discard = QAction("Discard what I typed…", menu)
        discard.triggered.connect(self._ask_discard)
        menu.addAction(discard)
        return menu

    def _ask_discard(self) -> None:
        words = "What was saved before stays as it is."
        ask.confirm(self, "Discard what you typed?", words, "Discard draft", self.discard.emit, danger=True)

    def show_one_page(self, on: bool) -> None:
        """Tick in the menu whether all steps stand on one page."""
        self.page_action.setChecked(on)

    def show_history(self) -> None:
        """Say what undo and redo would change; where that is nothing they cannot be pressed."""
        past, future = self._draft.history.past, self._draft.history.future
        for button, action, verb, keys, act in (
            (self.undo_button, self.undo_action, "Undo", "Ctrl+Z", past[-1] if past else None),
            (self.redo_button, self.redo_action, "Redo", "Ctrl+Shift+Z", future[-1] if future else None),
        ):
            words = f"{verb}: {act.say()}" if act else verb
            if words != button.accessibleName() or button.isEnabled() != (act is not None):
                button.setEnabled(act is not None)
                action.setEnabled(act is not None)
                button.setAccessibleName(words)
                button.setToolTip(f"{words} ({keys})")
                action.setText(words)

    def show_title(self) -> None:
        """Show the reference number, once there is one."""
        reference = self._draft.sheet.reference
        words = f"Referral {reference}" if reference else "New referral"
        self._title.setText(words if self._has_room or not reference else reference)
        self._title.setAccessibleName(words)

    def show_note(self, _why: str = "") -> None:
        """Say what must be known about this referral."""
        sheet = self._draft.sheet
        standing = sheet.standing
        beside = shorten(standing.record.beside_words, LONGEST, placeholder="…") if standing.record else ""
        sent = SENT if standing.is_as_sent else VOID if sheet.state is ReferralState.SIGNED else ""
        asked = "; ".join(dict.fromkeys(sheet.asked_for.values()))
        asked = f"{ASKED}: {asked}. Answer it, save, and send the referral again" if asked else ""
        words = " ".join(f"{part.rstrip('.')}." for part in (sheet.note, asked, beside, sent) if part)
        self.versions_action.setEnabled(bool(sheet.referral_id))
        self.note.setText(words)
        self._short_note.setText(words)
        self._show_note_line()

    def set_low(self, low: bool) -> None:
        """Take one line and half of it, where the page is low: what is not shown is said by tooltips and the menu."""
        if low != self._is_low:
            self._is_low = low
            self._take_margins()
            self._fold()
            self._show_note_line()

    def _take_margins(self) -> None:
        above, spacing = (2, 2) if self._is_low else (8, 6)
        theme.scale(self._lines, margins=(12, above, 16, above), spacing=spacing)

    def _show_note_line(self) -> None:
        there = bool(self.note.text())
        self.note.setVisible(there and not self._is_low)
        self._short_note.setVisible(there and self._is_low)

    def show_check(self, draft: Draft) -> None:
        """Show what was done with the referral, or what the check says of it."""
        state = draft.sheet.state
        record = draft.sheet.standing.record
        is_moved = record is not None and record.state is state is not ReferralState.DRAFT
        key, words = overall(draft.check) if state is ReferralState.DRAFT else (state.value, state.label)
        if record is not None and is_moved:  # what lists say, in the same word
            key, words = standing_tones.of(record), record.state_words
        self.state.show_state(key, words)
        count = len(waiting(draft.check)) + sum(line.status == "emergency" for line in draft.check.emergency)
        self.check_button.setText(f"Check ({count})" if count else "Check")
        self._show_state()
        self._show_send(bool(draft.check.uncleared))

    def _show_send(self, is_uncleared: bool) -> None:
        """Offer to send what is signed, the next step then; what stands in the way is said on the grey button."""
        is_signed = self._draft.sheet.state is ReferralState.SIGNED
        if self.send_button.hasFocus() and not is_signed:
            self.save_button.setFocus()
        self.send_button.setVisible(is_signed)
        self._fold()
        why = UNSAVED if self._draft.dirty else UNCLEARED if is_uncleared else ""
        if rights.allow(
            self.send_button, self._db, Permission.SEND, why or "Send it to the surgeon’s office"
        ):
            self.send_button.setEnabled(not why)
            self.send_button.setAccessibleDescription(why)

    def show_check_button(self, shown: bool) -> None:
        """Offer the drawer with the live check."""
        self.check_button.setVisible(shown)
        self._show_state()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out, where there is little room, Undo and Redo, which the menu has too, and the word of Save."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        room = self.width() - (0 if self.send_button.isHidden() else theme.px(_SEND))
        for button in (self.undo_button, self.redo_button):
            button.setVisible(room >= theme.px(620) and not self._is_low)
        self.save_button.setText("Save" if room >= theme.px(520) else "")
        self._has_room = room >= theme.px(500) and not self._is_low
        self._show_kept_line()
        self.show_title()

    def _show_state(self) -> None:
        """Show the state, unless the live check beside the form says the same."""
        said = self._draft.sheet.state is ReferralState.DRAFT and self.check_button.isHidden()
        self.state.setVisible(not said)

    def show_kept(self, words: str) -> None:
        """Say when the draft was kept."""
        self._kept.setText(words)
        self._show_kept_line()

    def _show_kept_line(self) -> None:
        self._kept.setVisible(not self._is_low)
        self._title.setToolTip(self._kept.text() if self._is_low else "")

    def show_saved(self, words: str) -> None:
        """Say that a version was saved."""
        self.show_kept(words)
        self._draft.sheet.note = ""
        self.show_note()
        self.show_title()
