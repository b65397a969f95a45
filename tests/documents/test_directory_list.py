"""The printed directory, read back from the finished PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from referral_app.choices import Accepting
from referral_app.documents import directory_list, surgeon_cells, text
from referral_app.documents.directory_list import Directory
from referral_app.services.surgeon_records import Found, LocationRecord, SurgeonRecord
from tests.documents import paper
from tests.documents.directory_people import BARE, FULL, PRINTED, PRIVATE
from tests.documents.people import CENTER

HEADER = "Surgeon Where, phone, fax Procedures and plans New patients, verified on"


def printed(surgeons: Iterable[SurgeonRecord], miles: float | None = None, **more: object) -> bytes:
    found = [Found(one, miles) for one in surgeons]
    asked = {"searched": "“occipital”, ZIP code 21287", "order": "best match first"} | more
    return directory_list.render(Directory(found, len(found), CENTER, PRINTED, **asked))


def many(count: int) -> list[SurgeonRecord]:
    return [
        replace(FULL, id=str(at), family_name=f"Keen{at:05}", placements=FULL.placements * (1 + at % 3))
        for at in range(count)
    ]


def test_what_one_calls_and_sends_by_is_there() -> None:
    pdf = printed([FULL], 3.24)
    said = paper.text(pdf)
    for words in ("Surgeon directory", "Bayview Headache Center: phone (410) 555-0100, fax (410) 555-0101",
                  "Searched: “occipital”, ZIP code 21287", "1 surgeon, best match first, as on November 28, 2026.",
                  "Keen, Amara, MD", "Plastic Surgery", "NPI 9000000019", "Speaks English, Spanish",
                  "3.24 straight-line miles", "Harbor Surgery Center", "200 Wharf Street, Suite 410, Baltimore",
                  "Phone (410) 555-0162", "Fax (410) 555-0163", "Monday, Wednesday: Priya Shah",
                  "Fax verified October 6, 2026", "Occipital release: greater occipital nerve",
                  "In network: Example Health PPO, Medicare", "Does not take: Facial pain after dental work",
                  "Accepting new patients", "Next visit in 18 days, told November 2, 2026", "Ages 18 to 75",
                  "Verified October 5, 2026", "printed on November 28, 2026 · page 1 of 1",
                  surgeon_cells.INVENTED):  # fmt: skip
        assert words in said, words
    assert paper.whole(pdf)
    assert all(paper.fonts(pdf).values())


def test_private_notes_are_never_printed() -> None:
    assert PRIVATE not in paper.text(printed([FULL]))


def test_what_is_not_known_is_said() -> None:
    said = paper.text(printed([BARE], searched=""))
    for words in ("No location is entered", "No procedure is entered", "Wait not known", "Not verified",
                  "Searched: The whole directory", "Surgeon directory: The whole directory"):  # fmt: skip
        assert words in said, words
    assert surgeon_cells.INVENTED not in said


def test_who_is_away_takes_nobody_now() -> None:
    away = replace(FULL, away_from=date(2026, 11, 1), away_to=date(2026, 12, 24), away_note="Parental leave")
    said = paper.text(
        printed([away, replace(FULL, last_day=date(2027, 1, 31), accepting=Accepting.EXISTING)])
    )
    for words in ("Not accepting now", "Away from November 1, 2026 to December 24, 2026: Parental leave",
                  "Existing patients only", "Last day January 31, 2027"):  # fmt: skip
        assert words in said, words


def test_a_search_that_finds_nobody_says_so_on_one_page() -> None:
    pdf = printed([])
    assert paper.pages(pdf) == 1
    assert directory_list.EMPTY in paper.text(pdf)


def test_each_page_has_the_header_whole_entries_and_its_number() -> None:
    surgeons = many(120)
    pdf = printed(surgeons)
    count = paper.pages(pdf)
    found: list[str] = []
    for number in range(1, count + 1):
        said = paper.text(pdf, number)
        assert HEADER in said
        assert f"page {number} of {count}" in said
        here = [one for one in surgeons if one.sort_name in said]
        assert said.count("Does not take:") == len(here)
        assert said.count("Fax (410) 555-0163") == sum(len(one.placements) for one in here)
        found += [one.sort_name for one in here]
    assert found == [one.sort_name for one in surgeons]


def test_the_order_is_that_of_the_search() -> None:
    names = ["Zorn", "Adler", "Mill", "Adler"]
    said = paper.text(printed([replace(FULL, family_name=name) for name in names]))
    assert [word.rstrip(",") for word in said.split() if word.rstrip(",") in names] == names


def test_an_entry_higher_than_a_page_is_printed_whole() -> None:
    place = FULL.placements[0]
    places = tuple(
        replace(place, location=LocationRecord(f"{at}", f"Place {at:02} of many")) for at in range(60)
    )
    pdf = printed([FULL, replace(FULL, family_name="Wide", placements=places), FULL])
    said = paper.text(pdf)
    assert not [at for at in range(60) if f"Place {at:02} of many" not in said]
    assert all(HEADER in paper.text(pdf, number) for number in range(1, paper.pages(pdf) + 1))


@pytest.mark.parametrize("field", ["refuses", "specialty", "family_name"])
def test_fifty_thousand_characters_are_printed_whole(field: str) -> None:
    words = [f"w{number}" for number in range(8300)]
    said = paper.text(printed([FULL, replace(FULL, **{field: " ".join(words)})]))
    assert not [word for word in words if word not in said]


def test_markup_is_printed_as_it_was_typed() -> None:
    said = paper.text(printed([replace(FULL, family_name="<b>Keen & Sons")], searched="<font size=90> & all"))
    assert "<b>Keen & Sons, Amara, MD" in said
    assert "Searched: <font size=90> & all" in said


def test_letters_that_no_font_has_are_refused_with_every_surgeon_that_has_them() -> None:
    with pytest.raises(text.Unprintable, match=r"in “Amara 金, MD; Amara 木, MD”: 金 \(U\+91D1.*木"):
        printed([FULL, replace(FULL, family_name="金"), FULL, replace(FULL, family_name="木")])
    with pytest.raises(text.Unprintable, match=r"Amara 金4, MD and 15 more”"):
        printed([replace(FULL, family_name=f"金{number}") for number in range(20)])


def test_surgeons_left_out_are_counted() -> None:
    found = [Found(FULL)] * 3
    said = paper.text(directory_list.render(Directory(found, 1203, CENTER, PRINTED, left_out=1200)))
    assert "The next 1,200 surgeons that were found are left out of this list." in said
    assert "3 surgeons, as on" in said


def test_the_same_directory_gives_the_same_bytes() -> None:
    assert printed(many(30)) == printed(many(30))


def test_surgeons_are_asked_for_one_by_one_while_the_list_is_made() -> None:
    """Whoever reads a million from the store must not hold them all; the work can be stopped in between."""
    given: list[str] = []
    told: list[tuple[int, int]] = []

    def found() -> Iterator[Found]:
        for one in many(40):
            assert len(told) == len(given)
            given.append(one.id)
            yield Found(one)

    pdf = directory_list.render(Directory(found(), 40, CENTER, PRINTED), lambda *at: told.append(at))
    assert told == [(at, 40) for at in range(1, 41)]
    assert "Keen00039" in paper.text(pdf)


def test_progress_may_stop_the_work() -> None:
    def stop(done: int, of: int) -> None:
        if done == 5:
            raise KeyError

    found = (Found(one) for one in many(40))
    with pytest.raises(KeyError):
        directory_list.render(Directory(found, 40, CENTER, PRINTED), stop)
    assert next(found).surgeon.family_name == "Keen00005"
