"""The form of one referral: steps at the left, one step in the middle, the live check at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from referral_app import settings as settings_file
from referral_app.clinical.fields import answered
from referral_app.clinical.intake import STEPS
from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.referrals import answers, attaching
from referral_app.ui.referrals.attachment_sources import Dropping
from referral_app.ui.referrals.autosave import Autosave
from referral_app.ui.referrals.conflict import Comparing
from referral_app.ui.referrals.draft import Draft, Sheet
from referral_app.ui.referrals.form_body import FormBody
from referral_app.ui.referrals.form_head import FormHead
from referral_app.ui.referrals.form_keys import FormKeys, add_actions, field_of, go_on, wants_on
from referral_app.ui.referrals.form_order import FormOrder
from referral_app.ui.referrals.form_sending import FormSending
from referral_app.ui.referrals.form_steps import FormSteps
from referral_app.ui.referrals.saving import Saving
from referral_app.ui.referrals.sign_view import SignView
from referral_app.ui.referrals.step_view import StepView
from referral_app.ui.referrals.taking import Taking
from referral_app.ui.referrals.versions_dialog import LookingBack
from referral_app.ui.widgets.banner import PatientBanner

LOW = 520
"""In a window below this height, in pixels at 100 %, what stands above the form takes no more lines than it must."""


class FormPage(QWidget):
    """Writing one referral."""

    closed = Signal()
    said = Signal(str)
    changed = Signal()
    preview = Signal(str, str)
    reopen = Signal(str, int)
    decided = Signal()
    match_wanted = Signal(object, object)
    send_wanted = Signal(str)

    def __init__(self, desk: Desk, sheet: Sheet, step: int = 1) -> None:
        """Show a sheet at one of its steps, at none with 0; steps are built when they are first shown."""
        super().__init__()
        self.setObjectName("referralForm")
        self.draft = Draft(sheet, self)
        self._desk = desk
        self.autosave = Autosave(desk, self.draft, self)
        self.saving = Saving(desk, self.draft, self.autosave, self)
        self.comparing = Comparing(desk, self.draft, self.saving, self)
        self.looking_back = LookingBack(desk, self.draft, self)
        self.head = FormHead(self.draft, desk.db)
        self.banner = PatientBanner("formBanner")
        self.body = FormBody()
        self.steps, self.stack, self.panel = self.body.steps, self.body.stack, self.body.panel
        self.shown = FormSteps(desk, self.draft, self.saving, self.stack, self)
        self.order = FormOrder(self.shown, self.panel)
        self.taking = Taking(desk, self.draft, self.shown)
        self.sending = FormSending(self.draft, self.head, self.shown, self._show_check, self)
        self.keys = FormKeys(self, self.undo, self.redo, self.draft.settle)
        self.attaching = attaching.of(desk, self.draft)
        self.dropping = Dropping(self, self.attaching.add)
        self._lay_out()
        self._connect()
        add_actions(self)
        if step:
            self.go_to(step, focus=False)
            self.follow()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.banner)
        column.addWidget(self.body, 1)

    def _connect(self) -> None:
        self.draft.checked.connect(self.follow)
        self.taking.match_wanted.connect(self.match_wanted)
        self.taking.said.connect(self.said)
        self.taking.noted.connect(self.head.show_note)
        self.draft.reverted.connect(self.shown.show_changed)
        self.draft.said.connect(self.said)
        self.shown.moved.connect(self._moved)
        self.shown.made.connect(self._connect_view)
        self.attaching.said.connect(self.said)
        self.autosave.said.connect(self.said)
        self.autosave.said.connect(self.head.show_kept)
        self.autosave.failed.connect(self.head.show_kept)
        self.autosave.parted.connect(self.head.show_note)
        self.steps.chosen.connect(self.go_to)
        self.panel.chosen.connect(self.jump)
        self.body.folded.connect(self.head.show_check_button)
        self.panel.all_wanted.connect(self.check_all)
        self.head.back.connect(self.leave)
        self.head.save.connect(self.save)
        self.head.check.connect(self.body.toggle_drawer)
        self.head.discard.connect(self._discard)
        self.head.undo.connect(self.undo)
        self.head.redo.connect(self.redo)
        self.head.one_page.connect(self.set_one_page)
        self.saving.refused.connect(self.show_problems)
        self.saving.saved.connect(self._saved)
        self.saving.replaced.connect(self._replaced)
        self.saving.decided.connect(self.sending.go_on)
        self.saving.decided.connect(self.decided)
        self.sending.wanted.connect(self.send_wanted)
        self.head.versions.connect(self.looking_back.open)
        self.head.copy_summary.connect(self.saving.copy_summary)
        self.looking_back.restored.connect(self._replaced)
        self.looking_back.preview.connect(self.preview)

    # Steps

    @property
    def step(self) -> int:
        """The step that is shown, or being read where all stand on one page; 0 before any is."""
        return self.shown.step

    def view(self, step: int) -> StepView:
        """Return the view of a step, built when it is first asked for."""
        return self.shown.view(step)

    def _connect_view(self, view: StepView) -> None:
        view.left.connect(self._left)
        view.go.connect(self.go_to)
        view.jump.connect(self.jump)
        view.entered.connect(self._entered)
        view.patient_taken.connect(self.taking.ask_carried)
        if isinstance(view, SignView):
            view.preview.connect(self._preview)

    def go_to(self, step: int, focus: bool = True) -> None:
        """Show a step."""
        if 1 <= step <= len(STEPS):
            self._left()
            self.shown.go_to(step, focus)

    def _moved(self, step: int) -> None:
        self.steps.show_step(step)
        QTimer.singleShot(0, self, self._show_check)

    def set_one_page(self, on: bool) -> None:
        """Show the whole referral on one page, or in six steps; this PC remembers it."""
        if on != self._desk.settings.one_page:
            self._desk.settings.one_page = on
            settings_file.save(self._desk.paths, self._desk.settings)
        self.shown.set_one_page(on)
        self.head.show_one_page(on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave at least half of the height to the form, where large text makes the page low."""
        super().resizeEvent(event)
        self._give_room()

    def heightForWidth(self, width: int) -> int:
        """Return the least height at a width: the form scrolls, and what all of it would like is no page's height."""
        lines = self.layout()
        return lines.totalMinimumHeightForWidth(width) if lines and not self.isHidden() else 0

    def _give_room(self) -> None:
        is_low = self.window().height() < theme.px(LOW)
        self.head.set_low(is_low)
        self.banner.set_low(is_low)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow what was chosen in Settings meanwhile."""
        super().showEvent(event)
        self.set_one_page(self._desk.settings.one_page)
        self._give_room()

    def begin(self) -> None:
        """Put the focus where a draft was left, at what was asked for, else at the beginning of the step."""
        if self.draft.sheet.left_at:
            self.shown.jump(self.draft.sheet.left_at, patient=True)
        elif asked := _first_asked(self.draft, self.step):
            self.shown.jump(asked, patient=True)
        else:
            self.shown.go_to(self.step)

    def next_step(self) -> None:
        """Show the next step."""
        self.go_to(self.step + 1)

    def step_before(self) -> None:
        """Show the step before."""
        self.go_to(self.step - 1)

    def jump(self, path: str) -> None:
        """Show the step of a field and put the focus into it."""
        self.body.close_drawer()
        self.draft.settle()
        self.shown.jump(path)

    def first_missing(self) -> None:
        """Go to the first thing missing, emergencies first."""
        self.draft.settle()
        lines = (*self.draft.check.emergency, *self.draft.check.missing)
        waiting = [line for line in lines if line.status in ("emergency", "missing")]
        if waiting:
            self.jump(waiting[0].field)

    def make_unavailable(self) -> None:
        """Turn the field with the focus into a reason."""
        if (near := field_of(QApplication.focusWidget())) and near.may_lack:
            near.make_unavailable()

    # The check

    def follow(self) -> None:
        """Show what the check says now."""
        self.shown.refresh()
        self._show_check()
        self._show_banner()

    def _show_banner(self) -> None:
        """Show whose referral this is."""
        self.banner.setVisible(answered(self.draft.get("patient.family_name")))
        self.banner.show_intake(self.draft.intake)

    def _show_check(self) -> None:
        self.panel.show_check(self.draft.check, self.step, self.draft.intake)
        self.steps.show_check(self.draft)
        self.head.show_check(self.draft)

    def check_all(self) -> None:
        """Mark everything that is missing or wrong, and say it on top."""
        self.draft.settle()
        found = {line.field: line.text for line in self.draft.check.missing if line.status == "missing"}
        found |= self.draft.problems()
        self.body.close_drawer()
        self.show_problems(found)
        if not found:
            self.said.emit("Nothing is missing and everything can be read")

    def show_problems(self, problems: dict[str, str]) -> None:
        """Show problems on top of the step that has the first of them, and beside every field."""
        if problems and not any(answers.step_of(path) == self.step for path in problems):
            steps = [answers.step_of(path) for path in problems if path]
            self.go_to(min(steps, default=self.step), focus=False)
        for step, view in self.shown.views.items():
            view.show_problems(problems, focus=step == self.step)
        if problems:
            self.view(self.step).to_top()

    # Undo and redo

    def undo(self) -> None:
        """Take back the last change, wherever it was made, and put the focus there."""
        words = self.draft.undo()
        self.said.emit(f"Undone: {words}" if words else "There is nothing to undo")

    def redo(self) -> None:
        """Make the change again that was undone last."""
        words = self.draft.redo()
        self.said.emit(f"Redone: {words}" if words else "There is nothing to redo")

    # Keeping and saving

    def _left(self) -> None:
        self.autosave.save()

    def _entered(self, path: str) -> None:
        if path:
            self.draft.sheet.left_at = path

    def keep(self) -> None:
        """Store the draft now."""
        self.autosave.save_now()

    def leave(self) -> None:
        """Go back to the list; what was typed stays as a draft."""
        if self.draft.dirty:
            self.keep()
            self.said.emit("Draft kept. You find it in Referrals, under Draft.")
        self.closed.emit()

    def save(self) -> None:
        """Save a version."""
        self.draft.settle()
        self.saving.save()

    def _saved(self, words: str) -> None:
        for view in self.shown.views.values():
            view.show_problems({}, focus=False)
            view.refresh()
        self.head.show_saved(words)
        self._show_check()
        self.said.emit(words)
        self.changed.emit()

    def _replaced(self) -> None:
        """Give way to a form of what is stored now; this one is typed into no more."""
        self.setEnabled(False)
        self.reopen.emit(self.draft.sheet.reference, self.step)

    def _preview(self, kind: str) -> None:
        self.preview.emit(kind, self.draft.sheet.reference)

    def _discard(self) -> None:
        self.saving.discard(self._discarded)

    def _discarded(self) -> None:
        self.said.emit("Draft discarded")
        self.changed.emit()
        self.closed.emit()

    def taking_down(self) -> list[Callable[[], object]]:
        """Return what deletes the form in small parts, once it is out of sight; nothing is followed from now on."""
        self.draft.blockSignals(True)
        for view in self.shown.views.values():
            view.chores.drop()
        parts = [card for view in self.shown.views.values() for card in view.cards()]
        return [part.deleteLater for part in (*parts, *self.shown.views.values(), self.panel, self)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, close the drawer with Esc; the form itself is never left by accident."""
        back = wants_on(event)
        if back is not None and go_on(self, back):
            event.accept()
        elif event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        else:
            self.body.close_drawer()


def _first_asked(draft: Draft, step: int) -> str:
    """Return the first answer of a step that the surgeon's office asked for, "" where it asked for none."""
    return next((path for path in draft.sheet.asked_for if answers.step_of(path) == step), "")
