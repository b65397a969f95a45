"""The signed directory file of a Center: what its offices take, and what they refuse in a plain sentence."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path

import pytest

from referral_app.database import Database, open_database
from referral_app.exchange import directory_file
from referral_app.jobs import directory, directory_export, directory_import, directory_reading, directory_undo
from referral_app.jobs.directory_import import Imported
from referral_app.jobs.directory_reading import Plan
from referral_app.paths import Paths
from referral_app.services import center, directory_imports, matching, surgeons
from referral_app.services.errors import InvalidInput
from referral_app.services.surgeon_records import Query

CARRIED = (
    "requirements", "credentials", "languages", "plans", "experience", "handouts", "waits_claimed_on", "verified_on",
    "how_to_refer", "public_note",
)  # fmt: skip


@pytest.fixture
def office(tmp_path: Path, empty_store: Path) -> Generator[Database]:
    """The open store of an office, empty."""
    folder = tmp_path / "office"
    shutil.copytree(empty_store, folder)
    made = open_database(Paths(folder))
    yield made
    made.close()


@pytest.fixture
def signed(filled: Database, tmp_path: Path) -> Path:
    """The directory file of the Center."""
    path = tmp_path / "center.directory"
    directory_export.export(filled, path)
    return path


def take(db: Database, path: Path, trust: str = "") -> Imported:
    """Import a file."""
    return directory_import.run(db, Plan(path, trust=trust), lambda done, of: None, lambda: False)


def mark(path: Path) -> str:
    """Return the fingerprint of a file's key."""
    return directory_file.fingerprint(directory_file.manifest_of(path).public)


def test_an_office_takes_the_first_file_with_the_fingerprint_alone(office: Database, signed: Path) -> None:
    looked = directory_reading.look(office, signed)
    assert looked.kind == directory_reading.SIGNED
    assert looked.signature is not None
    assert (looked.signature.count, looked.signature.known, looked.signature.fingerprint) == (
        13,
        False,
        mark(signed),
    )
    with pytest.raises(InvalidInput, match=f"compare the fingerprint of its key: {mark(signed)}"):
        take(office, signed)
    with pytest.raises(InvalidInput, match="compare the fingerprint"):
        take(office, signed, trust="0000-0000-0000-0000-0000")
    done = take(office, signed, trust=mark(signed))
    assert done.new == 13
    assert done.notes[0].startswith("The Center with ")
    again = directory_reading.look(office, signed).signature
    assert again is not None
    assert again.known
    assert take(office, signed).unchanged == 13


def test_everything_but_private_notes_comes_with_it(filled: Database, office: Database, signed: Path) -> None:
    take(office, signed, trust=mark(signed))
    with filled.read() as here, office.read() as there:
        for npi in ("9000000015", "9000000023"):
            ours, theirs = surgeons.by_npi(here, npi), surgeons.by_npi(there, npi)
            for name in CARRIED:
                assert getattr(theirs, name) == getattr(ours, name)
            assert [item.code for item in theirs.procedures] == [item.code for item in ours.procedures]
            assert [place.fax for place in theirs.placements] == [place.fax for place in ours.placements]
        assert surgeons.by_npi(here, "9000000015").notes
        assert not surgeons.by_npi(there, "9000000015").notes
        assert center.get(there) == center.get(here)
        assert center.experts(there) == center.experts(here)
        assert [one.title for one in center.trials(there)] == [one.title for one in center.trials(here)]
        assert center.trials(there)[0].surgeons == center.trials(here)[0].surgeons
    with zipfile.ZipFile(signed) as archive:
        assert b"Runs the trial of early" not in archive.read(directory_file.ENTRIES)


def test_private_notes_of_the_office_stay(
    office: Database, filled: Database, signed: Path, tmp_path: Path
) -> None:
    take(office, signed, trust=mark(signed))
    with office.begin() as session:
        one = surgeons.by_npi(session, "9000000015")
        surgeons.save(session, replace(one, notes="Ask for Dana"))
    with filled.begin() as session:
        one = surgeons.by_npi(session, "9000000015")
        surgeons.save(session, replace(one, degrees="MD, FACS"))
    later = tmp_path / "later.directory"
    directory_export.export(filled, later)
    assert take(office, later).changed == 1
    with office.read() as session:
        one = surgeons.by_npi(session, "9000000015")
        assert (one.notes, one.degrees) == ("Ask for Dana", "MD, FACS")
    with pytest.raises(InvalidInput, match="older than the one taken already"):
        take(office, signed)


def test_undoing_a_directory_file_puts_the_center_back(office: Database, signed: Path) -> None:
    done = take(office, signed, trust=mark(signed))
    assert directory_undo.undo(office, done.import_id).kept == ()
    with office.read() as session:
        assert center.get(session) == center.CenterRecord()
        assert center.trials(session) == []
        assert matching.count(session, Query()) == 0


