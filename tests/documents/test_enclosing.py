"""The set that goes out: in order, stamped, tagged, with nothing that acts; what cannot go in stops it by name."""

from __future__ import annotations

import io
import subprocess
import time
from pathlib import Path

import numpy as np
import pikepdf
import psutil
import pytest
from PIL import Image

from referral_app.documents import enclosing, letter
from referral_app.documents.enclosing import Bundle, Enclosed, Own
from referral_app.documents.text import Unprintable
from referral_app.services.errors import InvalidInput
from tests import attachment_files
from tests.documents import paper, people, tagged
from tests.documents.test_enclosed_pages import file

WHO, BORN, REFERENCE = "Nora Fielding", "born March 27, 1980", "7QK2-M4TX-9"


@pytest.fixture(scope="module")
def ours() -> bytes:
    return letter.render(people.letter(people.intake()))


def _set(*parts: Own | Enclosed, person: str = WHO) -> bytes:
    return enclosing.render(
        Bundle(f"Referral {REFERENCE} with its attachments", person, BORN, REFERENCE, parts)
    )


def _report(pages: int = 2, words: str = "Invented report") -> Enclosed:
    return Enclosed("Imaging report", "August 11, 2025", attachment_files.pdf(pages, words))


def _scan() -> Enclosed:
    return Enclosed("Headache diary", "", file())


def test_parts_stand_in_their_order_each_page_stamped_as_one_of_the_whole(ours: bytes) -> None:
    own = paper.pages(ours)
    pdf = _set(Own("Referral letter", ours), _report(2), _scan(), Own("Response form", ours))
    count = own * 2 + 3
    assert paper.pages(pdf) == count
    for number in range(1, count + 1):
        said = paper.text(pdf, number, "-layout")
        assert f"{WHO} · {BORN} · {REFERENCE} · page {number} of {count} of the whole set" in said
    assert "Invented report 1" in paper.text(pdf, own + 1)
    assert "Invented report 2" in paper.text(pdf, own + 2)
    assert paper.text(ours, 1) in paper.text(pdf, 1)
    assert paper.text(ours, 1) in paper.text(pdf, own + 4)


def test_a_cover_sheet_is_stamped_without_whose_it_is(ours: bytes) -> None:
    cover = Own("Fax cover sheet", attachment_files.pdf(1, "Cover"), names_patient=False)
    said = paper.text(_set(cover, Own("Referral letter", ours)), 1)
    assert f"{REFERENCE} · page 1 of {paper.pages(ours) + 1} of the whole set" in said
    assert WHO not in said
    assert BORN not in said


def test_a_set_in_spanish_is_stamped_in_spanish(ours: bytes) -> None:
    parts = Own("Carta", ours), _scan()
    pdf = enclosing.render(Bundle("Conjunto", WHO, "nació el 27 de marzo de 1980", REFERENCE, parts, "es-US"))
    assert f"página 1 de {paper.pages(pdf)} de todo el conjunto" in paper.text(pdf, 1)


def test_the_whole_is_valid_tagged_and_says_what_each_page_is(ours: bytes) -> None:
    pdf = _set(Own("Referral letter", ours), _report(2), _scan())
    assert tagged.problems(pdf) == [
        "it does not say that it is PDF/UA-1"
    ]  # a font of the report is not embedded
    assert tagged.problems(_set(Own("Referral letter", ours), _scan())) == []
    assert tagged.problems(_set(Own("Referral letter", ours), Enclosed("Again", "", ours))) == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        words = [
            str(one.entry.Alt)
            for one in tagged.tree(opened).walk()
            if one.role == "Figure" and "/Alt" in one.entry
        ]
        assert words[-3:] == [
            "Imaging report, August 11, 2025, page 1 of 2", "Imaging report, August 11, 2025, page 2 of 2",
            "Headache diary, page 1 of 1, scanned",
        ]  # fmt: skip
        with opened.open_metadata() as metadata:
            assert metadata["dc:title"] == f"Referral {REFERENCE} with its attachments"
    assert tagged.texts(pdf, "P")[: len(tagged.texts(ours, "P"))] == tagged.texts(ours, "P")


def test_headings_of_our_documents_stay_in_the_outline_and_each_file_has_its_entry(ours: bytes) -> None:
    pdf = _set(Own("Referral letter", ours), _report(2), _scan())
    own = paper.pages(ours)
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as outline:
        places = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
        found = [(item.title, places[item.destination[0].objgen]) for item in outline.root]  # type: ignore[index]
        assert found == [
            ("Referral letter", 0), ("Imaging report, August 11, 2025", own), ("Headache diary", own + 2)
        ]  # fmt: skip
        inside = [item.title for top in outline.root[0].children for item in [top, *top.children]]
        assert "Treatments tried" in inside


def test_the_same_set_gives_the_same_bytes(ours: bytes) -> None:
    parts = Own("Referral letter", ours), _report(), _scan()
    assert _set(*parts) == _set(*parts)


