"""No emergency is signed or sent uncleared, whatever was answered and whatever figures the Center chose."""

from __future__ import annotations

import contextlib
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from referral_app.choices import ReferralState
from referral_app.clinical.red_flags import RED_FLAGS, Tier
from referral_app.clinical.thresholds import BY_NAME
from referral_app.database import Database
from referral_app.models.referral import Referral
from referral_app.services import referrals, thresholds
from referral_app.services.errors import InvalidInput
from tests.services.conftest import complete

SIGNER = "Eleanor Whitcombe, MD"
NOW = {
    "by": "Dr. Example",
    "on": date.today().isoformat(),
    "note": "Told today; went to the emergency department",
}
LONG_AGO = NOW | {"on": "2020-01-01"}
CLEARANCES = (
    None, NOW, LONG_AGO, {"by": "Dr. Example"}, NOW | {"note": " "}, NOW | {"on": ""}, {"unavailable": "no time"},
)  # fmt: skip
FLAGS = {flag.name: flag for flag in RED_FLAGS}

flags = st.fixed_dictionaries(
    {},
    optional={
        flag.name: st.fixed_dictionaries(
            {"answer": st.sampled_from(["yes", "no", "not_asked"])},
            optional={
                "emergency_signs": st.sampled_from(["yes", "no", "not_asked"]),
                "cleared": st.sampled_from(CLEARANCES[1:]),
            },
        )
        for flag in RED_FLAGS
    },
)
figures = st.fixed_dictionaries(
    {},
    optional={
        name: st.integers(int(BY_NAME[name].low), int(BY_NAME[name].high))
        for name in ("esr_raised", "crp_raised")
    },
)


def answered(
    said: dict[str, Any], older: bool, injury: bool, thinner: str, labs: dict[str, float]
) -> dict[str, Any]:
    """Return a complete intake with these red flags."""
    intake = complete("Quintero")
    asked = intake["red_flags"]
    for name, answers in said.items():
        asked[name] = {
            key: value for key, value in answers.items() if FLAGS[name].signs or key != "emergency_signs"
        }
    asked.get("painkiller_overuse", {}).pop("cleared", None)  # for review: nobody clears it
    asked["attested_at"] = date.today().isoformat()
    intake["patient"]["date_of_birth"] = "1950-02-03" if older else "1990-02-03"
    intake["diagnosis"]["onset_event"] = "injury" if injury else "none"
    intake["safety"]["blood_thinner"] = thinner
    intake["labs"] = labs
    return intake


def emergency(intake: dict[str, Any], own: dict[str, float]) -> bool:
    """Tell by the contract alone, apart from the program, whether an emergency is not cleared."""
    esr, crp = own.get("esr_raised", 50), own.get("crp_raised", 10)
    older, injury = (
        intake["patient"]["date_of_birth"] < "1960",
        intake["diagnosis"]["onset_event"] == "injury",
    )
    for name, flag in FLAGS.items():
        said = intake["red_flags"].get(name, {})
        raised = (
            said.get("answer") == "yes"
            or (name == "older_onset" and older)
            or (name == "post_traumatic" and injury)
        )
        signs = said.get("emergency_signs") == "yes"
        blood = name == "older_onset" and (
            intake["labs"]["esr_mm_h"] >= esr or intake["labs"]["crp_mg_l"] >= crp
        )
        bleeding = name == "post_traumatic" and intake["safety"]["blood_thinner"] == "yes"
        if not raised or not (flag.tier is Tier.EMERGENCY or signs or blood or bleeding):
            continue
        if flag.tier is Tier.REVIEW:
            continue
        cleared = said.get("cleared")
        fresh = cleared == NOW or (cleared == LONG_AGO and not (flag.computed and (signs or blood)))
        if not fresh:
            return True
    return False


