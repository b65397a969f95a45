"""Patient texts as they print, for an invented patient: one beside the editor, or all of them for a reviewer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from referral_app.documents import layout, patient_text, text
from referral_app.documents.layout import Page, Styles
from referral_app.documents.packet_sheets import Sheets
from referral_app.documents.patient_text import BadText
from referral_app.services.errors import InvalidInput

LANGUAGES = {"en": "en-US", "es": "es-US"}


@dataclass(frozen=True)
class Sample:
    """A text by its name with what fills its placeholders; `large` asks for 18 point print."""

    markdown: str
    values: Mapping[str, str]
    language: str = "en"
    large: bool = False
    name: str = ""


def render(samples: Sequence[Sample], mark: str = "Sample") -> bytes:
    """Return texts of one language and size as one PDF; raises InvalidInput where one cannot be printed.

    Several begin with their names, by which a reviewer speaks of them.
    """
    styles, first = layout.patient_styles(samples[0].large), samples[0]
    story: list[Flowable] = []
    for sample in samples:
        parts = _parts(sample, styles)
        story += [_named(sample, styles), *parts] if len(samples) > 1 else parts
    return layout.build(story, _page(first, styles, mark))


def _parts(sample: Sample, styles: Styles) -> list[Flowable]:
    sheets = Sheets(styles, sample.values, sample.language)
    try:
        section = patient_text.parse(sample.markdown)
        made = list(sheets.blocks(section.blocks))
        if section.heading:
            made.insert(0, layout.Heading(sheets.fill(section.heading), styles.title))
    except BadText as error:
        raise InvalidInput({"markdown": str(error)}) from error
    if not made:
        raise InvalidInput({"markdown": "The text is empty."})
    return made


def _named(sample: Sample, styles: Styles) -> Flowable:
    return text.paragraph(f"{sample.name}:", styles.caption)


def _page(sample: Sample, styles: Styles, mark: str) -> Page:
    return Page(
        title="Sample of texts for patients", person="Ana Ruiz, invented", foot=("sample",), styles=styles,
        marks=(mark,), lang=LANGUAGES.get(sample.language, sample.language),
    )  # fmt: skip
