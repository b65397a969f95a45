"""The command that loads a release of diagnosis codes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from referral_app.cli.asking import FILE, store_options, wanted

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(name="codes")
@click.argument("file", type=FILE)
@click.option("--label", default="", help="Name of the release, where that of the file does not say it.")
@click.option("--from", "starts", type=_DAY, help="First day on which it holds, as 2026-10-01.")
@click.option("--until", "ends", type=_DAY, help="Last day on which it holds.")
@click.option("--preview", is_flag=True, help="Say what it would change, and keep nothing.")
@store_options
def load_codes(file: Path, label: str, starts: datetime | None, ends: datetime | None, preview: bool) -> None:
    """Load a release of ICD-10-CM from a file of CMS (ZIP or TXT)."""
    from referral_app.jobs import code_files

    with wanted().store(must_exist=True) as db:
        try:
            read = code_files.read(db, file)
        except code_files.BadFile as error:
            raise click.ClickException(str(error)) from error
        proposed = read.proposal
        first = starts.date() if starts else proposed.starts
        last = ends.date() if ends else proposed.ends
        found = code_files.preview(db, read, label or proposed.label, first, last)
        click.echo(
            f"{found.new.label}: {found.new.leaves:,} codes, beside {found.beside}: "
            f"{found.added:,} new, {found.gone:,} gone, {found.retitled:,} with another title."
        )
        click.echo(f"Drafts and unsigned referrals with codes that are gone: {found.affected.count:,}.")
        if not preview:
            record, _ = code_files.load(db, found)
            click.echo(f"{record.label} is loaded.")
