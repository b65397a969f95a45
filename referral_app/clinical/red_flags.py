"""The fifteen red flags for secondary headache, in our words, each with its tier.

Source: SNNOOP10, Do et al. 2019, with the age threshold of 50 of the earlier version and of state pathways
(reference/clinical.md section 4). A clinician must confirm the tiers before real use.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

SOURCE = "SNNOOP10 (Do et al. 2019)"
AGE_THRESHOLD = 50
"""Years of age at onset from which flag 5 is raised."""


class Tier(enum.Enum):
    """What a Yes means."""

    EMERGENCY = "emergency evaluation now"
    URGENT = "evaluate before surgery is considered"
    REVIEW = "review"


@dataclass(frozen=True)
class RedFlag:
    """One question of the fifteen: its number in the source, its tier, and the signs that make it an emergency."""

    number: int
    name: str
    question: str
    tier: Tier
    signs: str = ""
    computed: bool = False


RED_FLAGS = (
    RedFlag(1, "systemic_illness", "Fever or another illness of the whole body with the headache", Tier.URGENT,
            "Stiff neck, rash or confusion"),
    RedFlag(2, "neoplasm", "Cancer, now or in the past", Tier.URGENT),
    RedFlag(3, "neurologic_deficit", "Weakness, numbness, speech or vision trouble, reduced alertness or a seizure",
            Tier.EMERGENCY),
    RedFlag(4, "sudden_onset", "Sudden onset: worst within about a minute", Tier.EMERGENCY),
    RedFlag(5, "older_onset", "Headache began at age 50 or later", Tier.URGENT,
            "Jaw or scalp pain, vision symptoms, or raised ESR or CRP", computed=True),
    RedFlag(6, "pattern_change", "A new headache, or a recent change in its pattern", Tier.URGENT),
    RedFlag(7, "positional", "Headache that depends on standing or lying", Tier.URGENT),
    RedFlag(8, "precipitated", "Brought on by coughing, sneezing or exertion", Tier.URGENT, "Sudden and severe"),
    RedFlag(9, "papilledema", "Swelling of the optic disc", Tier.EMERGENCY),
    RedFlag(10, "progressive", "Steadily worse, or unlike any usual headache", Tier.URGENT),
    RedFlag(11, "pregnancy", "Pregnant, or just after pregnancy", Tier.URGENT,
            "New and severe, or with high blood pressure"),
    RedFlag(12, "painful_eye", "Painful eye with tearing, redness or a drooping lid", Tier.URGENT,
            "Red eye or loss of vision"),
    RedFlag(13, "post_traumatic", "Headache that began with an injury", Tier.URGENT,
            "Injury within the last days, or while on a blood thinner", computed=True),
    RedFlag(14, "immune_disease", "Weakened immune system, HIV included", Tier.URGENT),
    RedFlag(15, "painkiller_overuse", "Overuse of pain relievers, or a new drug when the headache began", Tier.REVIEW),
)  # fmt: skip
