"""The parts of a surgeon's detail, from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLayout, QPushButton, QVBoxLayout, QWidget

from referral_app.choices import Level
from referral_app.clinical import dates
from referral_app.services.surgeon_records import Found, Placement, SurgeonRecord
from referral_app.ui import theme
from referral_app.ui.surgeons import wording
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.copy_line import CopyLine
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.states import StateLabel, chip


def begin(found: Found) -> tuple[QWidget, QVBoxLayout]:
    """Return the detail of a surgeon as far as it is seen at once, and the column that `LOWER` goes on with."""
    surgeon = found.surgeon
    made = QWidget()
    lines = column(spacing=20, margins=20)
    lines.addLayout(_head(found))
    lines.addLayout(_procedures(surgeon))
    lines.addLayout(_locations(surgeon))
    lines.addStretch(1)
    made.setLayout(lines)
    return made, lines


def _head(found: Found) -> QVBoxLayout:
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
    marks.add(StateLabel(wording.ACCEPTING_STATES[surgeon.accepting], surgeon.accepting.label))
    marks.add(StateLabel(*wording.freshness(surgeon)))
    if surgeon.invented:
        marks.add(StateLabel("invented", "Invented"))
    lines.addWidget(marks)
    return lines


def _procedures(surgeon: SurgeonRecord) -> QVBoxLayout:
    lines = _section("Procedures")
    for kind, details in wording.procedure_lines(surgeon.procedures):
        lines.addLayout(_listed(kind, details))
    if not surgeon.procedures:
        lines.addWidget(labels.muted("No procedure on file."))
    return lines


def _locations(surgeon: SurgeonRecord) -> QVBoxLayout:
    lines = _section("Locations" if len(surgeon.placements) > 1 else "Location")
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
    facts = {
        "Days": place.days,
        "Hours": place.location.hours,
        "Contact": place.contact,
        "Access": place.location.access,
    }
    if any(facts.values()):
        lines.addSpacing(4)
    for label, words in facts.items():
        if words:
            lines.addLayout(_fact(label, words))
    return lines


def _first(surgeon: SurgeonRecord) -> QVBoxLayout | None:
    must, wish = (wording.wanted(surgeon, level) for level in (Level.MUST, Level.WISH))
    if not (must or wish or surgeon.refuses):
        return None
    lines = _section("What to send first")
    if (must or wish) and (whose := wording.whose(surgeon)):
        lines.addWidget(labels.muted(whose))
    refused = [surgeon.refuses] if surgeon.refuses else []
    for title, found in (("Must have", must), ("Good to have", wish), ("Not seen here", refused)):
        if found:
            lines.addLayout(_listed(title, found))
    return lines


def _listed(title: str, found: Iterable[str]) -> QVBoxLayout:
    lines = column(spacing=2)
    lines.addWidget(labels.strong(title))
    for words in found:
        lines.addLayout(_bullet(words))
    return lines


def _waits(surgeon: SurgeonRecord) -> QVBoxLayout | None:
    found = wording.wait_lines(surgeon)
    if not found:
        return None
    lines = _section("Next available")
    lines.addWidget(labels.body(" · ".join(found)))
    if surgeon.waits_claimed_on:
        lines.addWidget(labels.muted(f"As the office said on {dates.say(surgeon.waits_claimed_on)}."))
    return lines


def _people(surgeon: SurgeonRecord) -> QVBoxLayout:
    lines = _section("Patients")
    lines.addLayout(_fact("Ages", wording.ages(surgeon)))
    for label, found in (("Plans", surgeon.plans), ("Languages", wording.languages(surgeon))):
        if found:
            lines.addLayout(_fact(label, _flow(found)))
    return lines


def _credentials(surgeon: SurgeonRecord) -> QVBoxLayout | None:
    if not (surgeon.credentials or surgeon.npi):
        return None
    lines = _section("Credentials")
    for one in surgeon.credentials:
        told = ", ".join(part for part in (one.issuer, str(one.year or "")) if part)
        pair = column(spacing=0)
        pair.addWidget(labels.body(f"{one.title} ({one.kind})" if one.kind else one.title))
        if told:
            pair.addWidget(labels.muted(told))
        lines.addLayout(pair)
    if surgeon.npi:
        lines.addWidget(CopyLine("NPI", surgeon.npi, "copyNpi"))
    return lines


def _notes(surgeon: SurgeonRecord) -> QVBoxLayout | None:
    if not surgeon.notes:
        return None
    lines = _section("Notes")
    lines.addWidget(labels.body(surgeon.notes))
    return lines


def _checked(surgeon: SurgeonRecord) -> QVBoxLayout:
    lines = _section("This entry")
    lines.addWidget(labels.body(wording.verified_line(surgeon)))
    if surgeon.fax_verified_on:
        lines.addWidget(labels.body(f"Fax number verified on {dates.say(surgeon.fax_verified_on)}."))
    if wording.freshness(surgeon)[0] == "unverified":
        lines.addWidget(StateLabel("unverified", "Ask phone and fax again before use"))
    if surgeon.invented:
        lines.addWidget(
            labels.muted("An invented surgeon, for trying this application out: refer nobody there.")
        )
    return lines


Part = Callable[[SurgeonRecord], QVBoxLayout | None]
LOWER: tuple[Part, ...] = (_first, _waits, _people, _credentials, _notes, _checked)
"""What makes the lower parts of the detail, in their order."""


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


def _section(title: str) -> QVBoxLayout:
    lines = column(spacing=8)
    lines.addWidget(labels.heading(title))
    return lines


def _bullet(words: str) -> QLayout:
    dot = labels.muted("–")
    made = row(dot, labels.body(words), spacing=8)
    made.setStretch(1, 1)
    made.setAlignment(dot, Qt.AlignmentFlag.AlignTop)
    return made


def _fact(label: str, value: str | QWidget) -> QLayout:
    word = labels.muted(label)
    word.setWordWrap(False)
    theme.scale(word, min_width=80)
    made = row(word, labels.body(value) if isinstance(value, str) else value, spacing=8)
    made.setStretch(1, 1)
    made.setAlignment(word, Qt.AlignmentFlag.AlignTop)
    return made


def _flow(words: Iterable[str]) -> Flow:
    made = Flow(6)
    for one in words:
        made.add(chip(one))
    return made
