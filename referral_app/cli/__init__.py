"""The command line: the same work without a window."""

from __future__ import annotations

import gc
import json
import sys
import tempfile
import traceback
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from referral_app import __version__
from referral_app.database import Database, StoreProblem, open_database, restore
from referral_app.paths import Paths
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import nobody_yet

if TYPE_CHECKING:
    from referral_app.jobs.letters import Made

FILE = click.Path(path_type=Path, dir_okay=False)
WHO = "Command line"


@dataclass
class Wanted:
    """What the options before the command ask for."""

    data_dir: Path | None
    demo: bool

    @property
    def paths(self) -> Paths:
        """Where the store is."""
        return Paths(self.data_dir) if self.data_dir else Paths.default()

    @contextmanager
    def store(self) -> Generator[Database]:
        """Open the store for one command."""
        db = open_database(self.paths)
        if db.keys is None:
            db.act_as("", WHO, nobody_yet(WHO))
        try:
            yield db
        finally:
            db.close()


def main(arguments: list[str] | None = None) -> int:
    """Run a command line and return its exit status: 0, 2 for what the user can correct, 1 for a fault of ours."""
    try:
        return commands(arguments, standalone_mode=False) or 0
    except click.exceptions.Abort:
        return 2
    except click.ClickException as error:
        return _refuse([error.format_message()])
    except InvalidInput as error:
        return _refuse([_sentence(path, text) for path, text in error.fields.items()])
    except StoreProblem as error:
        return _refuse([str(error)])
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}, line {place.lineno}"
        click.echo(f"The program failed ({type(error).__name__} in {where}). Nothing was changed.", err=True)
        return 1


def _refuse(sentences: list[str]) -> int:
    for sentence in sentences:
        click.echo(sentence, err=True)
    return 2


def _sentence(path: str, text: str) -> str:
    return f"{path}: {text}" if "." in path else text


def _data_dir(command: Any) -> Any:
    return click.option(
        "--data-dir", type=click.Path(path_type=Path, file_okay=False), expose_value=False, callback=_keep_data_dir,
        help="Folder of the store.",
    )(command)  # fmt: skip


def _keep_data_dir(context: click.Context, parameter: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.ensure_object(dict)
        wanted: Wanted = context.find_root().obj or Wanted(None, False)
        wanted.data_dir = value
        context.find_root().obj = wanted


def _wanted() -> Wanted:
    root = click.get_current_context().find_root()
    if root.obj is None:
        root.obj = Wanted(None, False)
    return root.obj


@click.group(invoke_without_command=True)
@_data_dir
@click.option(
    "--demo",
    is_flag=True,
    help="Open the window with invented data, in a throw-away folder or in that of --data-dir.",
)
@click.version_option(__version__, prog_name="referral-app")
def commands(demo: bool) -> int | None:
    """The referral desk of a Headache Center. Without a command: the window."""
    wanted = _wanted()
    wanted.demo = demo
    if click.get_current_context().invoked_subcommand is None:
        from referral_app.cli import window

        return window.show(wanted)
    gc.enable()
    return None


@commands.command(name="demo")
@_data_dir
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder for the files."
)
def run_demo(out: Path) -> None:
    """Do the main job for an invented patient: referral, check, letter and packet into a folder."""
    from referral_app.jobs import demo

    with tempfile.TemporaryDirectory(prefix="referral-demo-") as folder:
        wanted = Wanted(_wanted().data_dir or Path(folder), True)
        with wanted.store() as db:
            for path in demo.run(db, out):
                click.echo(str(path))


@commands.group(name="surgeons")
def surgeon_commands() -> None:
    """The surgeon directory."""


@surgeon_commands.command(name="import")
@_data_dir
@click.argument("file", type=FILE)
def import_surgeons(file: Path) -> None:
    """Bring surgeons in from a CSV file."""
    from referral_app.jobs import directory

    with _wanted().store() as db:
        done = directory.import_csv(db, file)
    click.echo(
        f"{done.new} new, {done.changed} changed, {done.unchanged} unchanged, {len(done.refused)} refused"
    )
    for sentence in done.refused:
        click.echo(sentence, err=True)
    if done.refused:
        raise click.exceptions.Exit(2)


@surgeon_commands.command(name="export")
@_data_dir
@click.argument("file", type=FILE)
def export_surgeons(file: Path) -> None:
    """Write the directory into a CSV file."""
    from referral_app.jobs import directory

    with _wanted().store() as db:
        click.echo(f"{directory.export_csv(db, file)} surgeons written")


