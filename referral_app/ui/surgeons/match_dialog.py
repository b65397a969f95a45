"""The explained match: surgeons for a referral or for four questions, ranked, each with its reasons in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QVBoxLayout, QWidget

from referral_app.choices import Permission
from referral_app.services import audit, surgeon_match
from referral_app.services.errors import InvalidInput
from referral_app.services.match_reasons import Match, Question
from referral_app.services.surgeon_records import ProcedureRecord
from referral_app.ui import rights, theme
from referral_app.ui.chores import Chores
from referral_app.ui.desk import Desk
from referral_app.ui.focus_back import FocusBack
from referral_app.ui.surgeons.compare_dialog import MOST, CompareDialog
from referral_app.ui.surgeons.match_card import MatchCard
from referral_app.ui.surgeons.match_questions import Questions
from referral_app.ui.surgeons.match_start import start
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import clear, column, row
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.scroll import scrolled

ORDER = (
    "First come surgeons who do what is asked for and accept new patients, then those with the fewest points not met, "
    "then the nearest, then the shortest wait, then the alphabet. Nobody is left out, and nobody can buy a place."
)


class MatchDialog(QDialog):
    """`referred(known)` when a surgeon was chosen: what is known for a referral, by the names of a new one."""

    referred = Signal(dict)

    def __init__(
        self,
        desk: Desk,
        question: Question,
        offers: tuple[list[ProcedureRecord], list[str]],
        parent: QWidget,
    ) -> None:
        """Ask a question at once; `offers` are the procedures and plans of the directory."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("matchDialog")
        self.setWindowTitle("Find a match")
        self._desk, self._cards, self._noted = desk, list[MatchCard](), ""
        self._asked, self._room = question, parent.window().size()
        self.questions = Questions(question, *offers)
        self.note = labels.muted(question.note)
        self.note.setVisible(bool(question.note))
        self.count = labels.strong("")
        self.empty = EmptyState("waiting", "Looking…", name="matchEmpty")
        self.compare_button = buttons.outlined("Compare", "compareMatches", "compare")
        self.close_button = buttons.outlined("Close", "closeMatch")
        self._inside = QWidget()
        self._lines = column(spacing=12, margins=(24, 4, 24, 24))
        self._chores = Chores(self)
        self._latest = desk.background.latest(self, self._show)
        self._lay_out()
        self.questions.changed.connect(self.ask)
        self.compare_button.clicked.connect(self._compare)
        self.close_button.clicked.connect(self.reject)
        FocusBack(self)
        self.ask()

    def ask(self) -> None:
        """Look for surgeons now."""
        self._asked = question = self.questions.question()
        db = self._desk.db
        words = _said(question)
        is_new, self._noted = words != self._noted, words

        def work() -> list[Match]:
            with db.begin() as session:
                found = surgeon_match.find(session, question)
                if is_new:
                    audit.searched(session, "surgeons", words, len(found))
                return found

        self._latest.ask(work, self._failed)

    def matches(self) -> list[Match]:
        """Return the matches shown."""
        return [card.match for card in self._cards]

    def _lay_out(self) -> None:
        head = column(spacing=8, margins=(24, 20, 24, 12))
        head.addWidget(labels.title("Find a match"))
        for part in (self.note, self.questions, self.count):
            head.addWidget(part)
        foot = QFrame()
        theme.role(foot, "foot")
        foot.setLayout(row(self.compare_button, None, self.close_button, margins=(24, 12, 24, 12)))
        inside = column(spacing=0)
        inside.addLayout(head)
        inside.addLayout(self._lines, 1)
        self._inside.setLayout(inside)
        whole: QVBoxLayout = column(spacing=0)
        whole.addWidget(scrolled(self._inside, "matchArea"), 1)
        whole.addWidget(foot)
        self.setLayout(whole)
        self._lines.addWidget(self.empty)
        self._follow_ticks()
        room = self._room
        self.resize(min(theme.px(860), room.width() - 40), min(theme.px(760), room.height() - 40))

    def _show(self, found: list[Match]) -> None:
        self._chores.drop()
        self.questions.show_problem("")
        clear(self._lines)
        self._cards.clear()
        self.count.setText(said_count(found))
        if not found:
            self._say("search", "The directory has no surgeon yet", "Import a file on the Surgeons page.")
            return
        self._chores.add(*(partial(self._add, rank, match) for rank, match in enumerate(found, start=1)))
        self._chores.add(self._end)
        self._chores.begin()
        self._follow_ticks()

    def _add(self, rank: int, match: Match) -> None:
        card = MatchCard(match, rank)
        card.referred.connect(self._refer)
        card.ticked.connect(self._follow_ticks)
        rights.allow(card.refer_button, self._desk.db, Permission.WRITE)
        self._cards.append(card)
        self._lines.addWidget(card)

    def _end(self) -> None:
        self._lines.addWidget(labels.muted(ORDER))
        self._lines.addStretch(1)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        self._chores.drop()
        clear(self._lines)
        self._cards.clear()
        self.count.setText("")
        self.questions.show_problem(error.fields.get("zip", ""))
        self._say("review", "This could not be looked for", str(error))
        self._follow_ticks()

    def _say(self, icon: str, sentence: str, hint: str) -> None:
        self.empty = EmptyState(icon, sentence, hint, name="matchEmpty")
        self._lines.addWidget(self.empty)

    def _ticked(self) -> list[Match]:
        return [card.match for card in self._cards if card.tick.isChecked()]

    def _follow_ticks(self) -> None:
        """Offer to compare two to four; more do not fit beside each other."""
        number = len(self._ticked())
        self.compare_button.setText(f"Compare {number}" if number else "Compare")
        self.compare_button.setEnabled(2 <= number <= MOST)
        words = "" if 2 <= number <= MOST else f"Tick two to {MOST} surgeons to compare them"
        self.compare_button.setToolTip(words)
        for card in self._cards:
            card.tick.setEnabled(card.tick.isChecked() or number < MOST)

    def _compare(self) -> None:
        dialog = CompareDialog(self._desk, self._ticked(), self)
        dialog.referred.connect(self._refer)
        dialog.open()

    def _refer(self, match: Match) -> None:
        self.referred.emit(start(match, self._asked))
        self.accept()


