"""Work away from the user's thread."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from referral_app.database.problems import Locked
from referral_app.ui.background import Background, Canceled, Progress


def test_work_runs_elsewhere_and_its_answer_arrives_here(qtbot: QtBot, background: Background) -> None:
    here, seen = threading.get_ident(), []
    background.run(background, threading.get_ident, lambda there: seen.append((there, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] != here
    assert seen[0][1] == here


def test_an_error_goes_to_whoever_asked(qtbot: QtBot, background: Background) -> None:
    errors: list[Exception] = []
    background.run(background, lambda: 1 / 0, lambda _: pytest.fail("no answer"), errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ZeroDivisionError)


def test_an_error_nobody_takes_reaches_the_crash_handler(qtbot: QtBot, background: Background) -> None:
    with qtbot.captureExceptions() as caught:
        background.run(background, lambda: 1 / 0, lambda _: None)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_what_meets_a_locked_store_is_no_fault(qtbot: QtBot, background: Background) -> None:
    answers: list[int] = []

    def locked() -> int:
        raise Locked

    background.run(background, locked, answers.append)
    qtbot.waitUntil(lambda: not background.is_busy)
    assert answers == []


def test_nothing_is_answered_to_an_owner_that_was_deleted(qtbot: QtBot, background: Background) -> None:
    owner, go, answers = QObject(), threading.Event(), []
    background.run(owner, go.wait, answers.append)
    shiboken6.delete(owner)
    go.set()
    background.run(background, lambda: "after", answers.append)
    qtbot.waitUntil(lambda: "after" in answers)
    assert answers == ["after"]


def test_only_the_answer_to_the_latest_question_arrives(qtbot: QtBot, background: Background) -> None:
    asked, answers = [], []
    latest = background.latest(background, answers.append)

    def question(number: int) -> Any:
        def work() -> int:
            asked.append(number)
            time.sleep(0.03)
            return number

        return work

    for number in range(20):
        latest.ask(question(number))
        qtbot.wait(2)
    qtbot.waitUntil(lambda: 19 in answers)
    assert answers == [19]
    assert len(asked) < 10


def test_a_dropped_question_is_not_answered(qtbot: QtBot, background: Background) -> None:
    answers: list[int] = []
    latest = background.latest(background, answers.append)
    latest.ask(lambda: 1)
    latest.drop()
    qtbot.wait(50)
    assert answers == []


def test_a_job_tells_how_far_it_is_and_can_be_stopped(qtbot: QtBot, background: Background) -> None:
    told: list[tuple[int, int]] = []
    background.job_changed.connect(lambda job: told.append((job.done, job.total)))
    answers: list[int] = []

    def work(progress: Progress, canceled: Canceled) -> int:
        for number in range(1000):
            if canceled():
                return number
            progress(number, 1000)
            time.sleep(0.005)
        return 1000

    job = background.job(background, "Printing", work, answers.append)
    qtbot.waitUntil(lambda: len(told) > 2)
    job.cancel()
    qtbot.waitUntil(lambda: bool(answers))
    assert answers[0] < 1000
    assert background.jobs == []


def test_quitting_waits_for_what_is_under_way(background: Background) -> None:
    done: list[int] = []

    def work() -> None:
        time.sleep(0.05)
        done.append(1)

    background.run(background, work, lambda _: None)
    background.wait()
    assert done == [1]
