"""The sources of rules as people read them."""

from __future__ import annotations

SOURCES = {
    "ASPN 2021": "American Society of Peripheral Nerve, 2021",
    "SNNOOP10 (Do et al. 2019)": "SNNOOP10, the list of red flags of headache (Do and others, 2019)",
    "MIDAS": "Migraine Disability Assessment",
    "HIT-6": "Headache Impact Test",
    "PHQ-9": "PHQ-9 by Drs. Spitzer, Williams, Kroenke and colleagues, with an educational grant from Pfizer Inc",
    "PMC2906530": "a study of the PHQ-2 (PMC2906530)",
    "PAINS screen (PMC6952133)": "PAINS, a screen that surgeons use (PMC6952133)",
    "Francois 2011": "a tool to judge referral letters (Francois, 2011)",
    "clinical.md section 3": "three months of at most 92 days, five questions",
    "WHO": "World Health Organization",
}
"""Sources whose short name says little, spelled out."""


def source(words: str) -> str:
    """Return sources, parted by semicolons, as people read them."""
    return "; ".join(SOURCES.get(part, part) for part in words.split("; "))
