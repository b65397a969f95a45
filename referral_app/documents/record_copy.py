"""The copy-of-record sheet: tells a patient who asks what was sent about them, to whom, when and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable

from referral_app.choices import PaperAct, PaperKind
from referral_app.clinical import dates, phones
from referral_app.documents import asker, layout, symbols, tables, text
from referral_app.documents.asker import Asker
from referral_app.documents.layout import Styles

if TYPE_CHECKING:
    from referral_app.services.amendments import Statement
    from referral_app.services.ledger import PaperEventRecord, PaperRecord
    from referral_app.services.practices import PracticeRecord

TITLE = "What we sent about you"
NAME = "Copy-of-record sheet"
_KINDS = {
    PaperKind.LETTER: "The letter to your surgeon",
    PaperKind.RESPONSE_FORM: "A form for the surgeon’s answer",
    PaperKind.FAX_COVER: "A cover page for a fax",
    PaperKind.PACKET: "Your packet for the first visit",
    PaperKind.SURGERY_PACKET: "Your packet about the operation",
    PaperKind.QUESTIONNAIRE: "Questions for you to answer",
    PaperKind.BUNDLE: "The letter with all pages that go with it",
    PaperKind.RECORD_COPY: "A sheet like this one",
}
"""What each document is, in words of patients."""
_ACTS = {
    PaperAct.PRINTED: "Printed on paper",
    PaperAct.SAVED: "Saved as a file",
    PaperAct.OPENED: "Opened as a file",
    PaperAct.DRAGGED: "Saved as a file",
    PaperAct.SENT: "Sent",
    PaperAct.RELEASED: "A copy was given out",
}
NOTHING = "Our list shows no papers about you that left our office."
OPENING = "You asked what we sent about you. This list shows each paper and file that left our office."
NOT_HERE = "Phone calls are not on this list."
MEANS = (
    "A letter asks the surgeon to see you. It tells about your pain, your care so far and your health.",
    "“Printed” means that we made a paper copy. It may have been mailed, faxed or handed to you.",
    "“Saved” means that we made a file. It may have been faxed or sent by secure mail.",
)
RIGHTS = (
    "You may ask us for a copy of each paper.",
    "Is something wrong or missing? Write to us what it is. You may ask us to fix it.",
    "We will answer you within 60 days. If we do not agree, we will tell you why.",
    "You may then add your own words to your record.",
)
"""Source: 45 CFR 164.524 (copies) and 164.526 (amendment, 60 days to act)."""


@dataclass(frozen=True)
class Copy:
    """What a sheet is made from: who asks, which of their referrals, and the papers of the ledger about it.

    `statements` are what the patient holds against our answers (45 CFR 164.526(d)(5)); `asked` are the surgeons whom
    the versions of the referral asked, where they are not `surgeon`.
    """

    asker: Asker
    surgeon: str
    papers: Sequence[PaperRecord]
    printed_on: date
    statements: Sequence[Statement] = ()
    asked: Mapping[int, str] = field(default_factory=dict[int, str])


def render(copy: Copy) -> bytes:
    """Return the sheet as a PDF; the same copy gives the same bytes.

    Raises `text.Unprintable` where a name holds characters that no font of ours can draw.
    """
    page = asker.page(copy.asker, NAME)
    return layout.build(list(_story(copy, page.styles)), page)


def _story(copy: Copy, styles: Styles) -> Iterator[Flowable]:
    yield layout.Heading(TITLE, styles.title)
    yield text.paragraph(
        text.join(" ", ["For", text.bold(copy.asker.person), f"on {dates.say(copy.printed_on)}"]), styles.body
    )
    yield text.paragraph(OPENING, styles.body)
    yield text.paragraph(NOT_HERE, styles.body)
    left = [(paper, act) for paper in copy.papers for act in paper.stood if act.act in _ACTS]
    if not left:
        yield text.paragraph(text.bold(NOTHING), styles.body)
    for paper, act in sorted(left, key=lambda one: one[1].at):
        yield from _entry(copy, paper, act, styles)
    for statement in copy.statements:
        yield from _statement(statement, styles)
    yield from _listed("What this means", MEANS, styles)
    yield from _listed("If something is wrong", (*RIGHTS, *_whom(copy.asker.practice)), styles)


def _entry(copy: Copy, paper: PaperRecord, act: PaperEventRecord, styles: Styles) -> Iterator[Flowable]:
    """Yield one paper that left: what, to whom, when, how."""
    what = _KINDS.get(paper.kind, paper.kind.label)
    to, how = text.legible(_to(copy, paper, act)), text.legible(_how(paper, act))
    said = [("When", _when(act.at)), ("To", to), ("How", how)]
    if paper.enclosed:
        said.append(("With it", text.join(text.BREAK, paper.enclosed)))
    yield layout.Whole(tables.headed(what, tables.pairs(said, styles), styles))
    yield tables.space(styles.leading * 0.3)


def _statement(one: Statement, styles: Styles) -> Iterator[Flowable]:
    """Yield what the patient asked to be corrected, and what they hold against our answer, in their own words."""
    fix, words = text.legible(one.what), text.legible(one.words)
    said = [("You asked", dates.say(one.asked_on)), ("To fix", fix)]
    if one.denied_on:
        said.append(("We said no", text.legible(f"{dates.say(one.denied_on)}: {one.why}")))
    said.append(("You say", words))
    yield layout.Whole(tables.headed("What you told us is wrong", tables.pairs(said, styles), styles))
    yield tables.space(styles.leading * 0.3)


_TO_SURGEON = (PaperKind.LETTER, PaperKind.RESPONSE_FORM, PaperKind.FAX_COVER, PaperKind.BUNDLE)


def _to(copy: Copy, paper: PaperRecord, act: PaperEventRecord) -> str:
    """Return for whom a paper was: by name where that is known, and a patient as "You"."""
    whom = act.for_whom
    if whom.casefold() in ("the patient", copy.asker.person.casefold()):
        return "You"
    if paper.kind in _TO_SURGEON and whom in ("", "the surgeon"):
        whom = copy.asked.get(paper.number, copy.surgeon)
    return whom[:1].upper() + whom[1:] or "Not written down"


def _when(at: datetime) -> str:
    return dates.say(at.astimezone().date())


def _how(paper: PaperRecord, act: PaperEventRecord) -> str:
    """Return how a paper left, with its pages and copies."""
    pages = f"{paper.pages} {'page' if paper.pages == 1 else 'pages'}" if paper.pages else ""
    copies = f"{act.copies} copies" if act.copies > 1 else ""
    how = f": {act.how}" if act.how and act.act in (PaperAct.SENT, PaperAct.RELEASED) else ""
    return ", ".join(part for part in (_ACTS[act.act] + how, pages, copies) if part)


def _listed(title: str, lines: Sequence[str], styles: Styles) -> list[Flowable]:
    items = [symbols.Marked(line, styles.item, symbols.dot, styles.size * 1.4) for line in lines]
    return [layout.Whole(tables.headed(title, items, styles))]


def _whom(practice: PracticeRecord) -> Iterator[str]:
    """Yield whom to write to and to call."""
    town = ", ".join(part for part in (practice.city, f"{practice.state} {practice.zip}".strip()) if part)
    where = ", ".join(part for part in (practice.line1, practice.line2, town) if part)
    if practice.name:
        yield f"Write to: {', '.join(part for part in (practice.name, where) if part)}."
    if practice.phone:
        yield f"Call us: {phones.say(practice.phone)}."
