"""The kinds of documents that the preview shows, one entry each: what it is, how it can be asked for, who makes it.

The makers import the libraries that draw inside, since they run in the background. A new kind is one entry here; its
key is a value of `PaperKind`, whose label is its title.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from referral_app.choices import PaperKind
from referral_app.database import Database
from referral_app.services import enclosures, query_text
from referral_app.services.surgeon_records import Query
from referral_app.ui.background import Canceled, Progress

if TYPE_CHECKING:
    from referral_app.jobs.papers import Made

About = str | Sequence[str] | Query
"""What a document is about: the number of a referral (with VERSION and one behind), surgeons by ids, or a search."""

KEPT = "kept"
"""The kind of what comes from the ledger as it left; it is about the id of a paper there."""

VERSION = ", version "
"""Stands between the number of a referral and that of the version whose letter is shown."""


def _no_progress(_done: int, _total: int) -> None:
    pass


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Asked:
    """What is asked of a document; language, print size and sections are as its patient needs them where None."""

    about: About = ""
    language: str | None = None
    large: bool | None = None
    sections: frozenset[str] | None = None
    progress: Progress = _no_progress
    canceled: Canceled = _never

    @property
    def name(self) -> str:
        """The number of the referral."""
        return str(self.about).partition(VERSION)[0]

    @property
    def number(self) -> int:
        """The version that is asked for, 0 for the latest."""
        return int(str(self.about).partition(VERSION)[2] or 0)

    @property
    def ids(self) -> list[str]:
        """The ids that are asked for, given as a sequence or with commas between them."""
        if isinstance(self.about, Query):
            return []
        found = self.about.split(",") if isinstance(self.about, str) else self.about
        return [one for one in found if one]


Make = Callable[[Database, Asked], "Made | None"]


@dataclass(frozen=True)
class Kind:
    """One kind: what it is in words, who makes it, and how it can be asked for.

    `languages` are those it is written in for patients, who also get it in large print; `of_referral` that it is about
    one referral, or none; `slow` what the status bar says while one is made that takes long, which may be canceled;
    `sections` the parts that may be ticked: key, words, and whether it is in the document; `reader` for whom it is.
    """

    said: str
    make: Make
    languages: tuple[str, ...] = ()
    of_referral: bool = False
    slow: str = ""
    sections: Callable[[Database, Asked], Sequence[tuple[str, str, bool]]] | None = None
    reader: str = ""


def _letter(db: Database, asked: Asked) -> Made:
    return _with_parts(db, asked, asked.sections or frozenset())


def _bundle(db: Database, asked: Asked) -> Made:
    return _with_parts(db, asked, frozenset({ATTACHMENTS}) if asked.sections is None else asked.sections)


def _with_parts(db: Database, asked: Asked, chosen: frozenset[str]) -> Made:
    """Return a letter, and what was chosen to go with it as one set."""
    from referral_app.jobs import bundles, letters

    parts = [part for part in bundles.ORDER if part in chosen or part == bundles.LETTER]
    if parts == [bundles.LETTER]:
        return letters.make(db, asked.name, number=asked.number)
    return bundles.make(db, asked.name, parts, number=asked.number)


def _along(db: Database, asked: Asked, usual: frozenset[str]) -> list[tuple[str, str, bool]]:
    """Return what can go with a letter, and whether it does."""
    with db.read() as session:
        files = enclosures.are_there(session, asked.name, asked.number)
    chosen = usual if asked.sections is None else asked.sections
    offered = [("fax_cover", "Fax cover sheet first"), (ATTACHMENTS, "Attached files, stamped")]
    offered = [one for one in offered if files or one[0] != ATTACHMENTS]
    return [(key, words, key in chosen) for key, words in (*offered, ("response_form", "Response form last"))]


def _with_letter(db: Database, asked: Asked) -> list[tuple[str, str, bool]]:
    return _along(db, asked, frozenset())


def _with_bundle(db: Database, asked: Asked) -> list[tuple[str, str, bool]]:
    return _along(db, asked, frozenset({ATTACHMENTS}))


def _packet(db: Database, asked: Asked) -> Made:
    from referral_app.jobs import packet_batch

    wanted = packet_batch.Wanted(asked.language, asked.large, sections=asked.sections)
    return packet_batch.shown(db, asked.name, wanted)


def _reminder(db: Database, asked: Asked) -> Made:
    from referral_app.jobs import reminders

    return reminders.shown(db, asked.name, asked.language, asked.large)


def _in_packet(db: Database, asked: Asked) -> list[tuple[str, str, bool]]:
    """Return the parts that the patient's packet may have, and whether it has them."""
    from referral_app.jobs import packets

    offered = [one for one in packets.offered(db, asked.name) if one.fits and not one.fixed]
    chosen = asked.sections
    return [(one.key, one.title, one.default if chosen is None else one.key in chosen) for one in offered]


