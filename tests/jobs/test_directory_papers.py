"""Papers of the directory of a real store: what is in them, their names, and what the audit says of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from referral_app.choices import PaperAct, StaffRole
from referral_app.database import Database
from referral_app.jobs import directory_papers as papers
from referral_app.jobs.papers import Made, left
from referral_app.services import center, matching, surgeons
from referral_app.services.errors import Denied, InvalidInput
from referral_app.services.surgeon_records import Query, SurgeonRecord
from tests.acting import as_role
from tests.documents import paper
from tests.documents.directory_people import photo
from tests.jobs.test_printed import noted

TODAY = date(2026, 11, 28)
NPI = "9000000015"


def by_name(db: Database) -> list[SurgeonRecord]:
    with db.read() as session:
        return [item.surgeon for item in matching.find(session, Query(sort="name"))]


def ids(db: Database) -> list[str]:
    return [one.id for one in by_name(db)]


def test_a_card_has_the_surgeon_the_photo_and_the_center(filled: Database) -> None:
    (keen,) = papers.named(filled, [NPI])
    with filled.begin() as session:
        surgeons.save_photo(session, keen, photo())
        home = center.get(session)
    made = papers.cards(filled, [keen], today=TODAY)
    said = paper.text(made.content)
    assert (made.name, made.kind, made.notes) == (f"surgeon-card-{NPI}.pdf", "card", ())
    assert "Marguerite Keen, MD" in said
    assert home.name in said
    assert b"/DCTDecode" in made.content


def test_a_photo_that_cannot_be_read_is_left_out_and_said(filled: Database) -> None:
    (keen,) = papers.named(filled, [NPI])
    with filled.begin() as session:
        surgeons.save_photo(session, keen, b"no picture")
    made = papers.cards(filled, [keen], today=TODAY)
    assert made.notes == ("The photo of Marguerite Keen, MD cannot be read and is left out.",)
    assert "Marguerite Keen, MD" in paper.text(made.content)


def test_cards_of_the_whole_directory_are_one_document_in_the_order_chosen(filled: Database) -> None:
    chosen = list(reversed(ids(filled)))
    made = papers.cards(filled, [*chosen, chosen[0]], today=TODAY)
    said = paper.text(made.content)
    names = [f"{one.name} · printed" for one in reversed(by_name(filled))]
    at = [said.index(name) for name in names]
    assert at == sorted(at)
    assert made.surgeon_ids == tuple(chosen)
    assert made.name == "surgeon-card-13-2026-11-28.pdf"


def test_every_card_of_the_invented_directory_takes_one_page(filled: Database) -> None:
    for one in by_name(filled):
        assert paper.pages(papers.cards(filled, [one.id], today=TODAY).content) == 1, one.name


def test_the_directory_of_a_search_stands_in_its_order_with_what_was_searched(filled: Database) -> None:
    query = Query("occipital", zip="21287", within=60, sort="distance")
    with filled.read() as session:
        found = [item.surgeon.sort_name for item in matching.find(session, query)]
    made = papers.directory(filled, query, today=TODAY)
    assert made is not None
    said = paper.text(made.content)
    at = [said.index(name) for name in found]
    assert at == sorted(at)
    assert f"{len(found)} surgeons, the nearest first" in said
    assert "Searched: “occipital”, ZIP code 21287, within 60 straight-line miles" in said
    assert (made.name, made.notes) == ("surgeon-directory-2026-11-28.pdf", ())


def test_the_whole_directory_goes_beyond_one_reading(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "_PAGE", 5)
    made = papers.directory(filled, Query(sort="name"), today=TODAY)
    assert made is not None
    said = paper.text(made.content)
    assert not [one.name for one in by_name(filled) if one.sort_name not in said]
    assert "Searched: The whole directory" in said
    assert "13 surgeons, by last name" in said


def test_a_directory_too_large_for_paper_says_how_many_are_left_out(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "MOST_LISTED", 5)
    monkeypatch.setattr(papers, "_PAGE", 5)
    made = papers.directory(filled, Query(sort="name"), today=TODAY)
    assert made is not None
    assert made.notes == ("The list leaves 8 surgeons out. Narrow the search to print them.",)
    said = paper.text(made.content)
    assert "The next 8 surgeons that were found are left out" in said
    assert [one.sort_name in said for one in by_name(filled)] == [True] * 5 + [False] * 8


def test_a_directory_tells_how_far_it_is_and_can_be_canceled(filled: Database) -> None:
    told: list[tuple[int, int]] = []
    assert papers.directory(filled, Query(), progress=lambda *at: told.append(at), today=TODAY)
    assert told == [(number, 13) for number in range(1, 14)]
    events = noted(filled, lambda: papers.directory(filled, Query(), canceled=lambda: True, today=TODAY))
    assert events == []
    assert papers.directory(filled, Query(), canceled=lambda: True, today=TODAY) is None


def test_sheets_are_made_for_the_chosen_or_for_all_that_are_to_be_verified(filled: Database) -> None:
    chosen = ids(filled)[:2]
    made = papers.verification(filled, chosen, today=TODAY)
    assert made.surgeon_ids == tuple(chosen)
    assert paper.text(made.content).count("Please check this entry of our directory") == 2
    with filled.begin() as session:
        for one in matching.find(session, Query()):
            places = tuple(replace(place, fax_verified_on=date.today()) for place in one.surgeon.placements)
            surgeons.save(session, replace(one.surgeon, verified_on=date.today(), placements=places))
    with pytest.raises(InvalidInput, match="Every entry of the directory was verified within 90 days"):
        papers.verification(filled)
    with filled.begin() as session:
        old = surgeons.get(session, chosen[0])
        surgeons.save(session, replace(old, verified_on=None))
    made = papers.verification(filled)
    assert (made.surgeon_ids, made.notes) == ((chosen[0],), ())


def test_more_entries_than_one_document_holds_are_counted(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filled.begin() as session:
        for one in matching.find(session, Query()):
            surgeons.save(session, replace(one.surgeon, verified_on=None))
    monkeypatch.setattr(papers, "MOST_SURGEONS", 3)
    made = papers.verification(filled)
    assert len(made.surgeon_ids) == 3
    assert made.notes == ("10 more entries are to be verified; print again when these are.",)
    with pytest.raises(InvalidInput, match="Choose at most 3 surgeons; 13 are chosen"):
        papers.cards(filled, ids(filled))


@pytest.mark.parametrize("make", [papers.cards, papers.verification])
def test_nobody_chosen_and_nobody_there_are_said(filled: Database, make: Callable[..., Made]) -> None:
    with pytest.raises(InvalidInput, match="Choose at least one surgeon"):
        make(filled, [])
    with pytest.raises(InvalidInput, match="not in the directory any more"):
        make(filled, ["nobody"])


@pytest.mark.parametrize(("make", "kind"), [(papers.cards, "card"), (papers.verification, "verification")])
def test_each_surgeon_is_noted_as_shown_and_again_as_printed(
    filled: Database, make: Callable[..., Made], kind: str
) -> None:
    chosen: Sequence[str] = ids(filled)[:2]
    assert noted(filled, lambda: make(filled, chosen)) == [("opened", kind, {})] * 2
    made = make(filled, chosen)
    events = noted(filled, lambda: left(filled, made, PaperAct.PRINTED))
    assert events == [("printed", kind, {"to": "printed", "copies": 1})] * 2


def test_a_directory_is_noted_once_with_its_search_and_count(filled: Database) -> None:
    details = {"words": "keen within=5", "count": 1}
    query = Query("keen", within=5)
    assert noted(filled, lambda: papers.directory(filled, query)) == [("opened", "directory", details)]
    made = papers.directory(filled, query)
    assert made is not None
    assert noted(filled, lambda: left(filled, made, PaperAct.PRINTED)) == [
        ("printed", "directory", details | {"to": "printed", "copies": 1})
    ]


def test_everyone_who_works_here_prints_cards_and_nobody_without_a_role(people_db: Database) -> None:
    (keen,) = papers.named(people_db, [NPI])
    for role in StaffRole:
        as_role(people_db, role)
        assert papers.cards(people_db, [keen]).content
    as_role(people_db)
    with pytest.raises(Denied):
        papers.cards(people_db, [keen])


def test_private_notes_are_in_no_paper(filled: Database) -> None:
    (keen,) = papers.named(filled, [NPI])
    with filled.begin() as session:
        surgeons.save(session, replace(surgeons.get(session, keen), notes="Zebra only at dawn"))
    listed = papers.directory(filled, Query())
    assert listed is not None
    for made in (papers.cards(filled, [keen]), papers.verification(filled, [keen]), listed):
        assert "Zebra" not in paper.text(made.content)


def test_surgeons_are_named_by_id_npi_or_name(filled: Database) -> None:
    (keen,) = papers.named(filled, [NPI])
    assert papers.named(filled, [keen, NPI, "Keen", "marguerite keen"]) == [keen] * 4
    with pytest.raises(InvalidInput, match="No surgeon is found for “Xyzzyplugh”"):
        papers.named(filled, ["Xyzzyplugh"])
    with pytest.raises(
        InvalidInput, match=r"Several surgeons are found for “baltimore”: .*NPI 9.* Give the NPI of one"
    ):
        papers.named(filled, ["baltimore"])
    with pytest.raises(InvalidInput, match="Choose at least one"):
        papers.named(filled, [" "])


def test_what_is_searched_is_said_in_words() -> None:
    query = Query(
        " migraine ", procedure="nerve_decompression", state="MD", plan="Medicare", language="es", age=40,
        accepting=True, max_wait=30, stale_days=90, favorites_of="me", sort="verified", descending=True,
    )  # fmt: skip
    assert papers.searched(query) == (
        "“migraine”, procedure nerve decompression, state MD, plan Medicare, speaks Spanish, patient aged 40, "
        "accepting new patients, next visit within 30 days, not verified for 90 days, favorites"
    )
    assert papers.order(query) == "the longest unverified first"
    assert papers.searched(Query()) == ""
    assert papers.order(Query()) == "best match first"
