"""Lists of a million that take little memory: whether a text was met before, and which id belongs to it."""

from __future__ import annotations

from array import array

_FIRST = 1 << 10
_ID = 16


class Met:
    """Texts that were met, each by 62 bits of its hash: 12 to 24 bytes a text, where a dictionary takes 200.

    Two of a million texts share their bits once in about nine million such lists.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._keys = array("Q", bytes(8 * _FIRST))
        self._at = array("I", bytes(4 * _FIRST))
        self._count = 0

    def __len__(self) -> int:
        """Return how many there are."""
        return self._count

    def find(self, text: str) -> int | None:
        """Return as the how-manieth a text was added, None where it was not."""
        place = self._place(_key(text))
        return self._at[place] if self._keys[place] else None

    def add(self, text: str) -> bool:
        """Add a text; False where it was there."""
        key = _key(text)
        place = self._place(key)
        if self._keys[place]:
            return False
        self._keys[place], self._at[place] = key, self._count
        self._count += 1
        if self._count * 3 > len(self._keys) * 2:
            self._grow()
        return True

    def _place(self, key: int) -> int:
        keys, mask = self._keys, len(self._keys) - 1
        place = key & mask
        while keys[place] and keys[place] != key:
            place = (place + 1) & mask
        return place

    def _grow(self) -> None:
        old_keys, old_at = self._keys, self._at
        size = len(old_keys) * 2
        self._keys, self._at = array("Q", bytes(8 * size)), array("I", bytes(4 * size))
        for key, at in zip(old_keys, old_at, strict=True):
            if key:
                place = self._place(key)
                self._keys[place], self._at[place] = key, at


class Ids:
    """Ids by text, 16 bytes each beside what `Met` takes."""

    def __init__(self) -> None:
        """Begin with none."""
        self._met = Met()
        self._ids = bytearray()

    def get(self, text: str) -> str | None:
        """Return the id of a text as 32 hexadecimal digits, None where it has none."""
        at = self._met.find(text)
        return None if at is None else self._ids[at * _ID : (at + 1) * _ID].hex()

    def add(self, text: str, identity: str) -> None:
        """Give a text its id, with or without hyphens, unless it has one."""
        if self._met.add(text):
            self._ids += bytes.fromhex(identity.replace("-", ""))


def _key(text: str) -> int:
    return (hash(text) & 0x3FFFFFFFFFFFFFFF) | 1 << 62
