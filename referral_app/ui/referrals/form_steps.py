"""The steps of a form: one at a time, or all on one page; built when they are needed, a bit at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QWidget

from referral_app.clinical.intake import STEPS
from referral_app.ui.chores import Chores
from referral_app.ui.desk import Desk
from referral_app.ui.referrals import answers
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.saving import Saving
from referral_app.ui.referrals.sign_view import SignView
from referral_app.ui.referrals.step_view import StepView
from referral_app.ui.referrals.whole_page import WholePage

LAST = len(STEPS)


class FormSteps(QObject):
    """Makes the views of the steps and shows them; `moved` carries the step that is seen now."""

    moved = Signal(int)
    made = Signal(object)
    """The view of a step was made: connect it."""
    built = Signal()
    """Something was built: the order of Tab is to be set anew."""

    def __init__(
        self, desk: Desk, draft: Draft, saving: Saving, stack: QStackedWidget, parent: QWidget
    ) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._desk, self._draft, self._saving, self._stack = desk, draft, saving, stack
        self.views: dict[int, StepView] = {}
        self.step = 0
        self.whole: WholePage | None = None
        self._wanted: Callable[[], object] | None = None
        self._moves = Chores(self)
        if desk.settings.one_page:
            self._begin_whole()

    # Making the views

    def view(self, step: int) -> StepView:
        """Return the view of a step, made when it is first asked for."""
        if step not in self.views:
            view = self._new(step)
            self.views[step] = view
            view.chores.done.connect(self._was_built)
            view.entered.connect(partial(self._entered, step))
            self._place(step)
            self.made.emit(view)
            if not view.chores.busy:
                self._was_built()
        return self.views[step]

    def _new(self, step: int) -> StepView:
        if step == LAST:
            return SignView(self._desk, self._draft, self._saving)
        return StepView(self._desk, self._draft, step)

    def _place(self, step: int) -> None:
        view = self.views[step]
        if self.whole is None:
            if view.scroller is not view or view.parent() is None:
                view.take_back()
                self._stack.addWidget(view)
        elif view.scroller is not self.whole:
            self._stack.removeWidget(view)
            view.setParent(self._stack)
            view.hide()
            self.whole.take(step, view.lend(self.whole))
        view.show_foot()

    def finish(self) -> None:
        """Build now all that is to be built."""
        self._moves.finish()
        for step in range(1, LAST + 1) if self.whole is not None else (self.step,):
            if step:
                self.view(step).chores.finish()
        self._act_at_last()

    def prepare(self, step: int) -> None:
        """Begin to build a step, or the first one where all stand on one page."""
        self.view(step if self.whole is None else 1)

    def _was_built(self) -> None:
        self.built.emit()
        self._act_at_last()
        self._go_on_making()

    def _go_on_making(self) -> None:
        """Make the next section of the one page, once the one before is built."""
        if self.whole is not None and not any(view.chores.busy for view in self.views.values()):
            missing = [step for step in range(1, LAST + 1) if step not in self.views]
            if missing:
                QTimer.singleShot(0, self, partial(self._make, missing[0]))

    def _make(self, step: int) -> None:
        if self.whole is not None:
            self.view(step)

    def _ready(self, step: int) -> bool:
        """Tell whether everything down to a step is built, so that it stays where it is."""
        if self.whole is None:
            return True
        return all(one in self.views and self._is_whole(self.views[one]) for one in range(1, step + 1))

    def _is_whole(self, view: StepView) -> bool:
        return not view.chores.busy and view.scroller is self.whole

    def _once_built(self, step: int, act: Callable[[], object]) -> None:
        self._wanted = None
        if self._ready(step):
            act()
        else:
            self._wanted = lambda: self._once_built(step, act)
            self._go_on_making()

    def _act_at_last(self) -> None:
        if self._wanted is not None:
            self._wanted()

    # Showing them

    def go_to(self, step: int, focus: bool = True) -> None:
        """Show a step, and put the focus at its beginning."""
        if not self._ready(step) and self.step == 0:
            self._show(step)
        self._once_built(step, partial(self._go_to, step, focus))

    def _go_to(self, step: int, focus: bool) -> None:
        view = self.view(step)
        self._show(step)
        if self.whole is not None:
            self.whole.go_to(step)
        if focus:
            view.focus_first()

    def _show(self, step: int) -> None:
        self.step = step
        view = self.view(step if self.whole is None or self._ready(step) else 1)
        if self.whole is None and view.scroller is not view:
            self._place(step)
        view.refresh()
        self._stack.setCurrentWidget(self.whole or view)
        self.moved.emit(step)

    def jump(self, path: str, patient: bool = False) -> None:
        """Show the step of a field and put the focus into it; where `patient`, once the step is built by and by."""
        step = answers.step_of(path)
        if patient and self.view(step).chores.busy:
            self._wanted = partial(self.jump, path, patient)
        else:
            self._once_built(step, partial(self._jump, step, path, patient))

    def show_changed(self, paths: list[str]) -> None:
        """Show what the draft holds at these paths by now, and put the focus into the first one."""
        for view in self.views.values():
            view.load_fields(paths)
        if paths:
            self._draft.settle()
            self.jump(paths[0])

    def _jump(self, step: int, path: str, write_on: bool) -> None:
        if step != self.step:
            self._show(step)
        self.view(step).focus_path(path)
        focus = QApplication.focusWidget()
        if write_on and isinstance(focus, QLineEdit):
            focus.deselect()  # the next letter goes on with what was typed before, and never over it
            focus.end(False)
        if self.whole is not None:
            self.whole.keep(step)

    def _entered(self, step: int, _path: str) -> None:
        """Follow the focus from one section into the next."""
        if self.whole is not None and step != self.step:
            self.whole.keep(step)
            self._reached(step)

    def _reached(self, step: int) -> None:
        self.step = step
        if step in self.views:
            self.views[step].refresh()
        self.moved.emit(step)

    def refresh(self) -> None:
        """Let what is shown follow the answers; what reads them all back does so when it is in sight."""
        if self.whole is None:
            self.view(self.step).refresh()
            return
        for step, view in self.views.items():
            if step < LAST or not view.page.visibleRegion().isEmpty():
                view.refresh()

    def pages(self) -> list[QWidget]:
        """Return what Tab goes through, in its order."""
        if self.whole is None:
            return [self.view(self.step)]
        return [self.views[step].page for step in sorted(self.views)]

    # One page or six

    def set_one_page(self, on: bool) -> None:
        """Show the steps below each other, or one at a time again, with the focus where it was."""
        if on == (self.whole is not None):
            return
        self._wanted = None
        whole, step = self.whole, self.step
        if on:
            self._begin_whole()
        else:
            self.whole = None
        order = sorted(self.views) if on else sorted(self.views, key=lambda one: one != step)
        self._moves.add(*(partial(self._place, one) for one in order), partial(self._moved_all, whole))
        self.go_to(step)

    def _moved_all(self, whole: WholePage | None) -> None:
        """Everything has its new place: one widget was restyled a turn, so that no key waited."""
        if whole is not None and whole is not self.whole:
            self._stack.removeWidget(whole)
            whole.deleteLater()
        self._was_built()

    def _begin_whole(self) -> None:
        self.whole = WholePage()
        self.whole.reached.connect(self._reached)
        self._stack.addWidget(self.whole)
        self._stack.setCurrentWidget(self.whole)
