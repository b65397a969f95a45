"""The header of a C-CDA document: the patient's names, birth, addresses, phones, languages and guardian."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from referral_app.clinical import dates, texts
from referral_app.exchange import patient_cells
from referral_app.exchange.ccda_parts import clean, coded, find, find_all, words

_GENDERS = {"F": "female", "M": "male", "UN": "other"}


def patient(role: Element, notes: list[str]) -> dict[str, Any]:
    """Return the patient group of a patientRole; what cannot be taken is told in `notes`."""
    person = find(role, "patient")
    values: dict[str, Any] = _names(person, notes)
    birth = find(person, "birthTime")
    stamp = (birth.get("value") or "") if birth is not None else ""
    if stamp:
        _take(values, "date_of_birth", stamp[:8], patient_cells.day, "date of birth", notes)
    gender = find(person, "administrativeGenderCode")
    if gender is not None and gender.get("code") in _GENDERS:
        values["sex"] = _GENDERS[str(gender.get("code"))]
    if record := _record_number(role, notes):
        values["mrn"] = record
    values |= _telecoms(role, notes)
    if at := _address(role, notes):
        values["address"] = at
    values |= _language(person, notes)
    if guardian := _guardian(person, notes):
        values["legal_representative"] = guardian
    return values


def when(node: Element | None) -> str:
    """Return the day of a time stamp as it is said, "" where there is none."""
    stamp = (node.get("value") or "")[:8] if node is not None else ""
    if not re.fullmatch(r"\d{8}", stamp):
        return ""
    day = dates.stored(f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:]}")
    return dates.say(day) if day else ""


def _names(person: Element | None, notes: list[str]) -> dict[str, Any]:
    """Return the legal name in Latin letters; another name is the preferred one, or that in the own script."""
    found = find_all(person, "name")
    latin = [one for one in found if not texts.name_problem(words(one))]
    legal = next(
        (one for one in latin if "L" in (one.get("use") or "L").split()), latin[0] if latin else None
    )
    values: dict[str, Any] = {}
    if legal is not None:
        given = [
            words(one) for one in find_all(legal, "given") if "CL" not in (one.get("qualifier") or "").split()
        ]
        called = [
            words(one) for one in find_all(legal, "given") if "CL" in (one.get("qualifier") or "").split()
        ]
        families = [
            words(one) for one in find_all(legal, "family") if one.get("qualifier") not in ("BR", "SP")
        ]
        suffixes = [words(one) for one in find_all(legal, "suffix")]
        for name, value in (
            ("family_name", " ".join(filter(None, families))), ("given_name", given[0] if given else ""),
            ("middle_name", " ".join(given[1:])), ("suffix", " ".join(suffixes)),
            ("preferred_name", called[0] if called else ""),
        ):  # fmt: skip
            if value:
                values[name] = patient_cells.cased(value)
    foreign = [words(one) for one in found if one not in latin]
    if foreign:
        values["name_own_script"] = foreign[0]
        if legal is None:
            notes.append("The name is not in Latin letters; enter it as on the insurance card.")
    return values


def _record_number(role: Element, notes: list[str]) -> str:
    """Return the first record number; a Social Security number is never taken."""
    ids = [one for one in find_all(role, "id") if one.get("root") != "2.16.840.1.113883.4.1"]
    numbers = [number for one in ids if (number := clean(one.get("extension") or ""))]
    if len(numbers) > 1:
        notes.append(f"The file names {len(numbers)} record numbers; the first is taken as the MRN.")
    return numbers[0][:100] if numbers else ""


def _telecoms(node: Element, notes: list[str]) -> dict[str, Any]:
    """Return phones and email; a home or mobile number comes first."""
    values: dict[str, Any] = {}
    numbers: list[tuple[int, str]] = []
    for one in find_all(node, "telecom"):
        kind, _, value = (one.get("value") or "").partition(":")
        use = (one.get("use") or "").split()
        if kind.lower() == "mailto" and "email" not in values:
            _take(values, "email", value, patient_cells.email, "email", notes)
        elif (value and kind.lower() == "tel") or (not value and kind):
            order = next((at for at, name in enumerate(("HP", "MC", "HV", "WP")) if name in use), 4)
            numbers.append((order, value or kind))
    for name, (_, number) in zip(
        ("phone", "phone_alt"), sorted(numbers, key=lambda one: one[0]), strict=False
    ):
        _take(values, name, number, patient_cells.phone, "phone", notes)
    return values


def _address(node: Element, notes: list[str]) -> dict[str, Any]:
    addresses = [one for one in find_all(node, "addr") if not one.get("nullFlavor")]
    if not addresses:
        return {}
    at = min(addresses, key=lambda one: 0 if "H" in (one.get("use") or "") else 1)
    made: dict[str, Any] = {}
    lines = [line for one in find_all(at, "streetAddressLine") if (line := words(one))]
    for name, value in (
        ("line1", lines[0] if lines else ""), ("line2", ", ".join(lines[1:])), ("city", words(find(at, "city"))),
    ):  # fmt: skip
        if value:
            made[name] = value
    for name, part, read in (
        ("state", "state", patient_cells.state),
        ("zip", "postalCode", patient_cells.zip_code),
    ):
        if value := words(find(at, part)):
            _take(made, name, value, read, f"address ({name})", notes)
    return made


def _language(person: Element | None, notes: list[str]) -> dict[str, Any]:
    """Return the preferred language; whether an interpreter is needed the file does not say."""
    spoken = find_all(person, "languageCommunication")
    preferred = [one for one in spoken if _is_true(find(one, "preferenceInd"))] or spoken
    values: dict[str, Any] = {}
    for one in preferred[:1]:
        code = find(one, "languageCode")
        if code is not None and code.get("code"):
            _take(values, "language", str(code.get("code")), patient_cells.language, "language", notes)
    return values


def _is_true(node: Element | None) -> bool:
    return node is not None and node.get("value") == "true"


def _guardian(person: Element | None, notes: list[str]) -> dict[str, Any]:
    found = find_all(person, "guardian")
    if not found:
        return {}
    if len(found) > 1:
        notes.append(f"The file names {len(found)} guardians; the first is taken.")
    one = found[0]
    given = " ".join(filter(None, map(words, find_all(one, "guardianPerson/name/given"))))
    family = " ".join(filter(None, map(words, find_all(one, "guardianPerson/name/family"))))
    whole = f"{given} {family}".strip() or words(find(one, "guardianPerson/name"))
    name = whole or words(find(one, "guardianOrganization/name"))
    made: dict[str, Any] = {"name": name} if name else {}
    if relation := coded(None, find(one, "code")):
        made["relation"] = relation
    if phone := _telecoms(one, notes).get("phone"):
        made["phone"] = phone
    return made


def _take(
    values: dict[str, Any], name: str, text: str, read: Callable[[str], Any], label: str, notes: list[str]
) -> None:
    """Put an answer where it can be read, else say that it was left out."""
    try:
        values[name] = read(text)
    except ValueError as error:
        notes.append(f"The {label} was left out: {error}.")
