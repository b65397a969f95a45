"""The board certifications, fellowships and licenses of a surgeon, and the handouts of the office, in the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from referral_app.choices import LANGUAGES
from referral_app.services.surgeon_records import Credential, Handout
from referral_app.ui.fields import Field
from referral_app.ui.surgeons import entry
from referral_app.ui.surgeons.lines import Kind, Line, Lines
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit

LICENSE = "license"
TITLE, ISSUER = "In what", "Given by"
KINDS = {
    "board certification": "Board certification",
    "fellowship": "Fellowship",
    LICENSE: "License",
}


def credentials() -> Lines:
    """Return the lines of credentials, none yet."""
    return Lines(Kind("credentials", "credential", "No credential on file.", _credential))


def handouts() -> Lines:
    """Return the lines of handouts, none yet."""
    return Lines(Kind("handouts", "handout", "No handout on file.", _handout))


def read_credentials(lines: Lines, problems: dict[str, str]) -> tuple[Credential, ...]:
    """Return the credentials; what cannot be read is added to the problems."""
    return tuple(_read_credential(line, f"credentials[{n}]", problems) for n, line in enumerate(lines.items))


def read_handouts(lines: Lines) -> tuple[Handout, ...]:
    """Return the handouts."""
    return tuple(Handout(**values) for values in lines.read())


def _read_credential(line: Line, path: str, problems: dict[str, str]) -> Credential:
    values = line.read()
    years = {
        name: entry.try_read(entry.year, values[name], f"{path}.{name}", problems)
        for name in ("year", "until")
    }
    if values["kind"] == LICENSE and not values["issuer"]:
        problems[f"{path}.issuer"] = "Enter the state that gave the license."
    return Credential(values["kind"], values["title"], values["issuer"], years["year"], years["until"])


def _credential(name: str) -> Sequence[Mapping[str, Field]]:
    kind = ChoiceBox(f"{name}Kind", KINDS.items(), empty=None)
    title, issuer = LineEdit(f"{name}Title"), LineEdit(f"{name}Issuer")
    years = {key: LineEdit(f"{name}{key.title()}", chars=4) for key in ("year", "until")}
    first = {"kind": Field("Kind", kind), "title": Field(TITLE, title)}
    second = {
        "issuer": Field(ISSUER, issuer, optional=True),
        "year": Field("From year", years["year"], optional=True),
        "until": Field("To year", years["until"], optional=True),
    }

    def ask() -> None:
        """Ask a license for number and state, the others for what they are in and who gave them."""
        license_ = kind.value() == LICENSE
        first["title"].set_label("Number" if license_ else TITLE)
        second["issuer"].set_label("State, such as MD" if license_ else ISSUER, optional=not license_)

    kind.currentIndexChanged.connect(ask)
    return first, second


def _handout(name: str) -> Sequence[Mapping[str, Field]]:
    language = ChoiceBox(f"{name}Language", LANGUAGES.items(), empty=None)
    title, place = LineEdit(f"{name}Title"), LineEdit(f"{name}Place")
    return (
        {"title": Field("Title", title), "language": Field("Language", language)},
        {"place": Field("Where it is: a web address, or who gives it", place, optional=True)},
    )