class Undone(Exception):
    """Ends an example: what it wrote is rolled back."""


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    flags, st.booleans(), st.booleans(), st.sampled_from(["yes", "no", "not_asked"]),
    st.fixed_dictionaries({"esr_mm_h": st.integers(0, 120), "crp_mg_l": st.integers(0, 60)}), figures,
)  # fmt: skip
def test_an_uncleared_emergency_is_neither_signed_nor_sent(
    filled: Database, said: dict[str, Any], older: bool, injury: bool, thinner: str, labs: dict[str, float],
    own: dict[str, float],
) -> None:  # fmt: skip
    intake = answered(said, older, injury, thinner, labs)
    with contextlib.suppress(Undone), filled.begin() as session:
        thresholds.save_of_center(session, own)
        record = referrals.save(session, intake)
        open_one = emergency(intake, own)
        assert (record.readiness == "emergency") is open_one
        if open_one:
            with pytest.raises(InvalidInput, match="emergency has not been cleared"):
                referrals.sign(session, record.id, SIGNER)
            # below the services, as if a signature had come from elsewhere: sending asks again
            session.execute(
                update(Referral).where(Referral.id == record.id).values(state=ReferralState.SIGNED)
            )
            session.expire_all()
            with pytest.raises(InvalidInput, match="emergency has not been cleared"):
                referrals.mark_sent(session, record.id, "Fax")
        else:
            signed = referrals.sign(session, record.id, SIGNER)
            assert referrals.mark_sent(session, signed.id, "Fax").state is ReferralState.SENT
        raise Undone


def test_a_signature_that_comes_along_signs_no_emergency(filled: Database) -> None:
    intake = complete("Quintero")
    intake["red_flags"]["papilledema"] = {"answer": "yes"}
    intake["signature"] = {"prepared_by": "A", "signed_by": SIGNER, "signed_at": "2026-03-17T10:00:00Z"}
    with filled.begin() as session:
        record = referrals.save(session, intake)
        assert record.state is ReferralState.DRAFT
        assert record.readiness == "emergency"


def test_figures_that_change_after_the_signature_are_asked_when_it_is_sent(filled: Database) -> None:
    intake = answered(
        {"older_onset": {"answer": "yes", "emergency_signs": "no"}},
        True,
        False,
        "no",
        {"esr_mm_h": 40, "crp_mg_l": 1},
    )
    with filled.begin() as session:
        signed = referrals.sign(session, referrals.save(session, intake).id, SIGNER)
        thresholds.save_of_center(session, {"esr_raised": 40})
        with pytest.raises(InvalidInput):
            referrals.mark_sent(session, signed.id, "Fax")


def test_a_clearance_of_an_onset_after_50_is_remembered_for_the_patient_but_not_for_new_signs(
    filled: Database,
) -> None:
    long_ago = (date.today() - timedelta(400)).isoformat()
    cleared = NOW | {"on": long_ago, "note": "MRI and biopsy normal"}
    first = answered(
        {"older_onset": {"answer": "yes", "emergency_signs": "no", "cleared": cleared}}, True, True, "no",
        {"esr_mm_h": 10, "crp_mg_l": 1},
    )  # fmt: skip
    first["red_flags"]["post_traumatic"] = {
        "emergency_signs": "no",
        "cleared": cleared | {"note": "CT normal"},
    }
    first["red_flags"]["neoplasm"] = {"answer": "yes", "cleared": cleared}
    with filled.begin() as session:
        stored = referrals.save(session, first)
        begun = referrals.new_intake(session, patient_id=stored.patient_id)
        assert begun["red_flags"] == {
            "older_onset": {"cleared": cleared}, "post_traumatic": {"cleared": cleared | {"note": "CT normal"}},
        }  # fmt: skip
        following = deepcopy(first)
        following["red_flags"] |= begun["red_flags"]
        following["red_flags"]["older_onset"] |= {"emergency_signs": "no"}
        found = referrals.checked(session, following)
        assert "cleared.red_flags.older_onset" in {line.id for line in found.emergency}
        assert not found.uncleared
        following["red_flags"]["older_onset"] |= {"emergency_signs": "yes"}
        found = referrals.checked(session, following)
        assert found.uncleared
        assert "The clearance is older than these signs" in "".join(line.text for line in found.emergency)
        following["red_flags"]["older_onset"]["cleared"] = NOW
        assert not referrals.checked(session, following).uncleared
