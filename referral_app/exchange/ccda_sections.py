"""The sections of a C-CDA document that a referral may begin with: allergies, medications, problems; and the payer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from referral_app.clinical import codes, pasted_headings
from referral_app.exchange.ccda_parts import (
    HL7,
    ICD10CM,
    TYPE,
    clean,
    coded,
    find,
    find_all,
    has_template,
    under,
    words,
)

ALLERGIES, MEDICATIONS, PROBLEMS, PAYERS = "48765-2", "10160-0", "11450-4", "48768-6"
"""LOINC codes of the sections."""
_T = "2.16.840.1.113883.10.20.22.4."
ALLERGY, REACTION, MEDICATION, PROBLEM, POLICY = (_T + part for part in ("7", "9", "16", "4", "61"))
MOST = 200
_OVER = frozenset({"completed", "aborted", "suspended", "cancelled", "nullified"})
_GONE = frozenset({"413322009", "73425007"})
"""SNOMED CT codes of the status Resolved and Inactive."""

Item = tuple[str, Any, str, str]


def offered(root: Element) -> Iterator[Item]:
    """Yield group, value, words and a doubt of each thing that a referral may take over, none twice."""
    known: set[tuple[str, str]] = set()
    for group, read in (("allergies", _allergies), ("medications", _medications), ("problems", _problems)):
        for value, said, note in list(read(root))[:MOST]:
            if (group, said) not in known:
                known.add((group, said))
                yield group, value, said, note


def unread(root: Element) -> list[str]:
    """Return in sentences what of allergies and medications stands in a file and is not offered."""
    found: list[str] = []
    for code, what, tag, name in (
        (ALLERGIES, "allergies", "observation", _allergy_name),
        (MEDICATIONS, "medications", "substanceAdministration", _medication_name),
    ):
        number = said = 0
        for section in _sections(root, code):
            entries = find_all(section, "entry")
            read = sum(any(name(section, one) for one in under(entry, tag)) for entry in entries)
            number += len(entries) - min(read, MOST)
            text = words(find(section, "text"))
            said += bool(not entries and text and not pasted_headings.says_none(text))
        if number:
            found.append(f"{number:,} of the {what} could not be read. Look at the chart itself.")
        elif said:
            found.append(f"The {what} stand in a text that is not taken over. Look at the chart itself.")
    return found


def _allergy_name(section: Element, one: Element) -> str:
    """Return the substance of an observation, or a word where it says that there is none; "" where nothing is read."""
    if one.get("negationInd") == "true":
        return "none"
    return _substance(section, one) if has_template(one, ALLERGY) else ""


def _medication_name(section: Element, one: Element) -> str:
    material = find(one, "consumable/manufacturedProduct/manufacturedMaterial")
    if one.get("negationInd") == "true":
        return "none"
    name = coded(section, find(material, "code")) or words(find(material, "name"))
    return name if has_template(one, MEDICATION) else ""


def _sections(root: Element, code: str) -> list[Element]:
    found = find_all(root, "component/structuredBody/component/section")
    return [one for one in found if (head := find(one, "code")) is not None and head.get("code") == code]


def _allergies(root: Element) -> Iterator[tuple[dict[str, Any], str, str]]:
    for section in _sections(root, ALLERGIES):
        for one in under(section, "observation"):
            if not has_template(one, ALLERGY):
                continue
            name = _substance(section, one)
            if one.get("negationInd") == "true" or not name:
                continue
            reactions = [
                said
                for other in under(one, "observation")
                if has_template(other, REACTION) and (said := coded(section, find(other, "value")))
            ]
            row = {"substance": name} | ({"reaction": ", ".join(reactions)} if reactions else {})
            yield row, f"{name} ({', '.join(reactions)})" if reactions else name, _status_note(one)


def _substance(section: Element, one: Element) -> str:
    playing = find(one, "participant/participantRole/playingEntity")
    return coded(section, find(playing, "code")) or words(find(playing, "name"))


def _medications(root: Element) -> Iterator[tuple[dict[str, Any], str, str]]:
    for section in _sections(root, MEDICATIONS):
        for one in under(section, "substanceAdministration"):
            material = find(one, "consumable/manufacturedProduct/manufacturedMaterial")
            name = coded(section, find(material, "code")) or words(find(material, "name"))
            if one.get("negationInd") == "true" or not name or not has_template(one, MEDICATION):
                continue
            row: dict[str, Any] = {"name": name}
            if dose := _amount(find(one, "doseQuantity")):
                row["dose"] = dose
            if often := _frequency(one):
                row["frequency"] = often
            yield row, ", ".join(row.values()), _medication_note(one)


def _medication_note(one: Element) -> str:
    status = find(one, "statusCode")
    return "May have ended" if status is not None and status.get("code") in _OVER else ""


def _amount(node: Element | None) -> str:
    if node is None or not node.get("value"):
        return ""
    unit = node.get("unit") or ""
    return clean(f"{node.get('value')} {'' if unit in ('1', '{tbl}') else unit}")[:60]


def _frequency(one: Element) -> str:
    """Return how often a medication is taken, of a periodic interval: "every 12 hours"."""
    names = {"h": "hours", "d": "days", "wk": "weeks", "mo": "months", "min": "minutes"}
    for when in find_all(one, "effectiveTime"):
        period = find(when, "period")
        if (when.get(TYPE) or "").endswith("PIVL_TS") and period is not None and period.get("value"):
            unit = names.get(period.get("unit") or "", period.get("unit") or "")
            return clean(f"every {period.get('value')} {unit}")[:60]
    return ""


def _problems(root: Element) -> Iterator[tuple[str, str, str]]:
    """Yield problems that carry an ICD-10-CM code, in their value or a translation of it."""
    for section in _sections(root, PROBLEMS):
        for one in under(section, "observation"):
            if not has_template(one, PROBLEM) or one.get("negationInd") == "true":
                continue
            value = find(one, "value")
            for node in [*([value] if value is not None else []), *find_all(value, "translation")]:
                code = codes.read((node.get("code") or "").strip())
                if node.get("codeSystem") != ICD10CM or not code:
                    continue
                name = codes.title(code) or coded(section, node) or coded(section, value)
                wrong = codes.problem(code)
                yield code, f"{code} {name}".strip(), wrong or _status_note(one)


def _status_note(one: Element) -> str:
    for other in find_all(one, "entryRelationship/observation/value"):
        if other.get("code") in _GONE:
            return "Marked as resolved or inactive"
    return (
        "Has an end date" if (end := find(one, "effectiveTime/high")) is not None and end.get("value") else ""
    )


def coverage(root: Element, notes: list[str]) -> list[dict[str, Any]]:
    """Return the first two payers with member ID and group, as far as the file names them."""
    rows: list[dict[str, Any]] = []
    for section in _sections(root, PAYERS):
        for one in section.iter(f"{HL7}act"):
            if not has_template(one, POLICY):
                continue
            payer = next(
                (name for node in find_all(one, "performer/assignedEntity/representedOrganization/name")
                 if (name := words(node))), "",
            )  # fmt: skip
            row: dict[str, Any] = {"kind": "primary" if not rows else "secondary", "payer": payer}
            for who in find_all(one, "participant"):
                if who.get("typeCode") == "COV" and (number := find(who, "participantRole/id")) is not None:
                    row["member_id"] = clean(number.get("extension") or "")[:100]
            if group := next(
                (one.get("extension") for one in find_all(one, "id") if one.get("extension")), ""
            ):
                row["group"] = clean(group)[:100]
            if payer and len(rows) < 2:
                rows.append({key: value for key, value in row.items() if value})
    if rows:
        notes.append("Check the coverage against the insurance card.")
    return rows
