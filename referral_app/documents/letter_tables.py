"""The tables of the letter; what no column shows stands below the first entry of its row, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from reportlab.platypus import Flowable

from referral_app.choices import AttachmentKind, InjectionKind
from referral_app.clinical.computed import relief, say_percent
from referral_app.clinical.fields import answered, given
from referral_app.clinical.intake import find
from referral_app.documents import tables, text, values
from referral_app.documents.layout import Styles
from referral_app.documents.sheet import Sheet
from referral_app.documents.tables import Column

_STRONG = 200
"""Up to this length the first entry of a row is bold; markup in bold is not cut, and long text has to be."""

Row = Mapping[str, Any]
Cell = Callable[[Row], str]


def treatments(sheet: Sheet, styles: Styles) -> list[Flowable]:
    """Return the treatments: what, how much, how long, when, with which effect."""
    at = "treatments"
    return _table(sheet, styles, at, sheet.rows(at), [
        (Column("Treatment", 0.29), lambda row: _first(at, row, "name", "class")),
        (Column("Dose", 0.17), lambda row: " ".join(_said(at, row, name) for name in ("dose", "unit")).strip()),
        (Column("At target", 0.12, number=True), lambda row: _said(at, row, "weeks_at_target")),
        (Column("From – to", 0.2), lambda row: _span(at, row)),
        (Column("Effect", 0.23), lambda row: _first(at, row, "effect", "stop_reason", strong=False)),
    ], {"class", "name", "dose", "unit", "weeks_at_target", "started", "stopped", "effect", "stop_reason"})  # fmt: skip


def nerve_blocks(sheet: Sheet, styles: Styles) -> list[Flowable]:
    """Return the nerve blocks: local anesthetic, with or without steroid, with their relief in percent."""
    return _injections(sheet, styles, InjectionKind.NERVE_BLOCK)


def toxin(sheet: Sheet, styles: Styles) -> list[Flowable]:
    """Return the injections of botulinum toxin, which is not a steroid."""
    return _injections(sheet, styles, InjectionKind.BOTULINUM_TOXIN)


def other_injections(sheet: Sheet, styles: Styles) -> list[Flowable]:
    """Return the rows of which it was not said whether they are a block or toxin, or an answer that is no table."""
    whole = tables.pairs(_whole(sheet, "injections"), styles)
    return whole + _injections(sheet, styles, None)


def imaging(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield each imaging as a label with its date, result and note."""
    at = "imaging"
    yield from _whole(sheet, at)
    for row in sheet.rows(at):
        label = ", ".join(part for part in (_said(at, row, "type"), _said(at, row, "region").lower()) if part)
        said = [_said(at, row, "date"), text.bold(_said(at, row, "result"))]
        yield label or "Imaging", text.join("; ", [text.join(", ", said), _said(at, row, "note")])


def medications(sheet: Sheet, styles: Styles) -> list[Flowable]:
    """Return the medications taken now."""
    at = "safety.medications"
    return _table(sheet, styles, at, sheet.rows(at), [
        (Column("Medication", 0.4), lambda row: _said(at, row, "name")),
        (Column("Dose", 0.25), lambda row: _said(at, row, "dose")),
        (Column("How often", 0.35), lambda row: _said(at, row, "frequency")),
    ], {"name", "dose", "frequency"})  # fmt: skip


