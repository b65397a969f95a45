"""Batches: in order, on all cores, going on after whatever stopped them; nothing twice silently, nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pytest

from referral_app.choices import BatchState, PaperAct, PaperKind
from referral_app.database import Database, open_database
from referral_app.jobs import batch_outlets, batches, makers
from referral_app.jobs.batch_outlets import SPOOL, Folder, OneFile, Printer
from referral_app.paths import Paths
from referral_app.services import batches as stored
from referral_app.services import ledger, referrals
from referral_app.services.batches import FILES, ONE_FILE, PRINTER, Wish
from referral_app.services.errors import InvalidInput
from referral_app.services.ledger import Filter as Papers
from tests.jobs.batch_people import many, never, nothing, wishes
from tests.printers import OFFICE, Printers


def _begun(db: Database, way: str, number: int = 5, **more: object) -> str:
    return batches.begin(db, "Visits", way, wishes(many(db, number)), **more)  # type: ignore[arg-type]


def _texts(path: Path) -> list[str]:
    told = subprocess.run(["pdftotext", str(path), "-"], check=True, stdout=subprocess.PIPE, text=True)
    return told.stdout.split("\f")[:-1]


def _first_pages(path: Path, references: list[str]) -> list[int]:
    """Return on which page, from 1, each person's document begins."""
    pages = _texts(path)
    return [next(at for at, page in enumerate(pages, 1) if one in page) for one in references]


def _papers(db: Database) -> int:
    with db.read() as session:
        return sum(len(one.acts) for one in ledger.find(session, Papers(), 500))


def _standing(db: Database) -> int:
    """Return how many acts of the ledger were not taken back."""
    with db.read() as session:
        return sum(len(one.stood) for one in ledger.find(session, Papers(), 500))


def _left(db: Database) -> list[Path]:
    return list(db.paths.data_dir.glob(f"{SPOOL}*"))


def test_each_document_is_a_file_and_a_paper_of_the_ledger(filled: Database, tmp_path: Path) -> None:
    batch_id, told = _begun(filled, FILES), list[tuple[int, int]]()
    found = batches.run(filled, batch_id, Folder(filled, tmp_path), lambda *at: told.append(at), never)
    assert found.done == 5
    assert told == [(number, 5) for number in range(1, 6)]
    assert len(list(tmp_path.glob("questionnaire-*.pdf"))) == 5
    assert not any("Quintero" in path.name for path in tmp_path.iterdir())
    assert _papers(filled) == 5
    assert batches.latest(filled).finished_at is not None  # type: ignore[union-attr]


def test_two_documents_of_one_kind_for_a_referral_are_two_files_also_when_it_goes_on(
    filled: Database, tmp_path: Path
) -> None:
    one, other = many(filled, 2)
    kind = PaperKind.QUESTIONNAIRE
    wanted = [Wish(one, kind), Wish(other, kind), Wish(one, kind, large=True)]
    batch_id = batches.begin(filled, "Visits", FILES, wanted)
    for first, replaced in ((1, 0), (3, 1)):
        found = batches.run(filled, batch_id, Folder(filled, tmp_path), nothing, never, first=first)
        assert found.replaced == replaced
    assert {path.name for path in tmp_path.glob("*.pdf")} == {
        f"questionnaire-{one}-en.pdf", f"questionnaire-{other}-en.pdf", f"questionnaire-{one}-en-2.pdf",
    }  # fmt: skip
    usual, large = (pikepdf.open(tmp_path / f"questionnaire-{one}-en{more}.pdf") for more in ("", "-2"))
    with usual, large:
        assert len(large.pages) > len(usual.pages)


