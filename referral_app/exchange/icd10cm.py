"""The yearly files of ICD-10-CM and the April update, as CMS and CDC publish them: ZIP or text, codes or order file.

Layout of the order file: columns 1 to 5 order number, 7 to 13 code without dot, 15 "1" for a code and "0" for a
heading, 17 to 76 short title, from 78 the long title. Of the codes file: columns 1 to 7 code, then its long title;
codes alone. Source: the reader's guide "icd10OrderFiles" in CMS's ZIP file of code descriptions in tabular order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from referral_app.clinical import texts
from referral_app.clinical.code_lists import CodeLists
from referral_app.clinical.code_release import Entry, dotted, undotted
from referral_app.exchange.sources import BadFile, beginning, said_in_words
from referral_app.exchange.zip_limits import opened

LARGEST, LARGEST_ZIP = 64 << 20, 256 << 20
"""Bytes of a text and of a ZIP file unpacked; the order file of 2026 takes 14 MB, CMS's ZIP of all files 30."""
LEAST_CODES, MOST_LINES, LONGEST_TITLE = 60_000, 250_000, 500
"""Codes of a whole release (it has 74,719) and lines of a file; less may be cut short, more is something else."""

_CODE = re.compile(r"[A-Z]([0-9][0-9A-Z]|[A-Z][0-9])[0-9A-Z]{0,4}")
_ORDER = re.compile(r"\d{5} [A-Z][0-9A-Z]{2}")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


@dataclass(frozen=True)
class Proposal:
    """What the name of a file says of its release; None where it says nothing."""

    label: str = ""
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True)
class CodeFile:
    """A whole release out of a file: its codes and headings, and what the name of the file proposes."""

    name: str
    entries: tuple[Entry, ...]
    proposal: Proposal

    @property
    def leaves(self) -> int:
        """How many codes can be used."""
        return sum(one.leaf for one in self.entries)


def read(path: Path, known: CodeLists, least: int = LEAST_CODES) -> CodeFile:
    """Return the release in a file, with headings made of its codes where it has none.

    Their titles come from a release that is `known`. Raises BadFile with a sentence for anything else: another file,
    addenda, procedures (PCS), a list with fewer codes than `least`, one that is damaged or far too large.
    """
    name, content = _unzipped(path) if beginning(path, 4).startswith(b"PK\x03\x04") else _plain(path)
    _refuse_others(name)
    entries = _entries(_text(content, name), name)
    leaves = sum(one.leaf for one in entries)
    if leaves < least:
        raise BadFile(
            f"The file {name} holds {leaves:,} codes; a whole release has at least {least:,}. "
            "It may be cut short, or hold changes only."
        )
    return CodeFile(path.name, tuple(_with_headings(entries, known)), proposed(name, path.name))


def proposed(*names: str) -> Proposal:
    """Return label and effective dates by the name of a file and of the ZIP file around it.

    A release of a fiscal year holds from October 1 of the year before to September 30, its April update from April 1.
    """
    whole = " ".join(names)
    found = _YEAR.search(whole)
    if not found:
        return Proposal()
    year = int(found[0])
    if "april" in whole.casefold():
        return Proposal(f"ICD-10-CM April {year}", date(year, 4, 1), date(year, 9, 30))
    return Proposal(f"ICD-10-CM {year}", date(year - 1, 10, 1), date(year, 9, 30))


def _plain(path: Path) -> tuple[str, bytes]:
    with said_in_words(path):
        size = path.stat().st_size
        if size > LARGEST:
            raise BadFile(f"The file {path.name} has {size / 1e6:,.0f} MB; no list of codes is that large.")
        with path.open("rb") as file:
            return path.name, file.read(LARGEST + 1)


