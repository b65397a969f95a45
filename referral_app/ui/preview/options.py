"""What will be printed: document, language, print size, pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.preview.kinds import KINDS
from referral_app.ui.widgets import labels

LANGUAGES = {"en": "English", "es": "Spanish"}
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
        self._decided = False
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
        column.addWidget(labels.muted("Language"))
        column.addLayout(self._build_languages())
        column.addWidget(labels.muted("Print size"))
        column.addLayout(self._build_sizes())
        return holder

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
        self._decided = False
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

    def show_document(self, name: str, pages: int, notes: Sequence[str]) -> None:
        """Show what was made."""
        self._pages.setText("1 page, Letter size" if pages == 1 else f"{pages} pages, Letter size")
        self._notes.setText("\n".join(notes))
        self.setAccessibleDescription(name)

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


def _pair(title: str, value: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    theme.scale(column, spacing=2)
    column.addWidget(labels.muted(title))
    column.addWidget(value)
    return column
