"""What a caller is told by is said whole, and what is missing too."""

from __future__ import annotations

from referral_app.clinical import identity


def test_birth_and_address_are_said_in_one_line() -> None:
    patient = {
        "date_of_birth": "1975-03-04",
        "address": {"line1": "12 Oak Street", "city": "Baltimore", "state": "MD", "zip": "21201"},
    }
    assert identity.on_file(patient) == "Born March 4, 1975 · 12 Oak Street, Baltimore, MD 21201"


def test_what_is_not_on_file_is_said() -> None:
    assert identity.on_file({}) == "No date of birth on file · no address on file"
    gone = {"date_of_birth": {"unavailable": "unknown"}, "address": {"city": "Towson"}}
    assert identity.on_file(gone) == "No date of birth on file · Towson"
