"""Characters that cannot be seen, in what was pasted: taken out, and said."""

from __future__ import annotations

import unicodedata

from referral_app.clinical import texts

_NAMES = {
    "\u202a": "left-to-right embedding", "\u202b": "right-to-left embedding", "\u202c": "end of direction",
    "\u202d": "left-to-right override", "\u202e": "right-to-left override", "\u2066": "left-to-right isolate",
    "\u2067": "right-to-left isolate", "\u2068": "first strong isolate", "\u2069": "end of isolate",
    "\ufeff": "byte order mark",
    "\x00": "null", "\x07": "bell", "\x08": "backspace", "\x1b": "escape", "\x7f": "delete",
}  # fmt: skip
_LINE_ENDS = "\r\n\u2028\u2029\x0b\x0c\x85"


def clean(text: str, several_lines: bool = False) -> tuple[str, str]:
    """Return a text without its hidden characters, and a sentence that names them; "" where there were none.

    On one line an end of line becomes a blank, as nothing else that can be seen is lost; the sentence says so too.
    """
    joined = "" if several_lines else "".join(letter for letter in text if letter in _LINE_ENDS)
    if not joined and not texts.hidden(text):
        return text, ""
    whole = text.replace("\r\n", "\n")
    kept = "".join(_kept(letter, several_lines) for letter in whole)
    found = dict.fromkeys(letter for letter in text if letter not in _LINE_ENDS and texts.hidden(letter))
    return kept, _said(list(found), sum(texts.hidden(letter) for letter in text), bool(joined))


def _kept(letter: str, several_lines: bool) -> str:
    if letter in _LINE_ENDS:
        return "\n" if several_lines else " "
    return "" if texts.hidden(letter) else letter


def _said(found: list[str], count: int, joined: bool) -> str:
    said: list[str] = []
    if found:
        names = ", ".join(_name(letter) for letter in found[:3]) + (" and others" if len(found) > 3 else "")
        said.append(f"Hidden characters were taken out of this text ({names}); check that it reads right.")
    if joined:
        said.append("Ends of lines became blanks.")
    return " ".join(said) or f"Hidden characters were taken out of this text ({count})."


def _name(letter: str) -> str:
    name = _NAMES.get(letter) or unicodedata.name(letter, "control character").lower()
    return f"{name}, U+{ord(letter):04X}"
