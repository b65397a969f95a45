"""One referral beside the list: what it is, what the check says, what happened, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from referral_app.choices import Permission, ReferralState
from referral_app.clinical import dates
from referral_app.clinical.check import Check
from referral_app.clinical.fields import given, rows
from referral_app.database import Database
from referral_app.services import fax_numbers, referrals, surgery_plans
from referral_app.services.errors import InvalidInput
from referral_app.services.fax_numbers import Target
from referral_app.services.referrals import Event, ReferralRecord, ReferralRow
from referral_app.ui import ask, copying, theme
from referral_app.ui.ahead import Ahead
from referral_app.ui.desk import Desk
from referral_app.ui.referrals.check_panel import waiting, with_gaps
from referral_app.ui.referrals.papers_menu import PapersMenu
from referral_app.ui.referrals.reason_dialog import ReasonDialog
from referral_app.ui.referrals.sent_dialog import SentDialog
from referral_app.ui.referrals.versions_dialog import VersionsDialog
from referral_app.ui.referrals.visits_dialog import VisitsDialog
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.notice import Advice
from referral_app.ui.widgets.states import StateLabel


@dataclass(frozen=True)
class Whole:
    """A referral with its check and history; `unready` is what its surgery packet still lacks."""

    record: ReferralRecord
    check: Check
    events: list[Event]
    target: Target | None = None
    unready: tuple[str, ...] = ()


def load(db: Database, referral_id: str) -> Whole:
    """Return a referral with its check and history."""
    with db.read() as session:
        record = referrals.get(session, referral_id)
        return Whole(
            record,
            referrals.checked(session, record.intake),
            referrals.history(session, referral_id),
            fax_numbers.target(session, referral_id),
            surgery_plans.ready(session, referral_id),
        )


NEEDED = {"sent": Permission.SEND, "answered": Permission.SEND, "cancel": Permission.SEND}
"""What a button needs beyond seeing the referral."""


RESTED_MS = 700
"""After so long on one referral its letter is drawn ahead; whoever leafs through the list draws none."""


class DetailView(QFrame):
    """The card at the right of the list."""

    open = Signal(str)
    preview = Signal(str, str)
    papers_wanted = Signal(str, str, str)
    done = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Say that nothing is chosen yet."""
        super().__init__()
        theme.role(self, "panel")
        self._desk = desk
        self._latest = desk.background.latest(self, self._show)
        self._resting = QTimer(self, singleShot=True, interval=RESTED_MS)
        self._resting.timeout.connect(partial(self._draw, "letter"))
        self._whole: Whole | None = None
        self._content: QWidget | None = None
        self._empty = EmptyState(
            "referrals", "No referral is chosen", "Choose one from the list.", name="detailEmpty"
        )
        column = QVBoxLayout(self)
        theme.scale(column, margins=(16, 12, 12, 12), spacing=12)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._papers = PapersMenu(self)
        self._papers.wanted.connect(self._paper)
        self._papers.left_wanted.connect(self._papers_left)
        self._actions = self._build_actions()
        column.addWidget(self._empty, 1)
        column.addWidget(self._area, 1)
        column.addWidget(self._actions)
        self._show_nothing()

    def _build_actions(self) -> Flow:
        flow = Flow(8)
        self._buttons = {
            "open": buttons.primary("Open", "detailOpen", "open"),
            "letter": buttons.outlined("Preview letter", "detailLetter", "letter"),
            "bundle": buttons.outlined("Preview letter with attachments", "detailBundle", "attach"),
            "packet": buttons.outlined("Preview packet", "detailPacket", "packets"),
            "papers": buttons.outlined("Other papers", "detailPapers", "letter"),
            "surgery": buttons.outlined("Preview surgery packet", "detailSurgery", "packets"),
            "visits": buttons.outlined("Visits and surgery…", "detailVisits", "calendar"),
            "sent": buttons.outlined("Mark sent…", "detailSent", "sent"),
            "answered": buttons.outlined("Mark answered…", "detailAnswered", "answered"),
            "versions": buttons.outlined("Versions…", "detailVersions", "clock"),
            "copy": buttons.outlined(copying.LABEL, "detailCopy", "copy"),
            "cancel": buttons.danger("Cancel referral…", "detailCancel"),
        }
        acts = (
            self._open, self._letter, self._bundle, self._packet, self._show_papers, self._surgery_packet,
            self._show_visits, self._ask_sent, self._ask_answered, self._ask_versions, self._copy, self._ask_cancel,
        )  # fmt: skip
        for button, act in zip(self._buttons.values(), acts, strict=True):
            button.clicked.connect(act)
            flow.add(button)
        for kind in ("letter", "packet"):
            Ahead(self._buttons[kind], partial(self._draw, kind))
        return flow

    def _draw(self, kind: str) -> None:
        """Draw what a button will show, while the pointer is still on its way."""
        from referral_app.jobs import ahead

        may = self._desk.may(Permission.PRINT) and not self._buttons[kind].isHidden()
        if may and (reference := self._reference()):
            work = partial(ahead.draw, self._desk.db, kind, reference)
            self._desk.background.run(self, work, lambda _: None)

    # Showing

    def show_row(self, item: ReferralRow | None) -> None:
        """Show another referral, or none."""
        if item is None:
            self._latest.drop()
            self._show_nothing()
            return
        db, referral_id = self._desk.db, item.id
        self._latest.ask(lambda: load(db, referral_id), self._failed)

    def _failed(self, error: Exception) -> None:
        self._show_nothing()
        if not isinstance(error, InvalidInput):
            raise error

    def _show_nothing(self) -> None:
        self._whole = None
        self._resting.stop()
        self._empty.show()
        self._area.hide()
        self._actions.hide()

    def _show(self, whole: Whole) -> None:
        self._whole = whole
        self._resting.start()
        self._content = _content(whole)
        self._area.setWidget(self._content)
        self._empty.hide()
        self._area.show()
        self._actions.show()
        record = whole.record
        state, uncleared = record.state, whole.check.uncleared
        signs = record.waits and self._desk.may(Permission.SIGN)
        self._buttons["open"].setText("Review and sign" if signs else "Open")
        self._buttons["sent"].setText(with_gaps("Mark sent", whole.check) + "…")
        shown = {
            "sent": state is ReferralState.SIGNED and not uncleared,
            "answered": state is ReferralState.SENT
            or (state is ReferralState.SIGNED and record.is_corrected),
            "cancel": state not in (ReferralState.CANCELED, ReferralState.CLOSED),
            "letter": bool(whole.record.surgeon_id),
            "bundle": bool(whole.record.surgeon_id) and _has_files(whole),
            "packet": bool(whole.record.surgeon_id),
            "surgery": bool(whole.record.surgeon_id),
        }
        self._grey_surgery(whole.unready)
        for key, button in self._buttons.items():
            button.setVisible(
                shown.get(key, True) and self._desk.may(NEEDED.get(key, Permission.SEE_PATIENTS))
            )

    def _grey_surgery(self, unready: tuple[str, ...]) -> None:
        """Let the surgery packet be asked for once nothing is missing, and say what is."""
        button, why = self._buttons["surgery"], " ".join(unready)
        button.setEnabled(not unready)
        button.setToolTip(why)
        button.setAccessibleDescription(why)

    # Acting

    def _reference(self) -> str:
        return self._whole.record.reference if self._whole else ""

    def _open(self) -> None:
        if self._whole:
            self.open.emit(self._whole.record.id)

    def _letter(self) -> None:
        self.preview.emit("letter", self._reference())

    def _bundle(self) -> None:
        self.preview.emit("bundle", self._reference())

    def _packet(self) -> None:
        self.preview.emit("packet", self._reference())

    def _show_papers(self) -> None:
        button = self._buttons["papers"]
        self._papers.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _paper(self, kind: str) -> None:
        self.preview.emit(kind, self._reference())

    def _papers_left(self) -> None:
        self.papers_wanted.emit(self._reference(), "", "")

    def _surgery_packet(self) -> None:
        self.preview.emit("surgery_packet", self._reference())

    def _show_visits(self) -> None:
        if self._whole:
            dialog = VisitsDialog(self._desk, self._whole.record, self)
            dialog.preview.connect(self.preview)
            dialog.said.connect(self.done)
            dialog.open()

    def _ask_sent(self) -> None:
        if self._whole:
            dialog = SentDialog(
                self._desk, self._whole.record.id, self._whole.target, self, self._whole.record.version
            )
            dialog.sent.connect(self._sent)
            dialog.open()

    def _copy(self) -> None:
        if self._whole:
            copying.referral(self._desk, self, self._whole.record.id, self.done.emit)

    def _ask_versions(self) -> None:
        if self._whole:
            dialog = VersionsDialog(self._desk, self._whole.record, self)
            dialog.preview.connect(self.preview)
            dialog.restored.connect(self._restored)
            dialog.open()

    def _restored(self) -> None:
        self._open()

    def _ask_answered(self) -> None:
        words = "Such as: visit on March 27, or returned with a question"
        self._ask(
            "Mark as answered",
            "What did the surgeon's office answer?",
            words,
            "Mark answered",
            self._answered,
        )

    def _ask_cancel(self) -> None:
        words = "It stays in the list with this reason."
        self._ask(
            "Cancel this referral",
            "Why is it canceled?",
            words,
            "Cancel referral",
            self._canceled,
            danger=True,
        )

    def _ask(self, *words: Any, danger: bool = False) -> None:
        title, question, hint, verb, act = words
        ReasonDialog(self, title, question, hint, verb, act, danger).open()

    def _sent(self) -> None:
        self._finished("Marked as sent")

    def _answered(self, what: str) -> None:
        self._do(referrals.mark_answered, what, "Marked as answered")

    def _canceled(self, why: str) -> None:
        self._do(referrals.cancel, why, "Referral canceled")

    def _do(self, service: Callable[..., Any], words: str, said: str) -> None:
        if self._whole is None:
            return
        db, referral_id = self._desk.db, self._whole.record.id

        def work() -> str:
            with db.begin() as session:
                service(session, referral_id, words)
            return said

        self._desk.background.run(self, work, self._finished, self._refused)

    def _finished(self, said: str) -> None:
        self.done.emit(said)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        ask.tell(self, " ".join(error.fields.values()), warning=True)


