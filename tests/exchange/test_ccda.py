"""C-CDA documents: what is read of a whole one, and each bad one refused in a plain sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from referral_app.exchange import ccda
from referral_app.exchange.sources import BadFile
from tests import ccda_files
from tests.ccda_files import WHOLE


def test_a_whole_document_gives_patient_guardian_payer_and_what_a_referral_may_begin_with(
    tmp_path: Path,
) -> None:
    chart = ccda.read(ccda_files.write(tmp_path / "a.xml"))
    values = chart.told.values
    assert (values["family_name"], values["given_name"], values["middle_name"]) == (
        "Example-Ibarra",
        "Lucía",
        "Ana",
    )
    assert (values["preferred_name"], values["date_of_birth"], values["sex"]) == (
        "Luz",
        "2011-03-02",
        "female",
    )
    assert (values["mrn"], values["language"]) == ("INV-2207", "es")
    assert (values["phone"], values["phone_alt"]) == ("+1(410)555-0142", "+1(410)555-0177")
    assert values["address"] == {
        "line1": "12 Example Street", "line2": "Apt 4", "city": "Baltimore", "state": "MD", "zip": "21287",
    }  # fmt: skip
    assert values["legal_representative"] == {
        "name": "Rosa Ibarra", "relation": "Mother", "phone": "+1(410)555-0111",
    }  # fmt: skip
    assert chart.told.coverage == [
        {"kind": "primary", "payer": "Example Health", "member_id": "MEM-12", "group": "GR-7"}
    ]
    assert [(one.group, one.words, one.note) for one in chart.offered] == [
        ("allergies", "Penicillin G <benzathine> (Hives)", ""),
        ("medications", "Topiramate 25 MG Oral Tablet, 25 mg, every 12 hours", ""),
        ("medications", "Ibuprofen", "May have ended"),
        ("problems", "M54.81 Occipital neuralgia", ""),
    ]
    assert "900-00-0000" not in str(chart)  # a Social Security number is never taken


def test_numbers_doses_and_codes_are_cleaned_as_texts_are(tmp_path: Path) -> None:
    text = WHOLE
    for old, new in (
        ('"INV-2207"', '" INV-\u202e2207"'),
        ('"MEM-12"', '"MEM\u202e-12"'),
        ('value="25" unit="mg"', 'value="25" unit="m\u2066g"'),
        ('code="M54.81"', 'code="m5481"'),
    ):
        assert old in text
        text = text.replace(old, new)
    chart = ccda.read(ccda_files.write(tmp_path / "a.xml", text))
    assert chart.told.values["mrn"] == "INV-2207"
    assert chart.told.coverage[0]["member_id"] == "MEM-12"
    found = {one.group: one for one in chart.offered}
    assert chart.offered[1].value["dose"] == "25 mg"
    assert (found["problems"].value, found["problems"].note) == ("M54.81", "")


def test_who_has_no_known_allergies_gets_none(tmp_path: Path) -> None:
    plain = (
        '<observation classCode="OBS" moodCode="EVN">\n   <templateId root="2.16.840.1.113883.10.20.22.4.7"'
    )
    text = WHOLE.replace(plain, plain.replace("<observation", '<observation negationInd="true"'))
    assert text != WHOLE
    chart = ccda.read(ccda_files.write(tmp_path / "a.xml", text))
    assert not [one for one in chart.offered if one.group == "allergies"]


def test_a_name_in_another_script_is_kept_as_such(tmp_path: Path) -> None:
    text = WHOLE.replace("Lucía", "Лусия").replace("Example-Ibarra", "Пример")
    chart = ccda.read(ccda_files.write(tmp_path / "a.xml", text))
    assert "family_name" not in chart.told.values
    assert "Пример" in chart.told.values["name_own_script"]
    assert "Latin letters" in chart.notes[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_encodings_that_a_file_names_are_read(tmp_path: Path, encoding: str) -> None:
    text = WHOLE.replace('encoding="UTF-8"', f'encoding="{encoding}"')
    assert ccda.looks_like(path := ccda_files.write(tmp_path / "a.xml", text, encoding))
    assert ccda.read(path).told.values["given_name"] == "Lucía"


BODY = WHOLE[WHOLE.index("<Clin") :]
BOMB = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
BAD = {
    "external entity": (f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>{BODY}', "DOCTYPE"),
    "external dtd": (f'<!DOCTYPE a SYSTEM "http://example.org/a.dtd">{BODY}', "DOCTYPE"),
    "billion laughs": (f'<!DOCTYPE a [<!ENTITY l0 "ha">{BOMB}]><ClinicalDocument>&l9;</ClinicalDocument>', "DOCTYPE"),
    "deep": (WHOLE.replace("<title>Summary", "<a>" * 100_000 + "<title>Summary"), "nested"),
    "wrong root": ("<Bundle xmlns='http://hl7.org/fhir'/>", "begins with Bundle"),
    "no namespace": ("<ClinicalDocument/>", "begins with ClinicalDocument"),
    "html": ("<html><body>Sign in</body></html>", "begins with html"),
    "two patients": (WHOLE.replace("</recordTarget>", "</recordTarget>" + ccda_files.PATIENT, 1), "2 patients"),
    "nobody": (WHOLE.replace(ccda_files.PATIENT, ""), "no patient"),
    "cut": (WHOLE[:2000], "too early"),
    "empty": ("", "too early"),
    "unknown encoding": (WHOLE.replace("UTF-8", "klingon"), "encoding"),
    "unclosed": (WHOLE.replace("</title>", "", 1), "no XML that can be read"),
    "many parts": (WHOLE.replace("<title>Sum", "<a/>" * 310_000 + "<title>Sum"), "far more parts"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_document_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    text, why = BAD[name]
    with pytest.raises(BadFile) as refused:
        ccda.read(ccda_files.write(tmp_path / "chart.xml", text))
    sentence = str(refused.value)
    assert why in sentence
    assert sentence.startswith("The file chart.xml ")
    assert sentence.endswith(".")


def test_letters_of_another_encoding_than_the_one_named_are_said(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="not in the encoding"):
        ccda.read(ccda_files.write(tmp_path / "a.xml", WHOLE, "cp1252"))


def test_a_hundred_megabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    with path.open("wb") as file:
        file.write(b"<ClinicalDocument>")
        file.truncate(100_000_000)
    with pytest.raises(BadFile, match="100 MB"):
        ccda.read(path)


def test_damaged_documents_are_read_or_refused_and_nothing_else(tmp_path: Path) -> None:
    whole, path, refused = WHOLE.encode(), tmp_path / "a.xml", 0
    for number in range(400):
        path.write_bytes(ccda_files.mutated(whole, number))
        try:
            ccda.read(path)
        except BadFile:
            refused += 1
    assert 50 < refused < 400


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('<reference value="#a1"/>', '<reference value="#nowhere"/>', "1 of the allergies could not be read"),
        ('.4.7"', '.4.90"', "1 of the allergies could not be read"),
        ("<name>Ibuprofen</name>", "", "1 of the medications could not be read"),
    ],
)
def test_what_cannot_be_read_is_never_left_out_silently(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in WHOLE
    chart = ccda.read(ccda_files.write(tmp_path / "a.xml", WHOLE.replace(old, new)))
    assert said in " ".join(chart.notes)


@pytest.mark.parametrize(
    ("told", "noted"), [("Penicillin: anaphylaxis", True), ("No known allergies", False)]
)
def test_allergies_that_stand_in_a_text_alone_are_said(tmp_path: Path, told: str, noted: bool) -> None:
    start = WHOLE.index("<entry>", WHOLE.index("48765-2"))
    end = WHOLE.index("</section>", start)
    text = (WHOLE[:start] + WHOLE[end:]).replace("Penicillin G &lt;benzathine&gt;", told)
    chart = ccda.read(ccda_files.write(tmp_path / "a.xml", text))
    assert ("The allergies stand in a text" in " ".join(chart.notes)) is noted


def test_a_whole_document_leaves_nothing_unread(tmp_path: Path) -> None:
    assert "could not be read" not in " ".join(ccda.read(ccda_files.write(tmp_path / "a.xml")).notes)
