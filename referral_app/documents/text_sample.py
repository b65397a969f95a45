"""One patient text as it prints, for an invented patient: what the editor shows beside the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportlab.platypus import Flowable

from referral_app.documents import layout, patient_text
from referral_app.documents.layout import Page
from referral_app.documents.packet_sheets import Sheets
from referral_app.documents.patient_text import BadText
from referral_app.services.errors import InvalidInput

LANGUAGES = {"en": "en-US", "es": "es-US"}


@dataclass(frozen=True)
class Sample:
    """A text with what fills its placeholders; `large` asks for 18 point print."""

    markdown: str
    values: Mapping[str, str]
    language: str = "en"
    large: bool = False


def render(sample: Sample) -> bytes:
    """Return the text as a PDF; raises InvalidInput with a sentence where it cannot be printed."""
    sheets = Sheets(layout.patient_styles(sample.large), sample.values, sample.language)
    try:
        section = patient_text.parse(sample.markdown)
        story: list[Flowable] = list(sheets.blocks(section.blocks))
        if section.heading:
            story.insert(0, layout.Heading(sheets.fill(section.heading), sheets.styles.title))
    except BadText as error:
        raise InvalidInput({"markdown": str(error)}) from error
    if not story:
        raise InvalidInput({"markdown": "The text is empty."})
    return layout.build(story, _page(sample, sheets))


def _page(sample: Sample, sheets: Sheets) -> Page:
    return Page(
        title="Sample of a text for patients", person="Ana Ruiz, invented", foot=("sample",),
        styles=sheets.styles, marks=("Sample",), lang=LANGUAGES.get(sample.language, sample.language),
    )  # fmt: skip
