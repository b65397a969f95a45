"""The commands of the store: set up, back up, restore, verify, and coming in again."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from referral_app.choices import StaffRole
from referral_app.cli import audit, codes
from referral_app.cli.asking import FILE, recovery, secret, store_options, wanted
from referral_app.database import KeyCopy, Passphrase, Recovery, backup_record, is_locked, restore

ROLES = [str(role) for role in StaffRole]
FIRST_ROLES = ("administrator", "office_staff", "scheduler")


@click.group(name="data")
def data_commands() -> None:
    """The store."""


data_commands.add_command(audit.audit_commands)
data_commands.add_command(codes.load_codes)


@data_commands.command(name="setup")
@store_options
@click.option("--name", required=True, help="Name of the first person, who is an administrator too.")
@click.option(
    "--role", "roles", type=click.Choice(ROLES), multiple=True, default=FIRST_ROLES, help="What they do."
)
@click.option(
    "--recovery-key-out", "out", type=FILE, required=True, help="File to write the recovery key into."
)
def set_up_store(name: str, roles: tuple[str, ...], out: Path) -> None:
    """Give the store its first person, a passphrase and a recovery key."""
    from referral_app.jobs import people

    asked = wanted()
    if is_locked(asked.paths):
        raise click.ClickException(
            "This store has people already. Log in, and add others under Settings, People."
        )
    login, passphrase = asked.user or click.prompt("Login", err=True), _new_passphrase(asked.passphrase_file)
    _take_name(out)
    try:
        db, key = people.set_up(asked.paths, name, login, passphrase, frozenset(map(StaffRole, roles)))
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    try:
        write_recovery(out, key)
        people.confirm_recovery_key(db, secret(out, "recovery key").replace("-", "")[-6:], key)
    finally:
        db.close()
    click.echo(
        f"The store is set up. The recovery key is in {out}: print it and keep it away from this computer."
    )


@data_commands.command(name="backup")
@store_options
@click.argument("file", type=FILE)
def back_up_store(file: Path) -> None:
    """Write a verified, encrypted backup into a file."""
    from referral_app.jobs import backups

    with wanted().store(must_exist=True) as db:
        made = backups.to_file(db, file)
    if made.with_key:
        click.echo(f"{file} is a whole backup. A passphrase of today or the recovery key opens it.")
    else:
        click.echo(f"{file} is a whole backup. {wanted().paths.key} alone opens it: keep a copy of that too.")


@data_commands.command(name="restore")
@store_options
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--recovery-key-file", "key_file", type=FILE, help="File with the recovery key, or a copy of store.key."
)
@click.option("--other-office", is_flag=True, help="Take over the store of another office.")
def restore_store(file: Path, key_file: Path | None, other_office: bool) -> None:
    """Put a backup in the place of the store; the old one is moved aside and kept."""
    asked = wanted()
    way: Passphrase | Recovery | KeyCopy | None = recovery(key_file) if key_file else None
    if way is None and backup_record(file).with_key:
        way = asked.way()
    done = restore(asked.paths, file, way, other_office)
    click.echo(f"The backup of {done.made_at:%B %d, %Y, %H:%M} UTC is in place.")
    if done.upgraded_from:
        click.echo(f"It was of an older version (revision {done.upgraded_from}) and was upgraded.")
    if done.aside:
        click.echo(f"The store before it is in {done.aside}; nothing was deleted.")
    click.echo("People and passphrases are those of that time.")
    if isinstance(way, Recovery):
        click.echo("Whoever does not know their passphrase of that day: `data reset --recovery-key-file`.")


@data_commands.command(name="reset")
@store_options
@click.option("--recovery-key-file", "key_file", type=FILE, required=True, help="File with the recovery key.")
def reset_passphrase(key_file: Path) -> None:
    """Print a one-time code for the person of --user, with the recovery key, where nobody else can help."""
    from referral_app.jobs import people

    asked, way = wanted(), recovery(key_file)
    if not isinstance(way, Recovery) or not asked.user:
        raise click.ClickException("Give the login with --user, and the recovery key of a store with people.")
    click.echo(people.reset_with_recovery(asked.paths, way.text, asked.user))


@data_commands.command(name="passphrase")
@store_options
@click.option("--new-passphrase-file", "new_file", type=FILE, help="File with the new passphrase.")
def change_passphrase(new_file: Path | None) -> None:
    """Choose a new passphrase; the old one may be the one-time code of a reset."""
    from referral_app import settings
    from referral_app.jobs import people

    asked = wanted()
    way, new = asked.way(), _new_passphrase(new_file)
    db = people.open_store(asked.paths, way, settings.load(asked.paths).mode)
    try:
        people.change_passphrase(db, way.text, new)
    finally:
        db.close()
    click.echo("The passphrase is changed.")


@data_commands.command(name="verify")
@store_options
def verify_store() -> None:
    """Check that the store, its audit and the latest backup are whole."""
    from referral_app.jobs import audit as events
    from referral_app.jobs import backups

    with wanted().store(must_exist=True) as db:
        found = events.verify(db)
        problems = [*db.check(), *found.problems, *backups.latest_problems(db)]
    if problems:
        raise click.ClickException(" ".join(problems))
    click.echo("The store is whole.")
    click.echo(f"The audit is whole: {found.events} events.", err=True)


def write_recovery(out: Path, key: str) -> None:
    """Write a recovery key into a private file; raises InvalidInput."""
    from referral_app.jobs import files

    files.write(out, f"{key}\n".encode())


def _take_name(out: Path) -> None:
    """Make sure that a file can be written before there is something to be lost, and that none is overwritten."""
    try:
        out.touch(mode=0o600, exist_ok=False)
    except FileExistsError as error:
        raise click.ClickException(f"{out.name} is there already. Choose another name.") from error
    except OSError as error:
        raise click.ClickException(f"{out.name} cannot be written: {error.strerror}.") from error


def _new_passphrase(file: Path | None) -> str:
    if file:
        return secret(file, "passphrase")
    if not sys.stdin.isatty():
        raise click.ClickException("Give the new passphrase in a file.")
    return click.prompt("New passphrase", hide_input=True, confirmation_prompt=True, err=True)
