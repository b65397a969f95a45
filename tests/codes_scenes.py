"""Scenes of the diagnosis codes: the card in Settings, a release before it is loaded, and the codes on the form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from referral_app.clinical.code_lists import bundled
from referral_app.clinical.code_release import Entry
from referral_app.exchange.icd10cm import CodeFile, proposed
from referral_app.ui import fields

if TYPE_CHECKING:
    from tests.screenshots import Stage

NAME = "icd10cm_order_2027.txt"


def next_release() -> CodeFile:
    """Return an invented next release: the bundled one with one code gone, one new and one title changed."""
    entries = [one for one in bundled().entries() if one.code != "G43.709"]
    entries.append(Entry("G44.99", "Headache of the invented kind"))
    return CodeFile(NAME, tuple(entries), proposed(NAME))


def _card(stage: Stage) -> None:
    from referral_app.ui.settings.page import SettingsPage

    page = stage.page("settings")
    assert isinstance(page, SettingsPage)
    page.reload()
    stage.settle(0.5)
    fields.go_to(page.codes.load_button)
    stage.settle(0.2)


def _dialog(stage: Stage) -> None:
    from referral_app.ui.settings.codes_dialog import CodesDialog

    with stage.desk.db.begin() as session:
        from referral_app.services import drafts, referrals

        intake = dict(referrals.new_intake(session))
        intake["patient"] = {"family_name": "Quintero-Vale", "given_name": "Marisol"}
        intake["referrer"] = {**intake.get("referrer", {}), "date": date(2026, 11, 2).isoformat()}
        intake["diagnosis"] = {"icd10cm": ["G43.709"]}
        drafts.save(session, "00000000-0000-4000-8000-0000000000c0", intake)
    page = stage.page("settings")
    dialog = CodesDialog(stage.desk, next_release(), page)
    dialog.open()
    stage.settle(4)


def _form(stage: Stage) -> None:
    from PySide6.QtTest import QTest

    from tests.ui.referrals.conftest import find

    page = stage.page("referrals")
    page.new({})
    stage.settle(0.8)
    form = page.form
    form.go_to(3, focus=False)
    form.view(3).chores.finish()
    box = find(form, "diagnosis.icd10cm")
    control = box.parent().parent()
    form.draft.put("diagnosis.icd10cm", ["M54.81", "M54", "G99.99"])
    control.fill(form.draft.get("diagnosis.icd10cm"))
    box.setFocus()
    QTest.keyClicks(box, "chronic migr")
    stage.settle(0.4)


SCENES: dict[str, Callable[[Stage], object]] = {
    "codes-settings": _card,
    "codes-load": _dialog,
    "codes-form": _form,
}
