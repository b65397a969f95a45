"""Undo and redo of a draft: whatever was done, all undone it is as before, all redone as after."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_app.ui.referrals import history
from referral_app.ui.referrals.draft import Draft, Sheet

pytestmark = pytest.mark.usefixtures("qapp")
ROW = st.fixed_dictionaries({}, optional={"name": st.text(max_size=5), "dose": st.integers(0, 9)})
PUTS = st.one_of(
    st.tuples(st.just("patient.family_name"), st.one_of(st.none(), st.text(max_size=4))),
    st.tuples(st.just("patient.address.city"), st.one_of(st.none(), st.text(max_size=4))),
    st.tuples(st.just("pain.side"), st.sampled_from([None, {"unavailable": "x"}, "right", "left"])),
    st.tuples(st.just("treatments"), st.one_of(st.none(), st.just("none_tried"), st.lists(ROW, max_size=3))),
    st.tuples(
        st.just("safety.allergies"), st.one_of(st.none(), st.just("none_known"), st.lists(ROW, max_size=2))
    ),
    st.tuples(st.just("safety"), st.just({"unavailable": "not now"})),
)


def _same(one: Any) -> Any:
    """Return answers without what says nothing: empty groups and lists."""
    if isinstance(one, dict):
        return {key: inner for key, value in one.items() if (inner := _same(value)) not in (None, {}, [], "")}
    return [_same(item) for item in one] if isinstance(one, list) else one


@settings(max_examples=150, deadline=None)
@given(puts=st.lists(PUTS, max_size=12), begun=st.booleans())
def test_all_undone_is_as_before_and_all_redone_as_after(puts: list[tuple[str, Any]], begun: bool) -> None:
    intake: dict[str, Any] = (
        {"patient": {"family_name": "Quill"}, "treatments": [{"name": "A"}]} if begun else {}
    )
    before = copy.deepcopy(intake)
    draft = Draft(Sheet("d", intake))
    for path, value in puts:
        draft.put(path, copy.deepcopy(value))
        if isinstance(draft.get("treatments"), list) and draft.get("treatments"):
            draft.put("treatments[0].name", f"n{len(path)}", typed=True)
    after = copy.deepcopy(draft.intake)
    while draft.undo():
        pass
    assert _same(draft.intake) == _same(before)
    while draft.redo():
        pass
    assert _same(draft.intake) == _same(after)


def test_typing_in_one_field_is_one_step_and_leaving_it_ends_the_step() -> None:
    draft = Draft(Sheet("d", {}))
    for length in range(1, 6):
        draft.put("patient.family_name", "Quill"[:length], typed=True)
    draft.history.rest()
    draft.put("patient.family_name", "Quills", typed=True)
    assert len(draft.history.past) == 2
    assert draft.undo() == "Patient last name"
    assert draft.get("patient.family_name") == "Quill"
    draft.undo()
    assert draft.get("patient.family_name") is None
    draft.redo()
    assert draft.get("patient.family_name") == "Quill"


def test_a_new_change_forgets_what_was_undone() -> None:
    draft = Draft(Sheet("d", {}))
    draft.put("pain.side", "right")
    draft.undo()
    draft.put("pain.side", "left")
    assert draft.redo() == ""
    assert draft.get("pain.side") == "left"


def test_memory_is_bounded_however_long_somebody_draws() -> None:
    draft = Draft(Sheet("d", {}))
    strokes: list[list[int]] = []
    for number in range(600):
        strokes = [*strokes, [number] * 50]
        draft.put("pain.sketch", {"strokes": strokes})
    past = draft.history.past
    assert len(past) <= history.MOST
    assert sum(act.parts for act in past) <= history.MOST_PARTS


def test_undo_never_brings_a_void_signature_back() -> None:
    signed = {"prepared_by": "Bettina", "signed_by": "Dr. Whitcombe", "signed_at": "2026-03-16T19:42:00Z"}
    draft = Draft(Sheet("d", {}))
    draft.put("signature.signed_by", "Dr. Whitcombe", typed=True)
    draft.take_signature(dict(signed))
    draft.put("pain.side", "right")
    draft.take_signature({"prepared_by": "Bettina"})
    while draft.undo():
        assert "signed_at" not in draft.intake["signature"]
    while draft.redo():
        assert "signed_at" not in draft.intake["signature"]
    assert draft.intake["signature"]["prepared_by"] == "Bettina"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("pain.side", "Pain side"), ("patient.address.zip", "Patient address ZIP code"),
        ("treatments[1].dose", "Treatments tried, row 2, dose"), ("exam.tinel", "Examination Tinel sign"),
        ("referrer.npi", "Referring provider NPI"), ("coverage", "Coverage"),
        ("safety.allergies", "Safety allergies"),
    ],
)  # fmt: skip
def test_what_is_undone_is_said(path: str, words: str) -> None:
    assert history.say(path) == words
