"""Papers of the directory on the command line: cards, the list of a search, sheets to verify entries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from referral_app.cli.asking import FILE, store_options, wanted

if TYPE_CHECKING:
    from referral_app.database import Database
    from referral_app.jobs.papers import Made


def written(db: Database, out: Path, made: Made) -> None:
    """Write and record a document, and say where it is and what a person should know of it."""
    from referral_app.jobs import paper_files

    paper_files.save(db, made, out)
    click.echo(f"{out} written")
    for note in made.notes:
        click.echo(note, err=True)


@click.command(name="card")
@store_options
@click.argument("surgeons", nargs=-1, required=True, metavar="SURGEON...")
@click.option("--large", is_flag=True, help="Large print, 18 point.")
@click.option("--out", required=True, type=FILE, help="PDF file to write.")
def print_card(surgeons: tuple[str, ...], large: bool, out: Path) -> None:
    """Write the card of a surgeon for patients; SURGEON is an NPI, an id or a name."""
    from referral_app.jobs import directory_papers

    with wanted().store() as db:
        written(db, out, directory_papers.cards(db, directory_papers.named(db, surgeons), large=large))


@click.command(name="directory")
@store_options
@click.option(
    "--search",
    "text",
    default="",
    help="What to search for, such as “occipital zip:21287 within:50”; without it, the whole directory.",
)
@click.option("--out", required=True, type=FILE, help="PDF file to write.")
def print_directory(text: str, out: Path) -> None:
    """Write the surgeons of a search as a list."""
    from referral_app.jobs import directory_papers
    from referral_app.services import query_text
    from referral_app.services.surgeon_records import Query

    query = query_text.read(text) if text.strip() else Query(sort="name")
    with wanted().store() as db:
        made = directory_papers.directory(db, query)
        if made is not None:
            written(db, out, made)


@click.command(name="verification")
@store_options
@click.argument("surgeons", nargs=-1, metavar="[SURGEON...]")
@click.option("--stale", is_flag=True, help="All entries that nobody verified for 90 days.")
@click.option("--out", required=True, type=FILE, help="PDF file to write.")
def print_verification(surgeons: tuple[str, ...], stale: bool, out: Path) -> None:
    """Write sheets by which offices confirm or correct their entries; SURGEON is an NPI, an id or a name."""
    from referral_app.jobs import directory_papers

    if bool(surgeons) == stale:
        raise click.UsageError("Name at least one surgeon, or give --stale.")
    with wanted().store() as db:
        chosen = None if stale else directory_papers.named(db, surgeons)
        written(db, out, directory_papers.verification(db, chosen))


@click.command(name="questionnaire")
@store_options
@click.argument("reference", required=False, default="")
@click.option("--lang", "language", type=click.Choice(["en", "es"]), default=None, help="Language.")
@click.option("--large/--usual", default=None, help="Large print, 18 point, or usual print, 12 point.")
@click.option("--out", required=True, type=FILE, help="PDF file to write.")
def print_questionnaire(reference: str, language: str | None, large: bool | None, out: Path) -> None:
    """Write the questionnaire that a patient fills in: blank, or for the patient of a referral, as they need it."""
    from referral_app.jobs import questionnaires

    with wanted().store() as db:
        written(db, out, questionnaires.make(db, reference, language=language, large=large))


@click.command(name="response-form")
@store_options
@click.argument("reference")
@click.option("--out", required=True, type=FILE, help="PDF file to write.")
def print_response_form(reference: str, out: Path) -> None:
    """Write the form on which the surgeon's office answers a referral."""
    from referral_app.jobs import response_forms

    with wanted().store() as db:
        written(db, out, response_forms.make(db, reference))


@click.command(name="fax-cover")
@store_options
@click.argument("reference")
@click.option(
    "--pages", type=click.IntRange(0, 9999), default=0, help="Pages in total; left to be written without."
)
@click.option("--out", required=True, type=FILE, help="PDF file to write.")
def print_fax_cover(reference: str, pages: int, out: Path) -> None:
    """Write the cover sheet of the fax of a referral, which names no patient."""
    from referral_app.jobs import response_forms

    with wanted().store() as db:
        written(db, out, response_forms.cover(db, reference, pages=pages))


@click.command(name="copy-of-record")
@store_options
@click.argument("reference")
@click.option("--large/--usual", default=None, help="Large print, 18 point, or usual print, 12 point.")
@click.option("--out", required=True, type=FILE, help="PDF file to write.")
def print_record_copy(reference: str, large: bool | None, out: Path) -> None:
    """Write the sheet for a patient who asks what was sent about them."""
    from referral_app.jobs import record_copies

    with wanted().store() as db:
        written(db, out, record_copies.make(db, reference, large=large))


@click.command(name="surgery-packet")
@store_options
@click.argument("reference")
@click.option("--lang", "language", type=click.Choice(["en", "es"]), default="en", help="Language.")
@click.option("--large", is_flag=True, help="Large print, 18 point.")
@click.option("--out", required=True, type=FILE, help="PDF file to write.")
def print_surgery_packet(reference: str, language: str, large: bool, out: Path) -> None:
    """Write the packet for a patient before an operation, once its day stands and the surgeon's answers are there."""
    from referral_app.jobs import surgery_packets

    with wanted().store() as db:
        written(db, out, surgery_packets.make(db, reference, language=language, large=large))


paper_commands = (
    print_card,
    print_surgery_packet,
    print_directory,
    print_verification,
    print_questionnaire,
    print_response_form,
    print_fax_cover,
    print_record_copy,
)
