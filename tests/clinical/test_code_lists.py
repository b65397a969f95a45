"""Which release holds on a day."""

from __future__ import annotations

from datetime import date

import pytest

from referral_app.clinical import code_lists
from referral_app.clinical.code_lists import DEFAULT, CodeLists, MissingCodes, bundled
from tests.clinical import releases


@pytest.mark.parametrize(
    ("day", "label", "ended"),
    [
        (date(2020, 1, 1), "ICD-10-CM April 2026", False),
        (date(2026, 4, 1), "ICD-10-CM April 2026", False),
        (date(2026, 9, 30), "ICD-10-CM April 2026", False),
        (date(2026, 10, 1), "ICD-10-CM 2027", False),
        (date(2027, 9, 30), "ICD-10-CM 2027", False),
        (date(2027, 10, 1), "ICD-10-CM 2027", True),
    ],
)
def test_the_last_release_to_begin_holds(day: date, label: str, ended: bool) -> None:
    assert releases.BOTH.on(day).label == label
    assert (releases.BOTH.ended(day) is not None) == ended


def test_an_april_update_takes_the_place_of_the_yearly_release() -> None:
    april = releases.release("ICD-10-CM April 2027", date(2027, 4, 1), date(2027, 9, 30), releases.NEW_TEXT)
    lists = CodeLists([april, releases.NEW])
    assert lists.on(date(2027, 3, 31)) is releases.NEW
    assert lists.on(date(2027, 4, 1)) is april


def test_a_release_without_an_end_holds_on() -> None:
    assert (
        CodeLists([releases.release("Ours", date(2026, 1, 1), None, releases.OLD_TEXT)]).ended(
            date(2090, 1, 1)
        )
        is None
    )


def test_the_bundled_release_is_known_where_nothing_was_loaded() -> None:
    assert DEFAULT.releases == (bundled(),)
    assert (bundled().label, bundled().starts, bundled().ends) == (
        "ICD-10-CM April 2026", date(2026, 4, 1), date(2026, 9, 30),
    )  # fmt: skip


@pytest.mark.parametrize("name", ["nothing-here.bin", "code_lists.py"])
def test_a_list_that_is_missing_or_damaged_is_said_plainly(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(code_lists, "BUNDLED", name)
    bundled.cache_clear()
    try:
        with pytest.raises(
            MissingCodes, match=r"The list of diagnosis codes is missing\. Set the program up again"
        ):
            _ = DEFAULT.releases
    finally:
        bundled.cache_clear()
