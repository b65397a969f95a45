"""Reading parts of a C-CDA document: elements by path, codes, names and the texts that they refer to."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from referral_app.exchange import patient_cells

HL7, SDTC = "{urn:hl7-org:v3}", "{urn:hl7-org:sdtc}"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
ICD10CM = "2.16.840.1.113883.6.90"
_LONGEST = 300


def local(tag: str) -> str:
    """Return the name of an element without its namespace."""
    return tag.rpartition("}")[2]


def _full(path: str) -> str:
    return "/".join(f"{HL7}{name}" for name in path.split("/"))


def find(node: Element | None, path: str) -> Element | None:
    """Return the first element at a path of HL7 names, None where there is none."""
    return None if node is None else node.find(_full(path))


def find_all(node: Element | None, path: str) -> list[Element]:
    """Return the elements at a path of HL7 names."""
    return [] if node is None else node.findall(_full(path))


def words(node: Element | None) -> str:
    """Return the text of an element and all in it on one line, "" for one that is not known."""
    if node is None or node.get("nullFlavor"):
        return ""
    return clean("".join(node.itertext()))


def clean(text: str) -> str:
    """Return a text of a file on one line, without what cannot be seen, and not too long."""
    try:
        return patient_cells.text(text[: 4 * _LONGEST])
    except ValueError:
        return patient_cells.text(text[:_LONGEST])


def under(node: Element | None, name: str) -> Iterator[Element]:
    """Yield every element of a name below another."""
    if node is not None:
        yield from node.iter(f"{HL7}{name}")


def has_template(node: Element, root: str) -> bool:
    """Tell whether an element says that it follows a template."""
    return any(one.get("root") == root for one in find_all(node, "templateId"))


def coded(section: Element | None, code: Element | None) -> str:
    """Return what a coded value is called: its display name, its original text, or the text that it refers to."""
    if code is None:
        return ""
    if shown := clean(code.get("displayName") or ""):
        return shown
    for original in find_all(code, "originalText"):
        if said := words(original) or referred(section, original):
            return said
    for other in find_all(code, "translation"):
        if shown := clean(other.get("displayName") or ""):
            return shown
    return ""


def referred(section: Element | None, node: Element) -> str:
    """Return the text of a section that an element refers to by "#id"."""
    reference = find(node, "reference")
    name = (reference.get("value") or "").removeprefix("#") if reference is not None else ""
    if not name or section is None:
        return ""
    text = find(section, "text")
    if text is None:
        return ""
    return next((words(one) for one in text.iter() if one.get("ID") == name), "")
