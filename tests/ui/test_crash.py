"""Errors nobody expected, and questions."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from referral_app.paths import Paths
from referral_app.services.errors import InvalidInput
from referral_app.ui import ask
from referral_app.ui.crash import CrashHandler


@pytest.fixture
def page(qtbot: QtBot, looks: QApplication) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def _fail(name: str) -> None:
    raise ValueError(f"cannot read {name}")


def _handle(handler: CrashHandler, name: str = "Marisol Quintero") -> None:
    try:
        _fail(name)
    except ValueError:
        handler.handle(*sys.exc_info())  # pyright: ignore[reportArgumentType]


def test_a_fault_is_said_once_and_names_nobody(
    qtbot: QtBot,
    page: QWidget,
    paths: Paths,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    paths.data_dir.mkdir()
    said: list[tuple[str, str]] = []
    monkeypatch.setattr(
        ask, "tell", lambda parent, sentence, detail="", warning=False: said.append((sentence, detail))
    )
    kept: list[int] = []
    handler = CrashHandler(paths, lambda: kept.append(1))
    for _ in range(7):
        _handle(handler)
    qtbot.waitUntil(lambda: bool(said))
    report = (paths.data_dir / "crash.log").read_text("utf-8")
    everything = report + repr(said) + capsys.readouterr().err
    assert len(said) == 1
    assert kept == [1]
    assert "ValueError" in report
    assert "_fail" in report
    assert "Marisol" not in everything


def test_what_the_user_can_correct_is_said_in_its_own_words(
    qtbot: QtBot, page: QWidget, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(ask, "tell", lambda parent, sentence, detail="", warning=False: said.append(sentence))
    handler = CrashHandler(paths, lambda: None)
    error = InvalidInput({"": "This referral was changed by someone else."})
    handler.handle(InvalidInput, error, None)
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["This referral was changed by someone else."]


def test_a_question_is_answered_by_its_button(qtbot: QtBot, page: QWidget) -> None:
    answers: list[str] = []
    ask.confirm(
        page,
        "Discard this draft?",
        "It cannot be brought back.",
        "Discard draft",
        lambda: answers.append("yes"),
    )
    box = page.findChild(ask.Question)
    assert box is not None
    assert box.findChild(QPushButton, "askNo").isDefault()  # pyright: ignore[reportOptionalMemberAccess]
    button = box.findChild(QPushButton, "askYes")
    assert button is not None
    button.click()
    qtbot.waitUntil(lambda: bool(answers))


def test_esc_answers_no(qtbot: QtBot, page: QWidget) -> None:
    ask.confirm(page, "Discard this draft?", "", "Discard draft", lambda: pytest.fail("was not confirmed"))
    box = page.findChild(ask.Question)
    assert box is not None
    box.reject()
    qtbot.wait(20)