@surgeon_commands.command(name="search")
@_data_dir
@click.argument("text", nargs=-1)
@click.option("--zip", "zip_code", default="", help="ZIP code to measure from.")
@click.option("--within", type=click.FloatRange(min=0), help="Straight-line miles.")
@click.option("--procedure", default="", help="Code or kind of a procedure.")
@click.option("--plan", default="", help="Insurance plan.")
@click.option("--language", default="", help="Language code such as es.")
@click.option("--age", type=click.IntRange(0, 130), help="Age of the patient in years.")
@click.option("--accepting", is_flag=True, help="Only surgeons who accept new patients.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def search_surgeons(as_json: bool, zip_code: str, text: tuple[str, ...], **options: Any) -> None:
    """Find surgeons, best first."""
    from referral_app.jobs import directory
    from referral_app.services.surgeon_records import Query

    with _wanted().store() as db:
        answers = directory.search(db, Query(text=" ".join(text), zip=zip_code, **options))
    if as_json:
        click.echo(json.dumps(answers, indent=2, ensure_ascii=False))
        return
    for answer in answers:
        where = f"{answer['city']}, {answer['state']}" if answer["city"] else ""
        click.echo(f"{answer['name']:<34}  {where:<22}  {'; '.join(answer['reasons'])}")


@commands.group(name="referrals")
def referral_commands() -> None:
    """Referrals."""


@referral_commands.command(name="schema")
def print_schema() -> None:
    """Print the JSON Schema of an intake."""
    from referral_app.clinical import schema

    click.echo(json.dumps(schema.json_schema(), indent=2, ensure_ascii=False))


@referral_commands.command(name="new")
@_data_dir
@click.option("--from", "file", required=True, type=FILE, help="JSON file of the intake.")
def new_referral(file: Path) -> None:
    """Store an intake and print its reference number."""
    from referral_app.jobs import referral_files

    with _wanted().store() as db:
        click.echo(referral_files.new_from(db, file))


@referral_commands.command(name="check")
@_data_dir
@click.argument("reference")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def check_referral(reference: str, as_json: bool) -> None:
    """Say what is missing, what supports, what to review, and any emergency."""
    from referral_app.jobs import referral_files

    with _wanted().store() as db:
        found = referral_files.checked(db, reference)
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    click.echo("Ready to send" if found["ready"] else "Not ready to send")
    for name in ("emergency", "missing", "supports", "review"):
        for line in found[name]:
            click.echo(f"{name.capitalize():<10} {line['text']}")


@referral_commands.command(name="list")
@_data_dir
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def list_referrals(as_json: bool) -> None:
    """List all referrals, the latest first."""
    from referral_app.jobs import referral_files

    with _wanted().store() as db:
        found = referral_files.listed(db)
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    for row in found:
        click.echo(f"{row['reference']}  {row['patient']:<28}  {row['state']:<20}  {row['surgeon']}")


@commands.group(name="print")
def print_commands() -> None:
    """Letters, packets and the power-cut kit as PDF files."""


@print_commands.command(name="letter")
@_data_dir
@click.argument("reference")
@click.option("--out", required=True, type=FILE, help="PDF file to write.")
def print_letter(reference: str, out: Path) -> None:
    """Write the referral letter."""
    from referral_app.jobs import letters

    with _wanted().store() as db:
        _written(out, letters.make(db, reference))


@print_commands.command(name="packet")
@_data_dir
@click.argument("reference")
@click.option("--lang", "language", type=click.Choice(["en", "es"]), default="en", help="Language.")
@click.option("--large", is_flag=True, help="Large print, 18 point.")
@click.option("--out", required=True, type=FILE, help="PDF file to write.")
def print_packet(reference: str, language: str, large: bool, out: Path) -> None:
    """Write the patient's information packet."""
    from referral_app.jobs import packets

    with _wanted().store() as db:
        _written(out, packets.make(db, reference, language=language, large=large))


@print_commands.command(name="kit")
@_data_dir
@click.option("--out", required=True, type=FILE, help="PDF file to write.")
def print_kit(out: Path) -> None:
    """Write the power-cut kit: blank referral form, patient questionnaire and surgeon list."""
    from referral_app.jobs import kit

    with _wanted().store() as db:
        _written(out, kit.make(db))


def _written(out: Path, made: Made) -> None:
    """Write a document and say what a person should know of it."""
    from referral_app.jobs import files

    files.write(out, made.content)
    for note in made.notes:
        click.echo(note, err=True)


@commands.group(name="data")
def data_commands() -> None:
    """The store."""


@data_commands.command(name="verify")
@_data_dir
def verify_store() -> None:
    """Check that the store is whole."""
    with _wanted().store() as db:
        problems = db.check()
    if problems:
        raise click.ClickException(" ".join(problems))
    click.echo("The store is whole.")


@data_commands.command(name="backup")
@_data_dir
@click.argument("file", type=FILE)
def back_up_store(file: Path) -> None:
    """Write a verified copy of the store, encrypted with the same key."""
    with _wanted().store() as db:
        db.back_up(file)
    click.echo(
        f"{file} is a whole copy. It can be read with {_wanted().paths.key} alone: keep a copy of that too."
    )


@data_commands.command(name="restore")
@_data_dir
@click.argument("file", type=FILE)
@click.option(
    "--recovery-key-file", "key_file", type=FILE, help="Copy of store.key, where the folder has none."
)
def restore_store(file: Path, key_file: Path | None) -> None:
    """Put a backup in the place of the store; the old one is moved aside and kept."""
    aside = restore(_wanted().paths, file, key_file)
    click.echo("The backup is in place." + (f" The store before it is in {aside}." if aside else ""))

