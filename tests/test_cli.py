"""The command line does the main job, and says what is wrong in one sentence with the right status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pikepdf
import pytest

from referral_app import cli
from referral_app.paths import resource

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
        "referral.json", "check.json", "letter.pdf", "packet.pdf",
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
    assert "not reviewed yet" in desk("print", "packet", demo["reference"], "--lang", "es", *out)[2]
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


def test_the_directory_goes_out_and_comes_in(desk: Desk, demo: dict[str, Any], tmp_path: Path) -> None:
    assert desk("surgeons", "export", tmp_path / "d.csv")[0] == 0
    status, output, _ = desk("surgeons", "import", tmp_path / "d.csv")
    assert (status, output) == (0, "0 new, 0 changed, 13 unchanged, 0 refused\n")


def test_the_power_cut_kit_is_printed_without_any_referral(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "kit.pdf"
    assert desk("print", "kit", "--out", out) == (0, "", "")
    with pikepdf.open(out) as kit:
        assert len(kit.pages) > 10


def test_a_store_is_verified(desk: Desk) -> None:
    assert desk("data", "verify")[:2] == (0, "The store is whole.\n")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            '{"patient": {"family_name": "Secretname", "date_of_birth": "13/45/2007"}}',
            "patient.date_of_birth",
        ),
        ('{"patient": {"family_nam": "x"}}', "patient.family_nam"),
        ('{"patient": ', "JSON"),
        ("[1, 2]", ""),
        ("[" * 100_000, ""),
        ('{"a": NaN}', ""),
        ('{"patient": {}, "patient": {}}', ""),
        ("\udcff", ""),
        ("", ""),
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