def _rewrite(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _another_key(parts: dict[str, bytes]) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private, public = directory_file.new_key()
    said = json.dumps({**json.loads(parts[directory_file.MANIFEST]), "public": public}).encode()
    parts[directory_file.MANIFEST] = said
    parts[directory_file.SIGNATURE] = Ed25519PrivateKey.from_private_bytes(private).sign(said)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda parts: parts.pop("signature"), "is not signed"),
        (lambda parts: parts.update(signature=b"x" * 64), "signature of center.directory does not fit"),
        (lambda parts: parts.update(signature=b"short"), "signature of center.directory does not fit"),
        (lambda parts: parts.update({"manifest.json": parts["manifest.json"].replace(b"2026", b"2027")}),
         "signature of center.directory does not fit"),
        (lambda parts: parts.update({"entries.jsonl": parts["entries.jsonl"].replace(b"Keen", b"Kean")}),
         "was changed after it was signed"),
        (lambda parts: parts.update({"center.json": b"{}"}), "was changed after it was signed"),
        (lambda parts: parts.update({"manifest.json": b"{"}), "no directory file of a Center"),
        (lambda parts: parts.update({"manifest.json": b"[]"}), "no directory file of a Center"),
        (_another_key, "signed with another key than the Center's files before"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_the_centers_is_refused(
    office: Database, signed: Path, change: Callable[[dict[str, bytes]], None], sentence: str
) -> None:
    take(office, signed, trust=mark(signed))
    _rewrite(signed, change)
    with pytest.raises(InvalidInput, match=sentence):
        take(office, signed)
    with pytest.raises(InvalidInput, match=sentence):
        directory_reading.look(office, signed)


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        ("Infinity", "no directory file of a Center"),
        ("1e400", "no directory file of a Center"),
        ("NaN", "no directory file of a Center"),
        ("9" * 5000, "no directory file of a Center"),
        ("9" * 50, "made by a newer version of this program"),
        ("[" * 100_000, "no directory file of a Center"),
        ("[" * 100_000 + "]" * 100_000, "no directory file of a Center"),
    ],
    ids=["infinite", "too large a power", "no number", "5000 digits", "50 digits", "deep", "deep and whole"],
)
def test_a_version_that_is_no_number_is_refused_in_a_sentence(
    office: Database, signed: Path, version: str, sentence: str
) -> None:
    def change(parts: dict[str, bytes]) -> None:
        said = parts[directory_file.MANIFEST]
        parts[directory_file.MANIFEST] = said.replace(b'"version":1', f'"version":{version}'.encode())

    _rewrite(signed, change)
    with pytest.raises(InvalidInput, match=sentence):
        directory_reading.look(office, signed)


def test_the_key_is_made_once_and_lies_in_the_store(filled: Database, tmp_path: Path, signed: Path) -> None:
    again = tmp_path / "again.directory"
    assert directory_export.export(filled, again).fingerprint == mark(signed)
    assert directory.import_csv(filled, again).unchanged == 13


def _sign(parts: dict[str, bytes], private: bytes) -> None:
    """Sign a file anew, as the Center does."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    said = json.loads(parts[directory_file.MANIFEST])
    said["sha256"][directory_file.CENTER] = hashlib.sha256(parts[directory_file.CENTER]).hexdigest()
    key = Ed25519PrivateKey.from_private_bytes(private)
    said["public"] = key.public_key().public_bytes_raw().hex()
    parts[directory_file.MANIFEST] = json.dumps(said).encode()
    parts[directory_file.SIGNATURE] = key.sign(parts[directory_file.MANIFEST])


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"center": {"name": ""}}, "What the file tells of its Center cannot be taken: Enter the name"),
        ({"center": {"name": "Center"}, "trials": [5]}, "cannot read what the file tells of its Center"),
        (
            {"center": {"name": "Center"}, "experts": [{"name": "A", "field": "x"}]},
            "cannot read what the file tells",
        ),
    ],
    ids=["no name", "a trial that is a number", "an unknown field of work"],
)
def test_a_center_that_cannot_be_written_refuses_the_file_before_anything_is_taken(
    office: Database, signed: Path, told: dict[str, object], sentence: str
) -> None:
    private, _ = directory_file.new_key()

    def change(parts: dict[str, bytes]) -> None:
        parts[directory_file.CENTER] = json.dumps(told).encode()
        _sign(parts, private)

    _rewrite(signed, change)
    with pytest.raises(InvalidInput, match=sentence):
        take(office, signed, trust=mark(signed))
    with office.read() as session:
        assert matching.count(session, Query()) == 0
    assert not {one.state for one in directory_undo.earlier(office)} & set(directory_imports.UNDER_WAY)
