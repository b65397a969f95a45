"""Invented files as NPPES publishes them each month: 330 columns with their real headings, nobody real in them."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from referral_app.clinical import npi

_HEAD = (
    "NPI|Entity Type Code|Replacement NPI|Employer Identification Number (EIN)|"
    "Provider Organization Name (Legal Business Name)|Provider Last Name (Legal Name)|Provider First Name|"
    "Provider Middle Name|Provider Name Prefix Text|Provider Name Suffix Text|Provider Credential Text|"
    "Provider Other Organization Name|Provider Other Organization Name Type Code|Provider Other Last Name|"
    "Provider Other First Name|Provider Other Middle Name|Provider Other Name Prefix Text|"
    "Provider Other Name Suffix Text|Provider Other Credential Text|Provider Other Last Name Type Code|"
    "Provider First Line Business Mailing Address|Provider Second Line Business Mailing Address|"
    "Provider Business Mailing Address City Name|Provider Business Mailing Address State Name|"
    "Provider Business Mailing Address Postal Code|Provider Business Mailing Address Country Code (If outside U.S.)|"
    "Provider Business Mailing Address Telephone Number|Provider Business Mailing Address Fax Number|"
    "Provider First Line Business Practice Location Address|Provider Second Line Business Practice Location Address|"
    "Provider Business Practice Location Address City Name|Provider Business Practice Location Address State Name|"
    "Provider Business Practice Location Address Postal Code|"
    "Provider Business Practice Location Address Country Code (If outside U.S.)|"
    "Provider Business Practice Location Address Telephone Number|"
    "Provider Business Practice Location Address Fax Number|Provider Enumeration Date|Last Update Date|"
    "NPI Deactivation Reason Code|NPI Deactivation Date|NPI Reactivation Date|Provider Sex Code|"
    "Authorized Official Last Name|Authorized Official First Name|Authorized Official Middle Name|"
    "Authorized Official Title or Position|Authorized Official Telephone Number"
)
_TAIL = (
    "Is Sole Proprietor|Is Organization Subpart|Parent Organization LBN|Parent Organization TIN|"
    "Authorized Official Name Prefix Text|Authorized Official Name Suffix Text|Authorized Official Credential Text"
)
FAMILY = (
    "KEEN", "O'BRIEN", "MCLEAN", "OKONKWO", "SMITH-JONES", "PARK", "HADDAD", "ABERNATHY", "LINDQVIST", "QUINTERO",
    "VASQUEZ", "NGUYEN", "BRIGHTWATER", "FERNSBY", "HOLLOWAY",
)  # fmt: skip
GIVEN = (
    "ANA",
    "JAMES",
    "MARGUERITE",
    "CHIDI",
    "SAMIRA",
    "MIN-JUN",
    "TORSTEN",
    "ROSALIND",
    "BEATRIZ",
    "ODILE",
)
PLACES = (
    ("BALTIMORE", "MD", "21231"), ("TOWSON", "MD", "212041234"), ("WASHINGTON", "DC", "20037"),
    ("ALEXANDRIA", "VA", "22314"), ("FREDERICK", "MD", "21701"), ("HOUSTON", "TX", "77002"),
    ("PHILADELPHIA", "PA", "19104"), ("BOSTON", "MA", "02114"), ("CHICAGO", "IL", "60611"),
)  # fmt: skip
CODES = ("2082S0099X", "208200000X", "2084N0400X", "207T00000X", "208VP0014X", "207V00000X")


def headings() -> list[str]:
    """Return the 330 headings."""
    names = _HEAD.split("|")
    for n in range(1, 16):
        names += [
            f"Healthcare Provider Taxonomy Code_{n}", f"Provider License Number_{n}",
            f"Provider License Number State Code_{n}", f"Healthcare Provider Primary Taxonomy Switch_{n}",
        ]  # fmt: skip
    for n in range(1, 51):
        names += [
            f"Other Provider Identifier_{n}", f"Other Provider Identifier Type Code_{n}",
            f"Other Provider Identifier State_{n}", f"Other Provider Identifier Issuer_{n}",
        ]  # fmt: skip
    names += _TAIL.split("|")
    return [*names, *(f"Healthcare Provider Taxonomy Group_{n}" for n in range(1, 16)), "Certification Date"]


HEADINGS = headings()
MOMENT = datetime(2026, 10, 11, 12, tzinfo=UTC)
"""When the invented files are of."""
_AT = {name: place for place, name in enumerate(HEADINGS)}


def number(n: int) -> str:
    """Return the n-th invented NPI: it begins with 99, unlike those of the directory, and its check digit is right."""
    start = f"99{n:07}"
    return next(start + digit for digit in "0123456789" if npi.valid(start + digit))


def row(n: int, **cells: str) -> list[str]:
    """Return the n-th provider as a row; `cells` are by heading."""
    city, state, code = PLACES[n % len(PLACES)]
    told = {
        "NPI": number(n), "Entity Type Code": "1",
        "Provider Last Name (Legal Name)": FAMILY[n % len(FAMILY)] + _letters(n // 150),
        "Provider First Name": GIVEN[n % len(GIVEN)], "Provider Credential Text": "M.D.",
        "Provider First Line Business Practice Location Address": f"{100 + n % 9000} EXAMPLE ST NW",
        "Provider Business Practice Location Address City Name": city,
        "Provider Business Practice Location Address State Name": state,
        "Provider Business Practice Location Address Postal Code": code,
        "Provider Business Practice Location Address Country Code (If outside U.S.)": "US",
        "Provider Business Practice Location Address Telephone Number": f"410555{100 + n % 50:04}",
        "Provider Business Practice Location Address Fax Number": f"410555{150 + n % 50:04}" if n % 3 == 0 else "",
        "Provider Enumeration Date": "05/23/2006", "Last Update Date": "10/01/2026", "Provider Sex Code": "F",
        "Healthcare Provider Taxonomy Code_1": CODES[n % len(CODES)],
        "Healthcare Provider Primary Taxonomy Switch_1": "Y", "Is Sole Proprietor": "N",
        "Provider First Line Business Mailing Address": f"{100 + n % 9000} EXAMPLE ST NW",
        "Provider Business Mailing Address City Name": city,
    }  # fmt: skip
    made = [""] * len(HEADINGS)
    for name, cell in (told | cells).items():
        made[_AT[name]] = cell
    return made


def _letters(n: int) -> str:
    """Return a number in letters, so that family names are many."""
    text = ""
    while n:
        n, rest = divmod(n, 26)
        text += chr(65 + rest)
    return text


def write(path: Path, rows: Any) -> Path:
    """Write rows under the headings, quoted throughout as the published file is."""
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        out.writerow(HEADINGS)
        out.writerows(rows)
    return path


def many(path: Path, count: int, start: int = 0) -> Path:
    """Write a file with so many providers, all of them people."""
    return write(path, (row(n) for n in range(start, start + count)))


def mixed() -> Iterator[list[str]]:
    """Yield providers of every kind: people of several states, an organization, a deactivated NPI."""
    yield from (row(n) for n in range(18))
    yield row(
        18, **{"Entity Type Code": "2", "Provider Organization Name (Legal Business Name)": "EXAMPLE CLINIC"}
    )
    gone = [""] * len(HEADINGS)
    gone[_AT["NPI"]], gone[_AT["NPI Deactivation Date"]] = number(19), "03/01/2020"
    yield gone
    yield row(20, **{"NPI Deactivation Date": "03/01/2020", "NPI Reactivation Date": "04/01/2020"})


def zipped(path: Path, table: Path) -> Path:
    """Pack a table as the month is published: beside a headings file and other tables."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(table, "npidata_pfile_20050523-20261011.csv")
        archive.writestr("npidata_pfile_20050523-20261011_fileheader.csv", ",".join(HEADINGS))
        archive.writestr("pl_pfile_20050523-20261011.csv", "NPI\n")
        archive.writestr("NPPES_Data_Dissemination_Readme.pdf", b"%PDF-1.4")
    return path
