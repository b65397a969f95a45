"""One step of the form: its groups as cards in one column, built when first shown."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from referral_app.clinical.fields import Field, Kind, answered, unavailable
from referral_app.clinical.intake import INTAKE, STEPS
from referral_app.services import zip_cities
from referral_app.ui import fields, theme
from referral_app.ui.chores import Chores
from referral_app.ui.desk import Desk
from referral_app.ui.referrals import asked_line
from referral_app.ui.referrals.asked_line import AskedLine
from referral_app.ui.referrals.carried_line import CarriedLine
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.field_view import FieldView
from referral_app.ui.referrals.fields_maker import Maker
from referral_app.ui.referrals.flags_view import FlagsView
from referral_app.ui.referrals.group_view import Fields
from referral_app.ui.referrals.patient_finder import PatientFinder
from referral_app.ui.referrals.provider_box import ProviderBox
from referral_app.ui.referrals.rows_view import RowsView
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, row
from referral_app.ui.widgets.errors import ErrorSummary

WIDE = 592
"""Width of the column at 100 %: 560 for the fields and 16 on both sides inside the card."""

AHEAD = 80
"""Height at 100 % that is seen above and below the field with the focus: the next question."""

HINTS = {
    "coverage": "One entry for each insurance, or Self-pay.",
    "last_30_days": "Days of the last 30 on which each applied. From these the Migraine Headache Index is computed.",
    "treatments": "Every preventive and acute treatment so far, therapies included.",
    "injections": "Each block or session on its own line. Relief is computed from the pain before and after.",
    "red_flags": "Ask each question. Y, N and A choose Yes, No and Not asked.",
    "attachments": "Add PDF, JPEG, PNG or TIFF files up to 25 MB, or drop them anywhere on the form. "
    "They are kept encrypted, without links, scripts and hidden parts.",
    "letter": "Both may stay empty. What you write is printed exactly as it stands, and no template overwrites it.",
    "scores": "Totals only; leave out what was not done.",
}


class Column(QScrollArea):
    """A scroll area with one column of cards at its middle."""

    def __init__(self, name: str) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = self.page = QWidget()
        self.scroller: QScrollArea = self
        theme.role(page, "page")
        sides = QHBoxLayout(page)
        theme.scale(sides, margins=(16, 16, 16, 24))
        self._inner = QWidget()
        theme.scale(self._inner, max_width=WIDE)
        self._inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        sides.addWidget(self._inner)
        self.column = QVBoxLayout(self._inner)
        theme.scale(self.column, margins=0, spacing=16)
        self.setWidget(page)

    def cards(self) -> list[QWidget]:
        """Return the widgets of the column, from top to bottom."""
        items = (self.column.itemAt(at) for at in range(self.column.count()))
        return [widget for item in items if item and (widget := item.widget())]

    def lend(self, scroller: QScrollArea) -> QWidget:
        """Give the page away, into another area that scrolls it from now on."""
        self.scroller = scroller
        return self.takeWidget() or self.page

    def take_back(self) -> None:
        """Show the page in here again."""
        if self.scroller is not self:
            self.scroller = self
            self.setWidget(self.page)
            self.page.show()

    def show_widget(self, widget: QWidget) -> None:
        """Scroll a widget into sight."""
        QApplication.sendPostedEvents()
        self.scroller.ensureWidgetVisible(widget, theme.px(16), theme.px(72))
        fields.see(widget, self.scroller)  # at large text the whole page scrolls too

    def to_top(self) -> None:
        """Scroll to the beginning of the page."""
        whole = self.scroller.widget()
        top = 0 if self.scroller is self or whole is None else self.page.mapTo(whole, QPoint(0, 0)).y()
        self.scroller.verticalScrollBar().setValue(top)


class StepView(Column):
    """A step: title, error summary, cards, Back and Next."""

    left = Signal()
    go = Signal(int)
    jump = Signal(str)
    entered = Signal(str)
    """The focus came into a field: its path."""
    patient_taken = Signal()
    """A stored patient was chosen for this referral."""

    def __init__(self, desk: Desk, draft: Draft, step: int) -> None:
        """Build the groups of a step."""
        super().__init__(f"step{step}")
        self._desk, self._draft, self.step = desk, draft, step
        self._maker = Maker(desk, draft, self._was_left, self.jump.emit)
        self._foot_row: QWidget | None = None
        self.summary = ErrorSummary(f"step{step}Errors")
        self.summary.chosen.connect(self.jump)
        self.groups: list[Fields] = []
        self.flags: FlagsView | None = None
        self.finder: PatientFinder | None = None
        self._near: FieldView | None = None
        self._cards: list[tuple[Field, QWidget]] = []
        of = labels.muted(f"Step {step} of {len(STEPS)}")
        of.setWordWrap(False)
        self.column.addLayout(row(labels.title(STEPS[step - 1]), None, of))
        self.column.addWidget(self.summary)
        self.chores = Chores(self)
        draft.changed.connect(self._follow)
        draft.shown_elsewhere.connect(self.load_fields)
        self._build()
        self.chores.add(self._add_foot)
        self.chores.begin()
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def _build(self) -> None:
        for group in INTAKE:
            if group.step == self.step:
                self.chores.add(partial(self._add_card, group))

    def _add_card(self, group: Field) -> None:
        self.column.addWidget(self._card(group))

    def _add_foot(self) -> None:
        self._foot_row = QWidget()
        self._foot_row.setLayout(self._foot())
        self.column.addWidget(self._foot_row)
        self.column.addStretch(1)
        self.show_foot()

    def show_foot(self) -> None:
        """Offer the steps around this one, unless all stand on one page."""
        if self._foot_row is not None:
            self._foot_row.setVisible(self.scroller is self)

    def _was_left(self) -> None:
        """Say of what was answered before what this answer makes of it; then the draft is kept."""
        problems = self._draft.problems()
        for view in self._maker.views.values():
            if isinstance(view, FieldView):
                view.judge(problems)
        self.left.emit()

    def _card(self, group: Field) -> QWidget:
        card = Card(group.label)
        card.setObjectName(f"card.{group.name}")
        theme.scale(card.column, spacing=12)
        if group.name in HINTS:
            card.add(labels.muted(HINTS[group.name]))
        card.add(CarriedLine(group.name, self._draft))
        if words := asked_line.of_group(self._draft.sheet.asked_for, group.name):
            card.add(AskedLine(group.name, words))
        for extra in self._extras(group.name):
            card.add(extra)
        card.add(self._body(group))
        if group.when is not None:
            self._cards.append((group, card))
            if not self._draft.applies(group, {}):
                card.hide()
        return card

    def _extras(self, name: str) -> list[QWidget]:
        if name == "patient":
            self.finder = PatientFinder(self._desk, self._draft)
            self.finder.taken.connect(self.load)
            self.finder.taken.connect(self.patient_taken)
            return [self.finder]
        if name == "referrer":
            box = ProviderBox(self._draft)
            box.chosen.connect(self.load)
            return [box]
        return []

    def _body(self, group: Field) -> QWidget:
        if group.name == "red_flags":
            self.flags = FlagsView(group, self._draft)
            self.flags.left.connect(self.left)
            return self.flags
        if group.kind is Kind.ROWS:
            return self._maker.make(group, group.name)
        fields = Fields(group.fields, f"{group.name}.", self._draft, self._maker.make, self.chores)
        self.groups.append(fields)
        return fields

    def _foot(self) -> QHBoxLayout:
        back = forward = None
        if self.step > 1:
            back = buttons.outlined(f"Back to {STEPS[self.step - 2]}", f"step{self.step}Back", "left")
            back.setProperty("aside", True)  # Enter after the last answer goes on, never back
            back.clicked.connect(self._back)
        if self.step < len(STEPS):
            forward = buttons.primary(f"Next: {STEPS[self.step]}", f"step{self.step}Next", "right")
            forward.clicked.connect(self._next)
        line = row(None)
        line.setContentsMargins(0, 0, 0, 0)
        if back is not None:
            line.insertWidget(0, back)
        if forward is not None:
            line.addWidget(forward)
        return line

    def _back(self) -> None:
        self.go.emit(self.step - 1)

    def _next(self) -> None:
        self.go.emit(self.step + 1)

    # Following the draft

    def _follow(self, path: str) -> None:
        """Fill in what follows from an answer, unless answers are being put back."""
        if self._draft.reverting:
            return
        self._refresh_groups()
        if path == "patient.interpreter_needed":
            self._suggest_language()
        elif path.endswith(".address.zip") and path in self._maker.views:
            code = str(self._draft.get(path) or "")
            if code[:5].isdigit() and len(code) >= 5:
                found = partial(self._fill_place, path.removesuffix("zip"))
                self._desk.background.run(self, partial(zip_cities.find, code), found)

    def _suggest_language(self) -> None:
        """Let the interpreter be for the patient's own language, until that is changed."""
        target = "patient.interpreter_language"
        language = self._draft.get("patient.language")
        known = answered(language) and unavailable(language) is None
        view = self._maker.views.get(target)
        wanted = self._draft.get("patient.interpreter_needed") is True and not answered(
            self._draft.get(target)
        )
        if wanted and view and known:
            self._draft.put(target, language)
            view.load()

    def _fill_place(self, prefix: str, place: zip_cities.Place | None) -> None:
        """Write state and city of a ZIP code where nothing stands yet."""
        told = {name: value for name, value in zip(("city", "state"), place or (), strict=False) if value}
        with self._draft.act("city and state of the ZIP code"):
            for name, value in told.items():
                view = self._maker.views.get(prefix + name)
                if view and not answered(self._draft.get(prefix + name)):
                    self._draft.put(prefix + name, value)
                    view.load()

    def refresh(self) -> None:
        """Show and hide what depends on answers and on the check."""
        for field, card in self._cards:
            card.setVisible(self._draft.applies(field, {}))
        self._refresh_groups()
        if self.flags is not None:
            self.flags.refresh()

    def _refresh_groups(self) -> None:
        """Show and hide fields at once, so that what an answer asks further is the next stop of Tab."""
        for group in self.groups:
            group.refresh()

    def load(self) -> None:
        """Show what the draft holds now."""
        self.chores.finish()
        for view in self._maker.views.values():
            view.load()
        if self.flags is not None:
            self.flags.load()
        self.refresh()

    def load_fields(self, paths: list[str]) -> None:
        """Show what the draft holds now at some paths, in tables and below them too."""
        for name, view in self._maker.views.items():
            if any(_meet(name, path) for path in paths):
                view.load()
        if self.flags is not None and any(path.startswith("red_flags") for path in paths):
            self.flags.load()
        self.refresh()

    def show_problems(self, problems: dict[str, str], focus: bool = True) -> None:
        """Show problems on top and beside their fields."""
        self.chores.finish()
        for path, view in self._maker.views.items():
            if isinstance(view, RowsView):
                view.show_problems(problems)
            else:
                view.show_problem(problems.get(path, ""))
        self.summary.show_errors(problems, focus)

    def focus_path(self, path: str) -> bool:
        """Put the focus into a field and scroll it into sight; False where this step has no such field."""
        self.chores.finish()
        target = self._target(path)
        if target is None:
            return False
        self.show_widget(target)
        return True

    def _target(self, path: str) -> QWidget | None:
        if self.flags is not None and path.startswith("red_flags"):
            return self.flags.focus_path(path)
        table, _, rest = path.partition("[")
        view = self._maker.views.get(table if rest else path) or self._first_in(path)
        if view is None:
            return None
        if rest and isinstance(view, RowsView):
            view.focus_row(path)
        else:
            view.take_focus()
        return QApplication.focusWidget() or view

    def _first_in(self, path: str) -> Any:
        inside = (view for name, view in self._maker.views.items() if name.startswith(f"{path}."))
        return next(inside, None)

    def focus_first(self) -> None:
        """Put the focus at the beginning of the step."""
        self.to_top()
        if self.finder is not None and self.finder.wanted():
            self.finder.finder.edit.setFocus()
            return
        first = next(iter(self._maker.views.values()), None)
        if first is not None:
            first.take_focus()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        near = now
        while near is not None and not isinstance(near, FieldView):
            near = near.parentWidget()
        if near is self._near and near is not None:
            return
        if now is not None and self.page.isAncestorOf(now):
            self.entered.emit(near.path if near is not None else "")
        if self._near is not None and _alive(self._near):
            self._near.set_near(False)
        self._near = near if near is not None and self.page.isAncestorOf(near) else None
        if self._near is not None:
            self._near.set_near(True)
        seen: QWidget | None = self._near or now
        if seen is not None and self.page.isAncestorOf(seen) and not _pressed():
            self._show_ahead(seen)

    def _show_ahead(self, widget: QWidget) -> None:
        """Scroll so far that what follows a widget is seen too; Qt leaves alone what is just in sight."""
        area = self.scroller
        top = widget.mapTo(area.viewport(), QPoint(0, 0)).y() + area.verticalScrollBar().value()
        area.ensureVisible(0, top + widget.height(), 0, theme.px(AHEAD))
        area.ensureVisible(0, top, 0, theme.px(24))
        fields.see(widget, area)


def _meet(one: str, other: str) -> bool:
    """Tell whether one of two paths is the other or lies in it."""
    short, long = sorted((one, other), key=len)
    return long == short or (long.startswith(short) and long[len(short)] in ".[")


def _pressed() -> bool:
    """Tell whether the mouse is pressed: what it is on must not scroll away below it."""
    return QApplication.mouseButtons() != Qt.MouseButton.NoButton


def _alive(widget: QWidget) -> bool:
    import shiboken6

    return shiboken6.isValid(widget)
