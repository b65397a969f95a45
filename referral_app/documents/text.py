"""The one door for text: what goes into a document is escaped here and checked for a glyph, letter by letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import cast

from reportlab.lib.styles import ParagraphStyle

from referral_app.documents import fonts, paragraphs, tagging
from referral_app.documents.paragraphs import Link, Words
from referral_app.services.errors import InvalidInput


class Unprintable(InvalidInput):
    """Text holds characters that no font of ours can draw; it is neither dropped nor printed as a box."""

    def __init__(self, characters: Iterable[str], path: str = "", label: str = "") -> None:
        """Keep the characters and the field (path and label) that holds them, where that is known."""
        self.characters = "".join(dict.fromkeys(characters))
        self.path = path
        names = ", ".join(_named(character) for character in self.characters)
        where = f" in “{label}”" if label else ""
        super().__init__({path: f"These characters cannot be printed{where}: {names}."})

    def at(self, path: str, label: str) -> Unprintable:
        """Return the same refusal with the field that holds the characters."""
        return Unprintable(self.characters, path, label)


class Markup(str):
    """Text that has been escaped and may go into a paragraph as it is."""

    __slots__ = ()

    def __add__(self, other: str) -> Markup:
        """Return this markup with more text after it, which is escaped."""
        return Markup(str.__add__(self, escape(other)))


BREAK = Markup("<br/>")
_LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n[ \n]*\n")
_PHONE = re.compile(r"\(\d{3}\) \d{3}-\d{4}(?! ?\d)(?: ext\. \d+)?|\+\d{1,3}(?: \d[\d-]{1,8}){2,5}(?!\d)")
"""A phone number as we say it; it stands on one line."""
_OF = re.compile(r"(?<![\d.,])(\d+(?:\.\d+)?) of (\d+)\b")
"""A figure out of its most, as 4 of 10; it stands on one line."""
_LANGUAGE = re.compile("[a-z]{2,3}")
_WORDS = re.compile(r"\S+|\s+")
_INVISIBLE = {"Cc", "Cf"}
_NAME = 60
"""Up to this length a text changes its font as a whole, so that a name is printed in one font."""
_VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def escape(text: str) -> Markup:
    """Return text as markup that prints exactly that text; what is `Markup` already is returned unchanged.

    Line ends are kept; phone numbers, and figures as 4 of 10, stay on one line.
    Marks without any shape of their own (control characters, text direction overrides,
    zero-width characters) are left out: they print nothing and could only make text look like another text.
    Raises `Unprintable` for characters that neither font can draw.
    """
    if isinstance(text, Markup):
        return text
    lines = paragraphs.remembered()
    if lines is None:
        return _escaped(text)
    known = lines.escaped.get(text)
    if known is None:
        known = lines.escaped[text] = _escaped(text)
    return cast(Markup, known)


def _escaped(text: str) -> Markup:
    clean = _clean(text)
    if "(" in clean or "+" in clean:
        clean = _PHONE.sub(lambda number: number[0].replace(" ", "\xa0"), clean)
    if " of " in clean:
        clean = _OF.sub("\\1\xa0of\xa0\\2", clean)
    if not fonts.cover().issuperset(clean.replace("\n", "")):
        return Markup("".join(_runs(clean)))
    return Markup(_protect(clean))


def bold(text: str) -> Markup:
    """Return text as bold markup."""
    return Markup(f"<b>{_bold_fallback(escape(text))}</b>") if text else Markup("")


def spoken(text: str, lang: str) -> Markup:
    """Return text as markup that is known to be in a language, as "ru"; for a whole paragraph see `paragraph`."""
    markup = escape(text)
    if not (markup and _LANGUAGE.fullmatch(lang)):
        return markup
    mark = fonts.spoken(lang)
    marked = markup.replace(f'name="{fonts.FALLBACK}"', f'name="{fonts.FALLBACK}{mark}"')
    return Markup(f'<font name="{fonts.BODY}{mark}">{marked}</font>')


def join(separator: str, parts: Iterable[str]) -> Markup:
    """Return the parts that are not empty as one markup, with the separator between them."""
    return Markup(escape(separator).join(escape(part) for part in parts if part))


def paragraph(text: str, style: ParagraphStyle, lang: str = "", role: str = "P") -> Words:
    """Return text as a paragraph, escaped where it is not markup yet.

    `lang` is its language where that is not the document's, as "es-US"; `role` may be "Caption" or "Note".
    """
    tag = tagging.Tag(role, tagging.language(lang)) if lang or role != "P" else None
    return Words(_for_style(text, style), style, tag)


def link(words: str, url: str, style: ParagraphStyle) -> Words:
    """Return words as a paragraph that opens an address of the web."""
    made = Link(_for_style(words, style), style)
    made.url = url
    return made


def _for_style(text: str, style: ParagraphStyle) -> str:
    markup = escape(text)
    return _bold_fallback(markup) if style.fontName == fonts.BOLD else markup


def printable(text: str) -> bool:
    """Tell whether our fonts can draw every character of a text."""
    return not missing(text)


def missing(text: str) -> str:
    """Return the characters of a text that our fonts cannot draw, each once; "" when it can be printed."""
    try:
        escape(text)
    except Unprintable as refusal:
        return refusal.characters
    return ""


def legible(text: str) -> str:
    """Return text with what no font of ours can draw named in its place, as "[grinning face]".

    For what was written down once and nobody can type anew: a sheet that is owed must not wait for it for ever.
    """
    lost = "" if isinstance(text, Markup) else missing(text)
    if not lost:
        return text
    return "".join(_name_of(one) if one in lost else one for one in unicodedata.normalize("NFC", text))


def _name_of(character: str) -> str:
    return f"[{unicodedata.name(character, f'U+{ord(character):04X}').lower()}]"


def plain(text: str) -> str:
    """Return text as it is printed, before escaping: composed, without invisible marks, on one line."""
    return " ".join(_clean(text).split())


def _clean(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    shown = _VARIATION_SELECTORS.sub("", _LINE_ENDS.sub("\n", text)).translate(_SEEN)
    return _BLANK_LINES.sub("\n\n", unicodedata.normalize("NFC", shown).strip("\n"))


class _Seen(dict[int, str]):
    """What is printed of each character, by its code: white space is one space, what has no shape is nothing."""

    def __missing__(self, code: int) -> str:
        """Tell it of a character that was not met before."""
        character = chr(code)
        if character not in "\n\xa0":
            shown = unicodedata.category(character) not in _INVISIBLE
            character = " " if character.isspace() else character if shown else ""
        self[code] = character
        return character


_SEEN = _Seen()


def _protect(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", BREAK)


def _runs(text: str) -> Iterable[str]:
    """Yield markup in runs of one font: a word changes its font as a whole where one font has all of it."""
    first, second = fonts.cover(), fonts.fallback_cover()
    lost = [c for c in text if c not in first and c not in second and c != "\n"]
    if lost:
        raise Unprintable(lost)
    if len(text) <= _NAME and set(text) <= second:
        yield _in_fallback(text)
        return
    for word in _WORDS.findall(text):
        letters = set(word)
        if word.isspace() or letters <= first:
            yield _protect(word)
        elif letters <= second:
            yield _in_fallback(word)
        else:
            yield from _letters(word, first.__contains__)


def _letters(word: str, in_first: Callable[[str], bool]) -> Iterable[str]:
    for letter in word:
        yield _protect(letter) if in_first(letter) else _in_fallback(letter)


def _bold_fallback(markup: str) -> str:
    for end in ('"', fonts.MARK):
        markup = markup.replace(f'name="{fonts.FALLBACK}{end}', f'name="{fonts.FALLBACK_BOLD}{end}')
    return markup


def _in_fallback(text: str) -> str:
    return f'<font name="{fonts.FALLBACK}">{_protect(text)}</font>'


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    shown = "" if unicodedata.category(character) in {"Cs", "Cn", "Co"} else f"{character} "
    return f"{shown}({code}{' ' + name.lower() if name else ''})"
