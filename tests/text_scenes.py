"""Scenes of the page of texts, for pictures and for the tests of every screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.screenshots import Stage

HARD = (
    "# Bring these things with you\n\n- [ ] Your insurance card\n\nThe multidisciplinary examination necessitates "
    "documentation of previously administered pharmaceutical interventions. Call {fone}.\n"
)


def _texts(stage: Stage, at: int = 0) -> Any:
    page = stage.page("texts")
    made = page.view(at)
    stage.settle(1.2)
    return made


def _patient_texts(stage: Stage) -> Any:
    bench = _texts(stage)
    bench.open("en/bring")
    stage.settle(1.2)
    return bench


def _edited(stage: Stage) -> None:
    bench = _patient_texts(stage)
    bench.pane.editor.replace(HARD)
    stage.settle(1.4)


def _versions(stage: Stage) -> None:
    bench = _patient_texts(stage)
    bench.pane.editor.replace(HARD.replace("{fone}", "{phone}"))
    stage.settle(0.8)
    bench.save()
    stage.settle(0.8)
    bench.pane.editor.replace(HARD.replace("{fone}", "us at {phone}"))
    bench.pane.history_button.click()
    stage.settle(0.6)
    stage.child("textVersionList").setCurrentRow(0)


def _review(stage: Stage) -> None:
    bench = _texts(stage)
    bench.open("en/call-us")
    stage.settle(0.4)
    stage.child("recordReview").click()
    stage.settle(0.4)
    stage.child("reviewRecord").click()
    stage.settle(0.4)


def _paragraphs(stage: Stage) -> None:
    _texts(stage, 1)


def _notices(stage: Stage) -> None:
    view = _texts(stage, 2)
    view.cards[1].words.setPlainText("Invented words of a notice.")
    view.save(1)
    stage.settle(0.6)


SCENES: dict[str, Callable[[Any], object]] = {
    "texts": _patient_texts, "text-edited": _edited, "text-versions": _versions, "text-review": _review,
    "paragraphs": _paragraphs, "notices": _notices,
}  # fmt: skip
