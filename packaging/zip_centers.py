"""Write the centers of all ZIP codes beside services/distance.py, where they are read in no time; run by the set-up."""

from __future__ import annotations

from pathlib import Path

from referral_app.services import distance


def main() -> None:
    """Write the file under another name first: a set-up may be cut short."""
    target = Path(distance.__file__).with_name(distance.CENTERS)
    unfinished = target.with_suffix(".unfinished")
    unfinished.write_bytes(distance.packed_centers())
    unfinished.replace(target)


if __name__ == "__main__":
    main()
