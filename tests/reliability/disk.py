"""A disk that loses power: what was synced is there, of the rest anything may be."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from tests.reliability.recording import Event

SECTOR = 512
KEEP = ("nothing", "everything", "any", "sectors", "first", "last")
"""What a power cut leaves of the writes that were not synced: none, all, any of them, sectors of them, the first or the
last ones."""


@dataclass
class File:
    """The bytes that are safe, and the writes and cuts that the disk has not promised yet."""

    safe: bytearray = field(default_factory=bytearray)
    waiting: list[Event] = field(default_factory=list)

    def sync(self) -> None:
        """Promise everything."""
        for event in self.waiting:
            _apply(self.safe, event)
        self.waiting.clear()

    def now(self) -> bytes:
        """Return everything that was written."""
        return self._with(self.waiting)

    def after_cut(self, chance: random.Random) -> bytes:
        """Return what a power cut might leave of this file."""
        return self._with(_survivors(self.waiting, chance))

    def _with(self, events: list[Event]) -> bytes:
        content = bytearray(self.safe)
        for event in events:
            _apply(content, event)
        return bytes(content)


class Disk:
    """Files by name, where names too are safe only after their folder was synced.

    A folder's changes reach the disk in their order, as in every file system with a journal; nothing else is assumed.
    """

    def __init__(self, safe: Mapping[str, bytes] | None = None) -> None:
        """Begin empty, or with files that were safe long before."""
        self._names = {path: File(bytearray(content)) for path, content in (safe or {}).items()}
        self._safe_names = dict(self._names)
        self._waiting: list[tuple[str, str, File | None]] = []

    def do(self, event: Event) -> None:
        """Take in one step of the recording."""
        if event.act == "create":
            if event.path not in self._names:
                self._name(event.path, File())
        elif event.act in {"write", "truncate"}:
            if event.path in self._names:  # else the file was removed while it was open
                self._names[event.path].waiting.append(event)
        elif event.act == "rename":
            self._rename(event.path, event.other)
        elif event.act == "unlink":
            self._names.pop(event.path, None)
            self._waiting.append(("", event.path, None))
        elif event.act == "sync":
            self._sync(event.path)

    def _name(self, path: str, file: File) -> None:
        self._names[path] = file
        self._waiting.append(("", path, file))

    def _rename(self, old: str, new: str) -> None:
        """Give a file, or all that is in a folder, another name in one step."""
        step = ""
        for path in [path for path in self._names if path == old or path.startswith(f"{old}/")]:
            file, fresh = self._names.pop(path), new + path.removeprefix(old)
            self._names[fresh] = file
            self._waiting += [(step, path, None), ("with the one before", fresh, file)]
            step = "with the one before"

    def _sync(self, path: str) -> None:
        if path in self._names:
            self._names[path].sync()
            return
        last = max(
            (i for i, item in enumerate(self._waiting) if str(PurePath(item[1]).parent) == path), default=-1
        )
        _rename_all(self._safe_names, self._waiting[: last + 1])
        del self._waiting[: last + 1]

    def now(self) -> dict[str, bytes]:
        """Return the files as programs see them while the power is on."""
        return {path: file.now() for path, file in self._names.items()}

    def after_cut(self, chance: random.Random) -> dict[str, bytes]:
        """Return the files that a power cut at this moment might leave."""
        names = dict(self._safe_names)
        kept = chance.choice((0, len(self._waiting), chance.randint(0, len(self._waiting))))
        while kept < len(self._waiting) and self._waiting[kept][0]:
            kept += 1  # a rename happens whole
        _rename_all(names, self._waiting[:kept])
        return {path: file.after_cut(chance) for path, file in names.items()}


def _rename_all(names: dict[str, File], changes: list[tuple[str, str, File | None]]) -> None:
    for _, path, file in changes:
        if file is None:
            names.pop(path, None)
        else:
            names[path] = file


def _apply(content: bytearray, event: Event) -> None:
    if event.act == "truncate":
        del content[event.offset :]
        content.extend(bytes(event.offset - len(content)))
        return
    content.extend(bytes(max(0, event.offset - len(content))))
    content[event.offset : event.offset + len(event.data)] = event.data


def _survivors(waiting: list[Event], chance: random.Random) -> list[Event]:
    kept = chance.randint(0, len(waiting))
    match chance.choice(KEEP):
        case "nothing":
            return []
        case "everything":
            return waiting
        case "any":
            return [event for event in waiting if chance.random() < 0.5]
        case "first":
            return waiting[:kept]
        case "last":
            return waiting[kept:]
        case _:
            return [part for event in waiting for part in _sectors(event) if chance.random() < 0.7]


def _sectors(event: Event) -> list[Event]:
    """Cut a write at the borders of the disk's sectors, each of which is written whole or not at all."""
    if event.act != "write":
        return [event]
    parts: list[Event] = []
    start, end = event.offset, event.offset + len(event.data)
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        data = event.data[start - event.offset : stop - event.offset]
        parts.append(Event("write", event.path, start, data))
        start = stop
    return parts
