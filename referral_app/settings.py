"""What belongs to this PC and this person alone: a small TOML file beside the store."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, fields
from typing import Any, cast

from referral_app.choices import Appearance, InstallationMode
from referral_app.paths import Paths

ZOOMS = (80, 90, 100, 110, 125, 150, 175, 200)
MINUTES = (1, 2, 3, 5, 10, 15)
"""Minutes without work after which the window can lock."""


@dataclass
class Settings:
    """The settings of one installation; one object that every page shares, so that a change is seen everywhere."""

    mode: InstallationMode = InstallationMode.REFERRING_OFFICE
    person: str = ""
    appearance: Appearance = Appearance.SYSTEM
    zoom: int = 100
    compact: bool = False
    one_page: bool = False
    lock_after: int = 10
    second_backup_folder: str = ""
    printer: str = ""
    both_sides: bool = False


def load(paths: Paths) -> Settings:
    """Read the settings; unknown keys and unusable values are ignored, missing ones take the default."""
    try:
        stored = tomllib.loads(paths.settings.read_text("utf-8"))
    except (OSError, ValueError):
        stored = {}
    settings = Settings()
    for field in fields(Settings):
        if field.name in stored:
            _take(settings, field.name, stored[field.name])
    return settings


def save(paths: Paths, settings: Settings) -> None:
    """Write the settings; the file is replaced at once, so that a crash leaves the old or the new one."""
    import tomli_w

    values = {
        name: str(value) if isinstance(value, str) else value for name, value in asdict(settings).items()
    }
    paths.data_dir.mkdir(parents=True, exist_ok=True)
    beside = paths.settings.with_suffix(".new")
    beside.write_text(tomli_w.dumps(values), "utf-8")
    beside.replace(paths.settings)


def _take(settings: Settings, name: str, value: Any) -> None:
    """Set one value where it has the type of the default and is one of its choices."""
    kind = cast(type[Any], type(getattr(settings, name)))
    try:
        usable = kind(value) if type(value) is (str if issubclass(kind, str) else kind) else None
    except ValueError:
        return
    if usable not in {"zoom": ZOOMS, "lock_after": MINUTES}.get(name, (usable,)):
        return
    if usable is not None:
        setattr(settings, name, usable)
