"""What two versions of a referral answer differently, in words, with the names of the directory instead of its ids."""

from __future__ import annotations

from typing import Any

from referral_app.clinical.differences import Difference
from referral_app.clinical.fields import Field
from referral_app.jobs import directory_names
from referral_app.jobs.directory_names import Names, names
from referral_app.ui import answer_words, conflict_lines
from referral_app.ui.conflict_lines import Line

__all__ = ["Names", "line", "names"]


def line(found: Difference, names: Names) -> Line:
    """Return a difference in words, with the names of the directory instead of its ids."""

    def say(field: Field, value: Any) -> str:
        return directory_names.say(field, value, names) or answer_words.answer(field, value)

    return conflict_lines.in_words(found, say)
