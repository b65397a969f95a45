"""The plans of the rows of a list: by name, and none for whom none is known."""

from __future__ import annotations

from dataclasses import replace

from referral_app.database import Database
from referral_app.services import surgeon_plans, surgeons


def test_plans_come_by_surgeon_and_by_name(filled: Database) -> None:
    with filled.begin() as session:
        keen = surgeons.by_npi(session, "9000000015")
        bare = surgeons.save(session, replace(keen, id="", npi="", version=0, plans=(), plans_verified=()))
        found = surgeon_plans.of(session, [keen.id, bare.id])
    assert found == {keen.id: tuple(sorted(keen.plans))}
    assert keen.plans


def test_nobody_has_no_plans(filled: Database) -> None:
    with filled.read() as session:
        assert surgeon_plans.of(session, []) == {}
