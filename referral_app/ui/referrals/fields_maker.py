"""Makes the view of any field of the intake: one place that knows every kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from referral_app.choices import Permission, SketchClass
from referral_app.clinical.fields import Field, Kind
from referral_app.ui import rights
from referral_app.ui.desk import Desk
from referral_app.ui.referrals import controls, wording_line
from referral_app.ui.referrals.attachments_view import AttachmentsView
from referral_app.ui.referrals.codes_control import CodesControl
from referral_app.ui.referrals.control import Control
from referral_app.ui.referrals.directory_controls import LocationControl, ProceduresControl, SurgeonControl
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.field_view import FieldView
from referral_app.ui.referrals.rows_view import RowsView
from referral_app.ui.referrals.sketch_class_control import SketchClassControl
from referral_app.ui.referrals.sketch_view import ON_PAPER, SketchControl

View = FieldView | RowsView


class Maker:
    """Makes views and keeps them by path, so that a link finds its field."""

    def __init__(
        self, desk: Desk, draft: Draft, left: Callable[[], None], go: Callable[[str], object]
    ) -> None:
        """Keep what the views need; `left` is called when the focus leaves one, `go` where one leads elsewhere."""
        self._desk, self._draft, self._left, self._go = desk, draft, left, go
        self.views: dict[str, View] = {}

    def make(self, field: Field, path: str) -> QWidget:
        """Make the view of a field that is no group."""
        if field.kind is Kind.ROWS:
            view: View = self._table(field, path)
            view.go.connect(self._go)
        else:
            view = FieldView(field, path, self._draft, self._control(field))
        if field.kind is Kind.SKETCH:
            self._suggest_paper(view)
        view.left.connect(self._left)
        self.views[path] = view
        if isinstance(view, FieldView) and path in wording_line.PATHS:
            return wording_line.WordingView(view, self._desk, self._draft)
        return view

    def _table(self, field: Field, path: str) -> RowsView:
        if path == "attachments":
            return AttachmentsView(field, path, self._desk, self._draft)
        return RowsView(field, path, self._draft, titled="." in path)

    def _control(self, field: Field) -> Control:
        match field.kind:
            case Kind.SURGEON:
                return SurgeonControl(self._desk, self._draft)
            case Kind.LOCATION:
                return LocationControl(self._draft)
            case Kind.PROCEDURES:
                return ProceduresControl(self._draft)
            case Kind.CODES:
                return CodesControl(self._draft, self._desk.background)
            case Kind.SKETCH:
                return SketchControl()
            case Kind.CHOICE if field.choices is SketchClass:
                return SketchClassControl(rights.may(self._desk.db, Permission.SIGN))
            case _:
                return controls.make(field)

    def _suggest_paper(self, view: View) -> None:
        if isinstance(view, FieldView) and isinstance(view.control, SketchControl):
            view.control.paper_button.clicked.connect(partial(view.make_unavailable, ON_PAPER))