def _unzipped(path: Path) -> tuple[str, bytes]:
    """Return name and content of the list in a ZIP file; the order file, which has headings, before the codes file."""
    with opened(path, LARGEST_ZIP, "list of codes") as archive:
        names = {PurePosixPath(one.filename).name.casefold(): one for one in archive.infolist()}
        lists = [name for name in names if name.endswith(".txt") and "icd10cm" in re.sub(r"[-_ ]", "", name)]
        whole = [name for name in lists if "addenda" not in name and ("order" in name or "codes" in name)]
        if not whole:
            _refuse_others(" ".join(names))
            raise BadFile(
                f"The file {path.name} holds no list of ICD-10-CM codes. Of CMS's files, take "
                "“Code Descriptions in Tabular Order”."
            )
        part = names[min(whole, key=lambda name: ("order" not in name, name))]
        if part.file_size > LARGEST:
            raise BadFile(f"The file {path.name} unpacks to too much; no list of codes is that large.")
        return PurePosixPath(part.filename).name, archive.read(part)


def _refuse_others(name: str) -> None:
    plain = name.casefold()
    if "addenda" in plain or "addendum" in plain:
        raise BadFile(
            f"The file {name[:80]} holds changes only. Take the whole list: “icd10cm_order_2027.txt”."
        )
    if "pcs" in plain:
        raise BadFile(
            f"The file {name[:80]} holds procedures (ICD-10-PCS). Take the one of diagnoses, ICD-10-CM."
        )


def _text(content: bytes, name: str) -> str:
    """Return the letters of a list; its few accents come in UTF-8 or in those of Windows."""
    if b"\0" in content:
        raise BadFile(f"The file {name} is no text. Take the TXT or ZIP file of CMS.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadFile(f"The file {name} is no text that can be read. Take the TXT or ZIP file of CMS.")


def _entries(text: str, name: str) -> list[Entry]:
    lines = text.split("\n", MOST_LINES)
    if len(lines) > MOST_LINES:
        raise BadFile(f"The file {name} has more than {MOST_LINES:,} lines; no list of codes is that long.")
    first = next((line for line in lines if line.strip()), "")
    take = _of_order if _ORDER.match(first) else _of_codes
    found: dict[str, Entry] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            entry = take(line.rstrip())
            if entry is None:
                raise BadFile(_not_understood(name, number, bool(found)))
            if entry.code in found:
                raise BadFile(
                    f"The file {name} names {entry.code} twice, the second time in line {number:,}."
                )
            found[entry.code] = entry
    return list(found.values())


def _not_understood(name: str, number: int, after_codes: bool) -> str:
    if not after_codes:
        return (
            f"The file {name} is no list of ICD-10-CM codes: line {number:,} does not begin with a code. Take the file "
            "“icd10cm_order_2027.txt”, “icd10cm_codes_2027.txt” or the ZIP file of CMS around it."
        )
    return f"The file {name} is damaged: line {number:,} is not in the form of CMS. Download it again."


def _of_order(line: str) -> Entry | None:
    flag, title = line[14:15], line[77:].strip() or line[16:76].strip()
    if not line[:5].isdigit() or flag not in ("0", "1") or line[5:6] + line[13:14] + line[15:16] != "   ":
        return None
    return _entry(line[6:13], title, flag == "1")


def _of_codes(line: str) -> Entry | None:
    code, _, title = line.replace("\t", " ").partition(" ")
    return _entry(code, title, leaf=True)


def _entry(code: str, title: str, leaf: bool) -> Entry | None:
    code, title = code.strip(), " ".join(title.split())
    if not _CODE.fullmatch(code) or not title or texts.problem(title, LONGEST_TITLE, lines=False):
        return None
    return Entry(dotted(code), title, leaf)


def _with_headings(entries: Iterable[Entry], known: CodeLists) -> Iterator[Entry]:
    """Yield entries, and a heading for each beginning of a code that the file does not have itself."""
    listed = list(entries)
    have = {undotted(one.code) for one in listed}
    yield from listed
    wanted = {plain[:length] for plain in have for length in range(3, len(plain))} - have
    for plain in sorted(wanted):
        named = next((one for release in reversed(known.releases) if (one := release.find(plain))), None)
        yield Entry(dotted(plain), named.title if named else "", leaf=False)
