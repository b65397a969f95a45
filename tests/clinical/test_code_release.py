"""A packed release: what goes in comes out, and the bundled one is the official list."""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path

import pytest

from referral_app.clinical.code_lists import bundled
from referral_app.clinical.code_release import Entry, pack, unpack
from tests.clinical import releases

ROOT = Path(__file__).resolve().parents[2]


def test_what_was_packed_comes_out_in_the_order_of_codes() -> None:
    assert list(releases.OLD.entries()) == sorted(
        releases.entries(releases.OLD_TEXT), key=lambda one: one.code
    )
    assert (releases.OLD.label, releases.OLD.starts, releases.OLD.ends) == (
        "ICD-10-CM April 2026", date(2026, 4, 1), date(2026, 9, 30),
    )  # fmt: skip
    assert (len(releases.OLD), releases.OLD.leaves) == (11, 7)


def test_finds_codes_with_and_without_dot_and_in_any_case() -> None:
    expected = Entry("M54.81", "Occipital neuralgia")
    assert [releases.OLD.find(code) for code in ("M54.81", "m5481", " M54 81 ")] == [expected] * 3
    assert releases.OLD.find("M54") == Entry("M54", "Dorsalgia", leaf=False)
    assert [releases.OLD.find(code) for code in ("", "Z99.9", "M54.811", "ÄÖÜ", "M" * 5000)] == [None] * 5
    assert [releases.OLD.leaf(code) for code in ("M54.81", "M54", "M54.82")] == [True, False, None]


def test_a_title_belongs_to_the_leaf_that_has_all_of_it() -> None:
    assert releases.NEW.titled("Headache of the invented kind") == Entry(
        "G44.88", "Headache of the invented kind"
    )
    assert releases.NEW.titled("Low back pain") is None  # a heading
    assert releases.NEW.titled("invented kind") is None
    assert releases.NEW.titled("Nothing of this name") is None


def test_a_title_after_a_heading_without_one_is_found() -> None:
    listed = [Entry("Q99", "", leaf=False), Entry("Q99.7", "", leaf=False), Entry("Q99.71", "Invented state")]
    one = unpack(pack("Ours", date(2030, 1, 1), None, listed))
    assert one.titled("Invented state") == Entry("Q99.71", "Invented state")
    assert one.titled("") is None


def test_open_ends_and_letters_beyond_ascii_come_out_as_they_were() -> None:
    one = unpack(pack("Ours", date(2030, 1, 1), None, [Entry("H81.01", "Ménière's disease, right ear")]))
    assert one.ends is None
    assert list(one.entries()) == [Entry("H81.01", "Ménière's disease, right ear")]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"ICD10CM1 no line", b"ICD10CM1{}\n"])
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises((ValueError, KeyError)):
        unpack(content)


def test_a_part_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("referral_app.clinical.code_release._MOST_UNPACKED", 10)
    with pytest.raises(ValueError, match="is damaged"):
        len(unpack(pack("Ours", date(2030, 1, 1), None, releases.entries(releases.OLD_TEXT))))


@pytest.mark.slow
def test_the_bundled_release_is_the_whole_official_list() -> None:
    made = runpy.run_path(str(ROOT / "packaging" / "icd10cm.py"))
    entries, _ = made["official"]()
    mine = list(bundled().entries())
    assert mine == sorted(entries, key=lambda one: one.code.replace(".", ""))
    assert (bundled().label, bundled().starts, bundled().ends) == (
        made["LABEL"],
        made["STARTS"],
        made["ENDS"],
    )
    assert bundled().leaves == 74_719
    assert len({one.code for one in mine}) == len(mine)
