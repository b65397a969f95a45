"""The search index: staged out of view, shown and hidden at once, numbers given once, and made where it is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from sqlalchemy import delete, func, insert, select

from referral_app.database import Database, Session
from referral_app.jobs import directory_index as making
from referral_app.models.base import new_id, now
from referral_app.models.directory_index import IndexColumn, IndexRow, IndexState, IndexTerm, IndexWord
from referral_app.models.surgeon import Surgeon
from referral_app.services import directory_index, index_staging, matching, surgeons
from referral_app.services.directory_index import CHUNK
from referral_app.services.errors import InvalidInput, NotFound
from referral_app.services.index_columns import is_whole, label
from referral_app.services.index_entries import Entry, entry_of, read_rows, row_of, row_text
from referral_app.services.surgeon_records import Query, SurgeonRecord

IMPORT = "00000000-0000-4000-8000-000000000001"


def stage(db: Database, families: Iterable[str], npi: str = "") -> list[str]:
    """Stage invented entries as a large import does and return their ids."""
    with db.begin() as session:
        first = directory_index.reserve(session, IMPORT)
        staged = index_staging.Staged(first)
        ids: list[str] = []
        for number, family in enumerate(families, first):
            ids.append(new_id())
            record = SurgeonRecord("Staged", family, id=ids[-1], npi=npi)
            session.execute(insert(Surgeon).values(**_row(record), number=number))
            staged.add(number, entry_of(record))
    for part in staged.parts():
        with db.begin() as session:
            index_staging.put(session, part)
    return ids


def _row(record: SurgeonRecord) -> dict[str, object]:
    return {
        "id": record.id, "version": 1, "created": now(), "updated": now(), "given_name": record.given_name,
        "family_name": record.family_name, "accepting": record.accepting, "sort_name": record.sort_name,
        "npi": record.npi or None, "folded_name": f" {record.family_name.lower()} staged", "invented": True,
    }  # fmt: skip


def found(db: Database, text: str) -> list[str]:
    with db.read() as session:
        return [row.surgeon.family_name for row in matching.page(session, Query(text=text, sort="name")).rows]


def test_a_staged_import_is_in_nobodys_view_until_it_is_shown(filled: Database) -> None:
    (one, _) = stage(filled, ["Quillon", "Quimby"], npi="")
    before = found(filled, "")
    assert found(filled, "qui") == []
    with filled.read() as session:
        with pytest.raises(NotFound):
            surgeons.get(session, one)
        assert surgeons.find_by(session, one) is None
    with filled.begin() as session:
        assert index_staging.show(session, IMPORT) == 2
    assert found(filled, "qui") == ["Quillon", "Quimby"]
    assert len(found(filled, "")) == len(before) + 2
    with filled.read() as session:
        assert surgeons.get(session, one).family_name == "Quillon"


def test_an_import_is_hidden_as_a_whole_and_comes_back_as_it_was(filled: Database) -> None:
    one, two = stage(filled, ["Quillon", "Quimby"])
    with filled.begin() as session:
        index_staging.show(session, IMPORT)
    with filled.begin() as session:
        surgeons.archive(session, two)
    with filled.begin() as session:
        assert index_staging.hide(session, IMPORT) == 1
    assert found(filled, "qui") == []
    with filled.begin() as session:
        index_staging.show(session, IMPORT)
    assert found(filled, "qui") == ["Quillon"]
    with filled.read() as session:
        assert surgeons.get(session, one).id == one


def test_an_import_that_is_given_up_leaves_nothing_in_the_index(filled: Database) -> None:
    def sizes(session: Session) -> list[int | None]:
        tables = (IndexTerm, IndexColumn, IndexRow)
        return [session.scalar(select(func.count()).select_from(table)) for table in tables]

    with filled.read() as session:
        before = sizes(session)
    stage(filled, ["Quillon"])
    with filled.begin() as session:
        (first,) = directory_index.reserved(session, IMPORT)
        session.execute(delete(Surgeon).where(Surgeon.number >= first))
        index_staging.forget(session, first)
    with filled.read() as session:
        assert sizes(session) == before
        assert directory_index.reserved(session, IMPORT) == []


def test_entries_saved_while_an_import_is_staged_are_found_and_get_numbers_of_their_own(
    filled: Database,
) -> None:
    stage(filled, ["Quillon"])
    with filled.begin() as session:
        saved = surgeons.save(session, SurgeonRecord("Saved", "Quince"))
    assert found(filled, "qui") == ["Quince"]
    with filled.read() as session:
        number = session.scalar(select(Surgeon.number).where(Surgeon.id == saved.id))
        assert number is not None
        assert number // CHUNK == 2
        assert not directory_index.is_staged(session, number)


def test_a_store_without_an_index_refuses_to_search_and_gets_one_when_it_is_opened(filled: Database) -> None:
    before = found(filled, "")
    with filled.begin() as session:
        for table in (IndexTerm, IndexColumn, IndexRow, IndexWord, IndexState):
            session.execute(delete(table))
    with filled.read() as session, pytest.raises(InvalidInput, match="being made ready"):
        matching.page(session, Query())
    with filled.begin() as session:
        surgeons.save(session, SurgeonRecord("Saved", "Quince"))
    told: list[tuple[int, int]] = []
    making.ensure(filled, lambda done, of: told.append((done, of)))
    assert sorted(found(filled, "")) == sorted([*before, "Quince"])
    assert told[-1] == (14, 14)


def test_another_layout_is_made_anew(filled: Database) -> None:
    with filled.begin() as session:
        session.execute(delete(IndexTerm))
        state = session.scalars(select(IndexState)).one()
        state.layout = 0
        given = state.next_number
    making.ensure(filled)
    assert found(filled, "keen") == ["Keen"]
    with filled.begin() as session:
        assert directory_index.next_number(session) == given


def test_a_lock_forgets_what_was_kept_of_the_directory(filled: Database) -> None:
    found(filled, "keen")
    kept = filled._kept  # noqa: SLF001 - what the store holds for services
    assert kept
    filled.lock_up()
    assert not filled._kept  # noqa: SLF001


def test_of_many_blocks_only_those_written_since_are_read_again(filled: Database) -> None:
    stage(filled, ["Quillon"])
    with filled.begin() as session:
        index_staging.show(session, IMPORT)
    sorts = [
        Query(sort=sort, zip="21287") for sort in ("match", "name", "wait", "surgery", "verified", "distance")
    ]

    def orders() -> list[list[str]]:
        with filled.read() as session:
            return [[row.surgeon.id for row in matching.page(session, query).rows] for query in sorts]

    orders()
    with filled.begin() as session:
        keen = surgeons.by_npi(session, "9000000015")
        far = replace(
            keen.placements[0].location, id="", name="Far", zip="90001", city="Los Angeles", state="CA"
        )
        moved = replace(keen, family_name="Zeal", next_visit_days=0, next_surgery_days=0, verified_on=None)
        surgeons.save(session, replace(moved, placements=(replace(keen.placements[0], location=far),)))
        surgeons.save(session, SurgeonRecord("Later", "Aaron", placements=moved.placements))
    after = orders()
    filled._kept.clear()  # noqa: SLF001 - begin with nothing
    assert after == orders()
    assert after[1][0] != after[1][-1] == keen.id


def test_a_row_of_a_list_says_what_the_entry_says(filled: Database) -> None:
    with filled.read() as session:
        for one in matching.find(session, Query()):
            row = row_of(one.surgeon)
            assert read_rows([row_text(row)]) == [row]
            assert (row.name, row.accepting) == (one.surgeon.name, one.surgeon.accepting)


def test_labels_sort_as_names_do_and_say_when_they_tell_the_whole() -> None:
    names = sorted(
        [
            "",
            "a",
            "a b",
            "ab",
            "abcdefghijk",
            "abcdefghijkl",
            "abcdefghijklm",
            "a1",
            "a2",
            "aя",
            "az",
            "1b",
            "z",
        ]
    )
    labels = [label(name) for name in names]
    assert labels == sorted(labels)
    assert is_whole(label("abcdefghijk"))
    assert not is_whole(label("abcdefghijklm"))
    assert not is_whole(label("a1"))
    assert label("a1") == label("a2")


def test_an_entry_that_is_not_shown_is_written_and_not_found(filled: Database) -> None:
    with filled.begin() as session:
        first = directory_index.reserve(session, IMPORT)
        staged = index_staging.Staged(first)
        staged.add(first, Entry("quillon ana", frozenset(), frozenset(), "[]", shown=False))
        for part in staged.parts():
            index_staging.put(session, part)
        assert index_staging.show(session, IMPORT) == 0
    assert found(filled, "quillon") == []
