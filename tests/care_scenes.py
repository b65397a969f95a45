"""Pictures of the dialogs that keep the directory right: verifying, history, leave, merging, fax numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from referral_app.services import departures, directory_history, fax_numbers, referrals, surgeons, undoing
from referral_app.services.departures import Departure
from referral_app.services.surgeon_records import SurgeonRecord

Stage = Any


def _keen(stage: Stage) -> SurgeonRecord:
    with stage.desk.db.read() as session:
        return surgeons.by_npi(session, "9000000015")


def _asked(stage: Stage) -> SurgeonRecord:
    with stage.desk.db.read() as session:
        return referrals.surgeon_of(session, referrals.get(session, stage.reference))


def _verify(stage: Stage) -> None:
    from referral_app.ui.surgeons.verify_dialog import VerifyDialog

    stage.page("surgeons")
    VerifyDialog(stage.desk, _keen(stage), stage.window).open()
    stage.settle()


def _verify_wrong(stage: Stage) -> None:
    from referral_app.ui.surgeons.verify_dialog import VerifyDialog

    stage.page("surgeons")
    dialog = VerifyDialog(stage.desk, _keen(stage), stage.window)
    dialog.open()
    dialog.tick_all()
    next(iter(dialog.fax_lines.values())).setText("0000")
    dialog.by.setText("Maria, front desk")
    dialog.how.set_value("Phone")
    dialog.save()
    stage.settle(0.5)
    area = dialog.findChild(QWidget, "verifyDialogArea")
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())  # type: ignore[union-attr]


def _history(stage: Stage) -> None:
    from referral_app.ui.surgeons.history_dialog import HistoryDialog

    with stage.desk.db.begin() as session:
        before = surgeons.by_npi(session, "9000000015")
        places = (
            replace(before.placements[0], fax="410-555-0177", fax_verified_on=None),
            *before.placements[1:],
        )
        more = {"notes": "Prefers morning calls.", "languages": (*before.languages, "vi")}
        surgeons.save(session, replace(before, placements=places, **more))
        number = directory_history.latest(session, before.id)
        undoing.undo(session, number)
    stage.page("surgeons")
    HistoryDialog(stage.desk, _keen(stage), stage.window).open()
    stage.settle(0.8)


def _departure(stage: Stage) -> Any:
    from referral_app.ui.surgeons.departure_dialog import DepartureDialog

    surgeon = _asked(stage)
    with stage.desk.db.begin() as session:
        found = (surgeons.find_by(session, npi) for npi in ("9000000015", "9000000023"))
        other = next(one for one in found if one and one.id != surgeon.id)
        surgeon = departures.keep(session, surgeon, Departure(date.today() + timedelta(20), other.id))
    stage.page("surgeons")
    dialog = DepartureDialog(stage.desk, surgeon, stage.window)
    dialog.open()
    stage.settle(0.8)
    return dialog


def _redirect(stage: Stage) -> None:
    dialog = _departure(stage)
    dialog.findChild(QWidget, "redirect0").click()
    stage.settle(0.8)
    stage.front = dialog.findChild(QWidget, "redirectDialog")


def _merge(stage: Stage) -> None:
    from referral_app.ui.surgeons.merge_dialog import MergeDialog

    first = _keen(stage)
    second = replace(
        first, id="x", npi="", notes="Entered by the night desk.", plans=("Kaiser Permanente",), degrees="MD",
        given_name=first.given_name[:1] + ".", placements=first.placements[:1],
    )  # fmt: skip
    stage.page("surgeons")
    dialog = MergeDialog(stage.desk, first, second, stage.window)
    dialog.open()
    dialog.chores.finish()
    stage.settle()


def _double(stage: Stage) -> None:
    with stage.desk.db.begin() as session:
        known = surgeons.by_npi(session, "9000000015")
        from referral_app.services import duplicates

        if not duplicates.like(session, known):
            surgeons.save(session, replace(known, id="", npi="", version=0, placements=known.placements[:1]))


def _duplicates(stage: Stage) -> None:
    from referral_app.ui.surgeons.pairs import PossibleDuplicates

    _double(stage)
    _front(stage, PossibleDuplicates(stage.desk))


def _to_verify(stage: Stage) -> None:
    from referral_app.ui.surgeons.to_verify import ToVerify

    with stage.desk.db.begin() as session:
        for days, npi in ((120, "9000000023"), (None, "9000000015")):
            if found := surgeons.find_by(session, npi):
                on = date.today() - timedelta(days) if days else None
                surgeons.save(session, replace(found, verified_on=on))
    _front(stage, ToVerify(stage.desk))


def _front(stage: Stage, widget: Any) -> None:
    from referral_app.ui import theme

    theme.dress(widget)
    widget.resize(1060, 640)
    widget.show()
    widget.reload()
    stage.front = widget
    stage.settle(0.8)


def _other(stage: Stage) -> None:
    from referral_app.ui.surgeons import merge_dialog

    _double(stage)
    stage.page("surgeons")
    merge_dialog.begin(stage.desk, [_keen(stage).id], stage.window, lambda _: None)
    stage.settle(0.8)


def _likes(stage: Stage) -> None:
    from referral_app.services import duplicates
    from referral_app.ui.surgeons import offers
    from referral_app.ui.surgeons.dialog import SurgeonDialog
    from referral_app.ui.surgeons.form import SurgeonForm

    stage.page("surgeons")
    with stage.desk.db.read() as session:
        _, offered = offers.read(session, "")
        found = duplicates.like(session, replace(_keen(stage), id=""))
    form = SurgeonForm(None, offered)
    form.finish()
    dialog = SurgeonDialog(stage.desk, None, form, stage.window)
    dialog.open()
    dialog.likes.show_entries(found)
    stage.settle()


def _old_fax(stage: Stage) -> None:
    from referral_app.ui.surgeons.old_fax_dialog import OldFaxDialog

    surgeon = _asked(stage)
    with stage.desk.db.begin() as session:
        name = referrals.get(session, stage.reference).id
        number = next(place.fax for place in surgeon.placements if place.fax)
        fax_numbers.used(session, number, name, surgeon.id, "Letter sent")
    with stage.desk.db.read() as session:
        found = fax_numbers.left_behind(session, surgeon, replace(surgeon, placements=()))
    stage.page("surgeons")
    OldFaxDialog(stage.desk, found, stage.window).open()
    stage.settle()


SCENES: dict[str, Callable[[Any], object]] = {
    "verify": _verify,
    "verify-wrong": _verify_wrong,
    "history": _history,
    "merge": _merge,
    "merge-other": _other,
    "likes": _likes,
    "duplicates": _duplicates,
    "to-verify": _to_verify,
    "old-fax": _old_fax,
    "departure": _departure,
    "redirect": _redirect,
}
