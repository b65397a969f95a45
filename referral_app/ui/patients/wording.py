"""What is said of a patient in a few words; pure functions of records."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from referral_app.choices import LANGUAGES, Authorization, ContactPreference, CoverageKind, Need, Sex
from referral_app.clinical import clock, dates, phones
from referral_app.clinical.fields import as_dict, as_list, given
from referral_app.services.patients import PatientRecord

Lines = list[tuple[str, str]]


def born(patient: PatientRecord, today: date | None = None) -> str:
    """Return the date of birth with the age, as typed where it cannot be read."""
    day = patient.born
    if day is None:
        typed = given(patient.values, "date_of_birth")
        return f"{typed} (not a date)" if typed else "Not given"
    return f"{dates.say(day)}, {years(dates.age(day, today or date.today()))}"


def years(number: int) -> str:
    """Return an age in words."""
    return f"{number} year{'' if number == 1 else 's'}"


def name(patient: PatientRecord) -> str:
    """Return the name as it stands in lists, with the preferred name."""
    preferred = given(patient.values, "preferred_name")
    return (patient.name or "No name yet") + (f" (“{preferred}”)" if preferred else "")


def number(patient: PatientRecord) -> str:
    """Return the phone as it is said."""
    return phones.say(patient.phone) if patient.phone else ""


def record_number(patient: PatientRecord) -> str:
    """Return the medical record number with its word, "" where there is none."""
    found = given(patient.values, "mrn")
    return f"MRN {found}" if found else ""


def facts(patient: PatientRecord) -> str:
    """Return what tells one of two patients from the other: born, phone, record number."""
    return " · ".join(part for part in (born(patient), number(patient), record_number(patient)) if part)


def moment(at: datetime) -> str:
    """Return when something was changed: the time today, else the date."""
    local = at.astimezone()
    return f"Today {clock.say(local)}" if local.date() == date.today() else dates.say(local.date())


def contact(values: dict[str, Any]) -> Lines:
    """Return the lines of how to reach a patient, phones apart."""
    message = _yes_no(values.get("message_ok"), "May be left", "May not be left")
    address = as_dict(values.get("address"))
    place = ", ".join(str(part) for part in (address.get("city"), address.get("state")) if part)
    town = " ".join(str(part) for part in (place, address.get("zip")) if part)
    street = ", ".join(str(part) for part in (address.get("line1"), address.get("line2"), town) if part)
    return _filled(
        ("Messages", message), ("Email", given(values, "email")), ("Address", street),
        ("Best way", _label(ContactPreference, values.get("contact_preference"))),
    )  # fmt: skip


def needs(values: dict[str, Any]) -> Lines:
    """Return the lines of language, interpreter, needs and who helps."""
    interpreter = _yes_no(values.get("interpreter_needed"), "Needed", "Not needed")
    if interpreter == "Needed" and (code := given(values, "interpreter_language")):
        interpreter = f"Needed, {LANGUAGES.get(str(code), str(code))}"
    language = given(values, "language")
    return _filled(
        ("Language", LANGUAGES.get(str(language), str(language)) if language else ""),
        ("Interpreter", interpreter),
        ("Needs", ", ".join(need.label for need in Need if need in as_list(values.get("needs")))),
        ("Support", _person(values.get("support_person"))),
        ("Represented by", _person(values.get("legal_representative"))),
        ("Sex", _label(Sex, values.get("sex"))),
        ("Own script", given(values, "name_own_script")),
    )


def coverage(row: dict[str, Any]) -> tuple[str, Lines]:
    """Return the title of a coverage, such as "Primary: Example Health PPO", and its lines."""
    kind = _label(CoverageKind, row.get("kind")) or "Coverage"
    payer = given(row, "payer")
    asked = as_dict(row.get("authorization"))
    status = _label(Authorization, asked.get("status"))
    authorization = ", ".join(str(part) for part in (status, asked.get("number")) if part)
    return f"{kind}: {payer}" if payer else kind, _filled(
        ("Plan", given(row, "plan")), ("Member ID", given(row, "member_id")), ("Group", given(row, "group")),
        ("Subscriber", given(row, "subscriber.name")), ("Claim", given(row, "claim_number")),
        ("Authorization", authorization),
    )  # fmt: skip


def _person(value: Any) -> str:
    person = as_dict(value)
    found = [str(person[key]) for key in ("name", "relation") if given(person, key)]
    phone = given(person, "phone")
    return ", ".join(
        [*found, *([phones.say(str(phone)).replace(" ", "\N{NO-BREAK SPACE}")] if phone else [])]
    )


def _yes_no(value: Any, yes: str, no: str) -> str:
    return yes if value is True else no if value is False else ""


def _label(choices: Any, value: Any) -> str:
    return next((str(one.label) for one in choices if one == value), "")


def _filled(*lines: tuple[str, Any]) -> Lines:
    return [(label, str(words)) for label, words in lines if words]


def other_number(patient: PatientRecord) -> str:
    """Return the other phone as it is said."""
    found = given(patient.values, "phone_alt")
    return phones.say(str(found)) if found else ""
