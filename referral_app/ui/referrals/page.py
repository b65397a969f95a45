"""Referrals: the list with its queues, the one that is chosen, and the form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from referral_app.choices import ReferralState
from referral_app.database import Database
from referral_app.services import worklists
from referral_app.services.errors import InvalidInput
from referral_app.services.referral_records import Filter, ReferralRow
from referral_app.ui import ask, left_open, theme
from referral_app.ui.chores import Chores
from referral_app.ui.desk import Desk
from referral_app.ui.referrals import answers, sheets
from referral_app.ui.referrals.draft import Sheet
from referral_app.ui.referrals.form import FormPage
from referral_app.ui.referrals.list_view import ListView
from referral_app.ui.referrals.passing import Passing


class ReferralsPage(Passing):
    """The list, or the form of one referral in its place."""

    said = Signal(str)
    changed = Signal()
    open_patient = Signal(str)
    open_surgeon = Signal(str)
    go = Signal(str)
    match_wanted = Signal(object, object)

    def __init__(self, desk: Desk) -> None:
        """Show the list."""
        super().__init__()
        self.setObjectName("referralsPage")
        self._desk = desk
        self.list = ListView(desk)
        self.form: FormPage | None = None
        self._coming: FormPage | None = None
        self._in_turn = self._from_list = False
        self._chores = Chores(self)
        self._clearing = Chores(self)
        self._gone: list[Callable[[], object]] = []
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=0)
        column.addWidget(self.stack)
        self.list.open.connect(self._open_listed)
        self.list.new.connect(self._new_listed)
        self.list.resume.connect(self._resume_listed)
        self.list.said.connect(self.said)
        self.list.changed.connect(self.changed)
        self.pass_on(self.list)

    @property
    def help_topic(self) -> str:
        """The help page for what is shown."""
        return "form" if self.form is not None else "referrals"

    # What the window calls

    def reload(self) -> None:
        """Fetch the list again, or let an open form follow what the directory says by now."""
        if self.form is None:
            self.list.reload()
            return
        draft, db = self.form.draft, self._desk.db
        chosen = draft.surgeon.id if draft.surgeon else ""
        self._desk.background.run(self.form, partial(sheets.directory, db, chosen), draft.follow_directory)
        stored = partial(sheets.moved_on, db, draft.sheet.standing.record)
        self._desk.background.run(self.form, stored, self.form.sending.follow, self._not_there)

    def _not_there(self, error: Exception) -> None:
        """Let a form stay whose referral went or is another practice's by now: saving says so."""
        if not isinstance(error, InvalidInput):
            raise error

    def show_list(self) -> None:
        """Show the list in the place of the form; what was typed stays as a draft."""
        if self.form is not None:
            self.form.leave()

    def rest(self) -> None:
        """Let the list be seen when the page is gone to again, where the form only showed what was sent."""
        if self.form is not None and _is_sent(self.form.draft.sheet.state) and not self.form.draft.dirty:
            self._go_to_list()

    def step_back(self) -> bool:
        """Go from a form that was opened out of the list back to it; return whether that was so."""
        if self.form is None or not self._from_list:
            return False
        self.form.leave()
        return True

    def about(self) -> tuple[str, str]:
        """Return ids of patient and referral that are in sight, "" where there is none."""
        if self.form is not None:
            return self.form.draft.sheet.patient_id, self.form.draft.sheet.referral_id
        return self.list.detail.about()

    def focus_search(self) -> None:
        """Put the focus into the filter of the list."""
        if self.form is None:
            self.list.search.setFocus()

    def show_queue(self, key: str) -> None:
        """Show one queue of the list, all of it: what was looked for before is cleared."""
        self._close_form()
        self._drop(self._coming)
        self._coming = None
        self.list.search.clear()
        self.list.show_queue(key)

    def open(self, name: str) -> None:
        """Open a saved referral for writing."""
        self._in_turn = self._from_list = False
        self._load(partial(sheets.saved, self._desk.db, name))

    def follow(self, name: str) -> None:
        """Show where a referral stands that was sent; one to be written, signed or sent opens for that."""
        self._desk.background.run(self, partial(_row, self._desk.db, name), partial(self._followed, name))

    def _followed(self, name: str, row: ReferralRow | None) -> None:
        if row is None or not _is_sent(row.state) or row.waits or row.returned_at is not None:
            self.open(name)
        else:
            self._show_one(row)

    def _show_one(self, row: ReferralRow, act: bool = False) -> None:
        self._close_form()
        self._drop(self._coming)
        self._coming = None
        self.stack.setCurrentWidget(self.list)
        self.list.show_one(row, act)

    def _sent(self) -> None:
        """Go on from the form of what was just sent to what can be recorded of it."""
        record = self.form.draft.sheet.standing.record if self.form is not None else None
        if record is not None:
            self._show_one(record, act=True)

    def _open_listed(self, name: str) -> None:
        """Open a referral of the list; of those to sign the next one follows when it is signed or returned."""
        self.open(name)
        self._in_turn, self._from_list = self.list.queue == "sign", True

    def _new_listed(self) -> None:
        self.new()
        self._from_list = True

    def _resume_listed(self, draft_id: str) -> None:
        self.resume(draft_id)
        self._from_list = True

    def _decided(self) -> None:
        """Go on with the next referral that waits for a signature, where they are signed in turn."""
        if self._in_turn:
            self._desk.background.run(self, partial(next_to_sign, self._desk.db), self._go_on)

    def _go_on(self, name: str) -> None:
        if name:
            self.open(name)
            self._in_turn = self._from_list = True
        elif self.form is not None:
            self.said.emit("Nothing more waits for a signature")
            self._form_closed()

    def _reopen(self, name: str, step: int) -> None:
        self._load(partial(sheets.saved, self._desk.db, name), step)

    def new(self, prefill: dict[str, str] | None = None) -> None:
        """Begin a referral, with a patient, surgeon or provider where they are known."""
        self._from_list = False
        known = {name: str(value) for name, value in (prefill or {}).items() if value}
        self._load(partial(sheets.new, self._desk.db, **known))

    def resume(self, draft_id: str) -> None:
        """Open a draft where it was left."""
        self._from_list = False
        self._load(partial(sheets.resumed, self._desk.db, draft_id))

    def keep(self) -> None:
        """Store what is typed now; the window is going away."""
        for form in (self.form, self._coming):
            if form is not None:
                self._keep(form)

    def _keep(self, form: FormPage) -> None:
        """Store what is typed, and that the form was closed as it should be."""
        form.keep()
        left_open.close(self._desk.paths, form.draft.sheet.draft_id)

    def can_leave(self) -> bool:
        """Leaving loses nothing: the draft is stored."""
        if self.form is not None:
            self.form.autosave.save()
        return True

    # The form

    def _load(self, work: Callable[[], Sheet], step: int = 0) -> None:
        if self.form is not None:
            self.form.keep()

        def load() -> tuple[Sheet, int]:
            sheet = work()
            sheet.left_at = left_open.field(self._desk.paths, sheet.draft_id) if not step else ""
            at = answers.step_of(sheet.left_at) if sheet.left_at else 0
            return sheet, step or at or sheets.first_step(sheet)

        self._desk.background.run(self, load, self._begin, self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        ask.tell(self, " ".join(error.fields.values()))

    def _begin(self, loaded: tuple[Sheet, int]) -> None:
        """Build a form in turns of the event loop, so that none of them is long; the latest wanted wins."""
        sheet, step = loaded
        self._drop(self._coming)
        form = self._coming = FormPage(self._desk, sheet, 0)
        form.closed.connect(self._form_closed)
        form.reopen.connect(self._reopen)
        form.decided.connect(self._decided)
        form.sending.sent.connect(self._sent)
        for name in ("said", "changed", "preview", "match_wanted", "send_wanted"):
            getattr(form, name).connect(getattr(self, name))
        show_step = partial(form.go_to, step, False)
        acts = (self._bring, partial(form.shown.prepare, step), show_step, form.follow, self._finish)
        self._chores.add(*(partial(self._turn, form, act) for act in acts))

    def _turn(self, form: FormPage, act: Callable[[], object]) -> None:
        if form is self._coming:
            act()

    def _bring(self) -> None:
        self._close_form()
        if self._coming is not None:
            self.stack.addWidget(self._coming)
            self.stack.setCurrentWidget(self._coming)

    def _finish(self) -> None:
        self.form, self._coming = self._coming, None
        if self.form is not None:
            self.form.begin()
        self._clear_away()

    def _close_form(self) -> None:
        form, self.form = self.form, None
        self._drop(form)

    def _drop(self, form: FormPage | None) -> None:
        """Take a form away: at once for the eye, bit by bit for the memory."""
        if form is not None:
            self._keep(form)
            self.stack.removeWidget(form)
            self._gone += form.taking_down()
            QTimer.singleShot(0, self, self._clear_away)

    def _clear_away(self) -> None:
        """Let go of forms that are out of sight, once none is being built: building comes first."""
        if self._coming is None:
            gone, self._gone = self._gone, []
            self._clearing.add(*gone)

    def _form_closed(self) -> None:
        self._go_to_list()
        self.list.table.enter()

    def _go_to_list(self) -> None:
        reference = self.form.draft.sheet.referral_id if self.form is not None else ""
        self._close_form()
        self.stack.setCurrentWidget(self.list)
        self.list.reload(choose=reference)


def _is_sent(state: ReferralState) -> bool:
    return state not in (ReferralState.DRAFT, ReferralState.SIGNED)


def _row(db: Database, name: str) -> ReferralRow | None:
    with db.read() as session:
        found = worklists.find(session, Filter(ids=(name,)), 1)
    return found[0] if found else None


def next_to_sign(db: Database) -> str:
    """Return the referral that has waited longest for a signature, "" where none waits."""
    with db.read() as session:
        found = worklists.find(session, Filter("sign", sort="asked", descending=False), 1)
    return found[0].id if found else ""
