"""Lists of a million that take little memory: whether a text was met before, and which id belongs to it."""

from __future__ import annotations

from array import array

_FIRST = 1 << 10
_ID = 16


class Met:
    """Texts that were met, each by 62 bits of its hash: 12 to 24 bytes a text, where a set takes 100 and the text.

    Two of a million texts share their bits once in about nine million such lists.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._keys = array("Q", bytes(8 * _FIRST))
        self._count = 0

    def __len__(self) -> int:
        """Return how many there are."""
        return self._count

    def __contains__(self, text: str) -> bool:
        """Tell whether a text was added."""
        key = _key(text)
        return self._keys[_place(self._keys, key)] == key

    def add(self, text: str) -> bool:
        """Add a text; False where it was there."""
        key = _key(text)
        place = _place(self._keys, key)
        if self._keys[place]:
            return False
        self._keys[place] = key
        self._count += 1
        if self._count * 3 > len(self._keys) * 2:
            self._keys = _grown(self._keys)
        return True


class Ids:
    """Ids by text: 16 bytes each beside the hash of its text and its place."""

    def __init__(self) -> None:
        """Begin with none."""
        self._keys = array("Q", bytes(8 * _FIRST))
        self._at = array("I", bytes(4 * _FIRST))
        self._ids = bytearray()

    def get(self, text: str) -> str | None:
        """Return the id of a text as 32 hexadecimal digits, None where it has none."""
        key = _key(text)
        place = _place(self._keys, key)
        if self._keys[place] != key:
            return None
        at = self._at[place] * _ID
        return self._ids[at : at + _ID].hex()

    def add(self, text: str, identity: str) -> None:
        """Give a text its id, with or without hyphens, unless it has one."""
        key = _key(text)
        place = _place(self._keys, key)
        if self._keys[place]:
            return
        self._keys[place], self._at[place] = key, len(self._ids) // _ID
        self._ids += bytes.fromhex(identity.replace("-", ""))
        if len(self._ids) // _ID * 3 > len(self._keys) * 2:
            self._grow()

    def _grow(self) -> None:
        old_keys, old_at = self._keys, self._at
        self._keys = _grown(old_keys)
        self._at = array("I", bytes(4 * len(self._keys)))
        for key, at in zip(old_keys, old_at, strict=True):
            if key:
                self._at[_place(self._keys, key)] = at


def hyphenated(digits: str) -> str:
    """Return an id of 32 hexadecimal digits as the store hands it out; one that has its hyphens stays."""
    if len(digits) != 32:
        return digits
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _place(keys: array[int], key: int) -> int:
    """Return where a key is, or the empty place where it belongs."""
    mask = len(keys) - 1
    place = key & mask
    while keys[place] and keys[place] != key:
        place = (place + 1) & mask
    return place


def _grown(keys: array[int]) -> array[int]:
    made = array("Q", bytes(16 * len(keys)))
    for key in keys:
        if key:
            made[_place(made, key)] = key
    return made


def _key(text: str) -> int:
    return (hash(text) & 0x3FFFFFFFFFFFFFFF) | 1 << 62