def test_one_alone_is_made_without_another_process(
    filled: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(makers, "command", lambda: ["/there/is/no/such/program"])
    batch_id = _begun(filled, FILES, 1)
    assert batches.run(filled, batch_id, Folder(filled, tmp_path), nothing, never).done == 1


def test_on_both_sides_everybody_starts_on_a_new_sheet(filled: Database, tmp_path: Path) -> None:
    references, path = many(filled, 4), tmp_path / "all.pdf"
    batch_id = batches.begin(filled, "Visits", ONE_FILE, wishes(references), both_sides=True)
    batches.run(filled, batch_id, OneFile(filled, path), nothing, never)
    starts = _first_pages(path, references)
    assert starts == sorted(starts)
    assert all(page % 2 == 1 for page in starts)
    with pikepdf.open(path) as whole:
        assert len(whole.pages) % 2 == 0


def test_what_cannot_be_made_is_listed_with_its_reason_and_the_others_are_made(
    filled: Database, tmp_path: Path
) -> None:
    good = many(filled, 3)
    with filled.begin() as session:
        bad = referrals.save(session, {"patient": {"family_name": "Nobody", "given_name": "Yet"}}).reference
    asked = [
        Wish(good[0], PaperKind.PACKET),
        Wish(bad, PaperKind.PACKET),
        Wish(good[0], PaperKind.QUESTIONNAIRE),
    ]
    batch_id = batches.begin(filled, "Visits", FILES, asked)
    found = batches.run(filled, batch_id, Folder(filled, tmp_path), nothing, never).batch
    assert [one.state for one in found.items] == [BatchState.PRINTED, BatchState.REFUSED, BatchState.PRINTED]
    assert "surgeon" in found.items[1].why


def test_a_maker_that_dies_loses_its_document_alone(
    filled: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch_id, died = _begun(filled, FILES), list[bool]()
    whole = makers._Maker.make  # noqa: SLF001 - the process of one document is killed while it works

    def make(self: makers._Maker, kind: str, record: object, seconds: float) -> bytes:
        if not died:
            died.append(True)
            self.process.kill()
            self.process.wait()
        return whole(self, kind, record, seconds)

    monkeypatch.setattr(makers._Maker, "make", make)  # noqa: SLF001
    found = batches.run(filled, batch_id, Folder(filled, tmp_path), nothing, never).batch
    assert sorted(str(one.state) for one in found.items) == ["printed"] * 4 + ["refused"]
    assert found.of(BatchState.REFUSED)[0].why == makers.DIED


def test_a_canceled_batch_ends_its_makers_and_goes_on_where_it_stopped(
    filled: Database, tmp_path: Path
) -> None:
    import psutil

    batch_id, done, others = _begun(filled, FILES, 8), list[int](), set(psutil.Process().children())
    found = batches.run(
        filled, batch_id, Folder(filled, tmp_path), lambda at, _: done.append(at), lambda: len(done) >= 3
    )
    assert found.canceled
    assert set(psutil.Process().children()) <= others
    stopped = batches.latest(filled)
    assert stopped is not None
    assert stopped.waiting is not None
    assert stopped.waiting.position == 4
    batches.run(filled, batch_id, Folder(filled, tmp_path), nothing, never, first=4)
    assert len(list(tmp_path.glob("*.pdf"))) == 8
    assert _papers(filled) == 8


def test_one_file_is_whole_or_not_there(filled: Database, tmp_path: Path) -> None:
    path = tmp_path / "all.pdf"
    path.write_bytes(b"older")
    batch_id, done = _begun(filled, ONE_FILE), list[int]()
    batches.run(
        filled, batch_id, OneFile(filled, path), lambda at, _: done.append(at), lambda: len(done) >= 2
    )
    assert path.read_bytes() == b"older"
    assert _papers(filled) == 0
    assert _left(filled) == []
    found = batches.run(filled, batch_id, OneFile(filled, path), nothing, never)
    assert (found.done, found.replaced) == (5, 1)
    assert [child.name for child in tmp_path.iterdir() if child.is_file()] == ["all.pdf"]


def test_a_folder_that_cannot_be_written_is_one_sentence_and_the_batch_waits(
    filled: Database, read_only_folder: Path
) -> None:
    batch_id = _begun(filled, FILES, 2)
    with pytest.raises(InvalidInput, match="cannot be written"):
        batches.run(filled, batch_id, Folder(filled, read_only_folder), nothing, never)
    stopped = batches.latest(filled)
    assert stopped is not None
    assert len(stopped.of(BatchState.WAITING)) == 2


@pytest.mark.parametrize("way", [FILES, ONE_FILE])
def test_a_full_disk_is_one_sentence_and_nothing_half_written(
    filled: Database, small_disk: Path, way: str
) -> None:
    (small_disk / "much").write_bytes(bytes(4_060_000))
    batch_id = _begun(filled, way, 6)
    outlet = Folder(filled, small_disk) if way == FILES else OneFile(filled, small_disk / "all.pdf")
    with pytest.raises(InvalidInput, match=r"disk is full|could not be written"):
        batches.run(filled, batch_id, outlet, nothing, never)
    for path in small_disk.glob("*.pdf"):
        with pikepdf.open(path) as whole:
            assert len(whole.pages) > 0
    assert list(small_disk.glob(".unfinished*")) == []
    stopped = batches.latest(filled)
    assert stopped is not None
    assert stopped.waiting is not None
    assert _standing(filled) == len(list(small_disk.glob("*.pdf")))


def test_what_a_crash_left_goes_even_where_the_next_process_has_the_same_number(filled: Database) -> None:
    (filled.paths.data_dir / f"{SPOOL}{os.getpid()}-left").mkdir()
    running = OneFile(filled, filled.paths.data_dir / "all.pdf")
    assert len(_left(filled)) == 1
    batch_outlets.clear(filled)
    assert len(_left(filled)) == 1
    running.close()
    assert _left(filled) == []


def test_a_batch_is_one_job_of_the_printer(filled: Database, printers: Printers) -> None:
    references = many(filled, 3)
    batch_id = batches.begin(filled, "Visits", PRINTER, wishes(references), both_sides=True, target=OFFICE)
    ticket = batch_outlets.Ticket(OFFICE, both_sides=True)
    outlet = Printer(filled, OFFICE, batch_outlets.on_queue(ticket))
    assert batches.run(filled, batch_id, outlet, nothing, never).done == 3
    for _ in range(200):
        if printers.paper.exists() and printers.paper.stat().st_size:
            break
        time.sleep(0.1)
    assert _papers(filled) == 3
    assert _left(filled) == []


def test_a_printer_that_is_gone_prints_and_records_nothing(filled: Database, printers: Printers) -> None:
    batch_id = _begun(filled, PRINTER, 2, target="Nowhere")
    outlet = Printer(filled, "Nowhere", batch_outlets.on_queue(batch_outlets.Ticket("Nowhere")))
    with pytest.raises(InvalidInput, match="no printer Nowhere"):
        batches.run(filled, batch_id, outlet, nothing, never)
    assert _papers(filled) == 0
    stopped = batches.latest(filled)
    assert stopped is not None
    assert not stopped.sent
    assert len(stopped.of(BatchState.WAITING)) == 2


def test_a_printer_that_refuses_at_the_last_moment_leaves_all_waiting(filled: Database) -> None:
    batch_id = _begun(filled, PRINTER, 2, target="Office")

    @contextmanager
    def hold(path: Path) -> Generator[None]:
        yield
        raise InvalidInput({"printer": "The printer went away."})

    with pytest.raises(InvalidInput, match="went away"):
        batches.run(filled, batch_id, Printer(filled, "Office", hold), nothing, never)
    stopped = batches.latest(filled)
    assert stopped is not None
    assert not stopped.sent
    assert len(stopped.of(BatchState.WAITING)) == 2
    assert _standing(filled) == 0
    with filled.read() as session:
        assert {one.acts[0].copies for one in ledger.find(session, Papers())} == {0}


def test_after_a_jam_a_batch_goes_on_at_any_place_and_the_ledger_says_so(filled: Database) -> None:
    batch_id, printed = _begun(filled, PRINTER, 4, target="Office"), list[int]()

    @contextmanager
    def hold(path: Path) -> Generator[None]:
        with pikepdf.open(path) as whole:
            printed.append(len(whole.pages))
        yield

    batches.run(filled, batch_id, Printer(filled, "Office", hold), nothing, never)
    batches.run(filled, batch_id, Printer(filled, "Office", hold), nothing, never, first=3)
    assert printed[1] * 2 == printed[0]
    assert _papers(filled) == 6
    with pytest.raises(InvalidInput, match="from 1 to 4"):
        batches.run(filled, batch_id, Printer(filled, "Office", hold), nothing, never, first=5)


KILLED = """
import os, signal, sys
from contextlib import contextmanager
from pathlib import Path
from referral_app.database import open_database
from referral_app.jobs import batches, batch_outlets
from referral_app.paths import Paths
from tests.jobs.batch_people import never

db = open_database(Paths(Path(sys.argv[1])))
batch_id, way, out = sys.argv[2:5]

@contextmanager
def hold(path):
    yield
    os.kill(os.getpid(), signal.SIGKILL)

def progress(done, total):
    if way == "files" and done == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    if way == "made" and done == 3:
        os.kill(os.getpid(), signal.SIGKILL)

outlet = batch_outlets.Folder(db, Path(out)) if way == "files" else batch_outlets.Printer(db, "Office", hold)
batches.run(db, batch_id, outlet, progress, never)
"""


def _killed(filled: Database, paths: Paths, batch_id: str, way: str, out: Path) -> Database:
    """Run a batch in a process that is killed on the way, and return the store opened again."""
    filled.close()
    command = [sys.executable, "-c", KILLED, str(paths.data_dir), batch_id, way, str(out)]
    assert subprocess.run(command, check=False).returncode == -9
    return open_database(paths)


def test_killed_amid_files_it_goes_on_and_none_is_lost(
    filled: Database, paths: Paths, tmp_path: Path
) -> None:
    batch_id = _begun(filled, FILES, 6)
    db = _killed(filled, paths, batch_id, "files", tmp_path)
    stopped = batches.latest(db)
    assert stopped is not None
    assert stopped.waiting is not None
    assert stopped.waiting.position == 4
    assert len(list(tmp_path.glob("*.pdf"))) == 3
    batches.run(db, batch_id, Folder(db, tmp_path), nothing, never, first=stopped.waiting.position)
    assert len(list(tmp_path.glob("*.pdf"))) == 6
    assert _papers(db) == 6
    db.close()


def test_killed_while_a_print_job_is_made_nothing_was_printed_and_nothing_stays_behind(
    filled: Database, paths: Paths, tmp_path: Path
) -> None:
    batch_id = _begun(filled, PRINTER, 6, target="Office")
    db = _killed(filled, paths, batch_id, "made", tmp_path)
    assert len(_left(db)) == 1
    stopped = batches.latest(db)
    assert stopped is not None
    assert len(stopped.of(BatchState.WAITING)) == 6
    assert not stopped.sent
    assert _papers(db) == 0
    assert _left(db) == []
    db.close()


def test_killed_while_the_printer_is_given_the_job_it_is_said_that_nobody_knows(
    filled: Database, paths: Paths, tmp_path: Path
) -> None:
    from referral_app.ui.packets import words

    batch_id = _begun(filled, PRINTER, 3, target="Office")
    db = _killed(filled, paths, batch_id, "printer", tmp_path)
    stopped = batches.latest(db)
    assert stopped is not None
    assert stopped.sent
    assert stopped.finished_at is None
    assert "has it printed them?" in words.stopped(stopped)
    with db.read() as session:
        acts = [act.act for one in ledger.find(session, Papers()) for act in one.acts]
    assert acts == [PaperAct.PRINTED] * 3
    db.close()


def test_no_more_than_what_was_begun_ahead_waits_in_memory(
    filled: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch_id, ahead, begun = _begun(filled, FILES, 12), list[int](), list[str]()
    ready = batches.ready

    def counted(db: Database, item: stored.BatchItem) -> object:
        begun.append(item.reference)
        return ready(db, item)

    monkeypatch.setattr(batches, "ready", counted)
    batches.run(
        filled, batch_id, Folder(filled, tmp_path), lambda done, _: ahead.append(len(begun) - done), never
    )
    assert max(ahead) <= batches.AHEAD * (os.cpu_count() or 1)
    assert len(begun) == 12
