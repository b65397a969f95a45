"""Taking the directory in and out as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from referral_app.ui import ask
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons.page import SurgeonsPage

Asker = Callable[..., None]


def _path_of(path: Path) -> Asker:
    def answer(*arguments: object) -> None:
        on_path = arguments[-1]
        assert callable(on_path)
        on_path(path)

    return answer


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(ask, "tell", lambda parent, sentence, *more, **options: found.append(sentence))
    return found


def _page(qtbot: QtBot, desk: Desk) -> SurgeonsPage:
    page = SurgeonsPage(desk)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.directory.list.loaded):
        page.reload()
    return page


def _act(page: SurgeonsPage, name: str) -> None:
    next(one for one in page.more_button.menu().actions() if one.objectName() == name).trigger()


def test_a_directory_is_written_and_read_again(
    qtbot: QtBot, filled_desk: Desk, tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page, target = _page(qtbot, filled_desk), tmp_path / "surgeons.csv"
    monkeypatch.setattr(ask, "save_file", _path_of(target))
    monkeypatch.setattr(ask, "open_file", _path_of(target))
    with qtbot.waitSignal(page.said):
        _act(page, "exportSurgeons")
    assert "Keen" in target.read_text("utf-8")
    with qtbot.waitSignal(page.changed):
        _act(page, "importSurgeons")
    assert told == ["Surgeons imported: 0 new, 0 changed, 13 as before."]


def test_a_file_that_is_no_directory_gives_one_sentence(
    qtbot: QtBot, desk: Desk, tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page, wrong = _page(qtbot, desk), tmp_path / "letter.csv"
    wrong.write_bytes(b"\x00\xff\xfe no table")
    monkeypatch.setattr(ask, "open_file", _path_of(wrong))
    _act(page, "importSurgeons")
    qtbot.waitUntil(lambda: bool(told))
    assert len(told) == 1
    assert "Traceback" not in told[0]


def test_an_export_into_a_folder_that_cannot_be_written_gives_one_sentence(
    qtbot: QtBot, filled_desk: Desk, read_only_folder: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(qtbot, filled_desk)
    monkeypatch.setattr(ask, "save_file", _path_of(read_only_folder / "surgeons.csv"))
    _act(page, "exportSurgeons")
    qtbot.waitUntil(lambda: bool(told))
    assert "cannot be written" in told[0]
