"""Bringing the directory in and taking it out on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from referral_app.cli.asking import FILE, store_options, wanted

if TYPE_CHECKING:
    from referral_app.jobs.directory_import import Imported
    from referral_app.jobs.directory_preview import Preview


MATCH = "Which field a column is, by its label or its name in an exported file, such as Telephone=phone."


@click.command(name="import")
@store_options
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--only-if-clean", is_flag=True, help="Take nothing where a row is refused.")
@click.option("--state", "states", multiple=True, help="Only this state, of the national file (NPPES).")
@click.option(
    "--taxonomy", "taxonomies", multiple=True, help="Only codes that begin so, of the national file."
)
@click.option("--match", "matches", multiple=True, metavar="HEADING=FIELD", help=MATCH)
@click.option("--trust", default="", help="Fingerprint of the Center's key, compared on the phone.")
def import_surgeons(
    file: Path, dry_run: bool, only_if_clean: bool, states: tuple[str, ...], taxonomies: tuple[str, ...],
    matches: tuple[str, ...], trust: str,
) -> None:  # fmt: skip
    """Bring surgeons in from a CSV or XLSX file, the monthly file of NPPES, or a Center's directory file.

    Rows that are refused are listed on standard error. The status is 0 where anything was taken, else 2.
    """
    from referral_app.jobs import directory_import, directory_preview, directory_reading

    plan = directory_reading.Plan(file, _mapping(matches), states, taxonomies, only_if_clean, trust)
    with wanted().store() as db:
        if matches:
            looked = directory_reading.look(db, file)
            plan = directory_reading.with_mapping(plan, {**looked.mapping, **plan.mapping})
            directory_reading.remember(db, looked.headings, plan.mapping)
        if dry_run:
            _tell_preview(directory_preview.preview(db, plan, _silent, _never))
            return
        done = directory_import.run(db, plan, _silent, _never)
    _tell(done)


@click.command(name="export")
@store_options
@click.argument("file", type=FILE)
@click.option("--search", "text", default="", help="Only what this search finds, as the search box reads it.")
def export_surgeons(file: Path, text: str) -> None:
    """Write the directory, or a search, into a file: .csv, .xlsx or .directory (signed, for offices)."""
    from referral_app.jobs import directory_export

    with wanted().store() as db:
        done = directory_export.export(db, file, directory_export.query_of(text))
    click.echo(f"{done.words} written")
    if done.replaced:
        click.echo(f"{file.name} was there already; the new file took its place.", err=True)
    if done.left_out:
        click.echo(done.left_out, err=True)
    if done.fingerprint:
        click.echo(f"Fingerprint of the key, for the first file of an office: {done.fingerprint}", err=True)


@click.command(name="undo-import")
@store_options
@click.option("--list", "only_list", is_flag=True, help="List the imports, and undo nothing.")
@click.argument("import_id", required=False)
def undo_import(only_list: bool, import_id: str | None) -> None:
    """Undo the last import, or that of an id: what nobody touched since goes back."""
    from referral_app.jobs import directory_undo

    with wanted().store() as db:
        if only_list:
            for one in directory_undo.earlier(db):
                click.echo(f"{one.id}  {one.started:%Y-%m-%d %H:%M}  {one.state.label:<15}  {one.file_name}")
            return
        found = import_id or directory_undo.latest(db).id
        done = directory_undo.undo(db, found)
    click.echo(f"{done.removed} taken out, {done.restored} put back, {len(done.kept)} kept")
    for sentence in done.kept:
        click.echo(sentence, err=True)


directory_commands = (import_surgeons, export_surgeons, undo_import)


def _mapping(matches: tuple[str, ...]) -> dict[str, str]:
    from referral_app.jobs.directory_reading import FIELDS

    pairs = [match.rpartition("=") for match in matches]
    if any(not heading for heading, _, _ in pairs):
        raise click.ClickException("Say --match as HEADING=FIELD, such as --match Telephone=phone.")
    labels = {label.casefold(): name for name, label in FIELDS}
    return {heading: labels.get(name.casefold(), name) for heading, _, name in pairs}


def _tell_preview(found: Preview) -> None:
    click.echo(found.words)
    for sentence in (*found.notes, *found.sentences):
        click.echo(sentence, err=True)
    if not found.is_clean:
        raise click.exceptions.Exit(2)


def _tell(done: Imported) -> None:
    click.echo(done.words)
    for sentence in (*done.notes, *done.refused):
        click.echo(sentence, err=True)
    if not done.is_done:
        click.echo("Nothing was imported, because something was refused.", err=True)
    if not done.is_done or (done.refused_count and not done.new + done.changed + done.unchanged):
        raise click.exceptions.Exit(2)


def _silent(done: int, of: int) -> None:
    """Show nothing: output is for scripts."""


def _never() -> bool:
    return False
