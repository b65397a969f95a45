"""What a packed column gives back is what was put in, and what an earlier version put in as text."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from referral_app.database import Database
from referral_app.models.base import PackedJson, new_id
from referral_app.models.referral import Draft
from referral_app.paths import resource

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
    max_leaves=12,
)


def _intake() -> dict[str, Any]:
    return json.loads(resource("invented/referral.json").read_text("utf-8"))


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), VALUES))
def test_what_is_packed_comes_back(value: dict[str, Any]) -> None:
    packed = PackedJson().bind_processor(None)(value)
    assert PackedJson().result_processor(None, None)(packed) == value


def test_an_intake_that_was_stored_as_text_is_read(db: Database) -> None:
    intake = _intake()
    with db.begin() as session:
        session.add(Draft(id=new_id(), person="Dana", intake={}, marks=[]))
    with db.begin() as session:
        session.execute(text("UPDATE draft SET intake = :text"), {"text": json.dumps(intake)})
    with db.read() as session:
        assert session.scalars(select(Draft.intake)).one() == intake


def test_an_intake_takes_a_fraction_of_its_text(db: Database) -> None:
    intake = _intake()
    with db.begin() as session:
        session.add(Draft(id=new_id(), person="Dana", intake=intake, marks=[]))
    with db.read() as session:
        stored = session.execute(text("SELECT length(intake) FROM draft")).scalar() or 0
    assert stored < len(json.dumps(intake)) / 2
