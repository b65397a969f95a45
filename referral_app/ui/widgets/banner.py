"""The patient banner: who this is about, on everything about a patient."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from referral_app.choices import LANGUAGES, Need
from referral_app.clinical import dates, representation
from referral_app.ui import theme
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.flow import Flow

LESS = frozenset({"language", "accessible"})
"""What is left out where there is little room, by its icon."""


class PatientBanner(QFrame):
    """Name, born and age, allergies, language and interpreter, needs; each with an icon and words."""

    def __init__(self, name: str = "patientBanner", parent: QWidget | None = None) -> None:
        """Make an empty banner."""
        super().__init__(parent)
        self.setObjectName(name)
        theme.role(self, "bar")
        self._facts = Flow(18, lines=6)
        self._shown: tuple[str, list[tuple[str, str, str]]] | None = None
        self._labels: list[QLabel] = []
        self._less: list[QWidget] = []
        self._is_low = False
        self._row = row = QHBoxLayout(self)
        theme.scale(row, margins=(24, 8, 24, 8), spacing=0)
        row.addWidget(self._facts)

    def show_intake(self, intake: Mapping[str, Any]) -> None:
        """Show the patient of an intake; unfinished values are shown as typed."""
        patient = _mapping(intake.get("patient"))
        allergies = _mapping(intake.get("safety")).get("allergies")
        self.show_facts(_name(patient), facts(patient, allergies))

    def show_facts(self, name: str, lines: list[tuple[str, str, str]]) -> None:
        """Show a name and (icon, words, color token) lines; labels that are there stay: typing comes by here."""
        if (name, lines) == self._shown:
            return
        before, self._shown = self._shown, (name, lines)
        if before and [line[::2] for line in before[1]] == [line[::2] for line in lines]:
            for label, words in zip(self._labels, [name, *(line[1] for line in lines)], strict=True):
                label.setText(words)
        else:
            self._make(name, lines)
        self.setAccessibleName(", ".join([f"Patient: {name}", *(words for _, words, _ in lines)]))
        self._show_less()

    def set_low(self, low: bool) -> None:
        """Leave language and needs to the tooltip, where the page is low; the rest stays."""
        if low != self._is_low:
            self._is_low = low
            theme.scale(self._row, margins=(24, 2, 24, 2) if low else (24, 8, 24, 8), spacing=0)
            self._show_less()

    def _show_less(self) -> None:
        for widget in self._less:
            widget.setVisible(not self._is_low)
        self.setToolTip(self.accessibleName() if self._is_low and self._less else "")

    def _make(self, name: str, lines: list[tuple[str, str, str]]) -> None:
        self._facts.clear()
        self._labels, self._less = [labels.heading(name)], []
        self._facts.add(self._labels[0])
        for icon, words, color in lines:
            made, label = _fact(icon, words, color)
            self._labels.append(label)
            self._facts.add(made)
            if icon in LESS:
                self._less.append(made)


def facts(patient: Mapping[str, Any], allergies: Any = None) -> list[tuple[str, str, str]]:
    """Return what the banner says of a patient: (icon, words, color token)."""
    lines = [("calendar", _born(patient.get("date_of_birth")), "text")]
    if allergies is not None:
        lines.append(_allergies(allergies))
    language = patient.get("language")
    if isinstance(language, str) and language:
        words = LANGUAGES.get(language, language)
        lines.append(
            (
                "language",
                words + (", interpreter" if patient.get("interpreter_needed") is True else ""),
                "text",
            )
        )
    if said := representation.banner(patient, date.today()):
        lines.append(("person", said, "text"))
    needs = [need.label for need in Need if need in (patient.get("needs") or ())]
    if needs:
        lines.append(("accessible", ", ".join(needs), "text"))
    return lines


def _name(patient: Mapping[str, Any]) -> str:
    family, given = _text(patient.get("family_name")), _text(patient.get("given_name"))
    preferred = _text(patient.get("preferred_name"))
    name = ", ".join(part for part in (family, given) if part) or "New patient"
    return f"{name} (“{preferred}”)" if preferred else name


def _born(value: Any) -> str:
    try:
        born = dates.read_date(value) if isinstance(value, str) else None
    except ValueError:
        return f"Born: {value} (not a date)"
    if not born:
        return "Date of birth not given"
    return f"{dates.say(born)}, {dates.age(born, date.today())} years"


def _allergies(value: Any) -> tuple[str, str, str]:
    if value == "none_known":
        return ("allergy", "No known allergies", "text")
    if isinstance(value, list) and value:
        rows = cast(list[Any], value)
        names = [_text(_mapping(row).get("substance")) for row in rows]
        return ("allergy", "Allergies: " + ", ".join(name for name in names if name), "emergency")
    return ("allergy", "Allergies not recorded", "warning")


def _fact(icon: str, words: str, color: str) -> tuple[QWidget, QLabel]:
    made = QFrame()
    row = QHBoxLayout(made)
    theme.scale(row, margins=0, spacing=6)
    row.addWidget(labels.picture(icon, 16, "muted" if color == "text" else color))
    label = labels.strong(words) if color != "text" else labels.title(words)
    theme.role(label, "strong" if color != "text" else "fact")
    row.addWidget(label)
    return made, label


def _mapping(value: Any) -> Mapping[str, Any]:
    return cast(Mapping[str, Any], value) if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
