"""The bundled diagnosis codes."""

from __future__ import annotations

import pytest

from referral_app.clinical import codes


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_every_code_is_a_leaf_with_its_official_title() -> None:
    import simple_icd_10_cm as official

    for code, title in codes.TITLES.items():
        assert official.is_leaf(code), code
        assert official.get_description(code) == title


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("M54.81", ""),
        ("G43.709", ""),
        ("S13.4XXA", ""),
        ("R51", "R51 is a heading and cannot be used alone; choose a longer code, such as R51.0."),
        ("G43.70", "G43.70 is a heading and cannot be used alone; choose a longer code, such as G43.709."),
        ("G44.847", "G44.847 is not in ICD-10-CM, April 2026; use G44.86, Cervicogenic headache."),
        ("G52.80", "G52.80 is not in ICD-10-CM, April 2026."),
        ("m54.81", "Type a code such as M54.81."),
        ("M5481", "Type a code such as M54.81."),
        ("headache", "Type a code such as M54.81."),
    ],
)
def test_judges_codes_by_form_and_place(code: str, sentence: str) -> None:
    assert codes.problem(code) == sentence


def test_reads_codes_as_typed() -> None:
    assert codes.read("m5481") == "M54.81"
    assert codes.read(" g43.709 ") == "G43.709"
    assert codes.read("g43.e09") == "G43.E09"
    assert codes.read("not a code") == "not a code"


def test_finds_codes_by_beginning_and_by_words() -> None:
    assert codes.search("m54.8") == [("M54.81", "Occipital neuralgia")]
    assert [code for code, _ in codes.search("neuralgia occip")] == ["M54.81"]
    assert len(codes.search("migraine", limit=5)) == 5
    assert codes.search("zzz") == []


def test_gives_titles() -> None:
    assert codes.title("G44.86") == "Cervicogenic headache"
    assert codes.title("Z00.00") is None
