"""Making letters, packets and batches, and bringing a directory in: one event for each, in words without values."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from referral_app.choices import PaperAct, StaffRole
from referral_app.database import Database
from referral_app.jobs import (
    batches,
    directory,
    letters,
    packet_batch,
    packets,
    papers,
    questionnaires,
    referral_files,
)
from referral_app.jobs.batch_outlets import Folder
from referral_app.jobs.packet_batch import Wanted
from referral_app.services import audit, practices, surgeons, worklists
from referral_app.services.audit import Filter
from referral_app.services.batches import FILES
from referral_app.services.errors import Denied
from referral_app.services.referral_records import Filter as Which
from referral_app.services.surgeon_records import Query
from tests.acting import acting, as_role


def noted(db: Database, act: Callable[[], Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the events that an act leaves: action, kind, details."""
    with db.read() as session:
        before = audit.count(session, Filter())
    act()
    with db.read() as session:
        rows = audit.find(session, Filter(), limit=audit.count(session, Filter()) - before)
    return [(one.action, one.kind, one.details) for one in reversed(rows)]


@pytest.mark.parametrize("make", [letters.make, packets.make, questionnaires.make])
def test_a_document_is_noted_as_opened_when_it_is_made_and_as_printed_when_it_leaves(
    filled: Database, reference: str, make: Callable[..., Any]
) -> None:
    kind = make.__module__.rpartition(".")[2].removesuffix("s")
    of = {"reference": reference, "version": 1}
    assert noted(filled, lambda: make(filled, reference)) == [("opened", kind, of)]
    made = make(filled, reference)
    events = noted(filled, lambda: papers.left(filled, made, PaperAct.PRINTED, how="Front desk"))
    assert events == [("printed", kind, of | {"to": "printed", "copies": 1})]


def test_a_batch_is_noted_once_for_each_person_printed(filled: Database, tmp_path: Path) -> None:
    with filled.read() as session:
        rows = worklists.find(session, Which())
    wished = packet_batch.wishes(filled, [row.reference for row in rows], Wanted())

    def act() -> None:
        batch_id = batches.begin(filled, "Chosen", FILES, wished)
        batches.run(filled, batch_id, Folder(filled, tmp_path), lambda done, of: None, lambda: False)

    assert [(action, kind) for action, kind, _ in noted(filled, act)] == [
        ("opened", "packet"),
        ("printed", "packet"),
    ] * len(rows)


def test_a_check_opens_the_referral_and_a_list_counts_as_a_search(filled: Database, reference: str) -> None:
    (opened,) = noted(filled, lambda: referral_files.checked(filled, reference))
    assert opened[:2] == ("opened", "referral")
    assert noted(filled, lambda: referral_files.listed(filled)) == [
        ("searched", "referrals", {"words": "", "found": 1})
    ]


def test_a_search_of_the_directory_is_noted_with_its_filters(filled: Database) -> None:
    events = noted(filled, lambda: directory.search(filled, Query("keen", zip="21231", within=5)))
    assert events == [("searched", "surgeons", {"words": "keen zip=21231 within=5", "found": 1})]


def test_a_directory_that_comes_in_is_one_event(filled: Database, tmp_path: Path) -> None:
    (loaded,) = noted(filled, lambda: directory.load_invented(filled))
    assert loaded == ("imported", "surgeons", {"source": "invented directory", "count": 13})
    path = tmp_path / "surgeons.csv"
    (exported,) = noted(filled, lambda: directory.export_csv(filled, path))
    assert exported == ("exported", "surgeons", {"count": 13})
    (imported,) = noted(filled, lambda: directory.import_csv(filled, path))
    assert imported[:2] == ("imported", "surgeons")
    assert imported[2] == {"new": 0, "changed": 0, "refused": 0}


def test_who_acts_stands_beside_what_was_done(filled: Database, reference: str) -> None:
    with acting(filled, "Odile Brightwater"):
        letters.make(filled, reference)
    with filled.read() as session:
        assert audit.find(session, Filter(action="opened"))[0].person == "Odile Brightwater"


def test_importing_is_for_schedulers_and_exporting_for_administrators(
    people_db: Database, tmp_path: Path
) -> None:
    path = tmp_path / "surgeons.csv"
    directory.export_csv(people_db, path)
    as_role(people_db, StaffRole.OFFICE_STAFF)
    for act in (
        lambda: directory.import_csv(people_db, path),
        lambda: directory.load_invented(people_db),
        lambda: directory.export_csv(people_db, tmp_path / "again.csv"),
    ):
        with pytest.raises(Denied):
            act()
    assert not (tmp_path / "again.csv").exists()
    as_role(people_db, StaffRole.SCHEDULER)
    directory.import_csv(people_db, path)
    directory.load_invented(people_db)
    with people_db.read() as session:
        assert practices.ours(session) is None
        assert surgeons.by_npi(session, "9000000015")
    with pytest.raises(Denied):
        directory.export_csv(people_db, path)
