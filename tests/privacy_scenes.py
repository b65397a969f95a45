"""Scenes of corrections, disclosures, legal holds and deletion, for pictures and for the tests of every screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from referral_app.choices import DenialBasis, ReferralState
from referral_app.models.patient import Patient
from referral_app.models.referral import Referral
from referral_app.services import amendments, legal_holds, patients
from referral_app.services.amendments import AmendmentRecord
from referral_app.services.patients import PatientRecord

if TYPE_CHECKING:
    from tests.screenshots import Stage

TODAY = date.today()


def _asked(stage: Stage) -> str:
    """Let there be corrections that are late, due, corrected and denied, and a legal hold; return the patient."""
    with stage.desk.db.begin() as session:
        who = patients.find(session, "Quintero")[0]
        if amendments.find(session):
            return who.id
        for days, what in (
            (68, "The headaches began in May 2019, not in 2009."), (20, "I never took topiramate."),
            (90, "My middle name is spelled wrong."), (100, "My mother has no migraine."),
        ):  # fmt: skip
            wish = AmendmentRecord(
                who.id, "Marisol Quintero", TODAY - timedelta(days=days), what, stage.reference
            )
            made = amendments.record(session, wish)
            if days == 90:
                amendments.accept(session, made.id, "Spelling corrected")
            if days == 100:
                amendments.deny(session, made.id, DenialBasis.COMPLETE, "The note of 2021 says that she has.")
                amendments.disagree(session, made.id, "She never had one. Ask her.")
        legal_holds.place(session, who.id, "Invented claim of March 2026")
    return who.id


def _page(stage: Stage) -> Any:
    who = _asked(stage)
    page = stage.page("privacy")
    page.show_of(who, "Marisol Quintero")
    stage.settle(0.6)
    page.list.table.selectRow(0)
    page.panes.open_right()
    stage.settle(0.3)
    return page


def _home(stage: Stage) -> None:
    from referral_app.services import releases
    from referral_app.services.releases import ReleaseRecord

    who = _asked(stage)
    with stage.desk.db.begin() as session:
        if not releases.find(session, who):
            releases.record(session, ReleaseRecord(who, "Marisol Quintero", TODAY - timedelta(days=12)))
    stage.page("home").reload()
    stage.settle(1.0)


def _alone(stage: Stage) -> None:
    from referral_app.services.disclosures import OF_PATIENT

    with stage.desk.db.begin() as session:
        values = {"family_name": "Alonefield", "given_name": "Ana", "date_of_birth": "1960-05-02"}
        who = patients.save(session, PatientRecord(values)).id
    stage.page("preview")
    stage.window.preview("disclosures", f"{OF_PATIENT}{who}")
    stage.settle(1.5)


def _everybody(stage: Stage) -> None:
    _asked(stage)
    page = stage.page("privacy")
    page.show_of()
    stage.settle(0.6)


def _acting(key: str, row: int = 0) -> Callable[[Stage], None]:
    def act(stage: Stage) -> None:
        page = _page(stage)
        page.list.table.selectRow(row)
        stage.settle(0.3)
        page.detail.buttons[key].click()
        stage.settle(0.4)

    return act


def _new(stage: Stage) -> None:
    _page(stage).ask_new()
    stage.settle(0.4)


def _hold(stage: Stage) -> None:
    page = _page(stage)
    page.of.hold_wanted.emit()
    stage.settle(0.4)


def _outlived(stage: Stage) -> Any:
    """Let two records have outlived their time, one of them with a referral that is still open."""
    old = datetime(2012, 3, 27, tzinfo=UTC)
    with stage.desk.db.begin() as session:
        if not patients.find(session, "Longago"):
            for given in ("Ana", "Ben"):
                values = {"family_name": "Longago", "given_name": given, "date_of_birth": "1960-05-02"}
                saved = patients.save(session, PatientRecord(values))
                session.execute(update(Patient).where(Patient.id == saved.id).values(updated=old))
                if given == "Ben":
                    legal_holds.place(session, saved.id, "Invented claim")
        session.execute(
            update(Referral).where(Referral.patient_name == "Longago, Ana").values(state=ReferralState.CLOSED)
        )
    page = stage.page("retention")
    page.reload()
    stage.settle(0.6)
    page.list.table.selectRow(0)
    stage.settle(0.3)
    return page


def _deletion(stage: Stage) -> None:
    _outlived(stage).ask_delete()
    stage.settle(0.4)


def _years(stage: Stage) -> None:
    _outlived(stage).ask_years()
    stage.settle(0.4)


SCENES: dict[str, Callable[[Any], object]] = {
    "home-asked": _home,
    "disclosures-alone": _alone,
    "privacy": _page, "privacy-everybody": _everybody, "privacy-new": _new, "privacy-accept": _acting("accept"),
    "privacy-deny": _acting("deny"), "privacy-extend": _acting("extend", 1), "privacy-statement": _acting("state", 3),
    "privacy-told": _acting("tell", 2), "privacy-hold": _hold, "retention": _outlived,
    "retention-deletion": _deletion, "retention-years": _years,
}  # fmt: skip
