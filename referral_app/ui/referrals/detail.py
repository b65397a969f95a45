"""One referral beside the list: what it is, what the check says, what happened, and what can be done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from referral_app.choices import Permission, ReferralState, RequestStatus
from referral_app.services.errors import InvalidInput
from referral_app.services.referrals import ReferralRow
from referral_app.ui import copying, theme
from referral_app.ui.ahead import Ahead
from referral_app.ui.desk import Desk
from referral_app.ui.referrals.attempts_view import AttemptsView
from referral_app.ui.referrals.check_panel import with_gaps
from referral_app.ui.referrals.detail_content import Whole, content, has_files, load
from referral_app.ui.referrals.papers_menu import PapersMenu
from referral_app.ui.referrals.passing import Passing
from referral_app.ui.referrals.reasons import Reasons
from referral_app.ui.referrals.request_view import RequestView
from referral_app.ui.referrals.versions_dialog import VersionsDialog
from referral_app.ui.referrals.visits_dialog import VisitsDialog
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import clear, stacked
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.flow import Flow

NEEDED = {
    "send": Permission.SEND,
    "reply": Permission.WRITE,
    "call": Permission.WRITE,
    "plan": Permission.WRITE,
    "next": Permission.WRITE,
    "cancel": Permission.SEND,
}
"""What a button needs beyond seeing the referral."""
AT_HAND = ("open", "send", "reply", "next", "call")
"""What stays in sight below a referral; the rest scrolls with it."""
RESTED_MS = 700
"""After so long on one referral its letter is drawn ahead; whoever leafs through the list draws none."""


class DetailView(Passing):
    """The card at the right of the list."""

    open = Signal(str)
    done = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Say that nothing is chosen yet."""
        super().__init__()
        panel = QFrame()
        theme.role(panel, "panel")
        self.setLayout(stacked(panel, spacing=0))
        self._desk = desk
        self._latest = desk.background.latest(self, self._show)
        self._resting = QTimer(self, singleShot=True, interval=RESTED_MS)
        self._resting.timeout.connect(partial(self._draw, "letter"))
        self._whole: Whole | None = None
        self._is_entered = False
        self._content: QWidget | None = None
        self._empty = EmptyState(
            "referrals", "No referral is chosen", "Choose one from the list.", name="detailEmpty"
        )
        column = QVBoxLayout(panel)
        theme.scale(column, margins=(16, 12, 12, 12), spacing=12)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._more, self._slot = Flow(8), QVBoxLayout()
        self._area.setWidget(self._build_inside())
        self._papers = PapersMenu(self)
        self._papers.wanted.connect(self._paper)
        self._papers.left_wanted.connect(self._papers_left)
        self._reasons = Reasons(desk, self)
        self._reasons.done.connect(self.done)
        self._actions = self._build_actions()
        column.addWidget(self._empty, 1)
        column.addWidget(self._area, 1)
        column.addWidget(self._actions)
        self._show_nothing()

    def _build_inside(self) -> QWidget:
        """Return what scrolls: the referral, and below it what is done more rarely."""
        inside = QWidget()
        theme.role(inside, "page")
        lines = QVBoxLayout(inside)
        theme.scale(lines, margins=(0, 0, 4, 0), spacing=12)
        lines.addLayout(self._slot)
        lines.addWidget(labels.line())
        lines.addWidget(self._more)
        lines.addStretch(1)
        return inside

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
            "send": buttons.outlined("Send…", "detailSend", "send"),
            "reply": buttons.outlined("Record reply…", "detailReply", "answered"),
            "next": buttons.outlined("Ask the next surgeon…", "detailNext", "surgeons"),
            "call": buttons.outlined("Log a call…", "detailCall", "phone"),
            "plan": buttons.outlined("Owner and next step…", "detailPlan", "person"),
            "versions": buttons.outlined("Versions…", "detailVersions", "clock"),
            "copy": buttons.outlined(copying.LABEL, "detailCopy", "copy"),
            "cancel": buttons.danger("Cancel referral…", "detailCancel"),
        }
        acts = (
            self._open, self._letter, self._bundle, self._packet, self._show_papers, self._surgery_packet,
            self._show_visits, self._ask_send, self._ask_reply,
            self._ask_next, self._ask_call, self._ask_plan, self._ask_versions, self._copy, self._reasons.cancel,
        )  # fmt: skip
        for (key, button), act in zip(self._buttons.items(), acts, strict=True):
            button.clicked.connect(act)
            (flow if key in AT_HAND else self._more).add(button)
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

    def enter(self) -> None:
        """Take the focus once the referral that was chosen is there: at what became of sending it."""
        self._is_entered = True

    def _take_focus(self) -> None:
        """Give the focus to the first button of the latest attempt, where there is none to what is always at hand."""
        attempts = self.findChild(AttemptsView, "attempts")
        offered = [one for one in attempts.findChildren(QPushButton) if one.isVisible()] if attempts else []
        target = offered[0] if offered else self._buttons["open"]
        target.setFocus()
        if offered:
            self._area.ensureWidgetVisible(target)

    def _failed(self, error: Exception) -> None:
        self._show_nothing()
        if not isinstance(error, InvalidInput):
            raise error

    def _show_nothing(self) -> None:
        self._whole = None
        self._reasons.referral_id = ""
        self._resting.stop()
        self._empty.show()
        self._area.hide()
        self._actions.hide()

    def _show(self, whole: Whole) -> None:
        if whole.record.id != self.about()[1]:
            self._area.verticalScrollBar().setValue(0)
        self._whole = whole
        self._reasons.referral_id = whole.record.id
        self._resting.start()
        self._requests = RequestView(whole, self._desk.may(Permission.WRITE)) if whole.requests else None
        if self._requests is not None:
            self._requests.undo_wanted.connect(self._reasons.take_back)
            self._requests.hold_wanted.connect(self._reasons.hold)
        self._content = content(whole, self._requests, self._attempts(whole))
        clear(self._slot)
        self._slot.addWidget(self._content)
        self._empty.hide()
        self._area.show()
        self._actions.show()
        self._offer(whole)
        if self._is_entered:
            self._is_entered = False
            QTimer.singleShot(0, self, self._take_focus)

    def _attempts(self, whole: Whole) -> AttemptsView | None:
        if not whole.attempts:
            return None
        made = AttemptsView(whole.attempts, self._desk.may(Permission.SEND))
        made.confirm_wanted.connect(self.confirm_wanted)
        made.bounce_wanted.connect(self.bounce_wanted)
        made.resend_wanted.connect(self.resend_wanted)
        made.reopen_wanted.connect(self._reasons.reopen)
        return made

    def _offer(self, whole: Whole) -> None:
        """Show the buttons of what can be done with a referral now."""
        record = whole.record
        state, uncleared = record.state, whole.check.uncleared
        signs = record.waits and self._desk.may(Permission.SIGN)
        self._buttons["open"].setText("Review and sign" if signs else "Open")
        again = state is not ReferralState.SIGNED
        self._buttons["send"].setText(("Send again" if again else with_gaps("Send", whole.check)) + "…")
        shown = {
            "send": (state is ReferralState.SIGNED or whole.may_go_again) and not uncleared,
            "reply": bool(whole.requests),
            "next": _is_declined(whole),
            "cancel": state not in (ReferralState.CANCELED, ReferralState.CLOSED),
            "letter": bool(record.surgeon_id),
            "bundle": bool(record.surgeon_id) and has_files(whole),
            "packet": bool(record.surgeon_id),
            "surgery": bool(record.surgeon_id),
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

    def about(self) -> tuple[str, str]:
        """Return ids of patient and referral that are shown, "" where there is none."""
        return (self._whole.record.patient_id, self._whole.record.id) if self._whole else ("", "")

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

    def _ask_send(self) -> None:
        if self._whole:
            self.send_wanted.emit(self._whole.record.id)

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

    def _ask_reply(self) -> None:
        if self._whole:
            self.reply_wanted.emit(self._whole.record.id)

    def _ask_next(self) -> None:
        if self._whole:
            self.redirect_wanted.emit(self._whole.record, self._whole.requests[0][0].reason)

    def _ask_call(self) -> None:
        if self._whole:
            self.call_wanted.emit(self._whole.record.patient_id, self._whole.record.id)

    def _ask_plan(self) -> None:
        if self._whole:
            self.plan_wanted.emit(self._whole.record.id)


def _is_declined(whole: Whole) -> bool:
    """Tell whether the latest request was declined and nobody else is asked yet."""
    last = whole.requests[0][0] if whole.requests else None
    asked = last is not None and whole.record.surgeon_id in ("", last.surgeon_id)
    return asked and last is not None and last.status is RequestStatus.DECLINED
