"""Which parts of a workbook are read piece by piece; they are found as openpyxl finds them, by type and relation."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from referral_app.exchange.sources import BadFile

_TYPES = "[Content_Types].xml"
_SHEETS = "xl/worksheets/"
_LARGEST = 2_000_000
"""Bytes of a table of types or relations; that of a workbook has some hundred for each sheet."""
_XML = (b"<", b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def streamed(archive: zipfile.ZipFile, path: Path) -> tuple[set[str], set[str]]:
    """Return the names of the parts that are sheets and nothing else, and of the tables of texts; raises BadFile."""
    types = dict[str, set[str]]()
    for item in _items(archive, _TYPES, path):
        types.setdefault(item.get("PartName", "").lstrip("/"), set()).add(item.get("ContentType", ""))
    strings = {
        name for name, kinds in types.items() if all(one.endswith("sharedStrings+xml") for one in kinds)
    }
    others = {
        name for name, kinds in types.items() if not all(one.endswith(".worksheet+xml") for one in kinds)
    }
    sheets = {name for name in archive.namelist() if _is_sheet(name) and name not in others}
    other_targets = set(_other_targets(archive, sheets, path))
    return sheets - other_targets, strings - other_targets


def is_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Tell whether a part can be read as XML, whatever its name: what begins otherwise is refused at its first byte."""
    with archive.open(part) as file:
        return file.read(512).lstrip().startswith(_XML)


def _is_sheet(name: str) -> bool:
    return posixpath.dirname(name) + "/" == _SHEETS and name.endswith(".xml")


def _other_targets(archive: zipfile.ZipFile, sheets: set[str], path: Path) -> Iterator[str]:
    """Yield what relations of the workbook take for something else than a sheet or a table of texts."""
    for name in archive.namelist():
        folder, last = posixpath.split(name)
        above = posixpath.dirname(folder)
        if posixpath.basename(folder) != "_rels" or posixpath.join(above, last[:-5]) in sheets:
            continue
        for item in _items(archive, name, path):
            target = item.get("Target", "")
            kind = item.get("Type", "")
            if "chartsheet" in kind or not kind.endswith(("/worksheet", "/sharedStrings")):
                yield target[1:] if target[:1] == "/" else posixpath.normpath(posixpath.join(above, target))


def _items(archive: zipfile.ZipFile, name: str, path: Path) -> list[Any]:
    from defusedxml import DefusedXmlException, ElementTree

    if archive.getinfo(name).file_size > _LARGEST:
        raise BadFile(
            f"The file {path.name} holds far more formatting than a table needs. Save it as CSV UTF-8."
        )
    try:
        return list(ElementTree.fromstring(archive.read(name)))
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise BadFile(f"The file {path.name} is no XLSX workbook that can be read.") from error
