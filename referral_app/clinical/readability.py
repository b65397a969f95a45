"""How easily people read a text for patients: the school grade of English, the INFLESZ scale of Spanish.

Sources: Kincaid et al. 1975 for the grade; Flesch 1948, who counts what a colon ends as a sentence too;
Barrio-Cantalejo et al. 2008 for INFLESZ. Aims: reference/clinical.md section 7. Names of drugs, nerves and societies
are left out, as nobody can shorten them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from referral_app.clinical import drug_names

if TYPE_CHECKING:
    from pyphen import Pyphen

MOST_GRADE, MOST_SECTION = 6.0, 8.0
"""The highest grade of a whole document, and of one section of it."""
MOST_WORDS = 15.0
"""The most words that a sentence may have on average."""
LEAST_EASE = 65.0
"""The least INFLESZ of a Spanish document: 65 is where "fairly easy" is well begun."""
HARDEST = 3
NAMES = (
    "American Headache Society", "American Society of Plastic Surgeons", "Sociedad Americana de Cefaleas",
    "Sociedad Americana de Cirujanos Plásticos", "occipital neuralgia", "neuralgia occipital", "trigeminal neuralgia",
    "greater occipital", "lesser occipital", "third occipital", "occipital mayor", "occipital menor",
    "tercer occipital", "occipital", "occipitales", "neuralgia", "supraorbital", "supratrochlear", "supratroclear",
    "auriculotemporal", "zygomaticotemporal", "cigomaticotemporal", "botulinum toxin", "toxina botulínica", "lidocaína",
    "acetaminofén", "ibuprofeno", "aspirina", "MRI", "CT",
)  # fmt: skip
"""Names that stand for themselves, beside those of `drug_names`: each counts as one word of one syllable."""

_MARK = re.compile(r"\s*(?:#{1,6}\s+|[-*•]\s*\[[ xX]?\]\s*|[-•]\s*(?=\S)|\*\s+|\d{1,2}\.\s+)")
_LONE_PLACEHOLDER = re.compile(r"(^|[.!?:]\s+)\{\w+\}(?=\s*(?:$|[A-ZÁÉÍÓÚÑ¿¡]))")
_ENDING = re.compile(r"(?<=[^\W_])\{\w+\}")
_PLACEHOLDER = re.compile(r"\{\w+\}")
_TITLE = re.compile(r"\b(Dr|Dra|Mr|Mrs|Ms|Sr|Sra|St)\.")
_SENTENCE = re.compile(r"(?<=[.!?:])[”\"’)]*\s+")
_WORD = re.compile(r"[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*|\d[\d,.:-]*")
_SPANISH_GROUP = re.compile("[aeiouáéíóúü]+")


@dataclass(frozen=True)
class Sentence:
    """One sentence as it is read, and how hard it is: its own grade, or its own INFLESZ."""

    words: str
    value: float


@dataclass(frozen=True)
class Grade:
    """How hard English is: the school grade, the average length of a sentence, how many, and the hardest first."""

    flesch_kincaid: float
    words_per_sentence: float
    sentences: int
    hardest: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Ease:
    """How easy Spanish is: the INFLESZ, the average length of a sentence, how many, and the hardest first."""

    inflesz: float
    words_per_sentence: float
    sentences: int
    hardest: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class _Measured:
    """A sentence with its counts."""

    said: str
    words: int
    syllables: int


def grade(markdown: str, exempt: Iterable[str] = ()) -> Grade:
    """Return the grade of an English text: 0.39 words a sentence + 11.8 syllables a word - 15.59; 0 for an empty one.

    `exempt` are more names that count as one short word each. A placeholder counts as one too, and as nothing where it
    stands for whole sentences.
    """
    measured = _measured(markdown, exempt, syllables)
    if not measured:
        return Grade(0.0, 0.0, 0)
    hardest = sorted(measured, key=lambda one: -_kincaid([one]))[:HARDEST]
    return Grade(
        _kincaid(measured), _length(measured), len(measured),
        tuple(Sentence(one.said, _kincaid([one])) for one in hardest),
    )  # fmt: skip


def ease(markdown: str, exempt: Iterable[str] = ()) -> Ease:
    """Return the INFLESZ of a Spanish text: 206.835 - 62.3 syllables a word - words a sentence; 100 for none."""
    measured = _measured(markdown, exempt, spanish_syllables)
    if not measured:
        return Ease(100.0, 0.0, 0)
    hardest = sorted(measured, key=lambda one: _inflesz([one]))[:HARDEST]
    return Ease(
        _inflesz(measured), _length(measured), len(measured),
        tuple(Sentence(one.said, _inflesz([one])) for one in hardest),
    )  # fmt: skip


def sections(markdown: str) -> list[str]:
    """Return the parts of a text that begin with a heading each; what stands before the first one is a part too."""
    parts = re.split(r"^(?=#{1,2} )", markdown, flags=re.MULTILINE)
    return [part for part in parts if part.strip()]


def unmarked(line: str) -> str:
    """Return a line as it is read: without the mark of a heading or a list, and without the stars of bold words."""
    mark = _MARK.match(line)
    return (line[mark.end() :] if mark else line).replace("**", "").strip()


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Return the syllables of an English word: the greater of pyphen's parts and the groups of vowels heard."""
    if word[0].isdigit():
        return 1
    lower = word.lower().strip("'’-")
    silent = re.sub(r"(?<=[^aeiouyl])e$|(?<=[^aeiouydt])ed$|(?<=[^aeiouysxzcg])es$", "", lower)
    heard = len(re.findall(r"[aeiouy]+", silent))
    return max(1, heard, len(_english().positions(lower)) + 1)


