"""The commands of the audit: writing it out as a table, and checking it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from referral_app.choices import AuditAction
from referral_app.cli.asking import FILE, store_options, wanted


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    from referral_app.clinical import dates

    try:
        return dates.read_date(value) if value else None
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.group(name="audit")
def audit_commands() -> None:
    """What was done and seen, by whom and when; for administrators."""


@audit_commands.command(name="export")
@store_options
@click.argument("file", type=FILE)
@click.option("--from", "start", callback=_day, help="First day.")
@click.option("--to", "end", callback=_day, help="Last day.")
@click.option("--action", type=click.Choice([str(one) for one in AuditAction]), help="Only this.")
def export_audit(file: Path, start: date | None, end: date | None, action: str | None) -> None:
    """Write the events into a CSV file, the latest first; the export is noted."""
    from referral_app.jobs import audit
    from referral_app.services.audit import Filter

    with wanted().store(must_exist=True) as db:
        number = audit.export_csv(db, file, Filter(action=action or "", from_=start, to=end))
    click.echo(f"{number} event{'' if number == 1 else 's'} written")


@audit_commands.command(name="verify")
@store_options
def verify_audit() -> None:
    """Check the whole chain of events against where it stood, kept outside the store."""
    from referral_app.jobs import audit

    with wanted().store(must_exist=True) as db:
        found = audit.verify(db)
    if found.problems:
        raise click.ClickException(" ".join(found.problems))
    click.echo(f"The audit is whole: {found.events} events.")
