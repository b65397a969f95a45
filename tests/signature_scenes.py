"""Pictures of signatures: drawn, typed, chosen when signing, and the passphrase that opens one."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from referral_app.choices import SignatureKind
from referral_app.jobs.e_signatures import Standing
from tests import signing_scenes

Stage = Any

KEPT = Standing(SignatureKind.DRAWN, datetime(2026, 3, 27, 15, tzinfo=UTC), opens=True)


def strokes() -> list[list[tuple[float, float]]]:
    """Return an invented signature as a hand draws it."""
    first = [(18 + t * 1.6, 52 - 34 * math.sin(t / 9) * math.exp(-t / 60)) for t in range(60)]
    loops = [(110 + t * 2.4 + 9 * math.cos(t / 2.2), 52 + 16 * math.sin(t / 2.2)) for t in range(70)]
    return [first, loops, [(24, 74), (150, 70), (300, 66)]]


def _dialog(stage: Stage) -> Any:
    from referral_app.ui.login.signature_dialog import SignatureDialog

    stage.page("home")
    before = stage.desk.db.rights
    stage.desk.db.act_as("", "", replace(before, name="Eleanor Whitcombe, MD", login="eleanor"))
    dialog = SignatureDialog(stage.desk, stage.window)
    stage.desk.db.act_as("", "", before)
    dialog.open()
    stage.settle(0.5)
    return dialog


def _drawn(stage: Stage) -> None:
    dialog = _dialog(stage)
    dialog.pad._strokes = strokes()  # noqa: SLF001 - as a hand would leave it
    dialog.pad.changed.emit()
    dialog._show(KEPT)  # noqa: SLF001
    stage.settle()


def _typed(stage: Stage) -> None:
    dialog = _dialog(stage)
    dialog.way.set_value("typed")
    dialog.way.changed.emit()
    stage.settle()


def _choice(stage: Stage) -> None:
    signing_scenes._unsigned(stage)  # noqa: SLF001
    form = signing_scenes._form(stage)  # noqa: SLF001
    form.view(6).signature.own.show_standing(KEPT)
    form.view(6).signature.own.tick.setChecked(True)
    form.view(6).show_widget(form.findChild(QWidget, "previewPacket"))
    stage.settle()


def _passphrase(stage: Stage) -> None:
    from referral_app.ui.referrals.placing_dialog import PlacingDialog

    stage.page("home")
    dialog = PlacingDialog(
        stage.desk,
        stage.window,
        "Eleanor Whitcombe, MD",
        "Only the clinician may sign.",
        lambda _written: None,
    )
    dialog.open()
    dialog.say("This is not your passphrase. Nothing was signed.")
    stage.settle()


SCENES: dict[str, Callable[[Any], object]] = {
    "signature": _drawn,
    "signature-typed": _typed,
    "signature-choice": _choice,
    "signature-passphrase": _passphrase,
}
