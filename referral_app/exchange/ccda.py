"""A C-CDA document (HL7 C-CDA R2.1) read as a patient, and as what a referral may begin with.

Source of elements and templates: HL7 C-CDA R2.1, US Realm Header, Allergies, Medications, Problem and Payers sections.
Nothing outside the file is ever looked up; a file with a DOCTYPE is refused before anything in it counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from referral_app.exchange import ccda_header, ccda_sections
from referral_app.exchange.ccda_parts import HL7, find, find_all, local
from referral_app.exchange.sources import BadFile, Seen, beginning, said_in_words, unchanged
from referral_app.services.patient_import_records import ToldPatient

LARGEST = 20_000_000
"""Bytes of a document; those of practice systems take some 100 kB to 2 MB, more with pictures inside."""
DEEPEST, MOST_PARTS = 100, 300_000
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Offered:
    """One thing of the chart that a referral may begin with; `group` is allergies, medications or problems.

    `value` is the row of the intake, or the ICD-10-CM code; `words` is what a person confirms, `note` a doubt.
    """

    group: str
    value: Any
    words: str
    note: str = ""


@dataclass(frozen=True)
class ChartFile:
    """What a document holds: the patient, when and by whom it was made, and what is offered for a referral."""

    title: str
    made: str
    told: ToldPatient
    offered: tuple[Offered, ...]
    notes: tuple[str, ...]


def looks_like(path: Path) -> bool:
    """Tell whether a file begins as XML does, so that it is read as a document of a chart and not as a table."""
    start = beginning(path, 4096)
    for letters in ("utf-8", "utf-16"):
        plain = start.decode(letters, "ignore").lstrip("\ufeff \t\r\n")
        if plain.startswith("<"):
            return True
    return False


def read(path: Path) -> ChartFile:
    """Return what a C-CDA file holds; raises BadFile with one sentence."""
    seen = Seen.of(path)
    if seen.size > LARGEST:
        raise BadFile(
            f"The file {path.name} is {seen.size / 1e6:,.0f} MB; a chart of one patient takes at most "
            f"{LARGEST / 1e6:,.0f} MB. Export a summary without pictures."
        )
    root = _parsed(path)
    unchanged(path, seen)
    if root.tag != f"{HL7}ClinicalDocument":
        raise BadFile(
            f"The file {path.name} is XML, but no C-CDA document: it begins with {local(root.tag)[:60]}."
        )
    people = find_all(root, "recordTarget/patientRole")
    if len(people) != 1:
        many = f"{len(people)} patients" if people else "no patient"
        raise BadFile(f"The file {path.name} holds {many}. Export the chart of one patient.")
    notes: list[str] = []
    values = ccda_header.patient(people[0], notes)
    coverage = ccda_sections.coverage(root, notes)
    offered = [Offered(*one) for one in ccda_sections.offered(root)]
    notes += ccda_sections.unread(root)
    title = "".join(node.itertext()) if (node := find(root, "title")) is not None else ""
    made = ccda_header.when(find(root, "effectiveTime"))
    return ChartFile(
        " ".join(title.split())[:200], made, ToldPatient(1, values, coverage), tuple(offered), tuple(notes)
    )


class _Guarded(TreeBuilder):
    """Builds the tree and refuses one that is deeper or larger than any chart."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    def start(self, tag: Any, attrs: Any, /) -> Any:
        """Count an element that opens."""
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST:
            raise _TooMuch("its parts are nested far deeper than in any chart")
        if self._count > MOST_PARTS:
            raise _TooMuch("it has far more parts than any chart")
        return super().start(tag, attrs)

    def end(self, tag: Any, /) -> Any:
        """Count an element that closes."""
        self._depth -= 1
        return super().end(tag)


class _TooMuch(Exception):
    """A document that nobody's system wrote."""


def _parsed(path: Path) -> Element:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    parser = DefusedXMLParser(target=_Guarded(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        with said_in_words(path), path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                parser.feed(chunk)
        return parser.close()
    except DefusedXmlException as error:
        raise BadFile(
            f"The file {path.name} holds instructions (a DOCTYPE or entities) that no chart needs. It was not opened."
        ) from error
    except _TooMuch as error:
        raise BadFile(f"The file {path.name} was not opened: {error}.") from error
    except (ParseError, LookupError, ValueError) as error:
        raise BadFile(
            f"The file {path.name} is no XML that can be read{_where(error)}. Export it again."
        ) from error


def _where(error: Exception) -> str:
    """Return where the reading ended and why, as far as that can be said."""
    line = getattr(error, "position", (0, 0))[0]
    code = getattr(error, "code", 0)
    why = ""
    if code == _BAD_LETTER:
        why = ": a letter there is not in the encoding that the file names"
    elif code in _CUT:
        why = ": it ends too early"
    elif isinstance(error, LookupError) or code in _ENCODINGS:
        why = ": its encoding is not known"
    return f" (line {line:,}){why}" if line else why


_BAD_LETTER = 4
_CUT = frozenset({3, 5, 6})
_ENCODINGS = frozenset({18, 19, 30})
"""Codes of expat: an invalid token; no element, an unclosed token, a part of a letter; encodings."""
