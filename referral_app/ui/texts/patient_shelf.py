"""The shelf of the texts for patients, by language."""

from __future__ import annotations

from collections.abc import Sequence

from referral_app.clinical import dates, patient_markdown, readability, text_placeholders
from referral_app.clinical.patient_markdown import BadText
from referral_app.clinical.patient_text_rules import FIXED, composed
from referral_app.clinical.readability import LEAST_EASE, MOST_GRADE, MOST_SECTION, MOST_WORDS, Ease
from referral_app.database import Database, Session
from referral_app.jobs import patient_texts as jobs
from referral_app.services import patient_texts
from referral_app.services.patient_texts import TextRecord
from referral_app.ui.texts.shelf import Entry, Problem, Reading, Version

LANGUAGES = {"en": "English", "es": "Spanish"}
OUTDATED = (
    "The program's text changed since this one was made of it. Yours stays in force. Look at both under History, then "
    "save yours again or go back to the program's."
)
TITLES = {
    "call-911": "When to call 911", "surgery-call-911": "After surgery: when to call 911",
    "caption": "Words below the drawing of the nerves", "caption-cut": "Words below the drawing of the cut",
    "caption-sites": "Words below the drawing of the trigger sites",
    "questionnaire.toml": "Questions and answers to tick",
    "people": "Words below the drawing of 100 people", "need-asl": "Needs: sign language",
    "need-cognitive": "Needs: thinking and memory", "need-hearing": "Needs: hearing",
    "need-large-print": "Needs: large print", "need-low-vision": "Needs: sight",
    "need-wheelchair": "Needs: wheelchair", "surgery-no-visits": "No visit after the surgery is booked",
    "try-first": "What most people try first", "views": "What experts say of this surgery",
}  # fmt: skip
"""What the texts are called that have no heading of their own."""
HARD_EASE = 55.0
"""Below it INFLESZ calls a text "somewhat difficult"."""


class PatientShelf:
    """What the editor asks of patient texts."""

    name = "texts"
    heading = "Texts for patients"
    filter_label = "Language"
    back_words = "Back to the program's text"
    back_question = (
        "Your versions stay in the history. The program's text has to be reviewed where it was not."
    )
    has_large = True

    def options(self, session: Session) -> list[tuple[str, str]]:
        """Return the languages."""
        return list(LANGUAGES.items())

    def load(self, session: Session, chosen: str) -> list[Entry]:
        """Return the texts of a language."""
        found = patient_texts.find(session, chosen, jobs.originals(chosen))
        return sorted(map(_entry, found), key=lambda one: (one.group, one.title))

    def summary(self, entries: Sequence[Entry], chosen: str) -> str:
        """Say how many wait for a review, and what follows."""
        waiting = sum(not one.reviewed for one in entries)
        if not waiting:
            return f"All {len(entries)} texts were reviewed as they stand."
        follows = " Spanish is printed once none waits." if chosen == "es" else ""
        return f"{waiting} of {len(entries)} wait for a review.{follows}"

    def placeholders(self, entry: Entry) -> list[tuple[str, str]]:
        """Return the placeholders of a text with what each gives."""
        if entry.fixed:
            return []
        known = text_placeholders.known_for(entry.record.name, entry.record.original)
        return [(name, one.meaning) for name, one in known.items()]

    def problems(self, entry: Entry, words: str) -> list[Problem]:
        """Return what keeps a text from being printed."""
        return [(one.line, one.sentence) for one in jobs.problems(entry.record, words)]

    def reading(self, entry: Entry, words: str) -> Reading | None:
        """Return the school grade or the INFLESZ with what is aimed at; None for words out of their sentences."""
        if entry.fixed:
            return None
        if entry.record.language == "es":
            return _ease(readability.ease(words))
        return _grade(words)

    def sample(self, db: Database, entry: Entry, words: str, large: bool) -> bytes:
        """Return the text as it prints for an invented patient."""
        return jobs.sample(entry.record, words, large=large)

    def save(self, db: Database, entry: Entry, words: str, seen: int) -> int:
        """Keep a new version and return its number."""
        return jobs.save(db, entry.record, words, over=seen)

    def back(self, db: Database, entry: Entry) -> None:
        """Put the program's text in force again."""
        record = entry.record
        with db.begin() as session:
            patient_texts.restore_original(session, record.language, record.name, seen=entry.seen)

    def history(self, session: Session, entry: Entry) -> list[Version]:
        """Return the versions of a text, the program's present one at last."""
        record = entry.record
        found = patient_texts.history(session, record.language, record.name)
        versions = [
            Version(one.number, one.markdown or record.original, one.saved_at, one.saved_by) for one in found
        ]
        return [*versions, Version(0, record.original, None, "The program, now")]


