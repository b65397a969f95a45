"""The detail of a surgeon as far as it is seen at once: name, photo, procedures and locations."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from referral_app.services.surgeon_records import Found, Placement, SurgeonRecord
from referral_app.ui.surgeons import photo, wording
from referral_app.ui.surgeons.facts import NONE, Facts, Jump, Links
from referral_app.ui.surgeons.lower_sections import LOWER, Part
from referral_app.ui.surgeons.section_parts import bullet, fact, section
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.copy_line import CopyLine
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.states import StateLabel

__all__ = ["LOWER", "NONE", "CopyBlock", "Facts", "Links", "Part", "Top", "begin"]

PHOTO_SIDE = 72


class Top(QWidget):
    """The upper parts of the detail; photo and successor are filled in when they are there."""

    def __init__(self, found: Found) -> None:
        """Show what the entry says."""
        super().__init__()
        self.lines = column(spacing=20, margins=20)
        self._photo = QLabel()
        self._photo.setObjectName("surgeonPhoto")
        self._photo.hide()
        self._leaving = column(spacing=2)
        head = row(self._head(found), self._photo, spacing=12)
        head.setStretch(0, 1)
        head.setAlignment(self._photo, Qt.AlignmentFlag.AlignTop)
        self.lines.addLayout(head)
        self.lines.addLayout(_procedures(found.surgeon))
        self.lines.addLayout(_locations(found.surgeon))
        self.lines.addStretch(1)
        self.setLayout(self.lines)

    def show_facts(self, facts: Facts, links: Links) -> None:
        """Show photo and successor."""
        if facts.photo is not None:
            photo.show(self._photo, facts.photo, PHOTO_SIDE)
            self._photo.show()
        if facts.successor is not None:
            surgeon_id, name = facts.successor
            line = row(
                labels.body("Successor:"), Jump("openSuccessor", name, surgeon_id, links), None, spacing=4
            )
            self._leaving.addLayout(line)

    def _head(self, found: Found) -> QVBoxLayout:
        surgeon = found.surgeon
        lines = column(spacing=8)
        name = labels.title(surgeon.name)
        name.setWordWrap(True)
        name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        titled = column(spacing=2)
        titled.addWidget(name)
        facts = [surgeon.specialty, wording.miles(found)]
        if any(facts):
            titled.addWidget(labels.muted(" · ".join(part for part in facts if part)))
        lines.addLayout(titled)
        marks = Flow(8)
        marks.add(StateLabel(*wording.presence(surgeon)))
        marks.add(StateLabel(*wording.freshness(surgeon)))
        if fax := wording.fax_to_verify(surgeon):
            marks.add(StateLabel("unverified", fax))
        if surgeon.invented:
            marks.add(StateLabel("invented", "Invented"))
        lines.addWidget(marks)
        for sentence in wording.coming(surgeon):
            self._leaving.addWidget(labels.body(sentence))
        lines.addLayout(self._leaving)
        return lines


def begin(found: Found) -> tuple[Top, QVBoxLayout]:
    """Return the detail of a surgeon as far as it is seen at once, and the column that `LOWER` goes on with."""
    made = Top(found)
    return made, made.lines


def _procedures(surgeon: SurgeonRecord) -> QVBoxLayout:
    lines = section("Procedures")
    for kind, details in wording.experienced(surgeon):
        listed = column(spacing=2)
        listed.addWidget(labels.strong(kind))
        for words, told in details:
            listed.addLayout(bullet(words or told, told if words else ""))
        lines.addLayout(listed)
    if not surgeon.procedures:
        lines.addWidget(labels.muted("No procedure on file."))
    return lines


def _locations(surgeon: SurgeonRecord) -> QVBoxLayout:
    lines = section("Locations" if len(surgeon.placements) > 1 else "Location")
    for number, place in enumerate(surgeon.placements):
        if number:
            lines.addWidget(labels.line())
        lines.addLayout(_location(surgeon, place, number))
    if not surgeon.placements:
        lines.addWidget(labels.muted("No location on file."))
    return lines


def _location(surgeon: SurgeonRecord, place: Placement, number: int) -> QVBoxLayout:
    lines = column(spacing=2)
    title = labels.strong(place.location.name)
    title.setWordWrap(True)
    copy = CopyBlock(f"copyBlock{number}", wording.block(surgeon, place), place.location.name)
    head = row(title, copy)
    head.setStretch(0, 1)
    lines.addLayout(head)
    lines.addWidget(labels.body(wording.street(place)))
    lines.addWidget(CopyLine("Phone", wording.phone(place), f"copyPhone{number}", "phone"))
    lines.addWidget(CopyLine("Fax", wording.fax(place), f"copyFax{number}", "fax"))
    state, words = wording.fax_freshness(place)
    if words:
        mark = StateLabel(state, words)
        mark.setToolTip(labels.tip(wording.fax_checked(place)))
        lines.addLayout(row(mark, None))
        if checked := wording.fax_checked(place):
            lines.addWidget(labels.muted(f"{checked}."))
    facts = wording.place_facts(place)
    if facts:
        lines.addSpacing(4)
    for label, said in facts:
        lines.addLayout(fact(label, said))
    return lines


class CopyBlock(QPushButton):
    """A link that copies name, address, phone and fax together."""

    def __init__(self, name: str, text: str, place: str) -> None:
        """Keep what is copied."""
        super().__init__("Copy all")
        self._text = text
        self.setObjectName(name)
        self.setAccessibleName(f"Copy name, address, phone and fax: {place}")
        self.setToolTip("Copy name, address, phone and fax")
        self.setProperty("role", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.setText("Copied")