def _surgery_packet(db: Database, asked: Asked) -> Made:
    from referral_app.jobs import packet_batch, surgery_packets

    with db.read() as session:
        wanted = packet_batch.resolved(session, asked.name, packet_batch.Wanted(asked.language, asked.large))
    return surgery_packets.make(db, asked.name, language=wanted.language or "en", large=bool(wanted.large))


def _questionnaire(db: Database, asked: Asked) -> Made:
    from referral_app.jobs import questionnaires

    return questionnaires.make(db, asked.name, language=asked.language, large=asked.large)


def _kit(db: Database, _asked: Asked) -> Made:
    from referral_app.jobs import kit

    return kit.make(db)


def _card(db: Database, asked: Asked) -> Made:
    from referral_app.jobs import directory_papers

    return directory_papers.cards(db, asked.ids, large=bool(asked.large))


def _verification(db: Database, asked: Asked) -> Made:
    from referral_app.jobs import directory_papers

    return directory_papers.verification(db, None if asked.about == "" else asked.ids)


def _directory(db: Database, asked: Asked) -> Made | None:
    from referral_app.jobs import directory_papers

    query = asked.about if isinstance(asked.about, Query) else query_text.read(str(asked.about))
    return directory_papers.directory(db, query, progress=asked.progress, canceled=asked.canceled)


def _labels(db: Database, asked: Asked) -> Made:
    from referral_app.jobs import mailing_labels

    references, start, with_sender = mailing_labels.asked(asked.ids)
    return mailing_labels.make(db, references, start=start, with_sender=with_sender)


def _morning_sheet(db: Database, asked: Asked) -> Made:
    from referral_app.jobs import morning_sheets

    return morning_sheets.make(db, str(asked.about) or morning_sheets.ALL)


def _incident_sheet(db: Database, asked: Asked) -> Made:
    from referral_app.jobs import incident_sheets

    return incident_sheets.make(db, asked.name)


def _kept(db: Database, asked: Asked) -> Made:
    from referral_app.jobs import papers

    return papers.kept(db, asked.name)


def _report(db: Database, asked: Asked) -> Made | None:
    from referral_app.jobs import reports

    return reports.make(db, asked.ids, asked.progress, asked.canceled)


ATTACHMENTS = "attachments"
SURGEON, PATIENT, OFFICE = "the surgeon", "the patient", "our office"


def _response_form(db: Database, asked: Asked) -> Made:
    from referral_app.jobs import response_forms

    return response_forms.make(db, asked.name, number=asked.number)


def _fax_cover(db: Database, asked: Asked) -> Made:
    from referral_app.jobs import response_forms

    return response_forms.cover(db, asked.name, number=asked.number)


def _record_copy(db: Database, asked: Asked) -> Made:
    from referral_app.jobs import record_copies

    return record_copies.make(db, asked.name, large=asked.large)


CARE_TOO, LAST_YEAR = "care", "year"


