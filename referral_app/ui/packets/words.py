"""How the page of packets counts and names things."""

from __future__ import annotations

from referral_app.choices import BatchState, PaperKind
from referral_app.services.batches import FILES, ONE_FILE, BatchItem, BatchRecord

NEEDS = "For this patient: {}, {}. {}"
WAITS = "English with language help (Spanish waits for review)"
SOME_WAIT = "Spanish, or English with language help where a text waits for review"


def how_many(number: int, noun: str) -> str:
    """Return a number with its noun: 1 packet, 34 packets."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def language(code: str, waits: str = "") -> str:
    """Return the language of what patients read, as it is printed while its texts wait for review (`Visit.waits`)."""
    if code != "es":
        return "English"
    return {"all": WAITS, "some": SOME_WAIT}.get(waits, "Spanish")


def language_shortly(code: str, waits: str) -> str:
    """Return the same in the width of a column."""
    if code != "es" or not waits:
        return language(code)
    return "English with language help" if waits == "all" else "Spanish or English with help"


def size(large: bool) -> str:
    """Return the print size in words."""
    return "large print, 18 point" if large else "usual print, 12 point"


def kind(one: PaperKind) -> str:
    """Return what is printed, as a list shows it."""
    return one.label


def where(batch: BatchRecord) -> str:
    """Return where the documents of a batch went."""
    if batch.way == FILES:
        return f"saved in {batch.target}"
    return f"saved as {batch.target}" if batch.way == ONE_FILE else f"given to {batch.target} as one job"


def done(batch: BatchRecord) -> str:
    """Return what became of a batch that is at its end."""
    number = len(batch.of(BatchState.PRINTED))
    refused = len(batch.of(BatchState.REFUSED))
    words = f"{how_many(number, 'document')} {where(batch)}." if number else "Nothing was printed or saved."
    return f"{words} {refused:,} could not be printed." if refused else words


def stopped(batch: BatchRecord) -> str:
    """Return how far a batch came that stopped before its end."""
    if batch.sent:
        return (
            f"The program ended while {batch.target} was given {how_many(len(batch.items), 'document')}. Look at the "
            "printer: has it printed them? If not, go on at the first one that is missing."
        )
    return f"{batch.title}: {len(batch.of(BatchState.PRINTED)):,} of {len(batch.items):,} done."


def place(item: BatchItem, of: int) -> str:
    """Return where a document stands in its batch: 34 of 100, Quintero, Marisol."""
    return f"{item.position:,} of {of:,}: {item.patient or 'No name yet'}"


def refusals(batch: BatchRecord) -> str:
    """Return what could not be printed and why, one line each, to be copied."""
    return "\n".join(
        f"{one.patient or 'No name yet'} ({one.reference}), {kind(one.kind).lower()}: {one.why}"
        for one in batch.of(BatchState.REFUSED)
    )
