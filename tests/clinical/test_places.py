"""The words for a place, and whether it is hidden."""

from __future__ import annotations

import pytest

from referral_app.clinical.computed import with_computed
from referral_app.clinical.places import hidden, where
from tests.clinical.intakes import full


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("patient", ""),
        ("patient.phone", "Patient"),
        ("patient.support_person.phone", "Patient, Support person"),
        ("treatments[1].name", "Treatments tried, row 2"),
        ("coverage[0].authorization.status", "Coverage, row 1, Prior authorization"),
        ("patient.unknown", ""),
        ("", ""),
    ],
)
def test_says_what_holds_a_field(path: str, words: str) -> None:
    assert where(path) == words


@pytest.mark.parametrize(
    ("path", "is_hidden"),
    [
        ("patient.interpreter_language", False),
        ("patient.legal_representative.name", True),
        ("injections[0].steroid", False),
        ("injections[2].steroid", True),
        ("injections[9].steroid", True),
        ("labs.esr_mm_h", True),
        ("patient.unknown", False),
    ],
)
def test_tells_what_does_not_apply(path: str, is_hidden: bool) -> None:
    assert hidden(path, with_computed(full())) is is_hidden
