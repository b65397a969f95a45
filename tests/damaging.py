"""Damaging the file of a store where it cannot be hidden: a page that the log holds anew is not read from the file."""

from __future__ import annotations

from pathlib import Path

_HEADER, _FRAME = 32, 24
PAGE = 4096


def pages_read_from(store: Path) -> list[int]:
    """Return the pages, from 0, of the file of a store that its log does not hold anew."""
    log = store.with_name(store.name + "-wal")
    frames = log.read_bytes()[_HEADER:] if log.exists() else b""
    starts = range(0, len(frames) - _FRAME - PAGE + 1, _FRAME + PAGE)
    held = {int.from_bytes(frames[start : start + 4], "big") - 1 for start in starts}
    return [page for page in range(store.stat().st_size // PAGE) if page not in held]


def damage(store: Path, share: float = 0.5) -> None:
    """Write over a few bytes of one such page: the first with a share of 0, the last with 1, the middle one between."""
    pages = pages_read_from(store)
    write_over(store, pages[round(share * (len(pages) - 1))])


def write_over(store: Path, page: int) -> None:
    """Write over a few bytes in the middle of a page."""
    with store.open("r+b") as file:
        file.seek(page * PAGE + PAGE // 2)
        file.write(b"damage")
