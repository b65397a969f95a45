"""The files of CMS in their layout, and what is refused in their place."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from referral_app.clinical.code_lists import DEFAULT
from referral_app.clinical.code_release import Entry
from referral_app.exchange import icd10cm
from referral_app.exchange.icd10cm import Proposal, proposed, read
from referral_app.exchange.sources import BadFile

LISTED = [
    ("G43", 0, "Migraine", "Migraine"),
    ("G437", 0, "Chronic migraine without aura", "Chronic migraine without aura"),
    ("G43709", 1, "Chronic migraine w/o aura, not intractable, w/o stat migr",
     "Chronic migraine without aura, not intractable, without status migrainosus"),
    ("H8101", 1, "Meniere's disease, right ear", "Ménière's disease, right ear"),
    ("M5481", 1, "Occipital neuralgia", "Occipital neuralgia"),
    ("S134XXA", 1, "Sprain of ligaments of cervical spine, initial encounter",
     "Sprain of ligaments of cervical spine, initial encounter"),
]  # fmt: skip


def order_lines() -> str:
    return "".join(
        f"{number:05d} {code:<7} {leaf} {short:<60} {long}\r\n"
        for number, (code, leaf, short, long) in enumerate(LISTED, start=1)
    )


def codes_lines() -> str:
    return "".join(f"{code:<7} {long}\n" for code, leaf, _, long in LISTED if leaf)


def file(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def zipped(folder: Path, name: str, parts: dict[str, str | bytes]) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


def refusal(path: Path, least: int = 1) -> str:
    with pytest.raises(BadFile) as refused:
        read(path, DEFAULT, least)
    return str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_an_order_file_gives_codes_and_headings_with_long_titles(tmp_path: Path, encoding: str) -> None:
    found = read(file(tmp_path, "icd10cm_order_2027.txt", order_lines(), encoding), DEFAULT, 4)
    assert found.leaves == 4
    entries = {one.code: one for one in found.entries}
    assert entries["G43.7"] == Entry("G43.7", "Chronic migraine without aura", leaf=False)
    assert entries["G43.709"].title == LISTED[2][3]
    assert entries["H81.01"].title == "Ménière's disease, right ear"
    assert entries["S13.4XXA"].leaf
    assert found.proposal == Proposal("ICD-10-CM 2027", date(2026, 10, 1), date(2027, 9, 30))


def test_an_order_line_without_a_long_title_gives_the_short_one(tmp_path: Path) -> None:
    line = f"00001 M5481   1 {'Occipital neuralgia':<60}\n"
    assert (
        read(file(tmp_path, "icd10cm_order_2027.txt", line), DEFAULT, 1).entries[0].title
        == "Occipital neuralgia"
    )


def test_a_codes_file_gives_codes_and_its_headings_take_known_titles(tmp_path: Path) -> None:
    found = read(file(tmp_path, "icd10cm-codes-2027.txt", codes_lines()), DEFAULT, 4)
    entries = {one.code: one for one in found.entries}
    assert [one.code for one in found.entries if one.leaf] == ["G43.709", "H81.01", "M54.81", "S13.4XXA"]
    assert entries["G43.7"] == Entry("G43.7", "Chronic migraine without aura", leaf=False)
    assert entries["S13.4XX"] == Entry("S13.4XX", "", leaf=False)


def test_a_zip_file_gives_its_order_file_and_leaves_addenda_and_guides_alone(tmp_path: Path) -> None:
    parts: dict[str, str | bytes] = {
        "Code Descriptions/icd10cm_codes_2027.txt": codes_lines(),
        "Code Descriptions/icd10cm_order_2027.txt": order_lines(),
        "Code Descriptions/icd10cm_order_addenda_2027.txt": "Add: M54.99\n",
        "Code Descriptions/icd10OrderFiles.pdf": b"%PDF-1.7",
    }
    found = read(zipped(tmp_path, "2027-code-descriptions-tabular-order.zip", parts), DEFAULT, 4)
    assert {one.code for one in found.entries if not one.leaf} >= {"G43", "G43.7"}
    assert found.name == "2027-code-descriptions-tabular-order.zip"
    assert found.proposal.label == "ICD-10-CM 2027"


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["icd10cm_codes_2027.txt"], ("ICD-10-CM 2027", date(2026, 10, 1), date(2027, 9, 30))),
        (["icd10cm-order-2028.txt", "codes.zip"], ("ICD-10-CM 2028", date(2027, 10, 1), date(2028, 9, 30))),
        (["icd10cm-order-April-2027.txt"], ("ICD-10-CM April 2027", date(2027, 4, 1), date(2027, 9, 30))),
        (["icd10cm-codes-April-1-2027.txt"], ("ICD-10-CM April 2027", date(2027, 4, 1), date(2027, 9, 30))),
        (
            ["icd10cm_order_2027.txt", "april-1-2027-code-descriptions-tabular-order.zip"],
            ("ICD-10-CM April 2027", date(2027, 4, 1), date(2027, 9, 30)),
        ),
        (["ICD-10-CM April 1 2027.txt"], ("ICD-10-CM April 2027", date(2027, 4, 1), date(2027, 9, 30))),
        (["codes.txt"], ("", None, None)),
        (["icd10cm_12027.txt"], ("", None, None)),
    ],
)
def test_the_name_proposes_the_effective_dates(
    names: list[str], found: tuple[str, date | None, date | None]
) -> None:
    assert proposed(*names) == Proposal(*found)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.txt", "", "The file empty.txt holds 0 codes; a whole release has at least 1. "
         "It may be cut short, or hold changes only."),
        ("notes.txt", "Dear Dana,\nplease load the codes\n",
         "The file notes.txt is no list of ICD-10-CM codes: line 1 does not begin with a code. Take the file "
         "“icd10cm_order_2027.txt”, “icd10cm_codes_2027.txt” or the ZIP file of CMS around it."),
        ("icd10pcs_codes_2027.txt", "0016070 Bypass\n",
         "The file icd10pcs_codes_2027.txt holds procedures (ICD-10-PCS). Take the one of diagnoses, ICD-10-CM."),
        ("icd10cm_codes_addenda_2027.txt", "Add: M5499\n",
         "The file icd10cm_codes_addenda_2027.txt holds changes only. Take the whole list: “icd10cm_order_2027.txt”."),
        ("a.txt", "M5481   Occipital neuralgia\nM5482\n",
         "The file a.txt is damaged: line 2 is not in the form of CMS. Download it again."),
        ("a.txt", "M5481   Occipital neuralgia\nM5481   Occipital neuralgia\n",
         "The file a.txt names M54.81 twice, the second time in line 2."),
        ("a.txt", "M5481   Occipital \u202eneuralgia\n",
         "The file a.txt is no list of ICD-10-CM codes: line 1 does not begin with a code. Take the file "
         "“icd10cm_order_2027.txt”, “icd10cm_codes_2027.txt” or the ZIP file of CMS around it."),
        ("a.txt", b"M5481   Occipital\x00 neuralgia\n", "The file a.txt is no text. Take the TXT or ZIP file of CMS."),
        ("a.txt", b"M5481   Occipital \x81\x8d neuralgia\n",
         "The file a.txt is no text that can be read. Take the TXT or ZIP file of CMS."),
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", None),
        ("a.txt", "M5481   " + "x" * 501, None),
        ("a.txt", order_lines().splitlines()[4] + "\n00006 M5482   2 Something\n",
         "The file a.txt is damaged: line 2 is not in the form of CMS. Download it again."),
        ("a.zip", b"PK\x03\x04 and no more", "The file a.zip is damaged: it is no whole ZIP file."),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_in_a_plain_sentence(
    tmp_path: Path, name: str, content: str | bytes, sentence: str | None
) -> None:
    said = refusal(file(tmp_path, name, content))
    assert said == sentence or (sentence is None and said.startswith(f"The file {name} is no list"))


def test_what_is_not_there_or_no_file_is_said(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nothing.txt") == "The file nothing.txt is not there."
    assert refusal(tmp_path) == f"The file {tmp_path.name} is a folder."


def test_a_list_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    path = file(tmp_path, "icd10cm_order_2027.txt", order_lines())
    with pytest.raises(BadFile, match="holds 4 codes; a whole release has at least 60,000"):
        read(path, DEFAULT)


def test_zip_files_without_a_list_are_refused(tmp_path: Path) -> None:
    only: dict[str, str | bytes] = {"readme.txt": "Hello", "table.xml": "<a/>"}
    assert refusal(zipped(tmp_path, "a.zip", only)) == (
        "The file a.zip holds no list of ICD-10-CM codes. Of CMS's files, take “Code Descriptions in Tabular Order”."
    )
    procedures: dict[str, str | bytes] = {"icd10pcs_order_2027.txt": "00001 001 0 x"}
    assert "holds procedures (ICD-10-PCS)" in refusal(zipped(tmp_path, "b.zip", procedures))
    changes: dict[str, str | bytes] = {"icd10cm_order_addenda_2027.txt": "Add"}
    assert "holds changes only" in refusal(zipped(tmp_path, "c.zip", changes))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = zipped(tmp_path, "bomb.zip", {"icd10cm_order_2027.txt": b" " * (40 << 20)})
    assert bomb.stat().st_size < 100_000
    assert "times its size. It was not opened." in refusal(bomb)


def test_files_that_are_far_too_large_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file(tmp_path, "icd10cm_order_2027.txt", order_lines())
    archive = zipped(tmp_path, "a.zip", {"icd10cm_order_2027.txt": order_lines()})
    monkeypatch.setattr(icd10cm, "LARGEST", 100)
    assert "no list of codes is that large" in refusal(path)
    assert "no list of codes is that large" in refusal(archive)
    monkeypatch.setattr(icd10cm, "LARGEST_ZIP", 100)
    assert "no list of codes is that large. It was not opened." in refusal(archive)
    monkeypatch.undo()
    monkeypatch.setattr(icd10cm, "MOST_LINES", 3)
    assert "has more than 3 lines" in refusal(path)