def said_count(found: list[Match]) -> str:
    """Return how many surgeons are listed, and with how many of them nothing is unmet."""
    number, fit = len(found), sum(not match.words("unmet") for match in found)
    if not number:
        return ""
    return f"{number} surgeon{'' if number == 1 else 's'}, {fit or 'none'} with nothing unmet; the best match first"


def opened(
    desk: Desk, parent: QWidget, load: Callable[[], Question], on_known: Callable[[dict[str, str]], object]
) -> None:
    """Open the dialog for a question that is read in the background; `on_known` is told what was chosen."""

    def work() -> tuple[Question, tuple[list[ProcedureRecord], list[str]]]:
        from referral_app.services import surgeons

        question = load()
        with desk.db.read() as session:
            question = surgeon_match.understood(session, question)
            return question, (surgeons.procedures(session), surgeons.plans(session))

    def show(loaded: tuple[Question, tuple[list[ProcedureRecord], list[str]]]) -> None:
        dialog = MatchDialog(desk, *loaded, parent)
        dialog.referred.connect(on_known)
        dialog.open()
        dialog.questions.take_focus()

    desk.background.run(parent, work, show)


def for_referral(
    desk: Desk, parent: QWidget, intake: dict[str, Any], on_known: Callable[[dict[str, str]], object]
) -> None:
    """Open the dialog for the answers of a referral."""

    def load() -> Question:
        with desk.db.read() as session:
            return surgeon_match.question_of(session, intake)

    opened(desk, parent, load, on_known)


def _said(question: Question) -> str:
    """Return what is asked, as the audit notes it."""
    parts = {
        "procedure": ",".join(question.procedures), "zip": question.zip, "plan": ", ".join(question.plans),
        "language": question.language, "age": question.age,
    }  # fmt: skip
    return " ".join(["match", *(f"{name}={value}" for name, value in parts.items() if value)])
