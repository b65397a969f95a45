"""A whole file is added to a referral: refused in a sentence, kept encrypted, and nothing of it lies elsewhere."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from referral_app.database import Database, open_database
from referral_app.database.problems import StoreProblem
from referral_app.jobs import attachments, demo
from referral_app.jobs.attachments import CHECK_PAGES, Canceled
from referral_app.paths import Paths
from referral_app.services.attachments import Owner
from referral_app.services.errors import InvalidInput
from tests import attachment_files as files

NEW = Owner("00000000-0000-4000-8000-00000000000b")


def written(folder: Path, content: bytes, name: str = "report.pdf") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_file_is_added_and_looked_at(db: Database, tmp_path: Path) -> None:
    added = attachments.add(db, NEW, written(tmp_path, files.acting()))
    assert (added.record.pages, added.record.name, added.note) == (1, "report.pdf", "")
    shown = files.plain(attachments.look(db, NEW, added.record.sha256))
    assert not [evil for evil in files.EVIL if evil in shown]


def test_pasted_bytes_are_added(db: Database) -> None:
    assert attachments.add(db, NEW, files.picture(), "Pasted picture").record.name == "Pasted picture"


def test_a_repaired_file_says_that_pages_may_be_missing(db: Database) -> None:
    assert attachments.add(db, NEW, files.pdf(2).replace(b"startxref", b"x")).note == CHECK_PAGES


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(files.encrypted(), "password"), (b"PK\3\4", "no PDF"), (files.pdf()[:20], "damaged")],
)
def test_a_file_that_is_not_taken_says_why_and_nothing_is_kept(
    db: Database, tmp_path: Path, content: bytes, sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        attachments.add(db, NEW, written(tmp_path, content))
    with pytest.raises(InvalidInput, match="is a folder"):
        attachments.add(db, NEW, tmp_path)
    from referral_app.services import attachments as services

    with db.read() as session:
        assert services.find(session, NEW) == []


def test_a_canceled_file_is_not_kept(db: Database) -> None:
    with pytest.raises(Canceled):
        attachments.add(db, NEW, files.pdf(), canceled=lambda: True)


def test_characters_that_turn_a_name_around_are_left_out(db: Database, tmp_path: Path) -> None:
    path = written(tmp_path, files.pdf(), "report\u202efdp.exe")
    assert attachments.add(db, NEW, path).record.name == "reportfdp.exe"


def test_a_full_disk_says_so_keeps_nothing_and_goes_on_later(small_disk: Path) -> None:
    db = open_database(Paths(small_disk / "data"))
    try:
        demo.fill(db)
        with pytest.raises(StoreProblem):
            _fill(db)
        assert attachments.add(db, NEW, files.pdf()).record.pages == 2
    finally:
        db.close()


def _fill(db: Database) -> None:
    for _ in range(6):
        attachments.add(db, NEW, _noise())


def _noise() -> bytes:
    """Return a picture that hardly packs."""
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.frombytes("RGB", (1200, 1000), os.urandom(3_600_000)).save(out, "JPEG", quality=90)
    return out.getvalue()


def test_nothing_of_a_file_is_readable_in_any_folder(paths: Paths, tmp_path: Path, empty_store: Path) -> None:
    import shutil

    temporary = tmp_path / "temporary"
    temporary.mkdir()
    shutil.copytree(empty_store, paths.data_dir)
    before, tempfile.tempdir = tempfile.tempdir, str(temporary)
    try:
        db = open_database(paths)
        attachments.add(db, NEW, files.pdf(1, "Canarbird"), "Canarbird.pdf")
        with pytest.raises(InvalidInput):
            attachments.add(db, NEW, files.pdf(1, "Canarbird")[:30], "Canarbird.pdf")
        db.close()
    finally:
        tempfile.tempdir = before
    assert list(temporary.iterdir()) == []
    left = [path for path in paths.data_dir.rglob("*") if path.is_file()]
    assert left
    assert not [path for path in left if b"Canarbird" in path.read_bytes()]
