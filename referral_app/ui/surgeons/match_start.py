"""What a referral begins with when a surgeon was chosen among matches: nothing is asked twice."""

from __future__ import annotations

from referral_app.choices import ProcedureKind
from referral_app.services.match_reasons import Match, Question
from referral_app.services.surgeon_records import SurgeonRecord


def start(match: Match, question: Question) -> dict[str, str]:
    """Return what is known, by the names that a new referral takes; what is not known is left out."""
    meant = {wanted: _meant(match.surgeon, wanted) for wanted in question.procedures}
    codes = dict.fromkeys(code for code in meant.values() if code)
    known = {
        "surgeon_id": match.surgeon.id,
        "location_id": match.location_id,
        "procedures": ",".join(codes),
        "asked": ", ".join(_spoken(wanted) for wanted, code in meant.items() if not code),
        "plan": next(iter(question.plans), ""),
        "zip": question.zip,
        "language": question.language,
        "age": "" if question.age is None else str(question.age),
    }
    return {name: value for name, value in known.items() if value}


def _meant(surgeon: SurgeonRecord, wanted: str) -> str:
    """Return the one procedure of a surgeon that a code or a kind means, "" where none or several fit."""
    fitting = [one.code for one in surgeon.procedures if wanted in (one.code, one.kind)]
    return fitting[0] if len(fitting) == 1 else ""


def _spoken(wanted: str) -> str:
    words = ProcedureKind(wanted).label if wanted in set(ProcedureKind) else wanted.replace("_", " ")
    return words[:1].lower() + words[1:]
