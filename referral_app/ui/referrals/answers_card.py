"""The answers of one group, read back before signing, with a link to change them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from referral_app.clinical import code_rules
from referral_app.clinical.fields import Field, Kind, Place, answered
from referral_app.ui import answer_words, theme
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card
from referral_app.ui.widgets.states import StateLabel

LABEL_WIDTH = 190


class AnswersCard(Card):
    """One group: what was answered, what was not, and ticks for private answers."""

    change = Signal(str)

    def __init__(self, group: Field, draft: Draft, read_only: bool = False) -> None:
        """Show the answers that the draft holds now; with `read_only` nothing leads to changing them."""
        super().__init__(group.label)
        self._group, self._draft, self._read_only = group, draft, read_only
        if not read_only:
            link = buttons.link("Change", f"answers.{group.name}.change")
            link.setAccessibleName(f"Change {group.label}")
            link.clicked.connect(self._change)
            self.heading_row.addWidget(link)
        self._grid = QGridLayout()
        theme.scale(self._grid, horizontal=12, vertical=6)
        self._grid.setColumnStretch(1, 1)
        self.add(self._grid)
        self._fill()

    def _change(self) -> None:
        self.change.emit(self._group.name)

    def _fill(self) -> None:
        skipped: list[str] = []
        for label, field, place in read_back(self._group, self._draft):
            words = in_words(field, place.value, self._draft)
            if words:
                self._add(label, words, place)
            elif field.required:
                self._add(label, "Missing", place, missing=True)
            else:
                skipped.append(label)
        if skipped:
            self.add(labels.muted(f"{answer_words.NOT_PROVIDED}: {', '.join(skipped)}"))

    def _add(self, label: str, words: str, place: Place, missing: bool = False) -> None:
        line = self._grid.rowCount()
        title = labels.muted(label)
        theme.scale(title, width=LABEL_WIDTH)
        self._grid.addWidget(title, line, 0, Qt.AlignmentFlag.AlignTop)
        if missing:  # at the left, or the column would be no wider than the chip
            top_left = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(StateLabel("missing", words), line, 1, top_left)
        else:
            self._grid.addWidget(labels.body(words), line, 1, Qt.AlignmentFlag.AlignTop)
        if place.field.private and not self._read_only:
            self._grid.addWidget(self._tick(label, place), line + 1, 1)

    def _tick(self, label: str, place: Place) -> QWidget:
        tick = QCheckBox("Print on this letter")
        tick.setObjectName(f"mark.{place.path}")
        tick.setAccessibleName(f"Print “{label}” on this letter")
        tick.setChecked(place.path in self._draft.sheet.marks)
        tick.setProperty("path", place.path)
        tick.toggled.connect(self._ticked)
        return tick

    def _ticked(self, on: bool) -> None:
        self._draft.mark(str(cast(QCheckBox, self.sender()).property("path")), on)


def read_back(group: Field, draft: Draft) -> Iterator[tuple[str, Field, Place]]:
    """Yield the answers of a group that a person reads back, each with its label; tables and codes as a whole."""
    if group.kind is Kind.ROWS:
        yield group.label, group, Place(group.name, group, draft.get(group.name), {})
        return
    if group.name == "red_flags":
        yield from _flags(group, draft)
        return
    for field in group.fields:
        if draft.applies(field, {}):
            path = f"{group.name}.{field.name}"
            yield field.label, field, Place(path, field, draft.get(path), {})


def in_words(field: Field, value: Any, draft: Draft) -> str:
    """Return an answer in words, names of the directory instead of its ids."""
    surgeon = draft.surgeon
    if field.kind is Kind.SURGEON and surgeon is not None:
        return surgeon.name
    if field.kind is Kind.LOCATION and surgeon is not None:
        places = (spot.location for spot in surgeon.placements if spot.location.id == value)
        return next(
            (f"{place.name}, {place.city}, {place.state}" for place in places),
            answer_words.answer(field, value),
        )
    if field.kind is Kind.CODES and isinstance(value, list):
        titles = code_rules.titles(draft.intake, draft.sheet.codes)
        listed = cast("list[Any]", value)
        return "\n".join(f"{code} {titles.get(str(code), '')}".strip() for code in listed)
    if field.kind is Kind.PROCEDURES and isinstance(value, list):
        names = {one.code: one.name for one in draft.sheet.procedures}
        return ", ".join(names.get(code, str(code)) for code in cast("list[Any]", value))
    return answer_words.answer(field, value)


def _flags(group: Field, draft: Draft) -> Iterator[tuple[str, Field, Place]]:
    """Yield the flags by their questions, with signs and clearance of those that hold."""
    flags: dict[str, Any] = draft.check.computed.get("red_flags") or {}
    for flag in group.fields:
        path = f"red_flags.{flag.name}"
        if flag.kind is not Kind.GROUP:
            yield flag.label, flag, Place(path, flag, draft.get(path), {})
            continue
        asked = flag.child("answer")
        yield flag.label, asked, Place(f"{path}.answer", asked, flags.get(flag.name), {})
        for child in flag.fields[1:] if flags.get(flag.name) == "yes" else ():
            value = draft.get(f"{path}.{child.name}")
            if answered(value):
                yield child.label, child, Place(f"{path}.{child.name}", child, value, {})


def answers_column() -> tuple[QWidget, QVBoxLayout]:
    """Return a widget with an empty column for the cards."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    theme.scale(column, margins=0, spacing=16)
    return holder, column