def title(record: TextRecord) -> str:
    """Return what a text is called: its heading, else what people call it, else its name in words."""
    if composed(record.name):
        return TITLES.get(record.name, "Short words and labels")
    try:
        heading = patient_markdown.parse(record.original).heading
    except BadText:
        heading = ""
    return heading or TITLES.get(record.name) or record.name.replace("-", " ").capitalize()


def _entry(record: TextRecord) -> Entry:
    reviewed = record.review
    by = f"{reviewed.reviewer} on {dates.say(reviewed.reviewed_on)}" if reviewed else ""
    whose = f"Edited by {record.saved_by or 'somebody'}" if record.edited else "The program's"
    said = f"{whose} · Reviewed by {by}" if by else f"{whose} · Waits for a review"
    groups = {"surgery": "Surgery packet", "card": "Surgeon card", "questionnaire": "Questionnaire"}
    group = groups.get(record.name.removesuffix(".toml").partition("-")[0], "Consult packet")
    state = "warning" if record.outdated else "ok" if by else "waiting"
    fixed = composed(record.name)
    note = (
        f"{FIXED} Tell the makers of the program what is wrong."
        if fixed
        else OUTDATED
        if record.outdated
        else ""
    )
    return Entry(
        f"{record.language}/{record.name}", group, title(record), record.markdown, record.number, state, said,
        note, by, record.edited, _short(record), fixed, record,
    )  # fmt: skip


def _short(record: TextRecord) -> str:
    review = "Reviewed" if record.review else "Waits for a review"
    if record.outdated:
        return "The program's text changed"
    return f"Edited · {review[0].lower()}{review[1:]}" if record.edited else review


def _grade(words: str) -> Reading:
    found = readability.grade(words)
    value = found.flesch_kincaid
    aim = f"The aim is grade {MOST_GRADE:.0f} or lower."
    if value <= MOST_GRADE:
        state, verdict = "ok", f"Grade {max(value, 0):.1f}: easy to read."
    elif value <= MOST_SECTION:
        state, verdict = "warning", f"Grade {value:.1f}: a little hard. {aim}"
    else:
        state, verdict = "missing", f"Grade {value:.1f}: too hard. {aim}"
    if state != "missing" and (part := _hardest_part(words)):
        state, verdict = "missing", f"{verdict} {part}"
    return Reading(
        state, verdict, _lengths(found.words_per_sentence), tuple(one.words for one in found.hardest)
    )


def _hardest_part(words: str) -> str:
    """Return a sentence on the hardest part below a heading of its own, where it is above what a part may be."""
    parts = readability.sections(words)
    hardest = max(parts, key=lambda part: readability.grade(part).flesch_kincaid, default="")
    value = readability.grade(hardest).flesch_kincaid
    if len(parts) < 2 or value <= MOST_SECTION:
        return ""
    heading = readability.unmarked(hardest.strip().splitlines()[0])
    return (
        f"But the part “{heading}” is too hard: grade {value:.1f}; no part may be above {MOST_SECTION:.0f}."
    )


def _ease(found: Ease) -> Reading:
    value = found.inflesz
    aim = f"The aim is INFLESZ {LEAST_EASE:.0f} or more."
    if value >= LEAST_EASE:
        state, verdict = "ok", f"INFLESZ {min(value, 100):.0f}: easy to read."
    elif value >= HARD_EASE:
        state, verdict = "warning", f"INFLESZ {value:.0f}: a little hard. {aim}"
    else:
        state, verdict = "missing", f"INFLESZ {max(value, 0):.0f}: too hard. {aim}"
    return Reading(
        state, verdict, _lengths(found.words_per_sentence), tuple(one.words for one in found.hardest)
    )


def _lengths(average: float) -> str:
    said = f"{average:.0f} {'word' if round(average) == 1 else 'words'} in a sentence on average"
    return said + ("." if average <= MOST_WORDS else f"; at most {MOST_WORDS:.0f} are easy to follow.")
