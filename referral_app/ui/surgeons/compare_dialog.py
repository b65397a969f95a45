"""Up to four surgeons side by side, fact by fact; where they differ is said by a word, not by color alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QVBoxLayout, QWidget

from referral_app.choices import Permission
from referral_app.services.match_reasons import Match
from referral_app.ui import rights, theme
from referral_app.ui.desk import Desk
from referral_app.ui.focus_back import FocusBack
from referral_app.ui.surgeons import compare_lines, wording
from referral_app.ui.surgeons.compare_lines import Line
from referral_app.ui.surgeons.sections import CopyBlock
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.scroll import scrolled
from referral_app.ui.widgets.states import StateLabel

MOST = 4
"""As many fit beside each other and are still read."""
COLUMN = 200


class CompareDialog(QDialog):
    """`referred(match)` when one of them is chosen."""

    referred = Signal(object)

    def __init__(self, desk: Desk, matches: Sequence[Match], parent: QWidget) -> None:
        """Show up to four matches beside each other."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("compareDialog")
        self.setWindowTitle("Compare surgeons")
        self._desk, self._matches = desk, list(matches)[:MOST]
        self.lines = compare_lines.lines(self._matches)
        close = buttons.outlined("Close", "closeCompare")
        close.clicked.connect(self.reject)
        foot = QFrame()
        theme.role(foot, "foot")
        foot.setLayout(row(None, close, margins=(24, 12, 24, 12)))
        whole: QVBoxLayout = column(spacing=0)
        title = column(spacing=2, margins=(24, 20, 24, 12))
        title.addWidget(labels.title("Compare surgeons"))
        title.addWidget(labels.muted("Lines in which they differ say so at the left."))
        whole.addLayout(title)
        whole.addWidget(scrolled(self._grid(), "compareArea"), 1)
        whole.addWidget(foot)
        self.setLayout(whole)
        room = parent.window().size()
        wide = 150 + COLUMN * max(2, len(self._matches)) + 80
        self.resize(
            min(theme.px(wide), max(room.width() - 20, 400)), min(theme.px(760), max(room.height() - 20, 300))
        )
        FocusBack(self)

    def _grid(self) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        theme.scale(grid, margins=(24, 0, 24, 24), horizontal=20, vertical=8)
        for at, match in enumerate(self._matches, start=1):
            grid.addWidget(self._head(match, at), 0, at, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(at, 1)
            grid.setColumnMinimumWidth(at, theme.px(COLUMN - 40))
        for number, line in enumerate(self.lines):
            rule = labels.line()
            grid.addWidget(rule, 2 * number + 1, 0, 1, len(self._matches) + 1)
            grid.addWidget(_title(line), 2 * number + 2, 0, Qt.AlignmentFlag.AlignTop)
            for at, cell in enumerate(line.cells, start=1):
                said = labels.body("\n".join(cell))
                said.setAccessibleName(
                    f"{self._matches[at - 1].surgeon.name}, {line.title}: {', '.join(cell)}"
                )
                grid.addWidget(said, 2 * number + 2, at, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(2 * len(self.lines) + 1, 1)
        return made

    def _head(self, match: Match, at: int) -> QWidget:
        surgeon = match.surgeon
        made = QWidget()
        lines: QVBoxLayout = column(spacing=6)
        name = labels.heading(surgeon.name)
        name.setWordWrap(True)
        refer = buttons.outlined("Refer", f"referCompared{at}", "send")
        refer.setAccessibleName(f"Refer to {surgeon.name}")
        refer.setProperty("match", at - 1)
        refer.clicked.connect(self._refer)
        rights.allow(refer, self._desk.db, Permission.WRITE)
        lines.addWidget(name)
        lines.addWidget(labels.muted(surgeon.specialty or " "))
        lines.addLayout(row(refer, *self._copy(match, at), None))
        made.setLayout(lines)
        return made

    def _copy(self, match: Match, at: int) -> list[QWidget]:
        places = match.surgeon.placements
        place = next(
            (one for one in places if one.location.id == match.location_id), next(iter(places), None)
        )
        if place is None:
            return []
        return [CopyBlock(f"copyCompared{at}", wording.block(match.surgeon, place), match.surgeon.name)]

    def _refer(self) -> None:
        self.referred.emit(self._matches[int(self.sender().property("match"))])
        self.accept()


def _title(line: Line) -> QWidget:
    made = QWidget()
    lines: QVBoxLayout = column(spacing=4)
    word = labels.strong(line.title)
    theme.scale(word, min_width=100)
    lines.addWidget(word)
    if line.differs:
        lines.addWidget(StateLabel("note", "Differs"))
    lines.addStretch(1)
    made.setLayout(lines)
    return made
