"""Diagnosis codes as they are typed: their form, the usual ones, and their titles; `code_rules` judges them.

Source: ICD-10-CM (CDC and CMS, free of rights); the usual codes are the leaves of reference/clinical.md section 5.1.
"""

from __future__ import annotations

import re
from datetime import date

from referral_app.clinical.code_lists import DEFAULT, CodeLists
from referral_app.clinical.code_release import dotted, undotted

FORM = r"[A-Z]([0-9][0-9A-Z]|[A-Z][0-9])(\.[0-9A-Z]{1,4})?"
"""The form of a code; since April 2026 there are some with two letters at their beginning (QA0.0101)."""
_FORM = re.compile(FORM)

_USUAL = """
M54.81 G44.86 G43.709 G43.719 G43.701 G43.711 G43.E09 G43.E19 G43.E01 G43.E11 G43.009 G43.019 G43.109
G43.119 G43.409 G43.419 G43.809 G43.819 G43.829 G43.839 G43.909 G43.919 G44.209 G44.201 G44.219 G44.211
G44.229 G44.221 G44.309 G44.319 G44.329 G44.301 G44.311 G44.321 G44.40 G44.41 G44.009 G44.019 G44.029
G44.51 G44.52 G44.53 G44.59 G44.81 G44.82 G44.83 G44.84 G44.85 G44.89 R51.0 R51.9 G50.0 G50.1 G50.8
G50.9 G52.1 G52.8 G52.9 G54.2 G58.8 G58.9 M79.2 M54.2 M54.11 M54.12 M53.0 M47.812 M31.5 M31.6 Z79.01
Z79.02 Z91.040 Z98.890 G89.29 G89.4 F07.81
"""
USUAL = tuple(_USUAL.split())
"""The usual codes of headache and neck, which searches show first."""


def read(text: str) -> str:
    """Return a code as it is stored, "M54.81" from "m5481"; what is no code comes back as it is."""
    code = dotted(undotted(text))
    return code if _FORM.fullmatch(code) else text


def problem(code: str) -> str:
    """Return what is wrong with the form of a code as one sentence, "" where nothing is."""
    return "" if _FORM.fullmatch(code) else "Type a code such as M54.81."


def title(code: str, lists: CodeLists = DEFAULT, day: date | None = None) -> str | None:
    """Return the official title of a code on a day (today where it is None), or None where no release knows it."""
    return lists.title(code, day or date.today())
