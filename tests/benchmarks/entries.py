"""Invented directories of any size to measure on, names and towns as skewed as real ones, and what people type."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert

from referral_app.choices import LANGUAGES, Accepting, ProcedureKind
from referral_app.database import Database
from referral_app.models.base import new_id, now
from referral_app.models.surgeon import Plan, Surgeon
from referral_app.services import directory_index, distance, index_staging
from referral_app.services.directory_index import CHUNK
from referral_app.services.folding import fold
from referral_app.services.index_entries import UNKNOWN, Entry, digit_words, row_text, value, zip_number
from referral_app.services.surgeon_rows import SurgeonRow

IMPORT = "00000000-0000-4000-8000-00000000bec4"
COMMON = (
    "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson "
    "Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson "
    "Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell "
    "Mitchell Carter Roberts Patel Kim Singh Shah Chen Wang Schwartz Henderson Richardson Patterson Hoffman Sullivan"
)
GIVEN = (
    "James Mary Michael Patricia Robert Jennifer John Linda David Elizabeth William Barbara Richard Susan Joseph "
    "Jessica Thomas Karen Christopher Sarah Charles Lisa Daniel Nancy Matthew Sandra Anthony Ashley Mark Emily Steven "
    "Kimberly Andrew Margaret Paul Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian Melissa George Deborah "
    "Marguerite Priya Wei Mohammed Fatima Yusuf Ana Carlos Sofia Diego Thuy Minh Olga Ivan"
)
SPECIALTIES = (
    "Plastic surgery",
    "Neurosurgery",
    "Neurology",
    "Otolaryngology",
    "Pain medicine",
    "Anesthesiology",
)
PROCEDURES = (
    ("occipital_release_greater", ProcedureKind.OCCIPITAL_RELEASE, "occipital release greater nerve"),
    ("occipital_release_lesser", ProcedureKind.OCCIPITAL_RELEASE, "occipital release lesser nerve"),
    ("decompression_frontal", ProcedureKind.NERVE_DECOMPRESSION, "migraine nerve decompression frontal supraorbital"),
    ("decompression_temporal", ProcedureKind.NERVE_DECOMPRESSION, "migraine nerve decompression temporal"),
    ("revision", ProcedureKind.REVISION, "revision"),
    ("diagnostic_block", ProcedureKind.DIAGNOSTIC_BLOCK, "diagnostic nerve block"),
)  # fmt: skip
SYLLABLES = (
    "ba be bi bo bu ca ce co cu da de di do du fa fe fi fo ga ge go gu ha he hi ho hu ka ke ki ko la le li lo lu ma "
    "me mi mo mu na ne ni no nu pa pe pi po ra re ri ro ru sa se si so su sch sta ste str ta te ti to tu va ve vi wa "
    "we wi ya yo za ze"
)
ENDS = (
    "n",
    "r",
    "s",
    "son",
    "man",
    "berg",
    "ski",
    "ez",
    "ini",
    "er",
    "ton",
    "ley",
    "field",
    "wood",
    "",
    "",
    "",
)


@dataclass
class World:
    """What names, towns and plans are drawn from."""

    family: list[str]
    family_weights: list[float]
    towns: list[tuple[str, str, int]]
    town_weights: list[float]
    plans: list[str]
    notes: list[str]


def world(rng: random.Random) -> World:
    """Return some 60,000 last names and 8,000 towns, of which few are frequent, as is so with real ones."""
    made = dict.fromkeys(COMMON.split())
    while len(made) < 60_000:
        made[_word(rng, 2, 4).capitalize()] = None
    family = list(made)
    codes = [int(code) for code in distance._centers()[0]]  # noqa: SLF001 - a list of all ZIP codes
    states = sorted({"MD", "VA", "NY", "CA", "TX", "FL", "PA", "OH", "IL", "GA", "NC", "WA"})
    towns = [(_word(rng, 2, 3).capitalize(), rng.choice(states), code) for code in rng.sample(codes, 8_000)]
    plans = [
        f"{_word(rng, 2, 3).capitalize()} {kind}" for kind in ("PPO", "HMO", "Medicare") for _ in range(20)
    ]
    notes = [_word(rng, 2, 3) for _ in range(3_000)]
    return World(family, _skewed(len(family), 0.9), towns, _skewed(len(towns), 0.7), plans, notes)


def _word(rng: random.Random, least: int, most: int) -> str:
    return "".join(rng.choice(SYLLABLES.split()) for _ in range(rng.randint(least, most))) + rng.choice(ENDS)


def _skewed(size: int, power: float) -> list[float]:
    return list(itertools.accumulate(1 / (place + 10) ** power for place in range(size)))


def entries(made: World, rng: random.Random, number: int) -> Iterator[tuple[dict[str, Any], Entry]]:
    """Yield so many entries, each as the row of its table and as the index holds it."""
    for at in range(number):
        yield _entry(made, rng, at)


def _entry(made: World, rng: random.Random, at: int) -> tuple[dict[str, Any], Entry]:
    family = rng.choices(made.family, cum_weights=made.family_weights)[0]
    given = rng.choice(GIVEN.split()) + (f" {chr(65 + at % 26)}" if at % 3 else "")
    town, state, code = rng.choices(made.towns, cum_weights=made.town_weights)[0]
    done = rng.sample(PROCEDURES, rng.randint(1, 3))
    plans = rng.sample(made.plans, rng.randint(2, 5))
    speaks = ["en", *rng.sample(("es", "fr", "vi", "ar", "zh", "ru", "hi"), rng.choice((0, 0, 1, 2)))]
    accepting = rng.choices(tuple(Accepting), (60, 10, 10, 20))[0]
    wait = rng.randint(0, 120) if rng.random() < 0.8 else None
    more = rng.choices(made.towns, k=rng.choice((0, 0, 1)))
    phone = f"{200 + at % 700}-555-{at % 10000:04}"
    specialty, verified = rng.choice(SPECIALTIES), 739_000 + rng.randint(0, 900)
    row = SurgeonRow(
        new_id(), given, family, "MD", f"9{at:09}", specialty, accepting, wait, None,
        tuple(dict.fromkeys(kind for _, kind, _ in done)), tuple(code for code, _, _ in done),
        tuple(f"{t}, {s}" for t, s, _ in [(town, state, code), *more]), phone, "", True, None, None, None, None, None,
    )  # fmt: skip
    words = {"md", *fold(specialty).split(), town.lower(), state.lower(), f"{code:05}", *digit_words(phone)}
    words |= {word for _, _, name in done for word in name.split()} | {t.lower() for t, _, _ in more}
    words |= {word for plan in plans for word in plan.lower().split()} | {
        LANGUAGES[one].lower() for one in speaks
    }
    words |= set(rng.choices(made.notes, k=6 if at % 10 == 0 else 0))
    values = {value("accepting", str(accepting)), value("state", state)}
    values |= {value("procedure", code) for code, _, _ in done} | {
        value("kind", str(kind)) for _, kind, _ in done
    }
    values |= {value("plan", plan) for plan in plans} | {value("language", one) for one in speaks}
    entry = Entry(
        fold(f"{family} {given}"), frozenset(words), frozenset(values), row_text(row),
        wait=UNKNOWN if wait is None else wait, surgery=rng.randint(0, 300), verified=verified,
        age_min=rng.choice((0, 0, 12, 18)), age_max=rng.choice((255, 255, 17, 80)),
        zips=tuple(dict.fromkeys((code, *(zip_number(f"{c:05}") for _, _, c in more)))),
    )  # fmt: skip
    return _table_row(row, entry), entry


def _table_row(row: SurgeonRow, entry: Entry) -> dict[str, Any]:
    return {
        "id": row.id, "version": 1, "created": now(), "updated": now(), "npi": row.npi, "given_name": row.given_name,
        "family_name": row.family_name, "degrees": row.degrees, "specialty": row.specialty, "accepting": row.accepting,
        "next_visit_days": row.next_visit_days, "sort_name": f"{row.family_name}, {row.given_name}",
        "folded_name": " " + entry.name, "invented": True,
    }  # fmt: skip


def fill(db: Database, number: int, seed: int = 7) -> World:
    """Fill a store with so many entries as a large import does: by the chunk, out of view, then shown at once."""
    rng = random.Random(seed)
    made = world(rng)
    with db.begin() as session:
        session.execute(insert(Plan), [{"id": new_id(), "name": name} for name in sorted(set(made.plans))])
    source = entries(made, rng, number)
    while some := list(itertools.islice(source, CHUNK)):
        with db.begin() as session:
            first = directory_index.reserve(session, IMPORT)
        staged = index_staging.Staged(first)
        rows: list[dict[str, Any]] = []
        for at, (row, entry) in enumerate(some, first):
            rows.append(row | {"number": at})
            staged.add(at, entry)
        with db.begin() as session:
            session.connection().execute(insert(Surgeon), rows)
            for part in staged.parts():
                index_staging.put(session, part)
    with db.begin() as session:
        index_staging.show(session, IMPORT)
    return made


def typed(made: World, rng: random.Random, times: int) -> Iterator[str]:
    """Yield what stands in the search box after each key while people look for surgeons, with slips here and there."""
    for turn in range(times):
        family = rng.choices(made.family, cum_weights=made.family_weights)[0]
        town = rng.choices(made.towns, cum_weights=made.town_weights)[0][0]
        text = (
            family, f"{rng.choice(GIVEN.split())} {family}", _slip(rng, family), f"{family} {town}", town,
            f"occipital {town}", f"{_slip(rng, family)} {rng.choice(GIVEN.split())}",
            f"{200 + turn % 700}-555-{turn:04}",
        )[turn % 8]  # fmt: skip
        for end in range(1, len(text) + 1):
            yield text[:end].lower()


def _slip(rng: random.Random, word: str) -> str:
    at = rng.randrange(1, max(2, len(word) - 1))
    return rng.choice((
        word[:at] + word[at + 1 :], word[:at] + rng.choice("aeiourstln") + word[at:],
        word[: at - 1] + word[at : at + 1] + word[at - 1 : at] + word[at + 1 :],
    ))  # fmt: skip