def coverage(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield who pays, each with plan, numbers and the state of a prior authorization."""
    at = "coverage"
    yield from _whole(sheet, at)
    for row in sheet.rows(at):
        payer = text.bold(_said(at, row, "payer"))
        who = text.join(": ", [_said(at, row, "kind"), text.join(", ", [payer, _said(at, row, "plan")])])
        rest = sheet.row_rest(at, row, {"kind", "payer", "plan"})
        yield "Coverage", text.join("; ", [who, rest])


def attachments(sheet: Sheet) -> str:
    """Return what is attached, in one text."""
    at = "attachments"
    said = [words for _, words in _whole(sheet, at)]
    for row in sheet.rows(at):
        pages = _said(at, row, "pages")
        about = [_said(at, row, "date"), f"{pages} {'page' if pages == '1' else 'pages'}" if pages else ""]
        more = sheet.row_rest(at, row, {"kind", "title", "date", "pages", "sha256", "not_available"})
        if why := _said(at, row, "not_available"):
            about.append(f"not available: {why}")
        brackets = ", ".join(part for part in (*about, more) if part)
        title = _said(at, row, "title") if row.get("kind") == AttachmentKind.OTHER else ""
        name = ": ".join(part for part in (_said(at, row, "kind"), title) if part)
        said.append(name + (f" ({brackets})" if brackets else ""))
    return "; ".join(said)


def _whole(sheet: Sheet, path: str) -> Iterator[tuple[str, str]]:
    """Yield the answer of a table that is no list of rows, such as text that could not be read."""
    sheet.taken.add(path)
    value = sheet.given(path)
    if value is not None and not sheet.rows(path):
        yield find(path).label, values.say(find(path), value)


def _injections(sheet: Sheet, styles: Styles, kind: InjectionKind | None) -> list[Flowable]:
    at, known = "injections", {str(kind) for kind in InjectionKind}
    rows = [
        row
        for row in sheet.rows(at)
        if (str(row.get("kind")) if str(row.get("kind")) in known else None) == kind
    ]
    columns: list[tuple[Column, Cell]] = [
        (Column("Nerve or site", 0.285), lambda row: _first(at, row, "site", "side")),
        (Column("Date", 0.175), lambda row: _said(at, row, "date")),
        (Column("Agent", 0.23), lambda row: _agent(at, row)),
        (Column("Pain", 0.102, number=True), _scores),
        (Column("Relief", 0.1, number=True), _relief),
        (Column("Lasted", 0.11, number=True), lambda row: _said(at, row, "relief_hours")),
    ]
    shown = {
        "site",
        "side",
        "date",
        "agent",
        "steroid",
        "units",
        "cycle",
        "pain_before",
        "pain_after",
        "relief_hours",
    }
    return _table(sheet, styles, at, rows, columns, shown | ({"kind"} if kind else set()), whole=False)


def _agent(path: str, row: Row) -> str:
    """Return what was injected: a block with or without steroid, toxin with its units and cycle."""
    steroid = {"Yes": "with steroid", "No": "no steroid"}
    said, units, cycle = (_said(path, row, name) for name in ("steroid", "units", "cycle"))
    if row.get("kind") == InjectionKind.BOTULINUM_TOXIN:
        below = text.join(", ", [units, f"cycle {cycle}" if cycle else ""])
    elif row.get("kind") == InjectionKind.NERVE_BLOCK:
        below = text.escape(steroid.get(said, said))
    else:
        below = text.Markup("")
    return text.join(text.BREAK, [_said(path, row, "agent"), below])


def _table(
    sheet: Sheet, styles: Styles, path: str, rows: Sequence[Row], columns: Sequence[tuple[Column, Cell]],
    shown: set[str], whole: bool = True,
) -> list[Flowable]:  # fmt: skip
    """Return a table; one line instead where there are no rows but an answer, such as "None known"."""
    sheet.taken.add(path)
    if not rows:
        value = sheet.given(path) if whole else None
        return (
            [text.paragraph(text.bold(values.say(find(path), value)), styles.cell)]
            if value is not None
            else []
        )
    cells: list[list[str]] = []
    for row in rows:
        said = [cell(row) for _, cell in columns]
        said[0] = text.join(text.BREAK, [said[0], sheet.row_rest(path, row, shown)])
        cells.append(said)
    return [tables.table([column for column, _ in columns], cells, styles)]


def _said(path: str, row: Row, name: str) -> str:
    return values.say(find(path).child(name), row.get(name))


def _first(path: str, row: Row, main: str, below: str, strong: bool = True) -> str:
    """Return two answers one below the other, the first in bold."""
    first = _said(path, row, main)
    return text.join(
        text.BREAK, [text.bold(first) if strong and len(first) <= _STRONG else first, _said(path, row, below)]
    )


def _span(path: str, row: Row) -> str:
    started, stopped = (_said(path, row, name).replace(" ", "\xa0") for name in ("started", "stopped"))
    if started and stopped:
        return f"{started} – {stopped}"
    return f"from {started}" if started else f"until {stopped}" if stopped else ""


def _scores(row: Row) -> str:
    said = [values.number(given(row, name)) for name in ("pain_before", "pain_after")]
    return f"{said[0] or '–'} to {said[1] or '–'}" if any(said) else ""


def _relief(row: Row) -> str:
    """Return the relief in percent: (before - after) / before; without pain before it cannot be told."""
    percent = relief(row)
    if percent is not None:
        return say_percent(percent).replace(" ", "\xa0")
    before = given(row, "pain_before")
    none = isinstance(before, int | float) and not isinstance(before, bool) and before == 0
    return "not valid" if none and answered(given(row, "pain_after")) else ""
