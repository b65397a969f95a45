"""Rows for quality work without who they are about, and summary tables in which small cells are left out.

What is taken out is what the safe harbor of HIPAA names, 45 CFR 164.514(b)(2): names; every place below a state but
for the first three digits of a ZIP code, and 000 for the areas of 20,000 people or fewer (17 of them by the census of
2000, guidance of HHS of November 26, 2012); phone, fax, mail, record, plan, account and license numbers, addresses of
devices and of the web, faces and voices; ages of 90 and above are one group. Of dates the rule lets the year alone
stand. Here every day of a patient is moved by the same number of days, drawn by chance and kept nowhere, so that
intervals are right and no day is; whether that is enough for a use is for the privacy officer to decide. Free text is
left out, and a key by chance stands for each row.
"""

from __future__ import annotations

import codecs
import csv
import hmac
import io
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import IO, TYPE_CHECKING, Any

from referral_app.choices import RequestStatus
from referral_app.clinical import dates
from referral_app.exchange.cells import fitting, harmless

if TYPE_CHECKING:
    from referral_app.services.quality_records import Source

FEW_PEOPLE = frozenset({
    "036", "059", "063", "102", "203", "556", "692", "790", "821", "823", "830", "831", "878", "879", "884", "890",
    "893",
})  # fmt: skip
"""The first three digits of ZIP codes of areas with 20,000 people or fewer (census of 2000)."""
OLDEST = 90
SMALLEST = 11
"""Fewer in a cell of a summary table are left out, as CMS does for what it publishes."""
LEFT_OUT = "left out"
"""Says nothing of the number: also a larger one is left out where it would tell a small one."""
FARTHEST = 182
"""How many days a patient's dates are moved at most, either way."""
DAYS = ("begun_on", "signed_on", "sent_on", "received_on", "accepted_on", "booked_on", "visit_on", "seen_on",
        "ended_on", "told_on")  # fmt: skip
HEADINGS = (
    "key", "age", "sex", "zip3", "urgency", "status", "status_words", "reason_given", "missing", "headache_index",
    *(f"{name}_shifted" for name in DAYS),
)  # fmt: skip


@dataclass
class Sheet:
    """One export: the secret by which days are moved, thrown away with it, and the counts of its summary."""

    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    counts: dict[str, Counter[str]] = field(
        default_factory=lambda: {name: Counter() for name in ("status", "urgency", "age", "zip3")}
    )

    def row(self, source: Source) -> tuple[str, ...]:
        """Return a request without who it is about, and count it."""
        moved = self._moved(source.patient)
        values = {
            "age": age(source.born, source.days.get("sent_on")), "zip3": zip3(source.zip),
            "urgency": source.urgency, "status": source.status,
        }  # fmt: skip
        for name, counter in self.counts.items():
            counter[_band(values[name]) if name == "age" else values[name]] += 1
        index = "" if source.headache_index is None else f"{source.headache_index:g}"
        days = (source.days.get(name) for name in DAYS)
        return (
            secrets.token_hex(8), values["age"], source.sex, values["zip3"], values["urgency"], values["status"],
            status_words(source.status), "yes" if source.reason_given else "no", source.missing or "", index,
            *("" if day is None else (day + moved).isoformat() for day in days),
        )  # fmt: skip

    def summary(self) -> Iterator[tuple[str, str, str]]:
        """Yield table, value and number, small cells left out, and more where the total would tell them."""
        for name, counter in self.counts.items():
            small = _told_too_much(counter)
            for value, count in sorted(counter.items()):
                words = f"{value} {status_words(value)}".strip() if name == "status" else value
                yield name, words or "not known", LEFT_OUT if value in small else str(count)

    def _moved(self, patient: str) -> timedelta:
        """Return by how many days the dates of a patient are moved, never 0."""
        drawn = int.from_bytes(hmac.digest(self._secret, patient.encode(), "sha256")[:8], "big")
        far = drawn % (2 * FARTHEST) - FARTHEST
        return timedelta(days=far if far < 0 else far + 1)


def age(born: date | None, on: date | None) -> str:
    """Return the age in years on a day, 90+ for 90 and above, "" where it is not known."""
    if born is None or on is None or born > on:
        return ""
    years = dates.age(born, on)
    return f"{OLDEST}+" if years >= OLDEST else str(years)


def status_words(code: str) -> str:
    """Return where a request stands in words, by its code; "" for a code of another program."""
    return RequestStatus(code).label if code in set(RequestStatus) else ""


def zip3(code: str) -> str:
    """Return the first three digits of a ZIP code, 000 for areas of few people, "" for what is no ZIP code."""
    start = code.strip()[:3]
    if len(start) < 3 or not (start.isascii() and start.isdecimal()):
        return ""
    return "000" if start in FEW_PEOPLE else start


def write_csv(file: IO[bytes], rows: Iterable[Sequence[str]], headings: Sequence[str] = HEADINGS) -> int:
    """Write rows as CSV in UTF-8 with its mark, cells made harmless, and return how many."""
    file.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    out = csv.writer(text)
    out.writerow(headings)
    count = 0
    for row in rows:
        out.writerow([harmless(cell) for cell in row])
        count += 1
    text.detach()
    return count


def write_xlsx(file: IO[bytes], rows: Iterable[Sequence[str]], sheet: Sheet) -> int:
    """Write rows as a workbook of text with the summary on a second sheet, and return how many."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    first = book.create_sheet("Requests")
    first.freeze_panes = "A2"
    first.append(_texts(first, HEADINGS))
    count = 0
    try:
        for row in rows:
            for line in fitting(row):
                first.append(_texts(first, line))
            count += 1
    except BaseException:
        first.close()
        raise
    second = book.create_sheet("Summary")
    for line in (SUMMARY, *sheet.summary()):
        for part in fitting(line):
            second.append(_texts(second, part))
    book.save(file)
    return count


SUMMARY = ("table", "value", "requests")


def _texts(sheet: Any, texts: Iterable[str]) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell

    made: list[Any] = []
    for text in texts:
        cell = WriteOnlyCell(sheet, text)
        cell.data_type = "s"  # otherwise what begins with = becomes a formula
        made.append(cell)
    return made


def _told_too_much(counter: Counter[str]) -> set[str]:
    """Return the values of a table whose numbers are left out.

    All tables have one total: what is left out of one together is known. Of one cell alone, or of cells that are fewer
    than the smallest number together, it would tell too much, so that the next larger ones are left out with them.
    """
    rising = sorted(counter, key=lambda value: (counter[value], value))
    small = [value for value in rising if counter[value] < SMALLEST]
    for value in rising[len(small) :]:
        if not small or (len(small) > 1 and sum(counter[one] for one in small) >= SMALLEST):
            break
        small.append(value)
    return set(small)


def _band(years: str) -> str:
    """Return the ten years that an age is in: "40 to 49"."""
    if not years.isdecimal():
        return years
    first = int(years) // 10 * 10
    return f"{first} to {first + 9}"
