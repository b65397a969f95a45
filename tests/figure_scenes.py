"""Scenes of the live check explained, and of its figures: on the page of the Center and in a surgeon's entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from referral_app.choices import InstallationMode
from referral_app.ui import fields

if TYPE_CHECKING:
    from tests.screenshots import Stage


def _center_figures(stage: Stage) -> None:
    stage.desk.settings.mode = InstallationMode.HEADACHE_CENTER
    stage.window.settings_changed()
    page = stage.page("office").currentWidget()
    stage.desk.settings.mode = InstallationMode.REFERRING_OFFICE
    fields.write(page.figures.lines["block_supports"].edit, "55")
    fields.write(page.figures.lines["block_strong"].edit, "50")
    page.figures.show_errors(page.figures.read()[1])
    stage.settle()
    fields.go_to(page.figures.lines["preventives_note"].edit)
    fields.go_to(page.figures.lines["block_supports"].edit)


def _surgeon_figures(stage: Stage) -> None:
    from dataclasses import replace

    from referral_app.services import surgeons
    from referral_app.ui.surgeons.dialog import SurgeonDialog
    from referral_app.ui.surgeons.form import SurgeonForm
    from referral_app.ui.surgeons.offers import Offers

    page = stage.page("surgeons")
    with stage.desk.db.read() as session:
        keen = replace(surgeons.by_npi(session, "9000000015"), thresholds=(("imaging_months", 6),))
        offers = Offers(surgeons.procedures(session), surgeons.plans(session), figures={"block_supports": 55})
    dialog = SurgeonDialog(stage.desk, keen, SurgeonForm(keen, offers), page)
    dialog.form.finish()
    dialog.open()
    stage.settle()
    dialog.form.figures.choice.set_value("block_supports")
    dialog.form.figures.add_button.click()
    stage.settle()
    fields.go_to(dialog.form.figures.add_button)
    fields.go_to(dialog.form.figures.lines["block_supports"].edit)
    dialog._changed = False  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - closed without a question


def _explained(stage: Stage) -> None:
    stage.window.open("referral", stage.reference)
    stage.settle()
    form = stage.form()
    form.go_to(3)
    form.panel.facts.explain("block_relief")
    form.panel.why_button.setChecked(True)
    if not form.head.check_button.isHidden():
        form.head.check_button.click()
    stage.settle()


SCENES: dict[str, Callable[[Stage], object]] = {
    "center-figures": _center_figures, "surgeon-figures": _surgeon_figures, "check-explained": _explained,
}  # fmt: skip
