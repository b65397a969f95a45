"""Papers of the directory on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from referral_app import cli
from referral_app.database import Database, open_database
from referral_app.paths import Paths
from referral_app.services import worklists
from referral_app.services.referral_records import Filter
from tests.documents import paper
from tests.ui.preview.test_bundle import attach

NPI = "9000000015"


@pytest.fixture
def store(filled: Database) -> list[str]:
    """Return the option that names a filled store, which is closed."""
    folder = filled.paths.data_dir
    filled.close()
    return ["--data-dir", str(folder)]


def test_a_card_is_written_in_the_print_asked_for(store: list[str], tmp_path: Path) -> None:
    usual, large = tmp_path / "card.pdf", tmp_path / "large.pdf"
    assert cli.main(["print", "card", NPI, "--out", str(usual), *store]) == 0
    assert cli.main(["print", "card", "keen", "--large", "--out", str(large), *store]) == 0
    assert "Marguerite Keen, MD" in paper.text(usual.read_bytes())
    assert paper.pages(large.read_bytes()) > paper.pages(usual.read_bytes()) == 1


def test_a_directory_is_written_of_a_search_or_whole(store: list[str], tmp_path: Path) -> None:
    some, whole = tmp_path / "some.pdf", tmp_path / "whole.pdf"
    assert cli.main(["print", "directory", "--search", "keen", "--out", str(some), *store]) == 0
    assert cli.main(["print", "directory", "--out", str(whole), *store]) == 0
    assert "Searched: “keen”" in paper.text(some.read_bytes())
    assert "1 surgeon, best match first" in paper.text(some.read_bytes())
    assert (
        cli.main(["print", "directory", "--search", "zip:21287 within:1000", "--out", str(some), *store]) == 0
    )
    assert "Searched: ZIP code 21287, within 1000 straight-line miles" in paper.text(some.read_bytes())
    assert "13 surgeons, by last name" in paper.text(whole.read_bytes())


def test_sheets_are_written_for_the_named_or_for_what_is_due(store: list[str], tmp_path: Path) -> None:
    named, due = tmp_path / "named.pdf", tmp_path / "due.pdf"
    assert cli.main(["print", "verification", NPI, "okonkwo", "--out", str(named), *store]) == 0
    said = paper.text(named.read_bytes())
    assert said.count("Please check this entry of our directory") == 2
    assert said.index("Marguerite Keen") < said.index("Samuel Okonkwo")
    assert cli.main(["print", "verification", "--stale", "--out", str(due), *store]) == 0
    assert "Please check this entry" in paper.text(due.read_bytes())


@pytest.mark.parametrize(("words", "sentence"), [
    (["card", "Xyzzyplugh"], "No surgeon is found for “Xyzzyplugh”."),
    (["card", "baltimore"], "Several surgeons are found for “baltimore”"),
    (["verification"], "Name at least one surgeon, or give --stale."),
    (["verification", NPI, "--stale"], "Name at least one surgeon, or give --stale."),
    (["directory", "--search", "zip:99999"], "99999"),
])  # fmt: skip
def test_what_cannot_be_done_is_said_in_one_sentence(
    store: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    out = tmp_path / "paper.pdf"
    assert cli.main(["print", *words, "--out", str(out), *store]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1
    assert not out.exists()


def test_a_letter_with_attachments_holds_every_file_or_names_what_is_missing(
    filled: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, folder = tmp_path / "set.pdf", str(filled.paths.data_dir)
    with filled.read() as session:
        reference = worklists.find(session, Filter("all"))[0].reference
    attach(filled, reference)
    filled.close()
    command = ["print", "letter", reference, "--with-attachments", "--out", str(out), "--data-dir", folder]
    assert cli.main(command) == 0
    pages = paper.pages(out.read_bytes())
    assert f"page {pages} of {pages} of the whole set" in paper.text(out.read_bytes(), pages)
    db = open_database(Paths(Path(folder)))
    with db._transaction(read_only=False, info={}) as session:  # noqa: SLF001 - what no service does
        session.execute(text("DELETE FROM attachment"))
    db.close()
    out.unlink()
    assert cli.main(command) == 2
    assert "“Imaging report, August 11, 2025” is not in this store" in capsys.readouterr().err
    assert not out.exists()