@lru_cache(maxsize=20_000)
def spanish_syllables(word: str) -> int:
    """Return the syllables of a Spanish word: each strong or accented vowel is one, weak vowels lean on a neighbor.

    Rule: a, e, o and accented í, ú are strong; the u of que, qui, gue and gui is not heard; a last y is an i.
    """
    if word[0].isdigit():
        return 1
    lower = re.sub(r"(?<=g)u(?=[eiéí])|(?<=q)u", "", word.lower())
    lower = re.sub(r"y\b", "i", lower)
    groups = _SPANISH_GROUP.findall(lower)
    return max(1, sum(max(1, len(re.findall("[aeoáéíóú]", group))) for group in groups))


@cache
def names() -> tuple[str, ...]:
    """Return the names of drugs, nerves and societies that count as one short word each."""
    return (*NAMES, *(name for name in drug_names.medication_names() if _is_drug(name)))


def _is_drug(name: str) -> bool:
    """Tell whether a name is of a drug, not of a therapy that people go to."""
    drug = drug_names.exactly(name)
    return len(name) > 3 and drug is not None and drug.unit != "visits"


def _kincaid(measured: list[_Measured]) -> float:
    words, parts = _sums(measured)
    return 0.39 * words / len(measured) + 11.8 * parts / words - 15.59


def _inflesz(measured: list[_Measured]) -> float:
    words, parts = _sums(measured)
    return 206.835 - 62.3 * parts / words - words / len(measured)


def _length(measured: list[_Measured]) -> float:
    return _sums(measured)[0] / len(measured)


def _sums(measured: list[_Measured]) -> tuple[int, int]:
    return sum(one.words for one in measured), sum(one.syllables for one in measured)


def _measured(markdown: str, exempt: Iterable[str], count: Callable[[str], int]) -> list[_Measured]:
    hidden = _pattern(tuple(dict.fromkeys(name for name in exempt if name.strip())))
    made: list[_Measured] = []
    for said in _sentences(markdown):
        words = _WORD.findall(hidden.sub("it", said))
        if words:
            made.append(_Measured(said, len(words), sum(map(count, words))))
    return made


@lru_cache(maxsize=8)
def _pattern(more: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds the names, the longest first."""
    found = sorted({*names(), *more}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, found))})(?!\w)", re.IGNORECASE)


def _sentences(markdown: str) -> Iterator[str]:
    """Yield the sentences of a text as they are read; headings and lines of lists are sentences too."""
    for block in _blocks(markdown):
        lone = _ENDING.sub("", _LONE_PLACEHOLDER.sub(r"\1", block.replace("**", "")))
        plain = _TITLE.sub(r"\1", _PLACEHOLDER.sub("it", lone))
        yield from (part.strip() for part in _SENTENCE.split(plain) if part.strip())


def _blocks(markdown: str) -> Iterator[str]:
    """Yield headings, lines of lists and whole paragraphs, without their marks."""
    paragraph: list[str] = []
    for line in [*markdown.splitlines(), ""]:
        mark = _MARK.match(line)
        if line.strip() and not mark:
            paragraph.append(line.strip())
            continue
        if paragraph:
            yield " ".join(paragraph)
            paragraph = []
        if mark:
            yield line[mark.end() :]


@cache
def _english() -> Pyphen:
    from pyphen import Pyphen  # 100 ms with its dictionary, which only the grade needs

    return Pyphen(lang="en_US")
