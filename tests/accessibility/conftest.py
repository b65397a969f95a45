"""What the tests with a real window are given: a private desktop, and stores to open in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from referral_app.database import open_database
from referral_app.jobs import directory
from referral_app.paths import Paths
from tests.accessibility.desktop import Desktop, Process, missing_packages, private_desktop

PERSON = "Bettina Frontdesk"
Start = Callable[[], Process]


@pytest.fixture(scope="session")
def desktop() -> Generator[Desktop]:
    """A private desktop; without the packages for it the test fails in CI and is skipped elsewhere."""
    if missing := missing_packages():
        words = f"A window read from outside needs {' '.join(missing)}."
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    with private_desktop() as made:
        yield made


@pytest.fixture(scope="session")
def office_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the invented directory and office and without a referral: made once, copied for each test."""
    folder = tmp_path_factory.mktemp("office")
    db = open_database(Paths(folder))
    db.declare_demonstration()
    directory.load_invented(db)
    db.close()
    (folder / "settings.toml").write_text(f'person = "{PERSON}"\n', encoding="utf-8")
    return folder


@pytest.fixture
def office(paths: Paths, office_store: Path) -> Paths:
    """The data folder of a referring office at the beginning of its first day."""
    shutil.copytree(office_store, paths.data_dir)
    return paths


@pytest.fixture
def start(desktop: Desktop, office: Paths, request: pytest.FixtureRequest) -> Generator[Start]:
    """Start the application on the office's folder, as often as asked; what still runs at the end is ended."""
    started: list[Process] = []

    def begin() -> Process:
        name = f"{request.node.name}-{len(started)}"
        started.append(desktop.application(office.data_dir, name))
        return started[-1]

    yield begin
    for process in started:
        process.end()
