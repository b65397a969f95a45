"""Where things are: the data folder of this person, and the resources that ship with the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True)
class Paths:
    """The folders and files of one installation, all below one folder."""

    data_dir: Path

    @classmethod
    def default(cls) -> Paths:
        """Return the usual place for this person on this system."""
        return cls(Path(platformdirs.user_data_dir("referral-app", appauthor=False)))

    @property
    def store(self) -> Path:
        """The encrypted database."""
        return self.data_dir / "referrals.db"

    @property
    def key(self) -> Path:
        """The file with the wrapped keys of the store."""
        return self.data_dir / "store.key"

    @property
    def attempts(self) -> Path:
        """Counts of failed logins."""
        return self.data_dir / "attempts.json"

    @property
    def backups(self) -> Path:
        """The folder of the backups that are made by themselves."""
        return self.data_dir / "backups"

    @property
    def copies(self) -> Path:
        """The folder of documents that other programs were given, until this window locks or closes."""
        return self.data_dir / "copies"

    @property
    def lock(self) -> Path:
        """The file that keeps a second process out."""
        return self.data_dir / "instance.lock"

    @property
    def settings(self) -> Path:
        """The settings of this PC."""
        return self.data_dir / "settings.toml"

    @property
    def window(self) -> Path:
        """Sizes of windows and columns."""
        return self.data_dir / "window.ini"


def resource(name: str) -> Path:
    """Return the path of a resource, in an installed copy or in a checkout.

    Raises FileNotFoundError when there is no such resource.
    """
    package = Path(__file__).parent
    for root in (package / "resources", package.parent / "resources"):
        if (root / name).exists():
            return root / name
    raise FileNotFoundError(f"There is no resource {name!r}.")
