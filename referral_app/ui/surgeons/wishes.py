"""What a surgeon's office wants to see first, in the form: rules for all its procedures, a kind, or one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from referral_app.clinical.requirements import Requirement
from referral_app.services.surgeon_records import ProcedureRecord
from referral_app.ui.rule_list import RuleList

EMPTY = "No rule of this office: what the Center asks of all its surgeons counts."


class Wishes(RuleList):
    """The rules of a surgeon's office; `offer_codes` follows which procedures are ticked."""

    def __init__(self, requirements: Sequence[Requirement], procedures: Sequence[ProcedureRecord]) -> None:
        """Show the requirements there are; `procedures` are those of the directory."""
        super().__init__("wish", {one.code: one.name for one in procedures}, EMPTY)
        self._procedures = procedures
        self.offer_codes(())
        self.show_requirements(requirements)

    def offer_codes(self, codes: Collection[str]) -> None:
        """Offer the procedures with these codes, all of them where there are none."""
        self.offer([one for one in self._procedures if not codes or one.code in codes])
