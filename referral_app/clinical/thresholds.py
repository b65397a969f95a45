"""The figures of the live check that a Headache Center may change, each with the value of the reference."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Thresholds:
    """Limits of the live check. Sources: reference/clinical.md sections 2.2 to 2.4, 3, 4 and 11; contract section 2."""

    block_supports: float = 50
    """Percent of relief from which a nerve block supports (ASPN 2021)."""
    block_strong: float = 60
    """Percent of relief above which a nerve block supports strongly (Knoedler 2023)."""
    block_weak: float = 40
    """Percent of relief up to which a nerve block is for review."""
    block_strong_hours: float = 24
    """Hours of relief from which a nerve block supports strongly (Knoedler 2023)."""
    preventives_support: int = 3
    """Preventive classes that did not help enough, from which they support (Austen 2023)."""
    preventives_note: int = 2
    """Preventive classes below which the count is for review."""
    adequate_weeks: float = 8
    """Weeks at the target dose that make an adequate trial (D'Antona and Matharu 2019)."""
    botulinum_cycles: int = 2
    """Cycles of botulinum toxin before its effect is judged (PREEMPT)."""
    severe_pain: float = 7
    """Pain from which it counts as severe, 0 to 10."""
    phq2_positive: int = 3
    """PHQ-2 from which support is offered; never a barrier."""
    years_since_onset: int = 3
    """Whole years since onset from which delay is mentioned."""
    diary_days: int = 28
    """Days that a diary covers at least."""
    imaging_months: int = 12
    """Months after which imaging is called old."""
    midas_warn: int = 270
    """MIDAS total above which the score is worth another look."""
    esr_raised: float = 50
    """ESR in mm/h that counts as raised (ACR/EULAR 2022 for giant cell arteritis)."""
    crp_raised: float = 10
    """CRP in mg/L that counts as raised (ACR/EULAR 2022 for giant cell arteritis)."""


DEFAULTS = Thresholds()
