"""What is composed for patients, by language: days and times, the words around a text, and what fills it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any, cast

from referral_app.choices import LANGUAGES
from referral_app.clinical import clock, dates
from referral_app.paths import resource

PRINTED = ("en", "es")
"""The languages in which there are texts."""
_TAGS = {"en": "en-US", "es": "es-US"}
_SPANISH_DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_SPANISH_MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
)  # fmt: skip


@dataclass(frozen=True)
class Words:
    """The words of one language, as they stand in its words.toml."""

    language: str
    told: Mapping[str, Any]

    @property
    def tag(self) -> str:
        """The language as a PDF names it."""
        return _TAGS[self.language]

    def say(self, name: str, /, **values: object) -> str:
        """Return words by their name, "part.name" for those of a part; raises KeyError where there are none."""
        return str(self._find(name)).format(**values) if values else str(self._find(name))

    def listed(self, name: str) -> Sequence[str]:
        """Return a list of words; raises KeyError where there is none."""
        return cast(Sequence[str], self._find(name))

    def _find(self, name: str) -> Any:
        part, _, rest = name.partition(".")
        found = self.told[part]
        return found[rest] if rest else found

    def part(self, name: str) -> Mapping[str, str]:
        """Return the words of a part by their names, empty where this language has no such part."""
        return cast(Mapping[str, str], self.told.get(name, {}))

    def chosen(self, part: str, value: object) -> str:
        """Return the words for an answer of a closed list, "" for what is none of it."""
        return self.part(part).get(value, "") if isinstance(value, str) else ""

    def day(self, day: date) -> str:
        """Return a day as March 27, 2007, or as its language says it."""
        if self.language == "es":
            return f"{day.day} de {_SPANISH_MONTHS[day.month - 1]} de {day.year}"
        return dates.say(day)

    def weekday(self, day: date) -> str:
        """Return the day of the week."""
        return _SPANISH_DAYS[day.weekday()] if self.language == "es" else f"{day:%A}"

    def time(self, moment: datetime | time) -> str:
        """Return a time of day as 9:30 AM, or as its language says it."""
        said = clock.say(moment)
        if self.language == "es":
            return said.replace(" AM", "\xa0a.\xa0m.").replace(" PM", "\xa0p.\xa0m.")
        return said

    def at(self, moment: datetime) -> str:
        """Return a moment with its weekday, its day and its time."""
        day = moment.date()
        said = self.say("at", weekday=self.weekday(day), day=self.day(day), time=self.time(moment))
        return said.replace("a las 1:", "a la 1:") if self.language == "es" else said

    def by(self, moment: datetime, start: datetime) -> str:
        """Return the time by which somebody comes for what starts then, with its day where that is the day before."""
        return self.time(moment) if moment.date() == start.date() else self.at(moment)

    def spoken(self, code: str) -> str:
        """Return the name of a language by its code, "" where this language has no word for it."""
        names = self.part("languages") if self.language != "en" else LANGUAGES
        return names.get(code, "")


@cache
def words(language: str) -> Words:
    """Return the words of one of `PRINTED`; raises KeyError for another language."""
    if language not in PRINTED:
        raise KeyError(language)
    return Words(language, tomllib.loads(resource(f"packet/{language}/words.toml").read_text("utf-8")))
