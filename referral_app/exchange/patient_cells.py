"""One cell of a list of patients read: names, dates in US or ISO form, phones, words for sex and language.

Every reader takes a text and returns the answer as the intake holds it, or raises ValueError with one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from referral_app.choices import LANGUAGES, STATE_NAMES, STATES
from referral_app.clinical import answers, dates, phones, texts
from referral_app.exchange.cell_values import with_zeros
from referral_app.services.folding import fold

LONGEST = 300
_SEXES = {
    "female": "f female woman w girl femenino mujer",
    "male": "m male man boy masculino hombre",
    "other": "o other x nonbinary non binary nb un undifferentiated",
    "unknown": "u unknown unk not known declined decline",
}
_YES = frozenset({"y", "yes", "true", "1", "t", "x", "si", "needed"})
_NO = frozenset({"n", "no", "false", "0", "f", "not needed"})
_EMPTY = frozenset({"", "n a", "na", "none", "null", "nil", "unknown", "unk"})
_THREE = {
    "eng": "en", "spa": "es", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "zho": "zh", "chi": "zh", "vie": "vi",
    "kor": "ko", "rus": "ru", "ara": "ar", "por": "pt", "tgl": "tl", "fil": "tl", "hin": "hi", "ita": "it", "pol": "pl",
    "jpn": "ja", "amh": "am", "fas": "fa", "per": "fa", "urd": "ur", "ben": "bn", "nep": "ne", "ukr": "uk", "heb": "he",
    "tur": "tr", "tha": "th", "hat": "ht", "guj": "gu", "pan": "pa", "tam": "ta", "tel": "te", "som": "so", "swa": "sw",
}  # fmt: skip
"""Codes of three letters (ISO 639-2) in those of two."""
_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})[T ]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([AaPp][Mm]|Z)?"
)


_FORMULA = frozenset("=+@|")
"""A name that begins so came out of a spreadsheet's formula, and would be one again in the next."""
_ROUNDED = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d+")


def text(cell: str) -> str:
    """Return a text on one line without what cannot be seen; raises ValueError for one that is too long."""
    plain = " ".join("".join(mark for mark in cell if mark in "\t\n\r" or not texts.hidden(mark)).split())
    if len(plain) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST} characters")
    return plain


def name(cell: str) -> str:
    """Return a legal name in Latin letters; names all in capitals are written as names are."""
    plain = text(cell)
    if plain[:1] in _FORMULA:
        raise ValueError(f"{plain[:40]} is a formula and no name")
    if texts.name_problem(plain):
        raise ValueError("it is not in Latin letters, as on the insurance card")
    return cased(plain)


def cased(plain: str) -> str:
    """Return a name that is all in capitals or all in small letters as names are written."""
    if not (plain.isupper() or plain.islower()) or len(plain) < 3:
        return plain
    made = re.sub(r"[^\W\d_]+", lambda found: found[0][:1].upper() + found[0][1:].lower(), plain)
    made = re.sub(r"\bMc([a-z])", lambda found: "Mc" + found[1].upper(), made)
    return re.sub(r"\b(Ii|Iii|Iv)\b", lambda found: found[0].upper(), made)


def day(cell: str) -> str:
    """Return a date of birth in ISO form from a US or ISO date, with or without a time of day."""
    plain = text(cell)
    found = _TIME.fullmatch(plain)
    try:
        read = dates.read_date(found[1] if found else plain)
    except ValueError as error:
        raise ValueError(
            f"{plain[:40]} is no date: {str(error)[:1].lower()}{str(error)[1:].rstrip('.')}"
        ) from error
    if read > date.today():
        raise ValueError(f"{dates.say(read)} is in the future")
    return read.isoformat()


def phone(cell: str) -> str:
    """Return a phone number as it was written."""
    plain = text(cell)
    if phones.problem(plain):
        raise ValueError(f"{plain[:40]} is no phone number with its area code")
    return plain


def sex(cell: str) -> str:
    """Return the sex by a letter or word."""
    plain = fold(cell)
    for value, words in _SEXES.items():
        if plain in words.split() or plain == value or (" " in plain and plain in words):
            return value
    raise ValueError(f"{cell.strip()[:40]} is no word for sex that is known")


def language(cell: str) -> str:
    """Return the two-letter code of a language given as a code of two or three letters or in English."""
    plain = text(cell).strip().lower()
    head = re.split(r"[-_]", plain)[0]
    if head in LANGUAGES:
        return head
    if head in _THREE and _THREE[head] in LANGUAGES:
        return _THREE[head]
    if found := _languages().get(fold(plain)):
        return found
    raise ValueError(f"{cell.strip()[:40]} is no language that is known")


@cache
def _languages() -> dict[str, str]:
    """Return codes by the English names of languages, each part of a name with several."""
    found: dict[str, str] = {}
    for code, label in LANGUAGES.items():
        for part in (label, *re.split(r"[,;()/]| or ", label)):
            if fold(part):
                found.setdefault(fold(part), code)
    return found | {"mandarin": "zh", "cantonese": "zh", "espanol": "es", "farsi": "fa", "tagalog": "tl"}


def number(cell: str) -> str:
    """Return a record number as it was written; raises ValueError for one that a spreadsheet rounded."""
    plain = text(cell)
    if _ROUNDED.fullmatch(plain):
        raise ValueError(f"{plain[:40]} was rounded by a spreadsheet; type the whole number")
    return plain


def yes_no(cell: str) -> bool:
    """Return yes or no."""
    plain = fold(cell)
    if plain in _YES or plain in _NO:
        return plain in _YES
    raise ValueError(f"{cell.strip()[:40]} is neither yes nor no")


def state(cell: str) -> str:
    """Return the two letters of a state, also from its name."""
    plain = text(cell)
    code = STATE_NAMES.get(plain.casefold(), plain.upper())
    if code in STATES:
        return code
    raise ValueError(f"{plain[:40]} is no state of the United States")


def zip_code(cell: str) -> str:
    """Return a ZIP code; one that lost the zeros at its beginning in a spreadsheet gets them back."""
    plain = with_zeros(text(cell).replace(" ", ""))
    if re.fullmatch(r"\d{9}", plain):
        plain = f"{plain[:5]}-{plain[5:]}"
    if not re.fullmatch(answers.ZIP, plain):
        raise ValueError(f"{plain[:40]} is no ZIP code of five digits")
    return plain


def email(cell: str) -> str:
    """Return an email address."""
    plain = text(cell)
    if len(plain) > answers.LONGEST_EMAIL or not re.fullmatch(answers.EMAIL, plain):
        raise ValueError(f"{plain[:40]} is no email address")
    return plain


READERS: dict[str, Callable[[str], Any]] = {
    "text": text, "number": number, "name": name, "date": day, "phone": phone, "sex": sex, "language": language,
    "yes_no": yes_no, "state": state, "zip": zip_code, "email": email,
}  # fmt: skip


def is_empty(cell: str) -> bool:
    """Tell whether a cell says nothing: empty, or a word that programs write for that."""
    return fold(cell) in _EMPTY