def _disclosures(db: Database, asked: Asked) -> Made:
    from referral_app.jobs import disclosures

    chosen = asked.sections or frozenset()
    return disclosures.make(
        db,
        asked.name,
        years=1 if LAST_YEAR in chosen else None,
        care_too=CARE_TOO in chosen,
        large=asked.large,
    )


def _in_disclosures(_db: Database, asked: Asked) -> list[tuple[str, str, bool]]:
    """Return how far a list of disclosures goes beyond what the rule asks, and how far back."""
    chosen = asked.sections or frozenset[str]()
    offered = ((CARE_TOO, "Also what was sent for care"), (LAST_YEAR, "Only the last 12 months"))
    return [(key, words, key in chosen) for key, words in offered]


KINDS: dict[str, Kind] = {
    KEPT: Kind("Exactly as it left, from the record of what was printed and sent", _kept),
    "letter": Kind(
        "Referral letter to the surgeon", _letter, of_referral=True, reader=SURGEON, sections=_with_letter
    ),
    "bundle": Kind(
        "Referral letter to the surgeon, with its attachments",
        _bundle, of_referral=True, reader=SURGEON, sections=_with_bundle,
    ),
    "response_form": Kind(
        "Form on which the surgeon’s office answers, to be faxed back", _response_form, of_referral=True,
        reader=SURGEON,
    ),
    "fax_cover": Kind(
        "First page of the fax, which names no patient", _fax_cover, of_referral=True, reader=SURGEON
    ),
    "record_copy": Kind(
        "For a patient who asks: what was sent, to whom, when and how", _record_copy, ("en",), of_referral=True,
        reader=PATIENT,
    ),
    "disclosures": Kind(
        "For a patient who asks: who got something about them, when and why", _disclosures, ("en",), of_referral=True,
        reader=PATIENT, sections=_in_disclosures,
    ),
    "packet": Kind(
        "Information for the patient", _packet, ("en", "es"), of_referral=True, reader=PATIENT, sections=_in_packet
    ),
    "surgery_packet": Kind(
        "What the patient needs before and after the operation",
        _surgery_packet, ("en", "es"), of_referral=True, reader=PATIENT,
    ),
    "reminder": Kind(
        "Reminder of a visit for the patient: when, where, what to bring, whom to call",
        _reminder, ("en", "es"), of_referral=True, reader=PATIENT,
    ),
    "questionnaire": Kind(
        "Questionnaire for the patient to fill in by hand, in the order of the form",
        _questionnaire, ("en", "es"), of_referral=True, reader=PATIENT,
    ),
    "kit": Kind(
        "Blank referral form, patient questionnaire and surgeon list, each from an odd page on",
        _kit, reader=OFFICE,
    ),
    "card": Kind("Card of the surgeon for patients", _card, ("en",), reader=PATIENT),
    "directory": Kind(
        "The surgeons that were found, in their order", _directory, slow="Making the directory"
    ),
    "verification": Kind(
        "Sheet for the surgeon’s office, to confirm or correct its entry", _verification, reader=SURGEON
    ),
    "morning_sheet": Kind(
        "What is due today, with boxes to tick, and the visits of the day", _morning_sheet, reader=OFFICE
    ),
    "incident_sheet": Kind(
        "For the privacy officer: what went where, who was told, and what is to be decided", _incident_sheet,
        reader=OFFICE,
    ),
    "report": Kind("Figures over many referrals", _report, slow="Counting the reports", reader=OFFICE),
    "labels": Kind("Addresses for envelopes, thirty on a sheet of labels", _labels),
}  # fmt: skip
"""Every kind by its key."""


def named(kind: str, about: str) -> str:
    """Return the reference number that stands in the title of a document of one referral; ids are not for people."""
    return about.partition(" ")[0] if KINDS[kind].of_referral else ""


def title(kind: str) -> str:
    """Return what a kind is called."""
    return PaperKind(kind).label if kind != KEPT else "Printed and sent"
