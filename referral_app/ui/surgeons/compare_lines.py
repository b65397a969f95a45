"""What a comparison says of each surgeon, fact by fact, and where they differ; pure functions of matches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from referral_app.clinical import dates
from referral_app.services.match_reasons import Match
from referral_app.services.surgeon_records import Placement
from referral_app.ui.surgeons import wording

NOT_KNOWN = "Not known"


@dataclass(frozen=True)
class Line:
    """One fact of all surgeons, in the order of the columns; each cell is a list of lines."""

    title: str
    cells: tuple[tuple[str, ...], ...]

    @property
    def differs(self) -> bool:
        """Whether they do not all say the same."""
        return len({frozenset(cell) for cell in self.cells}) > 1


def lines(matches: Sequence[Match], today: date | None = None) -> list[Line]:
    """Return every fact of some surgeons; one that nobody has is left out."""
    day = today or date.today()
    found: list[Line] = []
    facts = {title: [words(match) for match in matches] for title, words in _FACTS}
    facts["Accepting"] = [_accepting(match, day) for match in matches]
    facts["First visit"] = [_first_visit(match, day) for match in matches]
    place = "Nearest place" if any(match.miles is not None for match in matches) else "Location"
    facts[place] = [_where(match) for match in matches]
    for title, cells in facts.items():
        if any(cells):
            found.append(Line(title, tuple(tuple(cell) or (NOT_KNOWN,) for cell in cells)))
    order = {title: at for at, title in enumerate(ORDER)}
    return sorted(found, key=lambda line: order[line.title])


ORDER = (
    "Procedures", "Accepting", "First visit", "Surgery", "Nearest place", "Location", "Miles", "Phone", "Fax", "Plans",
    "Languages", "Ages", "Not met", "To ask", "Recorded", "Verified",
)  # fmt: skip


def _procedures(match: Match) -> list[str]:
    pairs = wording.procedure_lines(match.surgeon.procedures)
    return [f"{kind}: {', '.join(details)}" if details else kind for kind, details in pairs]


def _place(match: Match) -> Placement | None:
    places = match.surgeon.placements
    return next((one for one in places if one.location.id == match.location_id), next(iter(places), None))


def _where(match: Match) -> list[str]:
    place = _place(match)
    more = len(match.surgeon.placements) - 1
    others = [f"and {more} more place{'' if more == 1 else 's'}"] if more > 0 else []
    return [place.location.name, wording.street(place), *others] if place else []


def _phone(match: Match) -> list[str]:
    place = _place(match)
    return [words] if place and (words := wording.phone(place)) else []


def _fax(match: Match) -> list[str]:
    place = _place(match)
    return [words] if place and (words := wording.fax(place)) else []


def _miles(match: Match) -> list[str]:
    return [] if match.miles is None else [f"{match.miles:g}"]


def _accepting(match: Match, day: date) -> list[str]:
    leaves = match.surgeon.leaves(day)
    return [match.surgeon.accepts_on(day).label, *([leaves] if leaves else [])]


def _first_visit(match: Match, day: date) -> list[str]:
    missed = match.surgeon.visit_missed(day)
    return [*_wait(match.surgeon.next_visit_days), *([missed[:1].upper() + missed[1:]] if missed else [])]


def _wait(number: int | None) -> list[str]:
    return [] if number is None else [wording.days(number)]


def _verified(match: Match) -> list[str]:
    day = match.surgeon.verified_on
    return [dates.say(day) if day else "Not verified"]


def _unmet(match: Match) -> list[str]:
    return list(match.words("unmet")) or ["Nothing"]


_FACTS: tuple[tuple[str, Callable[[Match], list[str]]], ...] = (
    ("Procedures", _procedures),
    ("Surgery", lambda match: _wait(match.surgeon.next_surgery_days)),
    ("Miles", _miles),
    ("Phone", _phone),
    ("Fax", _fax),
    ("Plans", lambda match: list(match.surgeon.plans)),
    ("Languages", lambda match: wording.languages(match.surgeon)),
    ("Ages", lambda match: [wording.ages(match.surgeon)]),
    ("Not met", _unmet),
    ("To ask", lambda match: list(match.words("open"))),
    ("Recorded", lambda match: list(match.words("met"))),
    ("Verified", _verified),
)
