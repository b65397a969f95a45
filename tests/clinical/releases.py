"""Small releases of invented dates in the form of ICD-10-CM."""

from __future__ import annotations

from datetime import date

from referral_app.clinical.code_lists import CodeLists
from referral_app.clinical.code_release import Entry, Release, pack, unpack

OLD_TEXT = """
M54. Dorsalgia
M54.5 Low back pain
M54.81 Occipital neuralgia
G43. Migraine
G43.7. Chronic migraine without aura
G43.709 Chronic migraine without aura, not intractable, without status migrainosus
G44.8. Other specified headache syndromes
G44.86 Cervicogenic headache
G44.87 Headache of the invented kind
G44.89 Other headache syndrome
Q99.8 Invented state of long ago
"""
"""A code with a full stop at its end is a heading."""

NEW_TEXT = """
M54. Dorsalgia
M54.5. Low back pain
M54.50 Low back pain, unspecified
M54.81 Occipital neuralgia
G43. Migraine
G43.7. Chronic migraine without aura
G43.709 Chronic migraine without aura, not intractable, without status migrainosus
G44.8. Other specified headache syndromes
G44.86 Cervicogenic headache of the neck
G44.88 Headache of the invented kind
G44.89 Other headache syndrome
"""

OLD_DAY, NEW_DAY, LATE_DAY = date(2026, 5, 1), date(2026, 11, 1), date(2027, 10, 5)


def entries(text: str) -> list[Entry]:
    split = (line.split(" ", 1) for line in text.strip().splitlines())
    return [Entry(code.rstrip("."), title, not code.endswith(".")) for code, title in split]


def release(label: str, starts: date, ends: date | None, text: str) -> Release:
    return unpack(pack(label, starts, ends, entries(text)))


OLD = release("ICD-10-CM April 2026", date(2026, 4, 1), date(2026, 9, 30), OLD_TEXT)
NEW = release("ICD-10-CM 2027", date(2026, 10, 1), date(2027, 9, 30), NEW_TEXT)
BOTH = CodeLists([NEW, OLD])
