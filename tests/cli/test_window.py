"""What `referral-app` opens: a demonstration at once, and everything else by the way in that it needs."""

from __future__ import annotations

from referral_app.cli import window
from referral_app.database import open_database
from referral_app.jobs import demo, directory
from referral_app.paths import Paths
from tests.database.ways import begun


def test_a_demonstration_opens_at_once(paths: Paths) -> None:
    demo.begin(paths).close()
    db = window._demonstration(paths)  # noqa: SLF001
    assert db is not None
    db.close()


def test_a_folder_without_a_store_is_set_up_and_nothing_is_made_before(paths: Paths) -> None:
    assert window._demonstration(paths) is None  # noqa: SLF001
    assert not paths.data_dir.exists()


def test_a_directory_without_people_is_set_up_first(paths: Paths) -> None:
    db = open_database(paths)
    directory.load_invented(db)
    db.close()
    assert window._demonstration(paths) is None  # noqa: SLF001
    open_database(paths).close()  # it was let go


def test_a_store_with_people_asks_who_comes_in(paths: Paths) -> None:
    begun(paths)[0].close()
    assert window._demonstration(paths) is None  # noqa: SLF001
