"""Months with the day of the surgery and the visits after it, which read in black and white: a square and circles."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.pdfgen.canvas import Canvas

from referral_app.documents import fonts, layout
from referral_app.documents.figures import Figure
from referral_app.documents.packet_language import Words
from referral_app.documents.packet_sheets import LARGE

_WEEK = calendar.Calendar(firstweekday=6)
"""Weeks begin on Sunday, as on calendars of the United States."""
_GAP = 24.0


@dataclass(frozen=True)
class Marks:
    """The day of the surgery and those of the visits."""

    surgery: date
    visits: Sequence[date] = ()

    @property
    def months(self) -> list[date]:
        """The first days of the months that hold a mark, in their order."""
        return sorted({day.replace(day=1) for day in (self.surgery, *self.visits)})


class Months(Figure):
    """One or two months side by side, with the marks that lie in them."""

    def __init__(self, months: Sequence[date], marks: Marks, size: float, words: Words, texts: Words) -> None:
        """Keep what is drawn; `words` say days, `texts` are the names of months and weekdays and what is read out."""
        super().__init__()
        self._months, self._marks, self._size, self._texts = months, marks, size, texts
        self._across = max(2, len(months)) if size < LARGE else 1
        self._cell = min((layout.WIDTH - _GAP * (self._across - 1)) / self._across / 7, size * 2.6)
        self._row = size * 1.9
        weeks = max(len(_weeks(month)) for month in months)
        self.width, self.height = layout.WIDTH, self._row * (weeks + 2.2)
        self.spaceAfter = size * 0.5
        self.alternative = alternative(months, marks, words, texts)

    def paint(self, canvas: Canvas) -> None:
        """Draw the months from left to right."""
        for number, month in enumerate(self._months):
            self._paint_month(canvas, number * (self._cell * 7 + _GAP), month)

    def _paint_month(self, canvas: Canvas, left: float, month: date) -> None:
        top = self.height - self._row
        canvas.setFillColor(layout.INK)
        canvas.setFont(fonts.BOLD, self._size * 1.1)
        canvas.drawString(left + self._cell * 0.2, top + self._row * 0.3, title(month, self._texts))
        canvas.setFont(fonts.BOLD, self._size * 0.8)
        days = self._texts.listed("days")
        for column, at in enumerate((6, 0, 1, 2, 3, 4, 5)):
            canvas.drawCentredString(left + (column + 0.5) * self._cell, top - self._row * 0.45, days[at])
        canvas.setStrokeColor(layout.RULE)
        canvas.setLineWidth(layout.HAIRLINE)
        canvas.line(left, top - self._row * 0.75, left + 7 * self._cell, top - self._row * 0.75)
        for line, week in enumerate(_weeks(month)):
            for column, day in enumerate(week):
                if day:
                    middle = left + (column + 0.5) * self._cell
                    self._paint_day(canvas, middle, top - self._row * (line + 1.3), month.replace(day=day))

    def _paint_day(self, canvas: Canvas, x: float, y: float, day: date) -> None:
        """Draw a day, its middle at a point: filled for the surgery, in a circle for a visit."""
        marks, size = self._marks, self._size
        ink = layout.INK
        if day == marks.surgery:
            canvas.setFillColor(layout.INK)
            canvas.rect(x - size * 0.95, y - size * 0.85, size * 1.9, size * 1.7, stroke=0, fill=1)
            ink = layout.PAPER
        elif day in marks.visits:
            canvas.setStrokeColor(layout.INK)
            canvas.setLineWidth(2)
            canvas.circle(x, y, size * 0.9, stroke=1, fill=0)
        canvas.setFillColor(ink)
        marked = day == marks.surgery or day in marks.visits
        canvas.setFont(fonts.BOLD if marked else fonts.BODY, size)
        canvas.drawCentredString(x, y - size * 0.35, str(day.day))


def drawn(marks: Marks, size: float, words: Words, texts: Words) -> list[Figure]:
    """Return the months with marks, two a row in usual print and one in large print."""
    months, across = marks.months, 1 if size >= LARGE else 2
    return [
        Months(months[at : at + across], marks, size, words, texts) for at in range(0, len(months), across)
    ]


def alternative(months: Sequence[date], marks: Marks, words: Words, texts: Words) -> str:
    """Return what is read in place of months: which they are, and each marked day in them."""
    told: Mapping[str, Sequence[date]] = {"surgery_on": [marks.surgery], "visit_on": sorted(marks.visits)}
    said = [
        texts.say(name, day=words.day(day))
        for name, days in told.items()
        for day in days
        if day.replace(day=1) in months
    ]
    names = words.say("listed").join(title(month, texts) for month in months)
    return texts.say("drawing", months=names, dates=" ".join(said))


def title(month: date, texts: Words) -> str:
    """Return the name of a month with its year."""
    return texts.say("month", month=texts.listed("months")[month.month - 1], year=month.year)


def _weeks(month: date) -> list[list[int]]:
    return _WEEK.monthdayscalendar(month.year, month.month)
