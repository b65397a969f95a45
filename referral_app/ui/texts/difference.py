"""What differs between two wordings, line by line, told by marks and never by color alone."""

from __future__ import annotations

import difflib

from PySide6.QtWidgets import QPlainTextEdit

from referral_app.ui import theme

SAME = "  "
"""What stands before a line that both have."""


def said(before: str, after: str, first: str, second: str) -> str:
    """Return both wordings in one text; a line that one of them has alone begins with its name."""
    old, new = before.splitlines(), after.splitlines()
    made: list[str] = []
    for kind, start, end, begin, last in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            made += [SAME + line for line in old[start:end]]
        else:
            made += [f"{first}: {line}" for line in old[start:end]]
            made += [f"{second}: {line}" for line in new[begin:last]]
    return "\n".join(made)


def same(one: str, other: str) -> bool:
    """Tell whether two wordings are the same but for spaces at the ends of lines."""
    return one == other or _plain(one) == _plain(other)


def view(name: str, says: str) -> QPlainTextEdit:
    """Return a field that shows a difference and takes no keys."""
    made = QPlainTextEdit()
    made.setObjectName(name)
    made.setAccessibleName(says)
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    theme.scale(made, min_height=220)
    return made


def _plain(words: str) -> list[str]:
    return [line.rstrip() for line in words.strip().splitlines()]
