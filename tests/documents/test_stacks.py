"""Documents put into one file: all pages in order with all that they show, and nothing kept in memory."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest

from referral_app.documents import mailing_labels, sheets, stacks
from referral_app.documents.mailing_labels import Label, Labels
from tests.documents import paper


def _blank(path: Path, width: int) -> Path:
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(width, 100))
        target = io.BytesIO()
        made.save(target)
    path.write_bytes(target.getvalue())
    return path


@pytest.mark.parametrize("number", [1, 3, 40])
def test_the_order_stays_however_many_there_are(tmp_path: Path, number: int) -> None:
    paths = [_blank(tmp_path / f"{at}.pdf", 100 + at) for at in range(number)]
    assert stacks.stack(paths, tmp_path / "all.pdf") == number
    with pikepdf.open(tmp_path / "all.pdf") as whole:
        assert [int(page.mediabox[2]) for page in whole.pages] == [100 + at for at in range(number)]
    assert len(list(tmp_path.iterdir())) == number + 1


def test_text_fonts_and_pictures_stay_and_the_file_is_sound(tmp_path: Path) -> None:
    paths: list[Path] = []
    for at, name in enumerate(("Inés Ångström", "Ольга (Olga) \\Back", "Invented <Person>")):
        paths.append(tmp_path / f"{at}.pdf")
        paths[-1].write_bytes(sheets.padded(mailing_labels.render(Labels([Label(name, ("12 Elm Street",))]))))
    stacks.stack(paths, tmp_path / "all.pdf")
    words = paper.text((tmp_path / "all.pdf").read_bytes())
    assert words == " ".join(paper.text(path.read_bytes()) for path in paths)
    assert all(paper.fonts((tmp_path / "all.pdf").read_bytes()).values())
    subprocess.run(["qpdf", "--check", tmp_path / "all.pdf"], check=True, stdout=subprocess.DEVNULL)


def test_what_pages_have_from_the_tree_above_them_stays(tmp_path: Path) -> None:
    path = _blank(tmp_path / "one.pdf", 300)
    with pikepdf.open(path, allow_overwriting_input=True) as made:
        made.Root.Pages.MediaBox, made.Root.Pages.Rotate = made.pages[0].obj.MediaBox, 90
        del made.pages[0].obj.MediaBox
        made.save(path)
    stacks.stack([path, path], tmp_path / "all.pdf")
    with pikepdf.open(tmp_path / "all.pdf") as whole:
        assert [(int(page.mediabox[2]), int(page.obj.Rotate)) for page in whole.pages] == [(300, 90)] * 2
