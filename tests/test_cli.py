"""The command line does the main job, and says what is wrong in one sentence with the right status."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pikepdf
import pytest

from referral_app import cli
from referral_app.database import open_database
from referral_app.paths import Paths, resource
from referral_app.services import matching
from referral_app.services.permissions import nobody_yet
from referral_app.services.surgeon_records import Query
from tests.documents import paper

FULL = Path(__file__).parent / "data" / "referral-full.json"


class Desk:
    """The command line on a data folder, as a script would call it, within this process."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Remember the folder and how to read what is printed."""
        self.folder, self.capsys = folder, capsys

    def __call__(self, *arguments: object) -> tuple[int, str, str]:
        """Run a command and return status, output and errors."""
        self.capsys.readouterr()
        status = cli.main([*map(str, arguments), "--data-dir", str(self.folder)])
        return (status, *self.capsys.readouterr())


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Return the command line on an empty folder."""
    return Desk(tmp_path / "data", capsys)


@pytest.fixture
def demo(desk: Desk, tmp_path: Path) -> dict[str, Any]:
    """Do the demonstration once and return its check."""
    status, output, _ = desk("demo", "--out", tmp_path / "out")
    assert status == 0
    assert [Path(line).name for line in output.splitlines()] == [
        "referral.json", "check.json", "letter.pdf", "packet.pdf", "response-form.pdf", "fax-cover.pdf",
        "copy-of-record.pdf",
    ]  # fmt: skip
    return json.loads((tmp_path / "out" / "check.json").read_text(encoding="utf-8"))


def test_the_demonstration_has_one_gap_and_one_cleared_flag(demo: dict[str, Any]) -> None:
    assert demo["ready"] is True
    assert [line["status"] for line in demo["missing"]] == ["gap"]
    assert [line["status"] for line in demo["emergency"]] in ([], ["cleared"])
    assert demo["computed"]["mhi"] > 0
    assert set(demo["supports"][0]) == {"id", "status", "text", "source", "field"}


def test_the_demonstration_makes_a_letter_and_a_packet(demo: dict[str, Any], tmp_path: Path) -> None:
    with (
        pikepdf.open(tmp_path / "out" / "letter.pdf") as letter,
        pikepdf.open(tmp_path / "out" / "packet.pdf") as packet,
    ):
        assert 2 <= len(letter.pages) <= 3
        assert 4 <= len(packet.pages) <= 6


@pytest.mark.usefixtures("demo")
def test_the_demonstration_makes_what_goes_along_with_the_letter(tmp_path: Path) -> None:
    for name, words in {
        "response-form": "We accept this referral.",
        "fax-cover": "Fax cover sheet",
        "copy-of-record": "The letter to your surgeon",
    }.items():
        assert words in paper.text((tmp_path / "out" / f"{name}.pdf").read_bytes())


@pytest.mark.usefixtures("demo")
def test_response_form_cover_and_copy_of_record_are_printed_by_the_reference(
    desk: Desk, tmp_path: Path
) -> None:
    _, output, _ = desk("referrals", "new", "--from", FULL)
    reference = output.strip()
    for name, more in (
        ("response-form", ()),
        ("fax-cover", ("--pages", "9")),
        ("copy-of-record", ("--large",)),
    ):
        out = tmp_path / f"{name}.pdf"
        status, _, errors = desk("print", name, reference, *more, "--out", out)
        assert (status, errors) == (0, "")
        assert reference in paper.text(out.read_bytes())
    assert "9, this one included" in paper.text((tmp_path / "fax-cover.pdf").read_bytes())


def test_the_example_for_scripts_is_the_invented_referral_and_fits_the_schema(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert FULL.read_bytes() == resource("invented/referral.json").read_bytes()
    capsys.readouterr()
    assert cli.main(["referrals", "schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator(schema).validate(json.loads(FULL.read_text(encoding="utf-8")))


def test_a_referral_goes_from_json_to_letter_and_packet(
    desk: Desk, demo: dict[str, Any], tmp_path: Path
) -> None:
    status, reference, _ = desk("referrals", "new", "--from", FULL)
    assert status == 0
    assert len(reference.strip()) == 11
    status, output, _ = desk("referrals", "check", reference.strip(), "--json")
    check = json.loads(output)
    assert (status, check["reference"], check["ready"]) == (0, reference.strip(), True)
    for command, extra in (("letter", []), ("packet", ["--large"]), ("packet", ["--lang", "es"])):
        out = tmp_path / f"{command}.pdf"
        assert desk("print", command, reference.strip(), "--out", out, *extra)[0] == 0
        with pikepdf.open(out) as document:
            assert len(document.pages) >= 2


def test_a_referral_to_an_unknown_surgeon_says_so_until_the_directory_comes(
    desk: Desk, tmp_path: Path, demo_store: Path
) -> None:
    invented = open_database(Paths(desk.folder))
    invented.declare_demonstration()
    invented.close()
    reference = desk("referrals", "new", "--from", FULL)[1].strip()
    check = json.loads(desk("referrals", "check", reference, "--json")[1])
    assert (check["ready"], check["missing"][0]["id"]) == (False, "missing.request.surgeon.unknown")
    status, _, errors = desk("print", "letter", reference, "--out", tmp_path / "letter.pdf")
    assert (status, "not in the directory" in errors) == (2, True)
    filled = Desk(demo_store, desk.capsys)
    assert filled("surgeons", "export", tmp_path / "d.csv")[0] == 0
    assert desk("surgeons", "import", tmp_path / "d.csv")[0] == 0
    assert json.loads(desk("referrals", "check", reference, "--json")[1])["ready"] is True
    assert desk("print", "letter", reference, "--out", tmp_path / "letter.pdf")[0] == 0


def test_a_packet_that_is_not_in_the_language_asked_says_so(
    desk: Desk, demo: dict[str, Any], tmp_path: Path
) -> None:
    out = ("--out", tmp_path / "packet.pdf")
    assert "wait for review" in desk("print", "packet", demo["reference"], "--lang", "es", *out)[2]
    assert desk("print", "packet", demo["reference"], *out)[2] == ""


def test_lists_come_in_the_form_of_the_contract(desk: Desk, demo: dict[str, Any]) -> None:
    rows = json.loads(desk("referrals", "list", "--json")[1])
    assert set(rows[0]) == {"reference", "patient", "date_of_birth", "surgeon", "state", "updated"}
    assert demo["reference"] in desk("referrals", "list")[1]
    found = json.loads(desk("surgeons", "search", "keen", "--zip", "21287", "--json")[1])
    assert set(found[0]) == {
        "id", "npi", "name", "procedures", "city", "state", "miles", "accepting", "next_available_days",
        "verified_on", "reasons",
    }  # fmt: skip
    assert found[0]["npi"] == "9000000015"


def test_a_search_takes_the_words_of_the_search_box(desk: Desk, demo: dict[str, Any]) -> None:
    words = ("procedure:occipital", "zip:21287", "within:30", "accepts:medicare", "wait:<15")
    found = json.loads(desk("surgeons", "search", *words, "--json")[1])
    assert [(one["name"], one["miles"] < 30) for one in found] == [
        ("Tomás Villareal, MD, PhD", True),
        ("Lourdes Marín, MD", True),
    ]
    assert json.loads(desk("surgeons", "search", *words, "--language", "vi", "--json")[1]) == []


def test_a_search_in_plain_words_says_phone_and_fax_in_the_order_of_the_window(
    desk: Desk, demo: dict[str, Any]
) -> None:
    output = desk("surgeons", "search", "keen")[1]
    assert "Marguerite Keen, MD" in output
    assert "phone (410) 555-0" in output
    assert "fax (410) 555-0" in output
    order = [line.split(",")[0] for line in desk("surgeons", "search", "--zip", "21287")[1].splitlines()]
    db = open_database(Paths(desk.folder))
    try:
        db.act_as("", "Office", nobody_yet("Office"))
        with db.read() as session:
            expected = [
                found.surgeon.name.split(",")[0] for found in matching.find(session, Query(zip="21287"))
            ]
    finally:
        db.close()
    assert order == expected


def test_a_search_that_finds_nobody_says_so(desk: Desk, demo: dict[str, Any]) -> None:
    assert desk("surgeons", "search", "nobody:here") == (0, "", "No surgeon fits.\n")


def test_the_directory_goes_out_and_comes_in(desk: Desk, demo: dict[str, Any], tmp_path: Path) -> None:
    assert desk("surgeons", "export", tmp_path / "d.csv")[0] == 0
    status, output, _ = desk("surgeons", "import", tmp_path / "d.csv")
    assert (status, output) == (0, "0 new, 0 changed, 13 unchanged, 0 refused\n")


def test_the_power_cut_kit_is_printed_without_any_referral(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "kit.pdf"
    assert desk("print", "kit", "--out", out) == (0, f"{out} written\n", "")
    with pikepdf.open(out) as kit:
        assert len(kit.pages) > 10


def test_a_folder_without_a_store_is_named_and_none_is_made(desk: Desk, tmp_path: Path) -> None:
    for words in (("data", "verify"), ("data", "backup", tmp_path / "a.backup"), ("data", "audit", "verify")):
        status, _, errors = desk(*words)
        assert (status, "There is no store" in errors) == (2, True)
    assert not list(tmp_path.rglob("*.db"))


def test_a_backup_takes_the_place_of_no_other_file(demo: dict[str, Any], desk: Desk, tmp_path: Path) -> None:
    taken = tmp_path / "taken.backup"
    taken.write_text("something of one's own")
    status, _, errors = desk("data", "backup", taken)
    assert (status, "Take another name" in errors) == (2, True)
    assert taken.read_text() == "something of one's own"


def test_a_store_is_verified(desk: Desk, demo: dict[str, Any]) -> None:
    assert desk("data", "verify")[:2] == (0, "The store is whole.\n")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            '{"patient": {"family_name": "Secretname", "date_of_birth": "13/45/2007"}}',
            "patient.date_of_birth",
        ),
        ('{"patient": {"family_nam": "x"}}', "patient.family_nam"),
        ('{"patient": ', "This file is not valid JSON; look at line 1."),
        ("[1, 2]", "This file holds no referral: it must be a JSON object with groups such as patient."),
        ("[" * 100_000, "This file is nested too deeply to be a referral."),
        ('{"a": NaN}', "This file holds NaN, which is no number."),
        ('{"patient": {}, "patient": {}}', "This file holds the same field twice; remove one of them."),
        ("\udcff", "This file is not text in UTF-8; save it as UTF-8 and try again."),
        ("", "This file is not valid JSON; look at line 1."),
    ],
    ids=range(9),
)
def test_a_bad_intake_is_refused_in_plain_words(
    desk: Desk, tmp_path: Path, content: str, sentence: str
) -> None:
    path = tmp_path / "intake.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    status, output, errors = desk("referrals", "new", "--from", path)
    assert (status, output) == (2, "")
    assert sentence in errors
    assert "Traceback" not in errors
    assert "Secretname" not in errors
    assert desk("referrals", "list", "--json")[1] == "[]\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("referrals", "check", "0000-0000-1"),
        ("referrals", "check", "0000-0000-0"),
        ("referrals", "new", "--from", "nowhere.json"),
        ("print", "letter", "Nguyen", "--out", "x.pdf"),
        ("surgeons", "import", "nowhere.csv"),
        ("surgeons", "search", "--zip", "00000"),
        ("surgeons", "search", "--within", "far"),
        ("surgeons", "search", "--within", "-3"),
        ("surgeons", "search", "--language", "xx"),
        ("surgeons", "search", "--procedure", "haircut"),
        ("surgeons", "search", "--plan", "None such"),
        ("nonsense",),
    ],
    ids=" ".join,
)
def test_what_the_user_can_correct_ends_with_status_two_and_one_sentence(
    desk: Desk, arguments: tuple[str, ...]
) -> None:
    status, output, errors = desk(*arguments)
    assert (status, output) == (2, "")
    assert len(errors.strip().splitlines()) == 1


def test_a_fault_of_ours_ends_with_status_one_and_no_patient_data(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("Secretname")

    monkeypatch.setattr("referral_app.jobs.referral_files.listed", fail)
    status, _, errors = desk("referrals", "list")
    assert status == 1
    assert "RuntimeError" in errors
    assert "Secretname" not in errors


def test_files_of_the_store_and_of_the_demonstration_are_private(tmp_path: Path) -> None:
    subprocess.run(
        [
            sys.executable,
            "-m",
            "referral_app",
            "demo",
            "--out",
            tmp_path / "out",
            "--data-dir",
            tmp_path / "data",
        ],
        check=True,
        capture_output=True,
    )
    made = [*(tmp_path / "out").iterdir(), *(tmp_path / "data").iterdir()]
    assert len(made) >= 6
    assert not [path for path in made if path.stat().st_mode & 0o077]


PASSPHRASE = "orchard lantern velvet"


class Office:
    """The command line on a demonstration that a passphrase guards."""

    def __init__(self, folder: Path, desk: Desk) -> None:
        """Make the passphrase file and the store."""
        self.desk, self.out = desk, folder / "out"
        self.passphrase = private(folder / "passphrase", PASSPHRASE + "\n")
        self.recovery = self.out / "recovery-key.txt"
        assert desk("demo", "--out", self.out, "--passphrase-file", self.passphrase)[::2] == (0, "")

    def __call__(self, *arguments: object) -> tuple[int, str, str]:
        """Run a command with the passphrase."""
        return self.desk(*arguments, "--passphrase-file", self.passphrase, "--user", "demo")


def private(path: Path, content: str) -> Path:
    path.write_text(content)
    path.chmod(0o600)
    return path


@pytest.fixture
def office(desk: Desk, tmp_path: Path) -> Office:
    return Office(tmp_path, desk)


def test_a_protected_demonstration_leaves_its_store_and_recovery_key_behind(office: Office) -> None:
    assert {path.name for path in office.out.iterdir()} == {
        "recovery-key.txt", "referral.json", "check.json", "letter.pdf", "packet.pdf", "response-form.pdf",
        "fax-cover.pdf", "copy-of-record.pdf",
    }  # fmt: skip
    assert office.recovery.stat().st_mode & 0o077 == 0
    status, output, errors = office("referrals", "list", "--json")
    assert (status, errors, len(json.loads(output))) == (0, "", 1)
    status, reference, _ = office("referrals", "new", "--from", FULL)
    assert (status, len(reference.strip())) == (0, 11)
    assert office("data", "verify")[:2] == (0, "The store is whole.\n")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((), "The store is locked."),
        (("--passphrase-file", "wrong"), "do not open the store"),
        (("--passphrase-file", "empty"), "holds no passphrase"),
        (("--passphrase-file", "line"), "holds no passphrase"),
        (("--passphrase-file", "binary"), "holds no text"),
        (("--passphrase-file", "nowhere"), "cannot be read"),
        (("--passphrase-file", "passphrase", "--user", "nobody"), "do not open the store"),
    ],
    ids=["none", "wrong", "empty", "line", "binary", "nowhere", "nobody"],
)
def test_a_store_that_is_locked_asks_in_one_sentence(
    office: Office, tmp_path: Path, options: tuple[str, ...], sentence: str
) -> None:
    for name, content in (("wrong", "something else entirely"), ("empty", ""), ("line", "\n")):
        private(tmp_path / name, content)
    private(tmp_path / "binary", "").write_bytes(b"\xff\xfe\x00")
    given = [tmp_path / one if at == 1 else one for at, one in enumerate(options)]
    status, output, errors = office.desk("referrals", "list", *given)
    assert (status, output) == (2, "")
    assert sentence in errors
    assert len(errors.strip().splitlines()) == 1


def test_only_the_end_of_the_line_is_taken_from_a_passphrase(office: Office, tmp_path: Path) -> None:
    windows = private(tmp_path / "windows", "")
    windows.write_bytes(PASSPHRASE.encode() + b"\r\n")
    assert office.desk("referrals", "list", "--passphrase-file", windows)[0] == 0
    twice = private(tmp_path / "twice", PASSPHRASE + "\n\n")
    assert office.desk("referrals", "list", "--passphrase-file", twice)[0] == 2


def test_a_passphrase_file_that_others_may_read_is_named(office: Office) -> None:
    office.passphrase.chmod(0o644)
    status, _, errors = office("referrals", "list")
    assert (status, "Others on this computer can read passphrase" in errors) == (0, True)


def test_a_wiped_office_comes_back_with_the_recovery_key_alone(office: Office, tmp_path: Path) -> None:
    copy = tmp_path / "copy.backup"
    assert "whole backup" in office("data", "backup", copy)[1]
    before = office("referrals", "list", "--json")[1]
    shutil.rmtree(office.desk.folder)
    status, output, errors = office.desk("data", "restore", copy, "--recovery-key-file", office.recovery)
    assert (status, errors) == (0, "")
    assert "is in place" in output
    assert office("referrals", "list", "--json")[1] == before
    code = office.desk("data", "reset", "--recovery-key-file", office.recovery, "--user", "demo")[1]
    office.passphrase = private(tmp_path / "code", code)
    assert "one-time code" in office("referrals", "list")[2]
    new = private(tmp_path / "new", "another velvet orchard")
    assert office("data", "passphrase", "--new-passphrase-file", new)[0] == 0
    office.passphrase = new
    assert office("referrals", "list", "--json")[1] == before


def test_a_restore_with_the_passphrase_keeps_the_old_set(office: Office, tmp_path: Path) -> None:
    copy = tmp_path / "copy.backup"
    office("data", "backup", copy)
    office("referrals", "new", "--from", FULL)
    assert "The store is locked" in office.desk("data", "restore", copy)[2]
    status, output, _ = office("data", "restore", copy)
    assert (status, "nothing was deleted" in output) == (0, True)
    assert len(json.loads(office("referrals", "list", "--json")[1])) == 1
    (aside,) = office.desk.folder.glob("before-restore-*")
    office.desk.folder = aside
    assert len(json.loads(office("referrals", "list", "--json")[1])) == 2


@pytest.mark.parametrize("bad", ["damaged", "foreign", "empty", "folder", "missing", "other"])
def test_a_backup_that_cannot_be_used_is_told_in_one_sentence(
    office: Office, tmp_path: Path, bad: str, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.backup"
    office("data", "backup", copy)
    content = copy.read_bytes()
    copy.unlink()
    if bad == "folder":
        copy.mkdir()
    elif bad != "missing":
        copy.write_bytes(
            {"damaged": content[:-9000], "foreign": b"%PDF-1.7 " * 50, "empty": b""}.get(bad, content)
        )
    if bad == "other":
        (tmp_path / "elsewhere").mkdir()
        office = Office(tmp_path / "elsewhere", Desk(tmp_path / "other", capsys))
    before = {path.name: path.read_bytes() for path in office.desk.folder.iterdir() if path.is_file()}
    status, output, errors = office("data", "restore", copy)
    assert (status, output, len(errors.strip().splitlines())) == (2, "", 1)
    assert "Nothing was changed" in errors
    assert before == {path.name: path.read_bytes() for path in office.desk.folder.iterdir() if path.is_file()}


def test_a_store_is_set_up_without_a_window(desk: Desk, tmp_path: Path) -> None:
    passphrase, key = private(tmp_path / "p", PASSPHRASE), tmp_path / "recovery-key.txt"
    setup = ("data", "setup", "--user", "ana", "--name", "Ana Reyes", "--passphrase-file", passphrase)
    status, output, _ = desk(*setup, "--recovery-key-out", key)
    assert (status, "keep it away from this computer" in output) == (0, True)
    assert key.stat().st_mode & 0o077 == 0
    assert desk("referrals", "new", "--from", FULL, "--passphrase-file", passphrase)[0] == 0
    assert [path.suffix for path in (desk.folder / "backups").iterdir()] == [".backup"]
    assert "has people already" in desk(*setup, "--recovery-key-out", tmp_path / "again")[2]
    refused = desk("demo", "--out", tmp_path / "out", "--passphrase-file", passphrase)
    assert (refused[0], "records of an office" in refused[2]) == (2, True)


def test_setting_up_refuses_a_weak_passphrase_and_a_file_that_is_there(desk: Desk, tmp_path: Path) -> None:
    key = tmp_path / "recovery-key.txt"
    setup = (
        "data",
        "setup",
        "--user",
        "ana",
        "--name",
        "Ana Reyes",
        "--recovery-key-out",
        key,
        "--passphrase-file",
    )
    status, _, errors = desk(*setup, private(tmp_path / "weak", "password1234"))
    assert (status, "easy to guess" in errors, key.exists()) == (2, True, False)
    key.write_text("something else")
    status, _, errors = desk(*setup, private(tmp_path / "p", PASSPHRASE))
    assert (status, "is there already" in errors, key.read_text()) == (2, True, "something else")


def test_a_patient_needs_people_and_a_recovery_key_first(desk: Desk) -> None:
    assert desk("surgeons", "search", "keen")[0] == 0
    status, output, errors = desk("referrals", "new", "--from", FULL)
    assert (status, output, len(errors.strip().splitlines())) == (2, "", 1)
    assert "data setup" in errors


def test_a_damaged_store_leads_to_the_backups(office: Office) -> None:
    store = office.desk.folder / "referrals.db"
    store.write_bytes(b"\x07" * store.stat().st_size)
    status, _, errors = office("referrals", "list")
    assert (status, "restore the last backup" in errors) == (2, True)


def test_a_damaged_key_file_is_named_and_nothing_changes(office: Office) -> None:
    key = office.desk.folder / "store.key"
    copy = office.desk.folder / "store.key.copy"
    key.write_bytes(key.read_bytes()[:-200])
    assert office("referrals", "list")[0] == 0
    copy.write_bytes(b"{}")
    key.write_bytes(b"damaged")
    status, output, errors = office("referrals", "list")
    assert (status, output, len(errors.strip().splitlines())) == (2, "", 1)
    assert "(store.key) and its copy are damaged" in errors
    assert key.read_bytes() == b"damaged"
