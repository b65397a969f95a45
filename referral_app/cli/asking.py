"""What every command asks for: whose store, and with which passphrase it is opened."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from referral_app import settings
from referral_app.database import Database, KeyCopy, Passphrase, Recovery, is_locked, key_file, open_database
from referral_app.paths import Paths
from referral_app.services.permissions import nobody_yet

FILE = click.Path(path_type=Path, dir_okay=False)
WHO = "Command line"
LONGEST_SECRET = 4096


@dataclass
class Wanted:
    """What the options that every command takes ask for."""

    data_dir: Path | None = None
    demo: bool = False
    passphrase_file: Path | None = None
    user: str = ""

    @property
    def paths(self) -> Paths:
        """Where the store is."""
        return Paths(self.data_dir) if self.data_dir else Paths.default()

    @property
    def second_folder(self) -> Path | None:
        """The second place of backups that was chosen for this PC."""
        chosen = settings.load(self.paths).second_backup_folder
        return Path(chosen) if chosen else None

    @contextmanager
    def store(self, must_exist: bool = False) -> Generator[Database]:
        """Open the store for one command, as the person whose passphrase was given.

        With `must_exist` a folder without a store is refused: a mistyped one must not be made and called whole.
        """
        if must_exist and not (self.paths.store.exists() or key_file.exists(self.paths.key)):
            raise click.ClickException(f"There is no store in {self.paths.data_dir}.")
        db = self._open()
        for sentence in db.warnings:
            click.echo(sentence, err=True)
        try:
            yield db
            self._back_up(db)
        finally:
            db.close()

    def way(self) -> Passphrase:
        """Return login and passphrase: from the file, or asked for where somebody sits at a terminal."""
        if self.passphrase_file:
            return Passphrase(self.user, secret(self.passphrase_file, "passphrase"))
        if not sys.stdin.isatty():
            raise click.ClickException(
                "The store is locked. Give --passphrase-file FILE, and --user LOGIN where there are several people."
            )
        login = self.user or click.prompt("Login", err=True, default="", show_default=False)
        return Passphrase(login, click.prompt("Passphrase", hide_input=True, err=True))

    def _open(self) -> Database:
        if not is_locked(self.paths):
            db = open_database(self.paths)
            db.act_as("", WHO, nobody_yet(WHO))
            from referral_app.jobs import directory_index, waiting

            directory_index.ensure(db)
            waiting.ensure(db)
            return db
        if self.passphrase_file and not self.user and len(key_file.load(self.paths.key).people) > 1:
            raise click.ClickException(
                "Several people work here: say with --user LOGIN whose passphrase it is."
            )
        from referral_app.jobs import sessions

        entered = sessions.log_in(self.paths, self.way(), settings.load(self.paths).mode)
        why = ""
        if entered.must_choose:
            why = "This is a one-time code. Choose a passphrase first: in the window, or with `data passphrase`."
        elif entered.practicing:
            why = "This account practices with invented data. An administrator ends that under Settings, People."
        if why:
            entered.db.close()
            raise click.ClickException(why)
        return entered.db

    def _back_up(self, db: Database) -> None:
        """Back up after a command where it is time; a demonstration is not worth keeping."""
        if db.keys is None or "demonstration" in db.facts:
            return
        from referral_app.jobs import backups

        known = len(db.warnings)
        backups.if_due(db, self.second_folder)
        for sentence in db.warnings[known:]:
            click.echo(sentence, err=True)


def wanted() -> Wanted:
    """Return what the options of this run ask for."""
    root = click.get_current_context().find_root()
    if root.obj is None:
        root.obj = Wanted()
    return root.obj


def store_options(command: Any) -> Any:
    """Let a command take the options that name the store and open it."""
    for option in (
        click.option(
            "--user", metavar="LOGIN", expose_value=False, callback=_keep("user"),
            help="Whose passphrase it is, where there are several people.",
        ),
        click.option(
            "--passphrase-file", type=FILE, expose_value=False, callback=_keep("passphrase_file"),
            help="File with the passphrase of the store.",
        ),
        click.option(
            "--data-dir", type=click.Path(path_type=Path, file_okay=False), expose_value=False,
            callback=_keep("data_dir"), help="Folder of the store.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def secret(path: Path, what: str) -> str:
    """Return what a file holds, without the end of its line; raises ClickException with one sentence."""
    try:
        raw = path.read_bytes()
        if os.name == "posix" and path.stat().st_mode & 0o077:
            click.echo(
                f"Others on this computer can read {path.name}; let nobody else: chmod 600 {path.name}",
                err=True,
            )
    except OSError as error:
        raise click.ClickException(f"The file {path.name} cannot be read: {error.strerror}.") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"The file {path.name} holds no text.") from error
    text = text.removesuffix("\n").removesuffix("\r")
    if not text or len(raw) > LONGEST_SECRET:
        raise click.ClickException(f"The file {path.name} holds no {what}.")
    return text


def recovery(path: Path) -> Recovery | KeyCopy:
    """Return the way in of a file: a recovery key, or a copy of the key of a store without people."""
    text = secret(path, "recovery key").strip()
    is_bare = len(text) == 64 and not text.strip("0123456789abcdef")
    return KeyCopy(path) if is_bare else Recovery(text)


def _keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
        if value is not None:
            root = context.find_root()
            root.obj = root.obj or Wanted()
            setattr(root.obj, name, value)

    return keep
