"""One field on the form: label, control, what was understood, what is wrong, and "Not available"."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from referral_app.clinical.fields import Field, Kind, answered, unavailable
from referral_app.ui import theme
from referral_app.ui.referrals.asked_line import ASKED
from referral_app.ui.referrals.control import Control
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.flow import chain, stops
from referral_app.ui.widgets import buttons, labels

FORMATS = frozenset(
    {Kind.DATE, Kind.MONTH, Kind.INTEGER, Kind.DECIMAL, Kind.PHONE, Kind.EMAIL, Kind.NPI, Kind.STATE, Kind.ZIP,
     Kind.LANGUAGE}
)  # fmt: skip
"""The kinds that are checked when the focus leaves them; everything else waits for Save or Check all."""

REASONS = (
    "Not known to the patient", "Not done yet", "Record requested, not here yet", "The patient declined to answer",
    "Does not apply",
)  # fmt: skip
"""The usual reasons why there is no answer; a digit typed into the empty box is the reason of that number."""

OFFERS = ("Not available…", "N/A…", "…")
"""The words of the offer, and shorter ones where the label leaves less room."""
ROOM = 96
"""Width at 100 % that a label of several lines leaves free for the offer."""
TARGET = 24
"""Least width and height at 100 % of what is pressed."""

PRIVATE = "Private: printed only when you tick it at the end"


class FieldView(QWidget):
    """A field bound to one path of the draft."""

    left = Signal()

    def __init__(self, field: Field, path: str, draft: Draft, control: Control, label: str = "") -> None:
        """Show the answer of the draft at that path."""
        super().__init__()
        self.field, self.path, self.control = field, path, control
        self._draft = draft
        self._words = label or field.label
        self._reason: QWidget | None = None
        self._error = ""
        self._lay_out()
        self.control.call(self._words, path)
        self.load()
        self.control.changed.connect(self._changed)
        self.control.left.connect(self._left)

    # What it is made of

    _note: QLabel | None
    _problem: QLabel | None
    _link: QPushButton | None

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        theme.scale(self._column, spacing=4)
        self._column.addLayout(self._header())
        self._column.addWidget(self.control)
        self._column.addStretch(1)
        self._note = self._problem = self._link = None

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        theme.scale(row, spacing=6)
        self.label = labels.strong(self._words)
        self.label.setWordWrap(len(self._words) > 30)
        self.label.setBuddy(self.control.targets()[0])
        row.addWidget(self.label, int(self.label.wordWrap()))
        theme.scale(self.label, min_height=24)
        if not self.field.required:
            row.addWidget(self._optional())
        row.addStretch(0 if self.label.wordWrap() else 1)
        if self.may_lack and self.label.wordWrap():
            theme.scale(row, margins=(0, 0, ROOM, 0))
        return row

    def _link_button(self, words: str, name: str, key: str) -> QPushButton:
        button = buttons.link(words, f"{self.path}.{key}")
        button.setAccessibleName(f"{self._words}: {name}")
        button.setProperty("aside", True)
        return button

    def _optional(self) -> QLabel:
        words = labels.muted("(optional)")
        words.setWordWrap(False)
        return words

    def _say(self, label: QLabel | None, role: str, words: str) -> QLabel | None:
        """Show words below the control; the label is made when there are some for the first time."""
        if label is None and words:
            label = labels.muted("")
            theme.role(label, role)
            self._column.insertWidget(self._column.count() - 1 if role == "muted" else 2, label)
        if label is not None:
            label.setText(words)
            label.setVisible(bool(words))
        return label

    # Reading and showing

    def load(self) -> None:
        """Show what the draft holds."""
        value = self._draft.get(self.path)
        reason = unavailable(value)
        if reason is None:
            self.control.fill(value)
        self._show_reason(reason)
        self._show_note()

    def _changed(self) -> None:
        self._draft.put(self.path, self.control.read(), typed=self.control.typed)
        self.show_problem(self.control.found)
        self._show_note()
        self._show_link()

    def _left(self) -> None:
        self._draft.history.rest()
        value = self._draft.get(self.path)
        if words := self.control.leftover():
            self.show_problem(words)
        elif self.field.kind in FORMATS and answered(value) and unavailable(value) is None:
            self.show_problem(self._draft.problems().get(self.path, ""))
        self.was_left = True
        self._show_note()
        self.left.emit()

    was_left = False
    """Whether the focus was in this field and left it, so that what is wrong with it may be said."""

    def judge(self, problems: dict[str, str]) -> None:
        """Show or take away what other answers make of this one, once it was left."""
        if self.was_left and self.field.kind in FORMATS and not self.control.leftover():
            shown = answered(self._draft.get(self.path)) and self._reason_hidden()
            self.show_problem(problems.get(self.path, "") if shown else "")

    def _show_note(self) -> None:
        hint = self.field.hint or (PRIVATE if self.field.private else "")
        words = self.control.echo() or self._review() or hint
        if self.path in self._draft.sheet.asked_for:
            words = f"{ASKED}. {words}".strip()
        self._note = self._say(self._note, "muted", words if self._reason_hidden() else "")
        self._describe()

    def _review(self) -> str:
        """Return what the live check says of a 0 that can stand and helps nobody, such as no pain before a block."""
        if self.field.kind is not Kind.INTEGER or self._draft.get(self.path) != 0 or not self.was_left:
            return ""
        self._draft.settle()
        return next((line.text for line in self._draft.check.review if line.field == self.path), "")

    def show_problem(self, words: str) -> None:
        """Show what is wrong beside the field, or nothing."""
        if words == self._error:
            return
        self._error = words
        self._problem = self._say(self._problem, "error", words)
        self.control.mark_wrong(bool(words))
        self._describe()

    def _describe(self) -> None:
        said = ["Required." if self.field.required else "Optional.", self._note.text() if self._note else ""]
        self.control.describe(" ".join([*said, f"Error: {self._error}" if self._error else ""]).strip())

    # Not available

    def _reason_hidden(self) -> bool:
        return self._reason is None or self._reason.isHidden()

    def set_near(self, near: bool) -> None:
        """Offer "Not available" while the focus or the mouse is at the field and nothing is answered."""
        self._near = near
        self._show_link()

    _near = False

    def _show_link(self) -> None:
        wanted = (
            self.may_lack and (self._near or self.underMouse()) and not answered(self._draft.get(self.path))
        )
        if self._link is None and wanted:
            self._link = self._make_link()
        if self._link is not None:
            self._place_link(self._link)
            self._link.setVisible(wanted)

    def _make_link(self) -> QPushButton:
        """Return the offer, which lies on the field and in no layout: it moves nothing when it comes and goes."""
        link = self._link_button(OFFERS[0], "not available", "not_available")
        link.setParent(self)
        link.setToolTip("Not available… (Ctrl+Shift+N)")
        # A stop of Tab that comes and goes would shift those behind it.
        link.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        theme.scale(link, max_height=TARGET)
        link.clicked.connect(self.make_unavailable)
        return link

    def _place_link(self, link: QPushButton) -> None:
        """Put the offer above the right end of the answer, in short where the label leaves little room."""
        link.ensurePolished()
        taken = 0 if self.label.wordWrap() else self.label.sizeHint().width() + theme.px(4)
        for words in OFFERS:
            link.setText(words)
            if taken + link.sizeHint().width() <= self.width():
                break
        width = min(max(link.sizeHint().width(), theme.px(TARGET)), self.width())
        link.setGeometry(self.width() - width, 0, width, theme.px(TARGET))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the offer at the end of the line."""
        super().resizeEvent(event)
        if self._link is not None:
            self._place_link(self._link)

    @property
    def may_lack(self) -> bool:
        """Whether the field may be answered with "not available": every required one but those of the signature."""
        return self.field.required and not self.path.startswith("signature.")

    def enterEvent(self, event: object) -> None:
        """Offer "Not available" under the mouse."""
        self._show_link()

    def leaveEvent(self, event: object) -> None:
        """Take the offer away again."""
        self._show_link()

    def _order_tabs(self) -> None:
        """Let Tab go from the answer to the reason and on to the next field."""
        chain(stops(self))

    def make_unavailable(self, reason: str | bool = "") -> None:
        """Turn the field into a box for the reason why there is no answer."""
        words = reason if isinstance(reason, str) else ""
        before = self._draft.get(self.path)
        if answered(before) and unavailable(before) is None:
            self._draft.said.emit(
                f"{self._words}: the answer was replaced. Ctrl+Z or “Answer it” brings it back."
            )
        self._draft.put(self.path, {"unavailable": words})
        self.show_problem("")
        self._reason_box().show()
        self._reason_edit.setFocus()  # before its place is hidden: Qt would give the focus to the next field
        self._show_reason(words)

    def _show_reason(self, reason: str | None) -> None:
        if reason is not None:
            self._reason_box().show()
            with QSignalBlocker(self._reason_edit):
                self._reason_edit.setText(reason)
            self._usual.setVisible(not reason)
        elif self._reason is not None:
            self._reason.hide()
        self.control.setVisible(reason is None)
        self.label.setBuddy(self.control.targets()[0] if reason is None else self._reason_edit)
        self._show_link()
        self._show_note()

    def _reason_box(self) -> QWidget:
        if self._reason is None:
            self._reason = QWidget()
            column = QVBoxLayout(self._reason)
            theme.scale(column, margins=0, spacing=4)
            row = QHBoxLayout()
            self._reason_edit = QLineEdit()
            self._reason_edit.setPlaceholderText("Not available because…")
            self._reason_edit.setAccessibleName(f"{self._words}: not available because")
            self._reason_edit.setAccessibleDescription(f"Usual reasons by a digit: {', '.join(_usual())}.")
            self._reason_edit.setObjectName(f"{self.path}.unavailable")
            self._reason_edit.textChanged.connect(self._reason_typed)
            self._reason_edit.editingFinished.connect(self.left)
            back = self._link_button("Answer it", "answer it", "answer")
            back.clicked.connect(self.make_available)
            row.addWidget(self._reason_edit, 1)
            row.addWidget(back)
            column.addLayout(row)
            self._usual = labels.muted("\n".join(("Type a digit, or your own words:", *_usual())))
            column.addWidget(self._usual)
            self._column.insertWidget(2, self._reason)
            self._order_tabs()
        return self._reason

    def _reason_typed(self, text: str) -> None:
        if text in _BY_DIGIT:
            self._reason_edit.setText(_BY_DIGIT[text])
            return
        self._usual.setVisible(not text.strip())
        self._draft.put(self.path, {"unavailable": text.strip()}, typed=True)
        self.show_problem("")

    def make_available(self) -> None:
        """Turn the reason back into the field, with what was typed in it before."""
        self._draft.put(self.path, self.control.read())
        self.control.show()
        self.control.targets()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_reason(None)

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.TabFocusReason) -> None:
        """Put the focus where the answer is typed; what stands there is chosen, as Tab does it, to be typed over."""
        target = self.control.targets()[0] if self._reason_hidden() else self._reason_edit
        target.setFocus(reason)


def _usual() -> list[str]:
    return [f"{number} {words}" for number, words in enumerate(REASONS, 1)]


_BY_DIGIT = {str(number): words for number, words in enumerate(REASONS, 1)}
