"""Pictures of the form as a whole: on one page, with a reason, with what the last referral handed on, after a crash."""

from __future__ import annotations

from typing import Any

Stage = Any


def _new(stage: Stage, **known: str) -> Any:
    stage.window.new_referral(known)
    stage.settle(0.4)
    form = stage.form()
    stage.settle(0.4)
    return form


def _one_page(stage: Stage) -> None:
    stage.window.open("referral", stage.reference)
    stage.settle(0.5)
    form = stage.form()
    form.shown.set_one_page(True)
    form.shown.finish()
    stage.settle(0.4)
    form.jump("last_30_days.headache_days")
    stage.settle(0.3)


def _reason(stage: Stage) -> None:
    from referral_app.ui.referrals.field_view import FieldView

    form = _new(stage)
    form.shown.finish()
    view = stage.child("patient.phone")
    while not isinstance(view, FieldView):
        view = view.parentWidget()
    view.make_unavailable()
    form.view(1).show_widget(view)
    stage.settle(0.3)


def _pasted(stage: Stage) -> None:
    form = _new(stage)
    form.shown.finish()
    line = stage.child("patient.family_name")
    line.setFocus()
    line.insert("Quill\u202efeather")
    stage.settle(0.3)


def _carried(stage: Stage) -> None:
    with stage.desk.db.read() as session:
        from referral_app.services import referrals

        patient = referrals.get(session, stage.reference).patient_id
    form = _new(stage, patient_id=patient)
    form.go_to(4, focus=False)
    form.shown.finish()
    stage.settle(0.3)


def _restore(stage: Stage) -> None:
    from referral_app.services import drafts

    home = stage.page("home")
    with stage.desk.db.read() as session:
        kept = drafts.find(session)
    if not kept:
        form = _new(stage)
        form.draft.put("patient.family_name", "Quillfeather")
        form.keep()
        home = stage.page("home")
        with stage.desk.db.read() as session:
            kept = drafts.find(session)
    home.restore.offer(kept)
    stage.settle(0.3)


SCENES = {
    "form-one-page": _one_page,
    "form-reason": _reason,
    "form-pasted": _pasted,
    "form-carried": _carried,
    "home-restore": _restore,
}
