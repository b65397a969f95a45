"""Phone numbers: kept as typed, checked, and said in one way.

Numbers without a country code are of the United States. Only the form is checked, so that the fictional numbers
555-0100 to 555-0199 pass; source of the forms: libphonenumber.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_COUNTRY = "US"
_LONGEST = 60


def problem(text: str, what: str = "phone") -> str:
    """Return what is wrong with a phone number, or a fax one, as one sentence, "" where nothing is."""
    return (
        ""
        if _read(text[: _LONGEST + 1])
        else f"Type the {what} number with its area code, such as 410-555-0142."
    )


def say(text: str) -> str:
    """Return a number as it is printed, (410) 555-0142 ext. 12; what is no number comes back as it is."""
    number = _read(text[: _LONGEST + 1])
    if number is None:
        return text
    import phonenumbers
    from phonenumbers import PhoneNumberFormat

    style = PhoneNumberFormat.NATIONAL if number.country_code == 1 else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def digits(text: str) -> str:
    """Return the digits to search by, without extension and, within the United States, without the leading 1."""
    number = _read(text[: _LONGEST + 1])
    if number is None:
        return "".join(letter for letter in text[:_LONGEST] if letter.isascii() and letter.isdigit())
    import phonenumbers

    national = phonenumbers.national_significant_number(number)
    return national if number.country_code == 1 else f"{number.country_code}{national}"


@lru_cache(maxsize=4096)
def _read(text: str) -> PhoneNumber | None:
    """Return the number; the rules of all countries are read in at the first one (0.1 s), not at the start."""
    import phonenumbers
    from phonenumbers import ValidationResult

    if len(text) > _LONGEST:
        return None
    try:
        number = phonenumbers.parse(text, _COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    possible = phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
    return number if possible else None
