"""The command line: the same work without a window."""

from __future__ import annotations

import gc
import json
import tempfile
import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from referral_app import __version__
from referral_app.cli.asking import FILE, Wanted, secret, store_options, wanted
from referral_app.cli.data import data_commands
from referral_app.cli.directory import directory_commands
from referral_app.cli.papers import paper_commands, written
from referral_app.database import StoreProblem, is_locked
from referral_app.services.errors import InvalidInput

__all__ = ["Wanted", "commands", "main"]


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


@click.group(invoke_without_command=True)
@store_options
@click.option(
    "--demo",
    is_flag=True,
    help="Open the window with invented data, in a throw-away folder or in that of --data-dir.",
)
@click.version_option(__version__, prog_name="referral-app")
def commands(demo: bool) -> int | None:
    """The referral desk of a Headache Center. Without a command: the window."""
    asked = wanted()
    asked.demo = demo
    if click.get_current_context().invoked_subcommand is None:
        from referral_app.cli import window

        return window.show(asked)
    gc.enable()
    return None


@commands.command(name="demo")
@store_options
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder for the files."
)
def run_demo(out: Path) -> None:
    """Do the main job for an invented patient: referral, check, letter and packet into a folder."""
    from referral_app.jobs import demo

    with tempfile.TemporaryDirectory(prefix="referral-demo-") as folder:
        asked = wanted()
        asked.data_dir = asked.data_dir or Path(folder)
        if asked.passphrase_file and not is_locked(asked.paths):
            demo.protect(asked.paths, secret(asked.passphrase_file, "passphrase"), out, asked.user).close()
        with asked.store() as db:
            if db.keys is not None and "demonstration" not in db.facts:
                raise click.ClickException(
                    "This store holds the records of an office. Choose another folder for invented ones."
                )
            for path in demo.run(db, out):
                click.echo(str(path))


@commands.group(name="surgeons")
def surgeon_commands() -> None:
    """The surgeon directory."""


for directory_command in directory_commands:
    surgeon_commands.add_command(directory_command)


@surgeon_commands.command(name="search")
@store_options
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
    """Find surgeons, best first; TEXT is what the search box reads: words, and fields such as wait:<30."""
    from referral_app.jobs import directory
    from referral_app.services import query_text

    options |= {"zip": zip_code}
    given = {
        name: value for name, value in options.items() if not (value is None or value is False or value == "")
    }
    query = replace(query_text.read(" ".join(text)), **given)
    with wanted().store() as db:
        if as_json:
            click.echo(json.dumps(directory.search(db, query), indent=2, ensure_ascii=False))
            return
        answers = directory.found(db, query)
    if not answers:
        click.echo("No surgeon fits.", err=True)
    for answer in answers:
        click.echo(directory.line(answer))


@commands.group(name="referrals")
def referral_commands() -> None:
    """Referrals."""


@referral_commands.command(name="schema")
def print_schema() -> None:
    """Print the JSON Schema of an intake."""
    from referral_app.clinical import schema

    click.echo(json.dumps(schema.json_schema(), indent=2, ensure_ascii=False))


@referral_commands.command(name="new")
@store_options
@click.option("--from", "file", required=True, type=FILE, help="JSON file of the intake.")
def new_referral(file: Path) -> None:
    """Store an intake and print its reference number."""
    from referral_app.jobs import referral_files

    with wanted().store() as db:
        click.echo(referral_files.new_from(db, file))


@referral_commands.command(name="check")
@store_options
@click.argument("reference")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def check_referral(reference: str, as_json: bool) -> None:
    """Say what is missing, what supports, what to review, and any emergency."""
    from referral_app.jobs import referral_files

    with wanted().store() as db:
        found = referral_files.checked(db, reference)
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    click.echo("Ready to send" if found["ready"] else "Not ready to send")
    for name in ("emergency", "missing", "supports", "review"):
        for line in found[name]:
            click.echo(f"{name.capitalize():<10} {line['text']}")


@referral_commands.command(name="list")
@store_options
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def list_referrals(as_json: bool) -> None:
    """List all referrals, the latest first."""
    from referral_app.jobs import referral_files

    with wanted().store() as db:
        found = referral_files.listed(db)
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    for row in found:
        click.echo(f"{row['reference']}  {row['patient']:<28}  {row['state']:<20}  {row['surgeon']}")


@referral_commands.command(name="history")
@store_options
@click.argument("reference")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def show_history(reference: str, as_json: bool) -> None:
    """List the steps of a referral's requests, from sending to where it stands."""
    from referral_app.jobs import referral_history

    with wanted().store() as db:
        found = referral_history.events(db, reference)
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    for event in found:
        click.echo(referral_history.line(event))


@commands.group(name="print")
def print_commands() -> None:
    """Letters, packets, questionnaires, papers of the directory and the power-cut kit as PDF files."""


@print_commands.command(name="letter")
@store_options
@click.argument("reference")
@click.option("--with-attachments", "whole", is_flag=True, help="Add every attached file, each page stamped.")
@click.option("--out", required=True, type=FILE, help="PDF file to write.")
def print_letter(reference: str, whole: bool, out: Path) -> None:
    """Write the referral letter, and where asked for with every file that it names."""
    from referral_app.jobs import bundles, letters

    with wanted().store() as db:
        written(db, out, bundles.make(db, reference) if whole else letters.make(db, reference))


@print_commands.command(name="packet")
@store_options
@click.argument("reference")
@click.option("--lang", "language", type=click.Choice(["en", "es"]), default="en", help="Language.")
@click.option("--large", is_flag=True, help="Large print, 18 point.")
@click.option(
    "--part", "parts", multiple=True, metavar="KEY", help="Print this part, such as diary; repeatable."
)
@click.option("--out", required=True, type=FILE, help="PDF file to write.")
def print_packet(reference: str, language: str, large: bool, parts: tuple[str, ...], out: Path) -> None:
    """Write the patient's information packet, with the parts that everybody gets where none is named."""
    from referral_app.jobs import packets

    with wanted().store() as db:
        made = packets.make(db, reference, language=language, large=large, sections=parts or None)
        written(db, out, made)


@print_commands.command(name="kit")
@store_options
@click.option("--out", required=True, type=FILE, help="PDF file to write.")
def print_kit(out: Path) -> None:
    """Write the power-cut kit: blank referral form, patient questionnaire and surgeon list."""
    from referral_app.jobs import kit

    with wanted().store() as db:
        written(db, out, kit.make(db))


for paper in paper_commands:
    print_commands.add_command(paper)
commands.add_command(data_commands)
