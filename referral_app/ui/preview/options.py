"""What will be printed: document, language, print size, pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QLabel,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from referral_app.ui import theme
from referral_app.ui.preview.kinds import KINDS
from referral_app.ui.widgets import labels

if TYPE_CHECKING:
    from referral_app.jobs.papers import Made

LANGUAGES = {"en": "English", "es": "Spanish"}
SIZES = (("usual", "Usual, 12 point"), ("large", "Large print, 18 point"))


@dataclass(frozen=True)
class Section:
    """A part of a document that may be ticked, and whether it is in it."""

    key: str
    words: str
    ticked: bool = False


class Options(QFrame):
    """The panel at the right of the preview."""

    changed = Signal()

    def __init__(self, *more: QWidget) -> None:
        """Show the options of a letter; `more` stands below those of a packet."""
        super().__init__()
        self.setObjectName("previewOptions")
        theme.role(self, "panel")
        theme.scale(self, width=240)
        column = self._build_column()
        column.addWidget(labels.heading("What will be printed"))
        self._decided = self._chose_sections = False
        self._document, self._pages, self._notes = labels.body(""), labels.body(""), labels.muted("")
        self._packet, self._enclosed, self._sections = self._build_packet(), _Pair("Enclosed"), QWidget()
        self.ticks: dict[str, QCheckBox] = {}
        self._build_sections()
        for part in (
            _Pair("Document", self._document), _Pair("Pages", self._pages), self._enclosed, self._notes,
            self._packet, self._sections, *more,
        ):  # fmt: skip
            column.addWidget(part)
        self._notes.hide()
        self._enclosed.hide()
        column.addStretch(1)

    def _build_column(self) -> QVBoxLayout:
        """Return the column inside, which scrolls where the window is low."""
        inner = QWidget()
        theme.role(inner, "page")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        outer = QVBoxLayout(self)
        theme.scale(outer, margins=0)
        outer.addWidget(area)
        column = QVBoxLayout(inner)
        theme.scale(column, margins=16, spacing=12)
        return column

    def _build_packet(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        theme.scale(column, margins=0, spacing=12)
        column.addWidget(labels.muted("Language"))
        column.addLayout(self._build_languages())
        column.addWidget(labels.muted("Print size"))
        column.addLayout(self._build_sizes())
        return holder

    def _build_sections(self) -> None:
        self._lines = QVBoxLayout(self._sections)
        theme.scale(self._lines, margins=0, spacing=0)
        self._lines.addWidget(labels.muted("Parts"))
        self._sections.hide()

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show the parts that may be ticked, none where a document has no such parts."""
        if [one.key for one in sections] != list(self.ticks):
            for tick in self.ticks.values():
                tick.deleteLater()
            self.ticks = {one.key: self._tick(one) for one in sections}
        for one in sections:
            self.ticks[one.key].blockSignals(True)
            self.ticks[one.key].setChecked(one.ticked)
            self.ticks[one.key].blockSignals(False)
        self._sections.setVisible(bool(sections))

    def _tick(self, one: Section) -> QCheckBox:
        made = QCheckBox(one.words)
        made.setObjectName(f"previewSection.{one.key}")
        made.toggled.connect(self._section_chosen)
        self._lines.addWidget(made)
        return made

    def _section_chosen(self, _ticked: bool) -> None:
        self._chose_sections = True
        self.changed.emit()

    def sections(self) -> frozenset[str] | None:
        """Return the parts that are ticked, None where nobody chose yet."""
        if not self._chose_sections:
            return None
        return frozenset(key for key, tick in self.ticks.items() if tick.isChecked())

    def _build_languages(self) -> QVBoxLayout:
        column, self.languages = self._choices("previewLanguage", "Language", LANGUAGES)
        self.languages["en"].setChecked(True)
        return column

    def _build_sizes(self) -> QVBoxLayout:
        column, self.sizes = self._choices("previewSize", "Print size", dict(SIZES))
        self.sizes["usual"].setChecked(True)
        return column

    def _choices(
        self, name: str, asked: str, options: dict[str, str]
    ) -> tuple[QVBoxLayout, dict[str, QRadioButton]]:
        column = QVBoxLayout()
        theme.scale(column, spacing=0)
        group, made = QButtonGroup(self), dict[str, QRadioButton]()
        for key, words in options.items():
            button = made[key] = QRadioButton(words)
            button.setObjectName(f"{name}.{key}")
            button.setAccessibleName(f"{asked}: {words}")
            group.addButton(button)
            column.addWidget(button)
        group.buttonClicked.connect(self._chosen)
        return column, made

    def _chosen(self, _button: object) -> None:
        self._decided = True
        self.changed.emit()

    def show_kind(self, kind: str) -> None:
        """Show the options of a document, nothing of them decided yet; what patients read comes in large print too."""
        self._decided = self._chose_sections = False
        self.show_sections(())
        written_in = KINDS[kind].languages
        self._packet.setVisible(bool(written_in))
        for key, button in self.languages.items():
            button.setVisible(key in written_in)
        self.languages["en"].setChecked(True)
        self.sizes["usual"].setChecked(True)
        self._document.setText(KINDS[kind].said)
        self._pages.setText("…")

    def show_written(self, language: str, large: bool) -> None:
        """Show in which language and size a document was made, where that was left to what its patient needs."""
        if not self._decided:
            self.languages[language].setChecked(True)
            self.sizes["large" if large else "usual"].setChecked(True)

    def show_document(self, made: Made, pages: int) -> None:
        """Show what was made."""
        self._pages.setText("1 page, Letter size" if pages == 1 else f"{pages} pages, Letter size")
        self._enclosed.say("\n".join(made.enclosed))
        self._notes.setText("\n".join(made.notes))
        self._notes.setVisible(bool(made.notes))
        self.setAccessibleDescription(made.name)

    def language(self) -> str | None:
        """Return the language chosen, None where nobody chose yet."""
        return (
            next(key for key, button in self.languages.items() if button.isChecked())
            if self._decided
            else None
        )

    def large(self) -> bool | None:
        """Tell whether large print was chosen, None where nobody chose yet."""
        return self.sizes["large"].isChecked() if self._decided else None


class _Pair(QWidget):
    """A title with what it is; hidden where that is nothing."""

    def __init__(self, title: str, value: QLabel | None = None) -> None:
        super().__init__()
        self._value = value or labels.body("")
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=2)
        column.addWidget(labels.muted(title))
        column.addWidget(self._value)

    def say(self, words: str) -> None:
        self._value.setText(words)
        self.setVisible(bool(words))
