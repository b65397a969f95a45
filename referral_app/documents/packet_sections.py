"""The catalogue of the consult packet: each part, who gets it unasked, and for whom it says something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable

from referral_app.choices import ExpertField, Purpose, TrialState
from referral_app.clinical.fields import given
from referral_app.documents import layout, packet_extras, packet_lists, packet_pages, patient_words
from referral_app.documents.packet_sheets import Sheets
from referral_app.services.errors import InvalidInput

if TYPE_CHECKING:
    from referral_app.documents.consult_packet import Packet

Make = Callable[["Packet", Sheets], list[Flowable]]
Test = Callable[["Packet"], bool]
_PLACES = 6
"""At how many places the part on whom to call is tried."""
_LEAD, _LARGE_LEAD = 5.0, 7.5
"""How many lines are left for a part that goes on on the next page, its heading among them."""

_CLOSER = 0.6
"""How many lines are left above the heading of a part where pages are saved; else it is a whole one."""


class Keep(IntEnum):
    """How long a part stays on one page where it fits on one, as pages are saved; large print begins with `TIGHT`."""

    ROOMY = 0
    SMALL = 1
    ALWAYS = 2


TIGHT = Keep.ALWAYS


def _always(packet: Packet) -> bool:
    return True


def _never(packet: Packet) -> bool:
    return False


def _has_numbers(packet: Packet) -> bool:
    return any(True for _ in patient_words.counts(packet.intake, packet.computed))


def _has_studies(packet: Packet) -> bool:
    wanted = given(packet.intake, "request.trial_interest")
    open_ = any(trial.state == TrialState.RECRUITING for trial in packet.trials)
    return wanted is not False and bool(wanted or open_)


def _has_experts(packet: Packet) -> bool:
    return any(expert.field != ExpertField.PEDIATRICS for expert in packet.experts)


def _is_for_block(packet: Packet) -> bool:
    return given(packet.intake, "request.purpose") == Purpose.DIAGNOSTIC_BLOCK


def _is_no_migraine(packet: Packet) -> bool:
    """Tell whether the sites are not drawn already: for migraine they stand with what the condition is."""
    return patient_words.topic(packet.intake) != "migraine"


def _has_notices(packet: Packet) -> bool:
    return any(words.strip() for _, words in packet.notices)


@dataclass(frozen=True)
class Section:
    """A part of the packet: its key, its title on the screen, and what makes it.

    `default` tells for whom it is printed where nobody ticked anything, `fits` for whom it has anything true to show.
    """

    key: str
    title: str
    make: Make
    keep: Keep = Keep.ROOMY
    default: Test = _always
    fits: Test = _always


CALLS = "calls"
SOURCES = "sources"
CATALOGUE: tuple[Section, ...] = (
    Section("about", "The condition", packet_pages.about),
    Section("numbers", "The patient’s numbers", packet_pages.numbers, fits=_has_numbers),
    Section("tried", "What was tried", packet_pages.tried),
    Section("block", "What a nerve block is", packet_extras.block, default=_is_for_block),
    Section("operation", "The operation in short", packet_extras.operation, default=_never),
    Section(
        "sites",
        "Six trigger sites",
        packet_extras.sites,
        Keep.SMALL,
        _never,
        _is_no_migraine,
    ),
    Section("known", "What is known", packet_pages.known),
    Section("views", "What both societies say", packet_pages.views, Keep.SMALL),
    Section("risks", "Risks", packet_extras.risks, default=_never),
    Section("studies", "Clinical trials", packet_pages.studies, Keep.SMALL, fits=_has_studies),
    Section("experts", "Other experts", packet_pages.experts, Keep.SMALL, fits=_has_experts),
    Section("bring", "What to bring", packet_pages.bring),
    Section("questions", "Questions to ask", packet_pages.questions),
    Section("notes", "Lines to write on", packet_extras.notes, Keep.ALWAYS, _never),
    Section("costs", "Costs to ask about", packet_pages.costs),
    Section("worksheet", "Worksheet for costs", packet_extras.worksheet, default=_never),
    Section(CALLS, "Call us, call 911", packet_pages.calls, Keep.ALWAYS),
    Section("diary", "Headache diary", packet_extras.diary, default=_never),
    Section("sketch", "Head sketch to fill in", packet_extras.sketch, Keep.ALWAYS, _never),
    Section("words", "Words to know", packet_extras.glossary, default=_never),
    Section(
        "notices", "Rights, language help", packet_extras.notices, Keep.SMALL, _has_notices, _has_notices
    ),
    Section(SOURCES, "Sources and review", packet_extras.sources, Keep.ALWAYS, _never),
)
_SHEETS = ("diary", "sketch")
FIXED = frozenset({CALLS})
"""Parts that no packet goes without."""


def chosen(packet: Packet) -> list[Section]:
    """Return the parts of this packet in their order: those ticked, else those that everybody gets, where they fit.

    Raises InvalidInput for a key that there is not.
    """
    wanted = packet.sections
    if wanted is not None and (unknown := sorted(wanted - {one.key for one in CATALOGUE})):
        there = ", ".join(one.key for one in CATALOGUE)
        raise InvalidInput({"sections": f"The packet has no part “{unknown[0]}”. Its parts are {there}."})
    return [
        one
        for one in CATALOGUE
        if one.fits(packet)
        and (one.key in FIXED or (one.default(packet) if wanted is None else one.key in wanted))
    ]


def ways(packet: Packet, fresh: Callable[[], Sheets]) -> Iterator[list[Flowable]]:
    """Yield the packet with every part on one page, then, to save pages, with ever more parts that go on on the next.

    `fresh` gives new sheets for each way. The part on whom to call, which is not cut, is tried at several places. Pages
    are not saved where somebody ticked the parts, but for large print, which takes many as it is.
    """
    if not fresh().large:
        yield story(packet, fresh())
        if packet.sections is not None:
            return
        yield story(packet, _closer(fresh()))
        yield story(packet, _closer(fresh()), Keep.SMALL)
    for earlier in range(_PLACES):
        yield story(packet, _closer(fresh()), TIGHT, earlier)


def _closer(sheets: Sheets) -> Sheets:
    """Return sheets of usual print with less room above the headings of their parts; large print keeps its own."""
    if not sheets.large:
        sheets.styles.title.spaceBefore = sheets.styles.leading * _CLOSER
    return sheets


def story(packet: Packet, sheets: Sheets, saved: Keep = Keep.ROOMY, earlier: int = 0) -> list[Flowable]:
    """Return what the packet consists of, in reading order.

    Parts that are kept on one page are those of `saved` and above; `earlier` moves the one on whom to call forward.

    What says who reviewed the texts is made last, since it speaks of all that were taken.
    """
    parts = chosen(packet)
    at = next(number for number, one in enumerate(parts) if one.key == CALLS)
    parts.insert(max(0, at - earlier), parts.pop(at))
    made = [packet_pages.cover(packet, sheets)]
    made += [_kept(part, part.make(packet, sheets), sheets, saved) for part in parts]
    if not any(part.key == SOURCES for part in parts):
        made.insert(_end(parts) + 1, packet_extras.reviewed(packet, sheets))
    return packet_lists.kept([flowable for part in made for flowable in part])


def _end(parts: list[Section]) -> int:
    """Return behind how many parts the reading ends: a sheet to fill in leaves no room for a line below it."""
    end = len(parts)
    while parts[end - 1].key in _SHEETS:
        end -= 1
    return end


def _kept(part: Section, made: list[Flowable], sheets: Sheets, saved: Keep) -> list[Flowable]:
    if not made:
        return []
    if part.keep >= saved:
        return [layout.Whole(made)]
    lead = _LARGE_LEAD if sheets.large else _LEAD
    return [layout.room(sheets.styles.leading * lead), *made]
