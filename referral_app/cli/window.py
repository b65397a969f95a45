"""The command without a command: the window, over the store, over a demonstration, or over what has to come first."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from referral_app import settings
from referral_app.database import Database, StoreProblem, is_locked, open_database
from referral_app.database.problems import InUse
from referral_app.paths import Paths
from referral_app.settings import Settings

if TYPE_CHECKING:
    from referral_app.cli import Wanted


def show(wanted: Wanted) -> int:
    """Show the window that was asked for and return the exit status."""
    if not _has_display():
        raise click.ClickException(
            "There is no display to open a window on. See --help for what works without one."
        )
    if not wanted.demo:
        return _show(wanted.paths)
    if wanted.data_dir is not None:
        _fill_once(wanted.paths)
        return _show(wanted.paths)
    with tempfile.TemporaryDirectory(prefix="referral-demo-") as folder:
        paths = Paths(Path(folder))
        _fill_once(paths)
        return _show(paths, throw_away=True)


def _fill_once(paths: Paths) -> None:
    """Make a store with invented data where there is none."""
    if paths.store.exists():
        return
    from referral_app.jobs import demo

    demo.begin(paths).close()
    settings.save(paths, Settings(person=demo.PERSON))


def _has_display() -> bool:
    """Tell whether a window can be opened; Qt itself would abort the process."""
    told = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in told)


def _show(paths: Paths, throw_away: bool = False) -> int:
    """Open the demonstration at once; a store with people asks who comes in, one without is set up first."""
    from referral_app.ui import application

    mine = settings.load(paths)
    try:
        db = _demonstration(paths)
    except InUse as problem:
        return _raise_first(paths, mine, problem)
    except StoreProblem as problem:
        return _say(paths, mine, problem)
    if db is None and is_locked(paths) and _is_first_raised(paths):
        return 0
    try:
        return application.run(paths, mine, db, throw_away=throw_away)
    finally:
        if db is not None:
            db.close()


def _demonstration(paths: Paths) -> Database | None:
    """Return the open store of a demonstration, None where somebody has to log in or set up first."""
    if is_locked(paths) or (not paths.store.exists() and not paths.key.exists()):
        return None
    from referral_app.jobs import directory_index, waiting

    db = open_database(paths)
    try:
        if "demonstration" in db.facts:
            directory_index.ensure(db)
            waiting.ensure(db)
            return db
    except BaseException:
        db.close()
        raise
    db.close()
    return None


def _raise_first(paths: Paths, mine: Settings, problem: InUse) -> int:
    """Bring the window that has the store to the front; the command line may have it too, which has none."""
    return 0 if _is_first_raised(paths, tries=15) else _say(paths, mine, problem)


def _is_first_raised(paths: Paths, tries: int = 1) -> bool:
    from referral_app.ui import first_window
    from referral_app.ui.application import application

    application()
    raised = first_window.raise_first(paths, tries)
    if raised:
        click.echo(first_window.RAISED)
    return raised


def _say(paths: Paths, mine: Settings, problem: StoreProblem) -> int:
    from referral_app.ui import application

    click.echo(str(problem), err=True)
    return application.say_problem(paths, mine, problem)
