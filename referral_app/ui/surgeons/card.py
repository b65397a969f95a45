"""The detail of a surgeon: everything a scheduler needs while on the phone."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from referral_app.database import Database
from referral_app.services.surgeon_records import Found, SurgeonRecord
from referral_app.ui.chores import Chores
from referral_app.ui.surgeons import facts, sections
from referral_app.ui.surgeons.verbs import OF_ONE, Bound, Verbs
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.detail import Detail
from referral_app.ui.widgets.empty import EmptyState

NONE_CHOSEN = ("surgeons", "Choose a surgeon", "Phone, fax and what to send first appear here.")


class SurgeonCard(QWidget):
    """Shows one surgeon; what its buttons do are the acts of the place that it stands in."""

    def __init__(self, verbs: Verbs) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("surgeonCard")
        self._found: Found | None = None
        self._top: sections.Top | None = None
        self._lines: QVBoxLayout | None = None
        self._desk, self._facts = verbs.desk, sections.NONE
        self.links = sections.Links(self)
        self._latest = verbs.desk.background.latest(self, self._show_facts)
        self._chores = Chores(self)
        self.empty = EmptyState(*NONE_CHOSEN, name="surgeonCardEmpty")
        self.refer_button = buttons.primary("Refer to this surgeon", "referToSurgeon", icon="send")
        self.print_button = buttons.outlined("Print card", "printSurgeonCard", icon="print")
        self.more_button = buttons.tool("more", "More to do with this surgeon", "surgeonMore")
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.setObjectName("surgeonMenu")
        verbs.fill(menu, OF_ONE)
        self.more_button.setMenu(menu)
        Bound(self.refer_button, verbs.action("refer"))
        Bound(self.print_button, verbs.action("card"))
        self._detail = Detail(
            "surgeonCard", self.empty, self.more_button, self.print_button, None, self.refer_button
        )
        lines = column(spacing=0)
        lines.addWidget(self._detail)
        self.setLayout(lines)

    def show_several(self, number: int) -> None:
        """Show that several surgeons are chosen together, and no entry of one of them."""
        self._found = None
        self._detail.show_content(None)
        self.empty.say("surgeons", f"{number} surgeons selected", "The bar above the list says what to do.")

    def show_found(self, found: Found | None) -> None:
        """Show a surgeon, or that none is chosen."""
        if found is None:
            self.empty.say(*NONE_CHOSEN)
        if found == self._found:
            return
        self._found = found
        self._top, self._lines = sections.begin(found) if found else (None, None)
        self._detail.show_content(self._top)
        if found is None:
            self._latest.drop()
        else:
            self._latest.ask(partial(_read, self._desk.db, found.surgeon))

    def to_top(self) -> None:
        """Show the entry from its top, also where it is shown already."""
        self._detail.to_top()

    def surgeon(self) -> SurgeonRecord | None:
        """Return the surgeon shown."""
        return self._found.surgeon if self._found else None

    def _show_facts(self, read: tuple[str, sections.Facts]) -> None:
        """Show what stands beside the entry, then the lower parts, unless another surgeon is shown by now."""
        surgeon_id, self._facts = read
        if self._found and self._found.surgeon.id == surgeon_id and self._top and self._lines:
            self._top.show_facts(self._facts, self.links)
            self._chores.add(*(partial(self._add, self._lines, part) for part in sections.LOWER))

    def _add(self, lines: QVBoxLayout, part: sections.Part) -> None:
        """Add a lower part after the upper ones are seen, unless another surgeon is shown by now."""
        if self._found is None or lines is not self._lines:
            return
        surgeon = replace(self._found.surgeon, requirements=self._facts.asked)
        if (section := part(surgeon, self._facts, self.links)) is not None:
            lines.insertLayout(lines.count() - 1, section)


def _read(db: Database, surgeon: SurgeonRecord) -> tuple[str, sections.Facts]:
    """Return the facts about a surgeon with the id; runs in the background."""
    with db.read() as session:
        return surgeon.id, facts.read(session, surgeon)
