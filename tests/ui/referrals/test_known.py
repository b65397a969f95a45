"""What a new referral begins with when a surgeon was found for it; nothing that is known already is overwritten."""

from __future__ import annotations

from typing import Any

from referral_app.ui.referrals import known

TOLD = {
    "location_id": "here", "procedures": "a,b", "zip": "21230", "language": "es", "plan": "Medicare", "age": "54",
}  # fmt: skip


def test_everything_that_was_told_has_its_place() -> None:
    intake: dict[str, Any] = {"request": {"surgeon": "x"}}
    assert "54 years" in known.begin(intake, TOLD)
    assert intake == {
        "request": {"surgeon": "x", "location": "here", "procedures": ["a", "b"]},
        "patient": {"address": {"zip": "21230"}, "language": "es"},
        "coverage": [{"kind": "primary", "payer": "Medicare"}],
    }


def test_what_a_patient_has_on_file_stays() -> None:
    before = {"patient": {"language": "vi", "address": {"zip": "10001"}}, "coverage": [{"kind": "auto"}]}
    intake: dict[str, Any] = dict(before)
    known.begin(intake, {name: TOLD[name] for name in ("zip", "language", "plan")})
    assert intake == before


def test_without_anything_told_nothing_is_written() -> None:
    intake: dict[str, Any] = {}
    assert known.begin(intake, {}) == ""
    assert intake == {}


def test_who_pays_alone_has_no_payer() -> None:
    intake: dict[str, Any] = {}
    known.begin(intake, {"plan": "Self-pay"})
    assert intake["coverage"] == [{"kind": "self_pay"}]


def test_what_was_asked_for_and_is_no_single_procedure_is_said() -> None:
    assert "occipital release" in known.begin({}, {"asked": "occipital release"})
