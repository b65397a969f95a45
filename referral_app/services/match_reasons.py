"""Why a surgeon fits what is asked for, and what speaks against it: in words, and nobody is left out by them.

Pure functions of records. Nothing here decides: an office returns what it returns, a clinician chooses (contract
section 2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from referral_app.choices import LANGUAGES, Accepting, Level, ProcedureKind, Urgency
from referral_app.clinical import dates, requirement_lines
from referral_app.clinical.computed import ADULT, with_computed
from referral_app.clinical.fields import Values, given, rows
from referral_app.clinical.requirement_lines import Judged
from referral_app.clinical.requirements import Requirement, concerns
from referral_app.clinical.thresholds import DEFAULTS, Thresholds
from referral_app.services.surgeon_records import SurgeonRecord

Kind = Literal["for", "met", "unmet", "open"]

_BY_PURPOSE = {
    "diagnostic_block": ProcedureKind.DIAGNOSTIC_BLOCK,
    "revision": ProcedureKind.REVISION,
}
UNDONE = "Not on file as doing"
_WHO = "The office", "The Center"
"""Who asks for something, as points that say so begin."""
_BY_DIAGNOSIS = {
    "occipital_neuralgia": ProcedureKind.OCCIPITAL_RELEASE,
    "chronic_migraine": ProcedureKind.NERVE_DECOMPRESSION,
    "migraine": ProcedureKind.NERVE_DECOMPRESSION,
}
"""What is looked for where no procedure was chosen; which operation is right is for the clinician and the surgeon."""


@dataclass(frozen=True)
class Question:
    """What a surgeon is wanted for; `procedures` are codes or kinds, `age` is in years.

    `intake` are the answers of a referral, held against what each office asks for; None where there is no referral.
    """

    procedures: tuple[str, ...] = ()
    zip: str = ""
    plans: tuple[str, ...] = ()
    language: str = ""
    interpreter: bool = False
    age: int | None = None
    urgency: str = ""
    intake: Mapping[str, Any] | None = field(default=None, compare=False)
    note: str = ""

    @property
    def hurried(self) -> bool:
        """Whether waits count before distance."""
        return self.urgency in (Urgency.URGENT, Urgency.EMERGENCY)


@dataclass(frozen=True)
class Point:
    """One thing said: for a surgeon, a requirement met, something not met, or open because it is not known."""

    kind: Kind
    words: str


@dataclass(frozen=True)
class Match:
    """A surgeon with everything that is said; `location_id` is the nearest place, the first where none is measured."""

    surgeon: SurgeonRecord
    miles: float | None
    location_id: str
    points: tuple[Point, ...]
    missing_procedures: int = 0

    @property
    def fit(self) -> tuple[Point, ...]:
        """Return what is said of the surgeon alone, without what is asked for of the referral."""
        return tuple(point for point in self.points if not point.words.startswith(_WHO))

    def words(self, kind: Kind) -> tuple[str, ...]:
        """Return the words of one kind of points."""
        return tuple(point.words for point in self.points if point.kind == kind)


def of_intake(intake: Mapping[str, Any], today: date | None = None) -> Question:
    """Return what the answers of a referral ask for; takes any intake and never raises."""
    values = with_computed(dict(intake), today or date.today())
    procedures, note = _procedures_of(values)
    age = values["computed"]["age"]
    return Question(
        procedures=procedures,
        zip=str(given(values, "patient.address.zip") or "")[:5],
        plans=tuple(_plans_of(values)),
        language=str(given(values, "patient.language") or ""),
        interpreter=given(values, "patient.interpreter_needed") is True,
        age=age if isinstance(age, int) else None,
        urgency=str(given(values, "request.urgency") or ""),
        intake=intake,
        note=note,
    )


def points(
    surgeon: SurgeonRecord,
    question: Question,
    miles: float | None,
    names: Mapping[str, str],
    asked: Iterable[Requirement],
    today: date,
    limits: Thresholds = DEFAULTS,
) -> tuple[Point, ...]:
    """Return what is said of a surgeon: first what speaks for, then what is met and not met, then what is open.

    `names` are the spoken names of the procedures by code, `asked` is what the office, or the Center, asks for,
    `limits` are the figures of the live check that count there.
    """
    found = [
        *_procedures(surgeon, question, names),
        *_accepting(surgeon, today),
        *_plans(surgeon, question),
        *_language(surgeon, question),
        *_age(surgeon, question),
        *_near(surgeon, question, miles),
        *_next_visit(surgeon, today),
        *_required(question, asked, today, limits),
        *_refused(surgeon),
    ]
    order = ("for", "met", "unmet", "open")
    once = dict.fromkeys(found)  # what is asked for two kinds of procedures alike is said once
    return tuple(sorted(once, key=lambda point: order.index(point.kind)))


def offers(surgeon: SurgeonRecord, wanted: str) -> bool:
    """Tell whether a surgeon does a procedure, named by its code or its kind."""
    return any(wanted in (one.code, one.kind) for one in surgeon.procedures)


def spoken(wanted: str, names: Mapping[str, str]) -> str:
    """Return the name of a procedure or of a kind, within a sentence."""
    words = ProcedureKind(wanted).label if wanted in set(ProcedureKind) else names.get(wanted, wanted)
    return words[:1].lower() + words[1:]


def _procedures_of(values: Values) -> tuple[tuple[str, ...], str]:
    chosen = given(values, "request.procedures")
    if isinstance(chosen, list) and chosen:
        return tuple(str(one) for one in chosen), ""  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    kind = _BY_PURPOSE.get(str(given(values, "request.purpose")))
    by = "what is asked for"
    if kind is None:
        kind, by = _BY_DIAGNOSIS.get(str(given(values, "diagnosis.working"))), "the working diagnosis"
    if kind is None:
        return (), "No procedure is chosen in the referral yet: surgeons of every kind are shown."
    name = kind.label[:1].lower() + kind.label[1:]
    return (str(kind),), f"No procedure is chosen in the referral yet: by {by}, this looks for {name}."


def _plans_of(values: Values) -> Iterator[str]:
    for row in rows(values, "coverage"):
        if row.get("kind") == "self_pay":
            yield "Self-pay"
        elif name := row.get("payer") or row.get("plan"):
            yield str(name)


def _procedures(surgeon: SurgeonRecord, question: Question, names: Mapping[str, str]) -> Iterator[Point]:
    for wanted in question.procedures:
        words = spoken(wanted, names)
        yield (
            Point("for", f"Does {words}") if offers(surgeon, wanted) else Point("unmet", f"{UNDONE} {words}")
        )


def _accepting(surgeon: SurgeonRecord, today: date) -> Iterator[Point]:
    now = surgeon.accepts_on(today)
    if now is Accepting.YES and surgeon.visit_missed(today):
        return  # nothing speaks for it: the visit that is not to be had is said instead
    kind: Kind = "for" if now is Accepting.YES else "open" if now is Accepting.UNKNOWN else "unmet"
    yield Point(kind, now.label)


def _plans(surgeon: SurgeonRecord, question: Question) -> Iterator[Point]:
    verified = dict(surgeon.plans_verified)
    for plan in question.plans:
        if plan in surgeon.plans:
            since = f" (verified on {dates.say(verified[plan])})" if plan in verified else ""
            yield Point("for", f"In network with {plan}{since}")
        elif surgeon.plans:
            yield Point("unmet", f"{plan} is not among the plans on file")
        else:
            yield Point("open", f"No plan on file: ask about {plan}")


def _language(surgeon: SurgeonRecord, question: Question) -> Iterator[Point]:
    if not question.language:
        return
    name = LANGUAGES.get(question.language, question.language)
    if question.language in surgeon.languages:
        yield Point("for", f"Speaks {name}")
    else:
        needed = ": an interpreter is needed" if question.interpreter else ""
        yield Point("unmet", f"{name} is not among the languages on file{needed}")


def _age(surgeon: SurgeonRecord, question: Question) -> Iterator[Point]:
    age, low, high = question.age, surgeon.age_min, surgeon.age_max
    if age is None:
        return
    if low is None and high is None:
        yield Point("for", "Sees all ages")
    elif (low is None or age >= low) and (high is None or age <= high):
        yield Point("for", f"Sees patients aged {age}")
    else:
        seen = f"from {low} years" if high is None else f"up to {high} years" if low is None else ""
        yield Point("unmet", f"Sees patients {seen or f'of {low} to {high} years'}; this one is {age}")


def _near(surgeon: SurgeonRecord, question: Question, miles: float | None) -> Iterator[Point]:
    if miles is not None:
        yield Point("for", f"{miles:g} straight-line mile{'' if miles == 1 else 's'} away")
    elif question.zip:
        yield Point("open", "How far away is not known")


def _next_visit(surgeon: SurgeonRecord, today: date) -> Iterator[Point]:
    days = surgeon.next_visit_days
    if missed := surgeon.visit_missed(today):
        yield Point("unmet", f"Next visit would be {missed}")
    elif days is None:
        yield Point("open", "When the next visit is available is not known")
    else:
        when = "today" if days <= 0 else f"in {days} day{'' if days == 1 else 's'}"
        yield Point("for", f"Next available {when}")


def _required(
    question: Question, asked: Iterable[Requirement], today: date, limits: Thresholds
) -> Iterator[Point]:
    """Hold the answers of a referral against what is asked for; without a referral it is open.

    The Center's own rules are for adults (contract section 2).
    """
    intake = dict(question.intake or {"request": {"procedures": list(question.procedures)}})
    values = with_computed(intake, today)
    minor = question.age is not None and question.age < ADULT
    for requirement in asked:
        if not _concerns(requirement, values, question) or (requirement.of_center and minor):
            continue
        if question.intake is None:
            yield Point("open", _asks(requirement))
        else:
            yield _judged(requirement_lines.judge(requirement, values, limits, today))


def _concerns(requirement: Requirement, values: Values, question: Question) -> bool:
    """Where a whole kind of procedures is wanted, what counts for one of them may count."""
    kinds = {str(kind) for kind in ProcedureKind} & set(question.procedures)
    return bool(kinds) or concerns(requirement, values)


def _judged(judged: Judged) -> Point:
    asks = _asks(judged.requirement)
    if judged.met:
        return Point("met", f"{asks}: recorded")
    return (
        Point("open", f"{asks}: not recorded yet")
        if judged.met is None
        else Point("unmet", f"{asks}: not met")
    )


def _asks(requirement: Requirement) -> str:
    who = _WHO[requirement.of_center]
    verb = "asks for" if requirement.level is Level.MUST else "likes to see"
    return f"{who} {verb} {requirement.phrase}"


def _refused(surgeon: SurgeonRecord) -> Iterator[Point]:
    if surgeon.refuses:
        yield Point(
            "open",
            f"Not taken by this office: “{surgeon.refuses.strip().rstrip('.')}”. Does that concern this patient?",
        )
