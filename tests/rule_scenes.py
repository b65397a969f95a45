"""Scenes of the rules for referrals: in the dialog of a surgeon, and on the page of the Center."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from referral_app.choices import InstallationMode
from referral_app.ui import fields

if TYPE_CHECKING:
    from tests.screenshots import Stage


def _surgeon_rules(stage: Stage) -> None:
    from referral_app.services import surgeons
    from referral_app.ui.surgeons.dialog import SurgeonDialog
    from referral_app.ui.surgeons.form import SurgeonForm
    from referral_app.ui.surgeons.offers import Offers

    page = stage.page("surgeons")
    with stage.desk.db.read() as session:
        keen = surgeons.by_npi(session, "9000000015")
        offers = Offers(surgeons.procedures(session), surgeons.plans(session))
    dialog = SurgeonDialog(stage.desk, keen, SurgeonForm(keen, offers), page)
    dialog.form.finish()
    dialog.open()
    stage.settle()
    line = dialog.form.wishes.lines[1]
    line.change_button.click()
    fields.write(line.widgets["procedure"], "occipital_release")
    fields.write(line.widgets["amount"], "0")
    dialog.form.wishes.show_errors(dialog.form.wishes.read()[1])
    stage.settle()
    fields.go_to(line.widgets["amount"])
    dialog._changed = False  # noqa: SLF001 - the next scene closes it without a question


def _center_rules(stage: Stage) -> None:
    stage.desk.settings.mode = InstallationMode.HEADACHE_CENTER
    stage.window.settings_changed()
    page = stage.page("office").currentWidget()
    stage.desk.settings.mode = InstallationMode.REFERRING_OFFICE
    line = page.requirements.rules.lines[0]
    line.change_button.click()
    fields.write(line.widgets["kind"], "own_form")
    fields.write(line.widgets["form"], "Center intake sheet")
    stage.settle()
    fields.go_to(page.requirements.rules.lines[3].change_button)


SCENES: dict[str, Callable[[Stage], object]] = {"rules": _surgeon_rules, "center-rules": _center_rules}
