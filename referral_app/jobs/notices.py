"""The notices of a center: a PDF of its own read as attachments are, and saving what can be printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from referral_app.clinical import dates
from referral_app.clinical.fields import given
from referral_app.database import Database, Session
from referral_app.exchange import attachment_child, attachment_files
from referral_app.exchange.attachments import REPAIRED, Refused
from referral_app.exchange.sources import BadFile
from referral_app.services import notices
from referral_app.services.errors import InvalidInput
from referral_app.services.notices import NoticeRecord

CHECK_PAGES = "This file was damaged and could be repaired. Look at it: pages may be missing."


@dataclass(frozen=True)
class Taken:
    """A file as it is kept: a PDF made anew from its pages; `note` says what a person should look at."""

    content: bytes
    pages: int
    note: str = ""


def take(path: Path, canceled: Callable[[], bool] = lambda: False) -> Taken:
    """Return a file as a PDF with nothing but pages; raises InvalidInput with one sentence where it is not taken."""
    try:
        cleaned = attachment_child.read(attachment_files.taken(path), canceled)
    except (Refused, BadFile) as refused:
        raise InvalidInput({"content": str(refused)}) from refused
    return Taken(cleaned.pdf, cleaned.pages, CHECK_PAGES if REPAIRED in cleaned.notes else "")


def files(session: Session) -> tuple[NoticeRecord, ...]:
    """Return the notices that are PDFs, which go at the end of every packet."""
    return tuple(one for one in notices.find(session) if one.content)


def appended(
    content: bytes,
    intake: Mapping[str, Any],
    title: str,
    reference: str,
    language: str,
    more: Sequence[NoticeRecord],
) -> bytes:
    """Return a packet with the notices of the center behind it, each page stamped; raises InvalidInput naming one."""
    if not more:
        return content
    from referral_app.documents import enclosing, letter_front

    born = dates.stored(given(intake, "patient.date_of_birth"))
    parts = [enclosing.Enclosed(one.title, "", one.content) for one in more if one.content]
    return enclosing.render(
        enclosing.Bundle(
            f"{title}, {reference}", letter_front.full_name(intake) or "Name not given",
            f"born {dates.say(born)}" if born else "date of birth not given", reference,
            [enclosing.Own(title, content), *parts], "es-US" if language == "es" else enclosing.LANGUAGE,
        )
    )  # fmt: skip


def save(db: Database, record: NoticeRecord) -> NoticeRecord:
    """Write a notice and return it; raises InvalidInput by field, also for what no font of ours draws, Conflict."""
    from referral_app.documents import text

    lost = {name: text.missing(words) for name, words in (("title", record.title), ("words", record.words))}
    if wrong := {name: str(text.Unprintable(letters)) for name, letters in lost.items() if letters}:
        raise InvalidInput(wrong)
    with db.begin() as session:
        return notices.save(session, record)
