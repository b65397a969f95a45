"""What an edited patient text must still hold, so that its part of the packet can be laid out and nobody is harmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from referral_app.clinical import patient_markdown, text_placeholders
from referral_app.clinical.patient_markdown import BadText, Problem, Section

FIXED = "The program puts these words together itself. They are reviewed here and cannot be edited."

ALONE: Mapping[str, tuple[str, ...]] = {
    "surgery-answers": ("fasting", "medications", "ride"), "surgery-aftercare": ("aftercare",),
}  # fmt: skip
"""Placeholders that need a paragraph of their own: the surgeon's words, which are printed large in a box."""

SAID: Mapping[str, tuple[str, ...]] = {
    "call-911": ("911",), "surgery-call-911": ("911",), "call-us": ("{phone}",), "surgery-call-us": ("{phone}",),
}  # fmt: skip
"""Words without which a text would be dangerous."""


def composed(name: str) -> bool:
    """Tell whether these are the short words that the program puts together itself: reviewed, and never edited."""
    return name.endswith(".toml")


def problems(name: str, markdown: str, original: str) -> list[Problem]:
    """Return what keeps a text from being printed, by line; `original` is the program's own of that name."""
    if composed(name):
        return [] if markdown == original else [Problem(1, FIXED)]
    known = text_placeholders.known_for(name, original)
    found = patient_markdown.problems(markdown, known)
    return found or [Problem(1, sentence) for sentence in _lost(name, markdown, original)]


def _lost(name: str, markdown: str, original: str) -> Iterator[str]:
    now, before = patient_markdown.parse(markdown), _parsed(original)
    if before.heading and not now.heading:
        yield "This text needs a heading: begin its first line with # and a space."
    if now.heading and not before.heading:
        yield "This text stands below another heading and takes none with one #. Use ## or plain words."
    if before.blocks and not now.blocks:
        yield "This text needs words below its heading."
    alone = {block.words for block in now.blocks}
    for one in ALONE.get(name, ()):
        if f"{{{one}}}" not in alone:
            yield f"{{{one}}} needs a paragraph of its own: the patient must read these words of the surgeon."
    for words in SAID.get(name, ()):
        if words not in markdown:
            yield f"This text must say {words}."


def _parsed(original: str) -> Section:
    try:
        return patient_markdown.parse(original)
    except BadText:  # the program's own are tested; nothing is asked beside one that is not whole
        return Section("", ())
