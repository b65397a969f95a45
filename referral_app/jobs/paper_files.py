"""Documents as files: saved where a person wants them, or a private copy that another program is given for a while."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from referral_app.choices import PaperAct
from referral_app.database import Database
from referral_app.jobs import files, papers
from referral_app.jobs.papers import Made


def save(
    db: Database,
    made: Made,
    path: Path,
    *,
    password: str = "",
    for_whom: str = "",
    fax: bool = False,
    shown: str = "",
) -> None:
    """Write a document under a name, whole or not at all, and record that it was saved.

    It is recorded once all of it is on the disk and before it has its name: what could not be written is not recorded
    as saved, and what cannot be recorded leaves no file. Raises InvalidInput and StoreProblem with a sentence.
    """

    def note() -> None:
        papers.left(
            db, made, PaperAct.SAVED, how=path.name, for_whom=for_whom, protected=bool(password), fax=fax,
            shown=shown,
        )  # fmt: skip

    write(path, sealed(made.content, password), note)


def hand_out(
    db: Database, made: Made, folder: Path, act: PaperAct, *, how: str, password: str = "", for_whom: str = ""
) -> Path:
    """Return the path of a private copy for another program, recorded as `act`; `files.remove(folder)` takes all back.

    Raises InvalidInput and StoreProblem with a sentence; nothing is left then.
    """
    files.folder(folder)
    place = Path(tempfile.mkdtemp(dir=folder))
    path = place / made.name

    def note() -> None:
        papers.left(db, made, act, how=how, for_whom=for_whom, protected=bool(password))

    try:
        write(path, sealed(made.content, password), note)
    except BaseException:
        files.remove(place)
        raise
    return path


def sealed(content: bytes, password: str) -> bytes:
    """Return a PDF that opens with the password alone (AES-256), or as it is where there is none."""
    if not password:
        return content
    from referral_app.documents import protecting

    return protecting.protected(content, password)


def write(path: Path, content: bytes, note: Callable[[], object]) -> None:
    """Write bytes under a name, whole or not at all; `note` is called once all is on the disk, and may stop it."""
    with files.writing(path) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
        note()
