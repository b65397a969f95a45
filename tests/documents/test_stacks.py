"""Documents put into one file: all pages in order, with few files open at a time."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from referral_app.documents import stacks


def _document(path: Path, width: int) -> Path:
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(width, 100))
        target = io.BytesIO()
        made.save(target)
    path.write_bytes(target.getvalue())
    return path


@pytest.mark.parametrize("number", [1, 3, 7, 20])
def test_the_order_stays_however_many_there_are(
    tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stacks, "AT_ONCE", 3)
    paths = [_document(tmp_path / f"{at}.pdf", 100 + at) for at in range(number)]
    assert stacks.stack(paths, tmp_path / "all.pdf") == number
    with pikepdf.open(tmp_path / "all.pdf") as whole:
        assert [int(page.mediabox[2]) for page in whole.pages] == [100 + at for at in range(number)]
    assert len(list(tmp_path.iterdir())) == number + 1
