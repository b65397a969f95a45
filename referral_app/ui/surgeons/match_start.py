"""What a referral begins with when a surgeon was chosen among matches: nothing is asked twice."""

from __future__ import annotations

from referral_app.services.match_reasons import Match, Question


def start(match: Match, question: Question) -> dict[str, str]:
    """Return what is known, by the names that a new referral takes; what is not known is left out."""
    codes = [one for one in question.procedures if any(one == done.code for done in match.surgeon.procedures)]
    known = {
        "surgeon_id": match.surgeon.id,
        "location_id": match.location_id,
        "procedures": ",".join(codes),
        "plan": next(iter(question.plans), ""),
        "zip": question.zip,
        "language": question.language,
        "age": "" if question.age is None else str(question.age),
    }
    return {name: value for name, value in known.items() if value}
