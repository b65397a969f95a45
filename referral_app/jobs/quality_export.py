"""Taking requests out for quality work, without who they are about: rows, and a summary beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from referral_app.database import Database
from referral_app.exchange import deidentified
from referral_app.exchange.deidentified import Sheet
from referral_app.jobs import files
from referral_app.services import quality
from referral_app.services.errors import InvalidInput
from referral_app.services.report_records import Wanted

Progress = Callable[[int, int], None]
Canceled = Callable[[], bool]
_SOME = 500


ABOUT = (
    ("What is in it", "One row for each request of the period that is shown: age, sex, the first three digits of the "
     "ZIP code, urgency, where it stands as a code and in words, whether a reason was given, what was missing, the "
     "headache index, and its days. A summary counts them."),
    ("What is left out", "Names, numbers of any kind, addresses, phones, surgeons, practices and all free text. Ages "
     "from 90 on are one group; the ZIP code is 000 where 20,000 people or fewer live. The summary leaves out numbers "
     f"below {deidentified.SMALLEST}."),
    ("Days are moved", "All days of a patient are moved by the same number of days, up to "
     f"{deidentified.FARTHEST} either way, drawn by chance and kept nowhere: the time between two days is right, and "
     "no day is."),
    ("Before you pass it on", "Ask your privacy officer: of dates the rule itself lets the year alone stand (45 CFR "
     "164.514(b)(2))."),
)  # fmt: skip
"""What a person is told before anything is taken out: headings and sentences."""


@dataclass(frozen=True)
class Taken:
    """How many rows were taken out, and into which files."""

    count: int
    names: tuple[str, ...]

    @property
    def words(self) -> str:
        """The same in words."""
        rows = f"{self.count:,} de-identified row{'' if self.count == 1 else 's'}"
        return f"{rows} saved in {' and '.join(self.names)}; the export was noted"


class _Stopped(Exception):
    """A person stopped the work."""


def export(
    db: Database,
    path: Path,
    wanted: Wanted,
    progress: Progress = lambda done, of: None,
    canceled: Canceled = lambda: False,
) -> Taken | None:
    """Write the requests of a period into a .csv (the summary in a second one) or .xlsx file; None where canceled.

    For administrators. The export is noted before the file is there. Raises InvalidInput with a sentence, Denied.
    """
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise InvalidInput({"file": f"Choose a name that ends with .csv or .xlsx, not {path.name}."})
    with db.read() as session:
        numbers = quality.chosen(session, wanted)
    with db.begin() as session:
        quality.note(session, wanted, len(numbers))
    sheet = Sheet()
    rows = _rows(db, sheet, numbers, progress, canceled)
    try:
        if path.suffix.lower() == ".xlsx":
            with files.writing(path) as file:
                return Taken(deidentified.write_xlsx(file, rows, sheet), (path.name,))
        beside = path.with_name(f"{path.stem}-summary.csv")
        with files.writing(path) as file:
            count = deidentified.write_csv(file, rows)
        with files.writing(beside) as file:
            deidentified.write_csv(file, sheet.summary(), deidentified.SUMMARY)
        return Taken(count, (path.name, beside.name))
    except _Stopped:
        return None


def _rows(
    db: Database, sheet: Sheet, numbers: Sequence[int], progress: Progress, canceled: Canceled
) -> Iterator[tuple[str, ...]]:
    for at in range(0, len(numbers), _SOME):
        if canceled():
            raise _Stopped
        with db.read() as session:
            found = quality.read(session, numbers[at : at + _SOME])
        yield from map(sheet.row, found)
        progress(min(at + _SOME, len(numbers)), len(numbers))
