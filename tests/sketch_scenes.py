"""Pictures of the head sketch on the form: drawn, empty, put together by name, and seen by someone who may not sign."""

from __future__ import annotations

from typing import Any

from referral_app.clinical import sketch
from referral_app.ui.referrals.sketch_view import SketchControl

Stage = Any


def _form(stage: Stage) -> SketchControl:
    stage.window.open("referral", stage.reference)
    stage.settle(0.6)
    form = stage.form()
    form.go_to(3, focus=False)
    stage.settle(0.6)
    form.jump("pain.sketch")
    stage.settle(0.3)
    return stage.child("pain.sketch.heads").parentWidget()


def _drawn(stage: Stage) -> None:
    control = _form(stage)
    _to_top(stage, control)


def _empty(stage: Stage) -> None:
    control = _form(stage)
    control.clear()
    _to_top(stage, control)


def _named(stage: Stage) -> None:
    control = _form(stage)
    marks = [mark for step, name in ((1, "supraorbital"), (2, "neck"), (3, "zygomaticotemporal"))
             for mark in sketch.spread_over(name, "left", step)]  # fmt: skip
    control.fill(sketch.made((sketch.start_at("lesser_occipital", "left"), *marks)))
    control.tools.larger.setChecked(True)
    control.places.place.setCurrentIndex(5)
    control.places.place.setFocus()
    _to_top(stage, control)


def _to_top(stage: Stage, control: SketchControl) -> None:
    stage.settle(0.3)
    at: Any = control
    while at is not None and at.metaObject().className() != "StepView":
        at = at.parentWidget()
    if at is not None:
        bar = at.verticalScrollBar()
        bar.setValue(control.mapTo(at.widget(), control.rect().topLeft()).y() - 60)
    stage.settle(0.2)


SCENES = {"sketch": _drawn, "sketch-empty": _empty, "sketch-named": _named}