def _has_files(whole: Whole) -> bool:
    """Tell whether a file goes along with the letter."""
    return any(one.get("sha256") for one in rows(whole.record.intake, "attachments"))


def _content(whole: Whole) -> QWidget:
    from referral_app.ui.referrals.list_view import state_key

    record = whole.record
    holder = QWidget()
    theme.role(holder, "page")
    column = QVBoxLayout(holder)
    theme.scale(column, margins=(0, 0, 4, 0), spacing=12)
    name = labels.heading(record.patient or "No name yet")
    name.setWordWrap(True)
    column.addWidget(name)
    born = f"Born {dates.say(record.date_of_birth)}" if record.date_of_birth else "Date of birth missing"
    column.addWidget(labels.muted(f"{born} · Reference {record.reference}"))
    column.addWidget(StateLabel(state_key(record), record.state_words))
    if record.beside_words:
        tone = "warning" if record.returned_at is not None else "info"
        column.addWidget(Advice(tone, "detailBeside", words=record.beside_words))
    for title, words in _facts(record):
        column.addLayout(_fact(title, words))
    column.addWidget(labels.line())
    column.addWidget(labels.strong("Live check"))
    column.addWidget(_counts(whole.check))
    column.addWidget(labels.line())
    column.addWidget(labels.strong("What happened"))
    for event in reversed(whole.events):
        column.addLayout(_event(event))
    column.addStretch(1)
    return holder


