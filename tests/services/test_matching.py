"""The search held against a plain reading of all entries: the same surgeons in the same order, whatever is done."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from referral_app.choices import StaffRole
from referral_app.database import Database, Session
from referral_app.models.directory_index import IndexColumn, IndexRow, IndexTerm, IndexWord
from referral_app.models.surgeon import Surgeon
from referral_app.services import index_making, matching, query_text, shortlists, surgeons
from referral_app.services.surgeon_records import LocationRecord, Query, SurgeonRecord
from tests.acting import as_role
from tests.services import directories
from tests.services.directories import TODAY

SETTINGS = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])


class _Undone(Exception):
    """Ends a transaction without a trace."""


@contextmanager
def undone(db: Database) -> Generator[Session]:
    """Yield a session whose changes are rolled back at the end of the block."""
    with suppress(_Undone), db.begin() as session:
        yield session
        raise _Undone


def numbers(session: Session, query: Query, limit: int = 500, offset: int = 0) -> list[int]:
    """Return the numbers of the entries found."""
    ids = [row.surgeon.id for row in matching.page(session, query, limit, offset, TODAY).rows]
    of = {row.id: row.number for row in session.execute(select(Surgeon.id, Surgeon.number))}
    return [of[one] for one in ids]


def fill(session: Session, data: st.DataObject, size: int = 12) -> dict[int, SurgeonRecord]:
    """Save entries drawn by Hypothesis and return them by number."""
    places = [
        surgeons.location(session, LocationRecord(name=f"House {at}", city=town, state=state, zip=code))
        for at, (town, state, code) in enumerate(
            zip(directories.TOWNS, ("MD", "MD", "VA", "NY", ""), (*directories.ZIPS[:4], ""), strict=True)
        )
    ]
    known = surgeons.procedures(session)
    drawn = data.draw(st.lists(directories.surgeon(known, places), min_size=1, max_size=size))
    for one in drawn:
        surgeons.save(session, one)
    return stored(session)


def stored(session: Session) -> dict[int, SurgeonRecord]:
    rows = session.scalars(select(Surgeon).options(*surgeons.loading())).all()
    return {row.number: surgeons.record(row) for row in rows}


@SETTINGS
@given(data=st.data())
def test_a_search_finds_what_a_plain_reading_finds_in_the_same_order(
    filled: Database, data: st.DataObject
) -> None:
    with undone(filled) as session:
        entries = fill(session, data)
        for query in data.draw(st.lists(directories.queries(), min_size=1, max_size=12)):
            wanted = directories.expected(entries, query)
            assert numbers(session, query) == wanted, query
            assert matching.count(session, query, TODAY) == len(wanted)


@SETTINGS
@given(data=st.data())
def test_changes_leave_the_index_as_if_it_was_made_anew(filled: Database, data: st.DataObject) -> None:
    with undone(filled) as session:
        entries = fill(session, data, 6)
        for number in data.draw(st.lists(st.sampled_from(sorted(entries)), max_size=4)):
            now = stored(session)[number]
            _change(session, now, data)
        kept = _contents(session)
        index_making.make(session)
        assert _contents(session) == kept


def _change(session: Session, now: SurgeonRecord, data: st.DataObject) -> None:
    act = data.draw(st.sampled_from(("save", "archive", "move")))
    if act == "archive":
        surgeons.archive(session, now.id)
    elif act == "move" and now.placements:
        place = now.placements[0].location
        surgeons.location(session, replace(place, city="Moved", zip="10001"))
    else:
        places = [place.location for place in now.placements]
        fresh = data.draw(
            directories.surgeon(surgeons.procedures(session), places or [surgeons.locations(session)[0]])
        )
        surgeons.save(session, replace(fresh, id=now.id, version=now.version))


def _contents(session: Session) -> tuple[Sequence[object], ...]:
    terms = select(IndexTerm.chunk, IndexTerm.term, IndexTerm.numbers).order_by(
        IndexTerm.chunk, IndexTerm.term
    )
    from pyroaring import BitMap

    return (
        [(chunk, term, list(BitMap.deserialize(packed))) for chunk, term, packed in session.execute(terms)],
        _columns(session),
        session.execute(select(IndexRow.number, IndexRow.shown).order_by(IndexRow.number)).all(),
    )


def _columns(session: Session) -> list[object]:
    """Return the columns that say anything; a block in which nothing is left need not be stored."""
    from referral_app.services import index_columns

    rows = session.execute(select(IndexColumn.name, IndexColumn.block, IndexColumn.content))
    return sorted(
        (name, block, content)
        for name, block, content in rows
        if content and (name == index_columns.MORE or content != index_columns.blanks(name).tobytes())
    )


@SETTINGS
@given(data=st.data())
def test_pages_of_any_size_are_parts_of_the_whole_order(filled: Database, data: st.DataObject) -> None:
    with undone(filled) as session:
        fill(session, data)
        query = data.draw(directories.queries())
        whole = numbers(session, query)
        size = data.draw(st.integers(1, 7))
        pages = [one for at in range(0, len(whole) + size, size) for one in numbers(session, query, size, at)]
        assert pages == whole


def test_what_is_kept_between_searches_never_shows_what_was(filled: Database) -> None:
    with filled.read() as session:
        before = matching.page(session, Query(text="keen"))
    with filled.begin() as session:
        keen = surgeons.by_npi(session, "9000000015")
        surgeons.save(session, replace(keen, family_name="Quill", next_visit_days=1))
    with filled.read() as session:
        assert matching.page(session, Query(text="quill")).rows[0].surgeon.id == before.rows[0].surgeon.id
        assert "Keen" not in [
            row.surgeon.family_name for row in matching.page(session, Query(text="keen")).rows
        ]


def test_what_was_rolled_back_is_not_found(filled: Database) -> None:
    with undone(filled) as session:
        keen = surgeons.by_npi(session, "9000000015")
        surgeons.save(session, replace(keen, family_name="Quill"))
        assert matching.count(session, Query(text="quill")) == 1
    with filled.begin() as session:
        anand = matching.find(session, Query(text="anand"))[0].surgeon
        surgeons.save(session, replace(anand, notes="other"))
    with filled.read() as session:
        assert matching.count(session, Query(text="quill")) == 0


def test_favorites_are_those_of_the_person_who_searches(filled: Database) -> None:
    with filled.begin() as session:
        keen = surgeons.by_npi(session, "9000000015")
        shortlists.favorite(session, [keen.id], wanted=True)
    with filled.read() as session:
        for query in (query_text.read("favorite:yes"), Query(favorites_of=shortlists.person(session))):
            assert [row.surgeon.id for row in matching.page(session, query).rows] == [keen.id]
        assert matching.count(session, Query(favorites_of="someone else")) == 0


def test_a_pasted_page_of_text_finds_nobody_soon(filled: Database) -> None:
    with filled.read() as session:
        assert matching.page(
            session, Query(text=" ".join(f"word{n}" for n in range(20_000)))
        ) == matching.Page([], 0)
        assert matching.count(session, Query(text="keen " * 5000)) == 1


def test_a_slip_is_forgiven_ranks_below_and_is_said(filled: Database) -> None:
    with filled.read() as session:
        (found,) = matching.page(session, Query(text="kene")).rows
        assert found.surgeon.family_name == "Keen"
        assert found.reasons[0] == "Spelled Keen"
        assert not any(
            "Spelled" in reason for reason in matching.page(session, Query(text="keen")).rows[0].reasons
        )


def test_a_surgeon_on_leave_ranks_as_not_accepting(filled: Database) -> None:
    with filled.begin() as session:
        keen = surgeons.by_npi(session, "9000000015")
        surgeons.save(session, replace(keen, away_from=TODAY, away_to=TODAY + timedelta(3)))
    with filled.read() as session:
        before = numbers(session, Query(accepting=True))
        found = matching.find(session, Query(accepting=True), today=TODAY)
        assert keen.id not in [one.surgeon.id for one in found]
        later = matching.find(session, Query(accepting=True), today=TODAY + timedelta(4))
        assert keen.id in [one.surgeon.id for one in later]
        assert len(later) == len(before) + 1


def test_words_of_private_notes_are_found_only_by_who_may_change_the_directory(people_db: Database) -> None:
    with people_db.begin() as session:
        keen = surgeons.by_npi(session, "9000000015")
        note = replace(keen, notes="zzlitigation zz7 pending", public_note="yywheelchair")
        surgeons.save(session, note)

    def found(text: str) -> list[str]:
        with people_db.read() as session:
            return [item.surgeon.family_name for item in matching.find(session, Query(text=text))]

    typed = ("zzlitigation", "zzlitig", "zzl", "zz7")
    assert [found(text) for text in typed] == [["Keen"]] * 4
    as_role(people_db, StaffRole.OFFICE_STAFF)
    assert [found(text) for text in (*typed, "zzlitigatoin")] == [[]] * 5
    assert found("yywheelchair") == ["Keen"]
    as_role(people_db, StaffRole.SCHEDULER)
    assert found("zzlitig") == ["Keen"]
    assert found("zzlitigatoin") == []  # no slip is taken for a private word: the reason would print it
    with people_db.read() as session:
        assert session.scalars(select(IndexWord).where(IndexWord.term.contains("zzl"))).all() == []
