"""The colors of paper, and the paragraph styles of a document, all from the size of its text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle

from referral_app.documents import fonts

INK = HexColor("#17202A")
MUTED = HexColor("#55616E")
ACCENT = HexColor("#0B6470")
PAPER = HexColor("#FFFFFF")
SUNKEN = HexColor("#EDF0F3")
SOFT = HexColor("#DDEFF1")
RULE = HexColor("#808B97")
EMERGENCY = HexColor("#B3261E")
EMERGENCY_SOFT = HexColor("#FBE9E7")


@dataclass(frozen=True)
class Styles:
    """The paragraph styles of one document, all from the size and leading of its body text, in points."""

    size: float
    leading: float
    body: ParagraphStyle = field(init=False)
    label: ParagraphStyle = field(init=False)
    cell: ParagraphStyle = field(init=False)
    number: ParagraphStyle = field(init=False)
    head: ParagraphStyle = field(init=False)
    head_number: ParagraphStyle = field(init=False)
    heading: ParagraphStyle = field(init=False)
    title: ParagraphStyle = field(init=False)
    foot: ParagraphStyle = field(init=False)
    item: ParagraphStyle = field(init=False)
    caption: ParagraphStyle = field(init=False)
    cover: ParagraphStyle = field(init=False)

    def __post_init__(self) -> None:
        """Make the styles."""
        fonts.cover()
        small = max(10.0, self.size - 1) if self.size < 16 else self.size
        leading = self.leading * small / self.size * (1 if self.size >= 12 else 0.95)
        body = ParagraphStyle(
            "body", fontName=fonts.BODY, fontSize=self.size, leading=self.leading, textColor=INK
        )
        cell = ParagraphStyle("cell", body, fontSize=small, leading=round(leading * 2) / 2)
        head = ParagraphStyle("head", cell, fontName=fonts.BOLD)
        title = round(self.size * 1.22) if self.size >= 16 else round(self.size * 1.5)
        heading = round(self.size * 1.11) if self.size >= 16 else round(self.size * 1.18)
        for name, style in {
            "body": body,
            "label": ParagraphStyle("label", cell, textColor=MUTED),
            "cell": cell,
            "number": ParagraphStyle("number", cell, alignment=2),
            "head": head,
            "head_number": ParagraphStyle("head_number", head, alignment=2),
            "heading": ParagraphStyle(
                "heading", body, fontName=fonts.BOLD, fontSize=heading, leading=heading * 1.3, textColor=ACCENT,
                spaceBefore=self.leading * 0.5, spaceAfter=self.leading * 0.2,
            ),
            "title": ParagraphStyle(
                "title", body, fontName=fonts.BOLD, fontSize=title, leading=title * 1.25,
                spaceAfter=self.leading * 0.35,
            ),
            "item": ParagraphStyle("item", body, spaceAfter=self.leading * 0.12),
            "caption": ParagraphStyle("caption", cell, spaceAfter=self.leading * 0.6),
            "cover": ParagraphStyle(
                "cover", body, fontName=fonts.BOLD, fontSize=title * 1.35, leading=title * 1.65,
                spaceAfter=self.leading * 0.4,
            ),
            "foot": ParagraphStyle("foot", body, fontSize=max(9.0, self.size * 0.72), leading=max(12.0, self.size)),
        }.items():  # fmt: skip
            object.__setattr__(self, name, style)

    def but(self, name: str, parent: ParagraphStyle, **changes: Any) -> ParagraphStyle:
        """Return a style that differs from another in a few things."""
        return ParagraphStyle(name, parent, **changes)


def patient_styles(large: bool) -> Styles:
    """Return the styles of what patients read: 12 on 17 points, or 18 on 25 in large print."""
    styles = Styles(18, 25) if large else Styles(12, 17)
    styles.body.spaceAfter = styles.leading * 0.4
    styles.title.spaceBefore = styles.leading
    for style in (styles.body, styles.item):
        style.allowWidows = style.allowOrphans = 0
    return styles
