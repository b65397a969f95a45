"""Two parts of a summary for the chart: the red flags with who cleared them, and what is attached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from referral_app.choices import AttachmentKind
from referral_app.clinical.check import Check
from referral_app.clinical.fields import as_dict, as_list, given, unavailable
from referral_app.clinical.intake import find
from referral_app.clinical.red_flags import RED_FLAGS, RedFlag, Tier
from referral_app.documents import values


def red_flags(intake: Mapping[str, Any], check: Check) -> Iterator[str]:
    """Yield the flags that are present, each with its emergency signs and who cleared it, and what to do now."""
    answers = as_dict(check.computed.get("red_flags"))
    present = [flag for flag in RED_FLAGS if answers.get(flag.name) == "yes"]
    asked = [flag for flag in RED_FLAGS if answers.get(flag.name) in ("yes", "no")]
    yield ""
    yield "RED FLAGS"
    yield f"{len(asked)} of {len(RED_FLAGS)} answered" + ("" if present else ", none present")
    for flag in present:
        yield from _flag(flag, intake)
    for line in check.emergency:
        if line.status == "emergency":
            yield f"Emergency: {line.text}"
    by, on = (_said(intake, f"red_flags.attested_{name}") for name in ("by", "at"))
    if by or on:
        yield f"Asked{f' by {by}' if by else ''}{f' on {on}' if on else ''}"


def _flag(flag: RedFlag, intake: Mapping[str, Any]) -> Iterator[str]:
    path = f"red_flags.{flag.name}"
    yield f"YES: {flag.question}"
    if flag.signs:
        signs = _said(intake, f"{path}.emergency_signs") or "not answered"
        yield f"  Emergency signs – {flag.signs}: {signs}"
    by, on, note = (_said(intake, f"{path}.cleared.{name}") for name in ("by", "on", "note"))
    if by or on or note:
        who = "".join((f" by {by}" if by else "", f" on {on}" if on else ""))
        yield f"  Evaluated and cleared{who}" + (f": {note}" if note else "")
    elif flag.tier is not Tier.REVIEW:
        yield "  Not cleared"


def attachments(intake: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is attached, each with its kind, date and pages, or why it is not there."""
    yield ""
    yield "ATTACHMENTS"
    answer = intake.get("attachments")
    rows = [as_dict(one) for one in as_list(answer)]
    if not rows:
        why = unavailable(answer)
        yield f"Not available: {why}" if why else "None"
    for row in rows:
        yield _attachment(row)


def _attachment(row: Mapping[str, Any]) -> str:
    kind, day, pages, title, lacking = (
        values.say(find(f"attachments.{name}"), row.get(name)).replace("\n", " ")
        for name in ("kind", "date", "pages", "title", "not_available")
    )
    if title and row.get("kind") == AttachmentKind.OTHER:
        kind = f"{kind}: {title}"
    counted = f"{pages} {'page' if pages == '1' else 'pages'}" if pages else ""
    about = (day, counted, f"not available: {lacking}" if lacking else "")
    return ", ".join(part for part in (kind or "Kind not given", *about) if part)


def _said(intake: Mapping[str, Any], path: str) -> str:
    words = values.say(find(path), given(intake, path))
    return " / ".join(line.strip() for line in words.splitlines() if line.strip())
