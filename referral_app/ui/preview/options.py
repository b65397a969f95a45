"""What will be printed: document, language, print size, pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.widgets import labels

LANGUAGES = (("en", "English"),)
"""Languages that packets are written in; more come with their texts."""

DOCUMENTS = {
    "letter": "Referral letter to the surgeon",
    "packet": "Information for the patient",
    "kit": "Blank referral form, patient questionnaire and surgeon list, each from an odd page on",
    "card": "Card of the surgeon for patients",
    "directory": "The surgeons that were found, in their order",
    "verification": "Sheet for the surgeon’s office, to confirm or correct its entry",
}

SIZES = (("usual", "Usual, 12 point"), ("large", "Large print, 18 point"))


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
        self._document, self._pages, self._notes = labels.body(""), labels.body(""), labels.muted("")
        self._packet = self._build_packet()
        for title, value in (("Document", self._document), ("Pages", self._pages)):
            column.addLayout(_pair(title, value))
        for part in (self._packet, *more):
            column.addWidget(part)
        column.addWidget(self._notes)
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
        language = QVBoxLayout()
        theme.scale(language, spacing=2)
        language.addWidget(labels.muted("Language"))
        language.addWidget(labels.body(LANGUAGES[0][1]))
        column.addLayout(language)
        column.addWidget(labels.muted("Print size"))
        column.addLayout(self._build_sizes())
        return holder

    def _build_sizes(self) -> QVBoxLayout:
        sizes = QVBoxLayout()
        theme.scale(sizes, spacing=0)
        group = QButtonGroup(self)
        self.sizes: dict[str, QRadioButton] = {}
        for key, words in SIZES:
            button = self.sizes[key] = QRadioButton(words)
            button.setObjectName(f"previewSize.{key}")
            button.setAccessibleName(f"Print size: {words}")
            group.addButton(button)
            sizes.addWidget(button)
        self.sizes["usual"].setChecked(True)
        group.buttonClicked.connect(self._chosen)
        return sizes

    def _chosen(self, _button: object) -> None:
        self.changed.emit()

    def show_kind(self, kind: str) -> None:
        """Show the options of a document; what patients read comes in large print too."""
        self._packet.setVisible(kind in ("packet", "card"))
        self._document.setText(DOCUMENTS.get(kind, kind))
        self._pages.setText("…")

    def show_document(self, name: str, pages: int, notes: Sequence[str]) -> None:
        """Show what was made."""
        self._pages.setText("1 page, Letter size" if pages == 1 else f"{pages} pages, Letter size")
        self._notes.setText("\n".join(notes))
        self.setAccessibleDescription(name)

    def language(self) -> str:
        """Return the language chosen."""
        return LANGUAGES[0][0]

    def large(self) -> bool:
        """Tell whether large print was chosen."""
        return self.sizes["large"].isChecked()


def _pair(title: str, value: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    theme.scale(column, spacing=2)
    column.addWidget(labels.muted(title))
    column.addWidget(value)
    return column
