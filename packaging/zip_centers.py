"""Write centers and cities of all ZIP codes beside their services, where they are read at once; run by the set-up."""

from __future__ import annotations

from pathlib import Path

from referral_app.services import distance, zip_cities


def main() -> None:
    """Write the files under another name first: a set-up may be cut short."""
    _write(distance.CENTERS, distance.packed_centers())
    _write(zip_cities.CITIES, zip_cities.packed())


def _write(name: str, content: bytes) -> None:
    target = Path(distance.__file__).with_name(name)
    unfinished = target.with_suffix(".unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(target)


if __name__ == "__main__":
    main()