def _facts(record: ReferralRecord) -> list[tuple[str, str]]:
    question = given(record.intake, "request.question")
    urgency = str(record.urgency or "–").capitalize()
    signed = f"{record.signed_by}" if record.signed_by else "Not signed"
    return [
        ("Surgeon", record.surgeon or "Not chosen"),
        ("Urgency", urgency),
        ("Question", str(question or "Not asked yet")),
        ("Prepared by", str(given(record.intake, "signature.prepared_by") or "Not named")),
        ("Signed by", signed),
    ]


def _fact(title: str, words: str) -> QHBoxLayout:
    line = QHBoxLayout()
    theme.scale(line, spacing=8)
    label = labels.muted(title)
    theme.scale(label, width=76)
    line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(labels.body(words), 1)
    return line


def _counts(check: Check) -> Flow:
    flow = Flow(6)
    emergencies = sum(line.status == "emergency" for line in check.emergency)
    gaps = sum(line.status == "gap" for line in check.missing)
    counts = (
        ("emergency", emergencies, "Emergency"),
        ("missing", len(waiting(check)), "missing"),
        ("gap", gaps, "not available"),
        ("supports", len(check.supports), "supports"),
        ("review", len(check.review), "for review"),
    )
    for state, count, words in counts:
        if count:
            flow.add(StateLabel(state, words if state == "emergency" else f"{count} {words}"))
    return flow


def _event(event: Event) -> QVBoxLayout:
    column = QVBoxLayout()
    theme.scale(column, spacing=0)
    column.addWidget(labels.body(f"{event.what}: {event.why}" if event.why else event.what))
    local = event.at.astimezone()
    when = f"{dates.say(local.date())}, {local.hour}:{local.minute:02}"
    column.addWidget(labels.muted(f"{when} · {event.who}" if event.who else when))
    return column
