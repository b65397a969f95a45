"""Scenes of the letterhead in our office, of a sample letter, and of the paragraphs in the form."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

from PIL import Image, ImageDraw

from referral_app.exchange import logos
from referral_app.ui import fields

Stage = Any


def _logo() -> bytes:
    """Return an invented logo: a lighthouse of three boxes on white."""
    drawn = Image.new("RGB", (600, 240), "white")
    pen = ImageDraw.Draw(drawn)
    for box, color in (
        ((60, 90, 120, 220), "#0B6470"),
        ((50, 50, 130, 90), "#17202A"),
        ((150, 150, 560, 170), "#0B6470"),
    ):
        pen.rectangle(box, fill=color)
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return logos.small(out.getvalue())


def _letterhead(stage: Stage) -> Any:
    page = stage.page("office").currentWidget()
    stage.settle(0.3)
    page.form.logo.show_logo(_logo())
    fields.write(page.form.widgets["from_date"], f"1/1/{date.today().year + 1}")
    fields.write(page.form.widgets["preprinted_inches"], "")
    fields.go_to(page.form.sample_button)
    stage.settle(0.3)
    return page


def _sample(stage: Stage) -> Any:
    page = _letterhead(stage)
    page.show_sample()
    stage.settle(1.5)
    return page


def _paragraphs(stage: Stage) -> None:
    stage.window.open("referral", stage.reference)
    stage.settle(0.5)
    form = stage.form()
    form.jump("letter.closing")
    form.shown.finish()
    stage.settle(0.8)


def _paper(kind: str) -> Callable[[Stage], object]:
    def show(stage: Stage) -> None:
        stage.window.preview(kind, stage.reference)
        stage.settle(1.0)

    return show


SCENES: dict[str, Callable[[Stage], object]] = {
    "letterhead": _letterhead,
    "letterhead-sample": _sample,
    "letter-paragraphs": _paragraphs,
    "response-form": _paper("response_form"),
    "fax-cover": _paper("fax_cover"),
    "copy-of-record": _paper("record_copy"),
}