def test_nothing_that_acts_or_hides_comes_along(ours: bytes) -> None:
    """Even of a file that was never cleaned."""
    pdf = _set(Own("Referral letter", ours), Enclosed("Form", "", attachment_files.acting()))
    acting = {
        "/A",
        "/AA",
        "/AF",
        "/JS",
        "/JavaScript",
        "/EmbeddedFiles",
        "/OpenAction",
        "/AcroForm",
        "/Annots",
        "/URI",
    }
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        held = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream)]
        keys = {key for one in held for key in one if "/S" not in one}
        assert not keys & acting
    assert b"evil" not in attachment_files.plain(pdf)
    assert "Harmless words" in paper.text(pdf)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (attachment_files.encrypted(), "protected with a password"),
        (attachment_files.encrypted(""), "protected with a password"),
        (b"", "is damaged"),
        (b"%PDF-1.4 nothing", "is damaged"),
        (attachment_files.picture(), "is damaged"),
        (attachment_files.page_loop(), "Imaging report"),
        (attachment_files.long_pdf(10_000), "10,000 pages"),
    ],
)
def test_a_file_that_cannot_be_enclosed_stops_the_set_with_its_name(
    ours: bytes, content: bytes, said: str
) -> None:
    with pytest.raises(InvalidInput, match=said) as refusal:
        _set(Own("Referral letter", ours), Enclosed("Imaging report", "August 11, 2025", content))
    assert "“Imaging report, August 11, 2025”" in str(refusal.value)


def test_a_file_without_pages_stops_the_set() -> None:
    out = io.BytesIO()
    pikepdf.new().save(out)
    with pytest.raises(InvalidInput, match="“Diary” has no pages"):
        _set(Enclosed("Diary", "", out.getvalue()))


def test_more_pages_than_a_set_takes_are_refused_in_a_sentence() -> None:
    many = Enclosed("Chart", "", attachment_files.long_pdf(600))
    with pytest.raises(InvalidInput, match="This set has 1,200 pages; it takes at most 1,000"):
        _set(many, many)


def test_files_with_bytes_changed_are_merged_or_refused_by_name_and_leave_a_valid_pdf(
    ours: bytes, tmp_path: Path
) -> None:
    said, path = list[str](), tmp_path / "set.pdf"
    for content in attachment_files.mutated(120, 6):
        if not content.startswith(b"%PDF"):
            continue
        try:
            pdf = _set(Own("Referral letter", ours), Enclosed("Report", "", content))
        except InvalidInput as error:
            said.append(str(error))
            continue
        path.write_bytes(pdf)
        checked = subprocess.run(["qpdf", "--check", path], capture_output=True)
        assert checked.returncode in (0, 3), checked.stdout
    assert all("“Report”" in one for one in said)


@pytest.mark.parametrize("person", ["Žofia <b>Novák</b> & Co", "Ольга Иванова", "N" * 200, "A \u202eB"])
def test_any_name_that_can_be_printed_fits_on_one_line_of_the_stamp(person: str) -> None:
    pdf = _set(_scan(), person=person)
    places = paper.word_places(pdf, 1)
    assert len({round(place[2]) for place in places}) <= 2
    assert max(place[3] for place in places) <= 612 - 30
    assert "page 1 of 1 of the whole set" in paper.text(pdf, 1)


def test_a_name_that_no_font_can_draw_stops_the_set() -> None:
    with pytest.raises(Unprintable):
        _set(_scan(), person="Nora \U0001f600")


def test_two_hundred_pages_take_seconds_and_little_more_memory_than_their_bytes(ours: bytes) -> None:
    """A bound far above what was measured: 200 gray scans of 172 MB took 1.6 s and 190 MB beyond their own bytes."""
    scans = [Enclosed(f"Scan {n}", "", attachment_files.pdf(20)) for n in range(10)]
    process = psutil.Process()
    before, start = process.memory_info().rss, time.perf_counter()
    pdf = _set(Own("Referral letter", ours), *scans)
    assert time.perf_counter() - start < 30
    assert process.memory_info().rss - before < 200_000_000
    assert paper.pages(pdf) == 200 + paper.pages(ours)


def test_the_stamp_covers_nothing_of_our_own_pages() -> None:
    """The marks at the top, such as that a letter is not signed, stand right below it."""
    marked = letter.render(people.letter(people.intake(), not_final="An older version", invented=True))
    stamped = _set(Own("Referral letter", marked))
    before, after = (_ink(pdf) for pdf in (marked, stamped))
    assert not ((before < 128) & (after > 128)).any()
    assert (after < 128).sum() > (before < 128).sum()


def _ink(pdf: bytes) -> np.ndarray:
    made = subprocess.run(
        ["pdftoppm", "-r", "100", "-l", "1", "-gray", "-"], input=pdf, capture_output=True, check=True
    ).stdout
    return np.asarray(Image.open(io.BytesIO(made))).astype(int)
