"""What tests are given: folders, a migrated store, a filled one, a desk and a window."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import hypothesis
import pytest

from referral_app.database import Database, Passphrase, open_database
from referral_app.database.wrapping import Cost
from referral_app.paths import Paths
from tests.disks import read_only_folder, small_disk  # noqa: F401 - fixtures
from tests.printers import no_print_service, print_service, printers  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from referral_app.ui.background import Background
    from referral_app.ui.desk import Desk
    from referral_app.ui.main_window import MainWindow


@pytest.fixture(autouse=True)
def garbage_is_left_to_the_users_thread(request: pytest.FixtureRequest) -> Generator[None]:
    """Collect nothing while other threads may be at work beside Qt's objects; see `referral_app/ui/garbage.py`."""
    if "qapp" not in request.fixturenames:
        yield
        return
    gc.disable()
    yield
    gc.enable()


ME = Passphrase("dana", "seven quiet lanterns by the river")
CHEAP = Cost(65536, 1, 4)
"""What deriving a key from a passphrase costs in tests, so that none waits for it."""

hypothesis.settings.register_profile(
    "desk", deadline=None
)  # benchmarks measure; a busy computer fails nothing
hypothesis.settings.load_profile("desk")


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data")


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a migrated, empty store: made once, copied for each test."""
    folder = tmp_path_factory.mktemp("empty")
    db = open_database(Paths(folder))
    db.declare_demonstration()
    db.close()
    return folder


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the invented directory and referral: made once, copied for each test."""
    from referral_app.jobs import demo

    folder = tmp_path_factory.mktemp("demo")
    db = open_database(Paths(folder))
    demo.fill(db)
    db.close()
    return folder


@pytest.fixture
def db(paths: Paths, empty_store: Path) -> Generator[Database]:
    yield from _copied(empty_store, paths)


@pytest.fixture
def filled(paths: Paths, demo_store: Path) -> Generator[Database]:
    yield from _copied(demo_store, paths)


def entered(paths: Paths) -> Generator[Database]:
    """Open a store with people as its first person, and close it again."""
    from referral_app.choices import InstallationMode
    from referral_app.jobs import people

    db = people.open_store(paths, ME, InstallationMode.HEADACHE_CENTER)
    yield db
    db.close()


def _copied(folder: Path, paths: Paths) -> Generator[Database]:
    shutil.copytree(folder, paths.data_dir)
    db = open_database(paths)
    yield db
    db.close()


@pytest.fixture(scope="session")
def people_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of one person, who has every role, and the invented directory: made once, then copied."""
    from referral_app.choices import StaffRole
    from referral_app.database.keys import TYPED_AGAIN
    from referral_app.jobs import directory, people

    folder = tmp_path_factory.mktemp("people")
    db, recovery = people.set_up(
        Paths(folder), "Dana Whitfield", ME.login, ME.text, frozenset(StaffRole), CHEAP
    )
    people.confirm_recovery_key(db, recovery.replace("-", "")[-TYPED_AGAIN:], recovery)
    directory.load_invented(db, with_practice=False)
    db.close()
    return folder


@pytest.fixture
def people_db(paths: Paths, people_store: Path) -> Generator[Database]:
    """An open store with people, in which its first person acts."""
    shutil.copytree(people_store, paths.data_dir)
    yield from entered(paths)


@pytest.fixture
def background(qapp: QApplication) -> Generator[Background]:
    from referral_app.ui.background import Background

    made = Background()
    yield made
    made.wait()
    made.deleteLater()


@pytest.fixture
def looks(qapp: QApplication) -> Generator[QApplication]:
    """The application with its light look at 100 %, and again so after the test."""
    from referral_app.choices import Appearance
    from referral_app.ui import theme

    theme.apply(qapp, Appearance.LIGHT)
    yield qapp
    theme.apply(qapp, Appearance.LIGHT)


def _desk(paths: Paths, db: Database, background: Background) -> Desk:
    from referral_app.choices import Appearance
    from referral_app.services.permissions import nobody_yet
    from referral_app.settings import Settings
    from referral_app.ui.desk import Desk

    db.act_as("", "Dana Whitfield", nobody_yet("Dana Whitfield"))
    return Desk(paths, Settings(person="Dana Whitfield", appearance=Appearance.LIGHT), db, background)


@pytest.fixture
def desk(looks: QApplication, paths: Paths, db: Database, background: Background) -> Desk:
    """A desk with an empty store."""
    return _desk(paths, db, background)


@pytest.fixture
def filled_desk(looks: QApplication, paths: Paths, filled: Database, background: Background) -> Desk:
    """A desk with the invented directory and referral."""
    return _desk(paths, filled, background)


@pytest.fixture
def reference(filled: Database) -> str:
    """The reference number of the invented referral."""
    from referral_app.services import worklists
    from referral_app.services.referral_records import Filter

    with filled.read() as session:
        return worklists.find(session, Filter())[0].reference


@pytest.fixture
def window(qtbot: QtBot, filled_desk: Desk) -> Generator[MainWindow]:
    """A shown window over the filled store."""
    from referral_app.ui.main_window import MainWindow

    made = MainWindow(filled_desk)
    made.resize(1280, 800)  # whatever the screen of the tests has room for
    qtbot.addWidget(made)
    made.show_page("home")
    made.show()
    yield made
    filled_desk.background.wait()
