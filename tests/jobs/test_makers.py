"""Processes that make documents: without anything of ours but the record, ended when they are slow or we are gone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import psutil
import pytest

from referral_app.documents import maker, questionnaire
from referral_app.documents.questionnaire import Questionnaire
from referral_app.jobs import makers
from referral_app.jobs.makers import Makers
from referral_app.services.errors import InvalidInput

ASKED = Questionnaire(date(2026, 11, 28), person="An Nguyen", reference="0000-0000-0")


def test_a_document_made_elsewhere_is_the_same() -> None:
    others = set(psutil.Process().children())
    with Makers(2) as pool:
        made = [pool.make("questionnaire", ASKED) for _ in range(5)]
        assert {one.result() for one in made} == {questionnaire.render(ASKED)}
    assert set(psutil.Process().children()) <= others


def test_a_refusal_keeps_its_sentence_and_a_fault_tells_nothing_of_the_patient() -> None:
    with Makers(1) as pool:
        with pytest.raises(InvalidInput, match="cannot be printed"):
            pool.make("questionnaire", Questionnaire(date(2026, 11, 28), person="\U0001f600 Nguyen")).result()
        with pytest.raises(InvalidInput, match="KeyError") as refused:
            pool.make(
                "questionnaire", Questionnaire(date(2026, 11, 28), language="xx", person="Nguyen")
            ).result()
        assert "Nguyen" not in str(refused.value)
        assert pool.make("questionnaire", ASKED).result().startswith(b"%PDF")


def test_one_that_takes_too_long_is_ended_and_the_next_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    with Makers(1, seconds=0.0) as pool, pytest.raises(InvalidInput, match="ended unexpectedly"):
        pool.make("questionnaire", ASKED).result()


def test_a_maker_knows_nothing_of_where_the_store_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFERRAL_SECRET", "seven quiet lanterns")
    others = set(psutil.Process().children())
    with Makers(1) as pool:
        pool.make("questionnaire", ASKED).result()
        (child,) = set(psutil.Process().children()) - others
        assert "REFERRAL_SECRET" not in child.environ()
        assert not any("sqlcipher" in one.path or "PySide6" in one.path for one in child.memory_maps())
        assert child.open_files() == []


def test_a_maker_ends_with_whoever_started_it(tmp_path: Path) -> None:
    words = (
        "import os, signal\nfrom referral_app.jobs.makers import Makers\n"
        "pool = Makers(1)\nprint(pool._all[0].process.pid, flush=True)\nos.kill(os.getpid(), signal.SIGKILL)"
    )
    told = subprocess.run([sys.executable, "-c", words], stdout=subprocess.PIPE, text=True, check=False)
    number, until = int(told.stdout), time.monotonic() + 20
    while psutil.pid_exists(number) and psutil.Process(number).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_the_program_itself_is_a_maker_where_it_is_one_frozen_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert makers.command() == [sys.executable, maker.COMMAND]
    program = Path(sys.executable).with_name("referral-app")
    done = subprocess.run(
        [program, maker.COMMAND], input=b"", stdout=subprocess.PIPE, check=True, env=os.environ
    )
    assert done.stdout == b""
