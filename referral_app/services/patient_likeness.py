"""How much two patients look like one person: a score and why, in words; pure functions of the intake's groups."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from referral_app.clinical import dates, phones, texts
from referral_app.clinical.fields import given
from referral_app.services import likeness
from referral_app.services.folding import fold, forgiven
from referral_app.services.likeness import Likeness

Values = Mapping[str, Any]

_NICKNAMES = (
    "abigail abby gail", "albert al bert", "alexander alex sasha", "alexandra alex sandra",
    "andrew andy drew", "anthony tony", "barbara barb babs", "benjamin ben",
    "catherine katherine kathryn cathy kathy kate katie kay", "charles charlie chuck",
    "christina christine chris tina", "christopher chris", "cynthia cindy", "daniel dan danny", "david dave",
    "deborah debra deb debbie", "donald don", "dorothy dot dottie", "edward ed eddie ted",
    "elizabeth liz beth betty eliza lisa", "eugene gene", "frances fran", "francisco paco pancho",
    "frederick fred", "gabriel gabe", "george jorge", "gerald jerry", "gregory greg", "guadalupe lupe",
    "guillermo memo", "henry hank harry", "ignacio nacho", "isabel isabella bella", "jacob jake",
    "james jim jimmy jamie", "jeffrey jeff", "jennifer jen jenny", "jesus chuy", "john jack johnny",
    "jonathan jon", "jose pepe", "joseph joe joey", "joshua josh", "judith judy", "kenneth ken",
    "kimberly kim", "lawrence larry", "leonard leo len", "luis lucho", "margaret maggie meg peggy rita",
    "maria mary mia", "matthew matt", "michael mike mick", "nancy ann", "natalie nat", "nicholas nick",
    "pamela pam", "patricia pat patty trish", "patrick pat", "peter pete", "philip phil", "rafael rafa",
    "raymond ray", "rebecca becky", "richard rick dick rich", "robert bob bobby rob", "ronald ron",
    "rosario charo", "samantha sam", "samuel sam", "sandra sandy", "sarah sally", "stephanie steph",
    "stephen steven steve", "susan sue suzanne", "teresa theresa terry", "thomas tom tommy", "timothy tim",
    "valerie val", "victoria vicky tori", "vincent vince", "virginia ginny", "walter walt",
    "william bill billy will liam", "zachary zach",
)  # fmt: skip
"""First names and what people with them are called; a name may stand in several lines."""

_GROUPS: dict[str, set[int]] = {}
for _number, _line in enumerate(_NICKNAMES):
    for _name in _line.split():
        _GROUPS.setdefault(_name, set()).add(_number)

Reason = tuple[int, str]


def judge(one: Values, other: Values) -> Likeness:
    """Return how alike two patients are, 0 to 100, and why; a score of `likeness.ENOUGH` is worth a question."""
    weight, name_words = _names(one, other)
    born_weight, born_words = born(_day(one), _day(other))
    shared, apart = list(_shared(one, other)), list(_apart(one, other))
    same_mrn = any(words == "MRN" for _, words in shared)
    if not weight and not (same_mrn and born_weight > 0):
        return likeness.NONE
    score = weight + born_weight + sum(points for points, _ in shared) - sum(points for points, _ in apart)
    same = [
        *(["name"] if name_words == "" and weight else []),
        *(["date of birth"] if born_words == "" else []),
    ]
    same += [words for _, words in shared]
    differ = [words for words in (name_words if weight else "the names differ", born_words or "") if words]
    differ += [words for _, words in apart]
    reasons = ([f"same {texts.listed(same)}"] if same else []) + differ
    return Likeness(max(0, min(score, likeness.SURE)), tuple(reasons))


def sentence(reasons: Sequence[str]) -> str:
    """Return reasons as people read them: "Same date of birth and phone; the first name differs by one letter"."""
    said = "; ".join(reasons)
    return said[:1].upper() + said[1:]


# Names


def _names(one: Values, other: Values) -> Reason:
    """Return what two names weigh and how they differ, "" where they do not."""
    first, last = _folded(one, "given_name"), _folded(one, "family_name")
    first2, last2 = _folded(other, "given_name"), _folded(other, "family_name")
    if not (last and last2):
        return 0, ""
    if (first, last) == (first2, last2):
        return 50, ""
    if first and (first, last) == (last2, first2):
        return 45, "first and last name are swapped"
    if not (first and first2):
        return (35, "one has no first name") if last == last2 else (0, "")
    if last == last2:
        return _first_names(one, other, first, first2)
    if (weight := _last_names(last, last2))[0] and _is_like(one, other, first, first2):
        return weight
    if first == first2:
        return 25, "the last names differ"
    return 0, ""


def _first_names(one: Values, other: Values, first: str, first2: str) -> Reason:
    if _is_nickname(first, first2):
        return 42, "one first name is short for the other"
    if first2 == _folded(one, "preferred_name") or first == _folded(other, "preferred_name"):
        return 42, "one is called by the other's first name"
    if first.replace(" ", "") == first2.replace(" ", ""):
        return 45, "the first name is written in another way"
    if 1 in (len(first), len(first2)) and first[0] == first2[0]:
        return 35, "one has only the initial of the first name"
    if first.split()[0] == first2.split()[0] or first.startswith(first2) or first2.startswith(first):
        return 42, "the first names begin alike"
    if letters := near(first, first2):
        return 40, f"the first name differs by {_letters(letters)}"
    return 0, ""


def _last_names(last: str, last2: str) -> Reason:
    parts, parts2 = set(last.split()), set(last2.split())
    if last.replace(" ", "") == last2.replace(" ", ""):
        return 45, "the last name is written in another way"
    if parts < parts2 or parts2 < parts:
        return 42, "one has a second last name"
    if any(len(word) > 3 for word in parts & parts2):
        return 40, "they share one of two last names"
    if letters := near(last, last2):
        return 40, f"the last name differs by {_letters(letters)}"
    return 0, ""


def _is_like(one: Values, other: Values, first: str, first2: str) -> bool:
    return first == first2 or bool(_first_names(one, other, first, first2)[0])


def _is_nickname(first: str, second: str) -> bool:
    groups, groups2 = (_GROUPS.get(name.split()[0], set()) for name in (first, second))
    return first != second and bool(groups & groups2)


def near(one: str, other: str) -> int:
    """Return by how many letters two names differ where that may be a slip, else 0: short ones must be the same."""
    from rapidfuzz.distance import OSA

    shorter = min(len(one), len(other))
    most = forgiven(shorter)
    if shorter == 3 and one[0] == other[0] and len(one) != len(other):
        most = 1  # Ana and Anna
    distance = OSA.distance(one, other, score_cutoff=most) if most else 9
    return distance if 0 < distance <= most else 0


def _letters(number: int) -> str:
    return "one letter" if number == 1 else f"{number} letters"


def _folded(values: Values, name: str) -> str:
    return fold(str(given(values, name) or ""))


# Dates of birth


def _day(values: Values) -> date | None:
    return dates.stored(values.get("date_of_birth"))


def born(one: date | None, other: date | None) -> tuple[int, str | None]:
    """Return what two dates of birth weigh and how they differ, "" where they do not, None where one is not known."""
    if one is None or other is None:
        return 10, None
    if one == other:
        return 35, ""
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return 25, "day and month of birth are swapped"
    if slip(one, other):
        return 25, "the date of birth differs by one digit"
    return -15, "another date of birth"


def slip(one: date, other: date) -> bool:
    """Tell whether two dates differ by one digit, or by two neighbors that changed places."""
    from rapidfuzz.distance import OSA

    return OSA.distance(f"{one:%Y%m%d}", f"{other:%Y%m%d}") == 1


def days_like(day: date) -> list[date]:
    """Return a date of birth and those it may be a slip of: another digit, two swapped, day and month swapped."""
    text = f"{day:%Y%m%d}"
    tries = {text, text[:4] + text[6:] + text[4:6]}
    tries |= {text[:at] + digit + text[at + 1 :] for at in range(8) for digit in "0123456789"}
    tries |= {text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(7)}
    found: list[date] = []
    for one in sorted(tries):
        try:
            found.append(date(int(one[:4]), int(one[4:6]), int(one[6:])))
        except ValueError:
            continue
    return [one for one in found if abs(one.year - day.year) <= 90 and one.year >= dates.FIRST_YEAR]


# Numbers


def numbers(values: Values) -> set[str]:
    """Return the phone numbers of a patient as digits."""
    typed = (given(values, name) for name in ("phone", "phone_alt"))
    return {digits for one in typed if one and len(digits := phones.digits(str(one))) >= 7}


def number_of(values: Values) -> str:
    """Return the record number as it is compared."""
    return re.sub(r"[\W_]+", "", str(given(values, "mrn") or "")).casefold().lstrip("0")


def _shared(one: Values, other: Values) -> Iterator[Reason]:
    if numbers(one) & numbers(other):
        yield 25, "phone"
    if (mrn := number_of(one)) and mrn == number_of(other):
        yield 40, "MRN"
    email = str(given(one, "email") or "").casefold()
    if email and email == str(given(other, "email") or "").casefold():
        yield 15, "email"


def _apart(one: Values, other: Values) -> Iterator[Reason]:
    mrn, mrn2 = number_of(one), number_of(other)
    if mrn and mrn2 and mrn != mrn2:
        yield 15, "another MRN"
    known = ("female", "male")
    sex, sex2 = given(one, "sex"), given(other, "sex")
    if sex in known and sex2 in known and sex != sex2:
        yield 15, "another sex"


def is_sure(one: Values, other: Values) -> bool:
    """Tell whether two are one person beyond doubt: the same name and date of birth, and the same phone or MRN.

    Another record number, or a suffix such as Jr. and Sr. that differs, is a doubt.
    """
    same_name = all(
        _folded(one, name) == _folded(other, name) for name in ("given_name", "family_name", "suffix")
    )
    day = _day(one)
    if not same_name or not _folded(one, "given_name") or day is None or day != _day(other):
        return False
    mrn, mrn2 = number_of(one), number_of(other)
    if mrn and mrn2:
        return mrn == mrn2
    return bool(numbers(one) & numbers(other))
