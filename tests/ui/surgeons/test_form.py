"""The form of an entry: every field can be seen, changed and kept, and what is wrong is said beside it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import fields as record_fields
from dataclasses import replace
from datetime import date
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import Booking, ProcedureKind
from referral_app.database import Database
from referral_app.services import surgeons
from referral_app.services.surgeon_records import Credential, Experience, Handout, Placement, SurgeonRecord
from referral_app.ui import fields, tab_order
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons import offers
from referral_app.ui.surgeons.dialog import SurgeonDialog
from referral_app.ui.surgeons.form import SurgeonForm

Opener = Callable[[SurgeonRecord | None], SurgeonDialog]


def _keen(desk: Desk) -> SurgeonRecord:
    with desk.db.read() as session:
        return surgeons.by_npi(session, "9000000015")


def _jpeg(tmp_path: Path) -> Path:
    file = tmp_path / "photo.jpg"
    Image.new("RGB", (800, 600), "teal").save(file, "JPEG")
    return file


def _whole(db: Database) -> SurgeonRecord:
    """Store an entry in which every field is set, and return it."""
    with db.begin() as session:
        keen, marin = (surgeons.by_npi(session, npi) for npi in ("9000000015", "9000000098"))
        return surgeons.save(
            session,
            replace(
                keen, accepting_from=date(2026, 11, 2), age_max=80, booking=Booking.REFERRER, self_referral=True,
                last_day=date(2030, 6, 30), successor_id=marin.id, away_from=date(2027, 1, 2),
                away_to=date(2027, 1, 9), away_note="Conference", refuses="Nobody\nelse",
                thresholds=(("imaging_months", 6),),
            ),
        )  # fmt: skip


def test_an_entry_with_every_field_set_is_the_same_after_it_was_opened_and_saved(
    qtbot: QtBot, filled_desk: Desk, opened: Opener
) -> None:
    before = _whole(filled_desk.db)
    empty = {"archived", "merged_into_id"}
    assert [
        one.name for one in record_fields(before) if getattr(before, one.name) in (None, "", (), False)
    ] == [*sorted(empty)]
    dialog = opened(before)
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    assert replace(_keen(filled_desk), version=before.version) == before


def test_an_entry_without_anything_is_the_same_after_it_was_opened_and_saved(
    qtbot: QtBot, filled_desk: Desk, opened: Opener
) -> None:
    with filled_desk.db.begin() as session:
        before = surgeons.save(session, SurgeonRecord("Ada", "Bare", languages=()))
    dialog = opened(before)
    with qtbot.waitSignal(dialog.saved) as saved:
        dialog.save()
    assert replace(saved.args[0], version=before.version) == before


def test_the_form_can_be_used_before_all_of_it_is_there(filled_desk: Desk) -> None:
    with filled_desk.db.read() as session:
        record, offered = offers.read(session, _keen(filled_desk).id)
    form = SurgeonForm(record, offered)
    values, problems = form.read()
    assert problems == {}
    assert values["public_note"] == record.public_note  # type: ignore[union-attr]


def test_every_new_field_can_be_changed(qtbot: QtBot, filled_desk: Desk, opened: Opener) -> None:
    dialog = opened(_keen(filled_desk))
    form = dialog.form
    fields.fill(
        {name: form.widgets[name] for name in ("how_to_refer", "booking", "email", "portal", "source", "away_note")},
        {
            "how_to_refer": "By fax", "booking": "patient", "email": "a@example.org", "portal": "p.example.org",
            "source": "A letter", "away_note": "",
        },
    )  # fmt: skip
    fields.write(form.widgets["away_from"], "1/2/2027")
    fields.write(form.widgets["public_note"], "Seen by all")
    line = form.credentials.add()
    fields.fill(
        line.widgets, {"kind": "license", "title": "D1", "issuer": "VA", "year": "2010", "until": "2030"}
    )
    told = form.procedures[ProcedureKind.REVISION].told["revision"]
    fields.fill(told.widgets, {"since_year": "2001", "per_year": "5", "note": "Few"})
    fields.fill(form.handouts.add().widgets, {"title": "Sheet", "language": "vi", "place": "Desk"})
    fields.write(form.plans.items[0].line, "11/2/2026")
    fields.fill(
        form.placements.items[0].own, {**dict.fromkeys(form.placements.items[0].own, ""), "days": "Fri"}
    )
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    after = _keen(filled_desk)
    assert (after.how_to_refer, after.booking, after.email, after.portal) == (
        "By fax", Booking.PATIENT, "a@example.org", "p.example.org",
    )  # fmt: skip
    assert (after.source, after.public_note, after.away_from) == ("A letter", "Seen by all", date(2027, 1, 2))
    assert after.credentials[-1] == Credential("license", "D1", "VA", 2010, 2030)
    assert Experience("revision", 2001, 5, "Few") in after.experience
    assert after.handouts[-1] == Handout("Sheet", "vi", "Desk")
    assert dict(after.plans_verified)[after.plans[0]] == date(2026, 11, 2)
    assert after.placements[0] == Placement(after.placements[0].location, days="Fri")


def test_what_cannot_be_read_or_be_right_is_said_beside_its_field(
    qtbot: QtBot, filled_desk: Desk, opened: Opener
) -> None:
    dialog = opened(_keen(filled_desk))
    form = dialog.form
    fields.fill(form.credentials.items[0].widgets, {"kind": "fellowship", "title": "Hand", "year": "07"})
    fields.write(form.procedures[ProcedureKind.REVISION].told["revision"].widgets["per_year"], "many")
    fields.write(form.plans.items[1].line, "soon")
    fields.write(form.placements.items[0].own["fax_verified_on"], "x")
    fields.write(form.credentials.items[2].widgets["issuer"], "")
    dialog.save()
    told = form.procedures[ProcedureKind.REVISION].told["revision"]
    assert "state" in form.credentials.items[2].blocks["issuer"].error()
    assert "four digits" in form.credentials.items[0].blocks["year"].error()
    assert "whole number" in told.blocks["per_year"].error()
    assert form.plans.items[1].field.error()
    assert form.placements.items[0].blocks["fax_verified_on"].error()
    assert dialog.summary.isVisible()


def test_a_place_that_is_shared_says_so_and_its_change_counts_for_all(
    qtbot: QtBot, filled_desk: Desk, opened: Opener
) -> None:
    dialog = opened(_keen(filled_desk))
    block = dialog.form.placements.items[0]
    place = block.open_place()
    assert "Winston Abara, MD; Tomás Villareal, MD, PhD" in " ".join(
        one.text() for one in place.findChildren(QLabel)
    )
    fields.write(place.widgets["parking"], "Across the street")
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    with filled_desk.db.read() as session:
        other = surgeons.by_npi(session, "9000000080").placements[0].location
    assert other.parking == "Across the street"
    assert other.access == _keen(filled_desk).placements[0].location.access != ""


def test_a_place_that_cannot_be_right_is_said_at_its_field_and_nothing_is_stored(
    qtbot: QtBot, filled_desk: Desk, opened: Opener
) -> None:
    before = _keen(filled_desk)
    dialog = opened(before)
    place = dialog.form.placements.items[1].open_place()
    fields.write(place.widgets["zip"], "00000")
    fields.write(dialog.form.widgets["specialty"], "Other")
    dialog.save()
    qtbot.waitUntil(dialog.summary.isVisible)
    assert "00000" in dialog.form.placements.items[1].blocks["zip"].error()
    assert _keen(filled_desk) == before


def test_another_fax_number_leaves_out_who_verified_the_old_one(filled_desk: Desk, opened: Opener) -> None:
    dialog = opened(_keen(filled_desk))
    block = dialog.form.placements.items[0]
    fields.write(block.own["fax"], "410-555-0177")
    assert fields.value_of(block.own["fax_verified_on"]) == ""
    assert block.read({}, "").fax_verified_on is None
    fields.write(block.own["fax"], "(410) 555-0103")
    assert block.read({}, "").fax_verified_by == "Invented desk"


def test_a_location_is_chosen_by_typing(qtbot: QtBot, filled_desk: Desk, opened: Opener) -> None:
    dialog = opened(None)
    fields.fill(
        {name: dialog.form.widgets[name] for name in ("given_name", "family_name")},
        {"given_name": "Ada", "family_name": "New"},
    )
    block = dialog.form.placements.add()
    block.where.pick.line.setText("towson")
    qtbot.waitUntil(lambda: len(block.where.pick.tab_stops()) > 1)
    qtbot.keyClick(block.where.pick.line, Qt.Key.Key_Return)
    with qtbot.waitSignal(dialog.saved) as saved:
        dialog.save()
    assert saved.args[0].placements[0].location.city == "Towson"


def test_a_successor_is_chosen_by_typing(qtbot: QtBot, filled_desk: Desk, opened: Opener) -> None:
    dialog = opened(_keen(filled_desk))
    pick = dialog.form.successor.pick
    pick.line.setText("marin")
    qtbot.waitUntil(lambda: len(pick.tab_stops()) > 1)
    qtbot.keyClick(pick.line, Qt.Key.Key_Return)
    dialog.save()
    qtbot.waitUntil(dialog.summary.isVisible)
    assert "last day" in dialog.form.blocks["last_day"].error()
    fields.write(dialog.form.widgets["last_day"], "6/30/2030")
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    with filled_desk.db.read() as session:
        assert surgeons.get(session, _keen(filled_desk).successor_id or "").family_name == "Marín"


def test_a_photo_is_taken_small_kept_and_removed(
    qtbot: QtBot, filled_desk: Desk, opened: Opener, tmp_path: Path
) -> None:
    dialog = opened(_keen(filled_desk))
    with qtbot.waitSignal(dialog.form.photo.changed):
        dialog.form.photo.take(_jpeg(tmp_path))
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    with filled_desk.db.read() as session:
        kept = surgeons.photo(session, _keen(filled_desk).id)
    assert kept is not None
    assert max(Image.open(io.BytesIO(kept)).size) == 400
    again = opened(_keen(filled_desk))
    again.form.photo.none_button.click()
    with qtbot.waitSignal(again.saved):
        again.save()
    with filled_desk.db.read() as session:
        assert surgeons.photo(session, _keen(filled_desk).id) is None


def test_a_file_that_is_no_photo_is_a_sentence_and_changes_nothing(
    qtbot: QtBot, filled_desk: Desk, opened: Opener, tmp_path: Path
) -> None:
    file = tmp_path / "photo.jpg"
    file.write_text("no picture")
    photo = opened(_keen(filled_desk)).form.photo
    photo.take(file)
    qtbot.waitUntil(photo.choose_button.isEnabled)
    assert "not a whole JPEG or PNG" in photo.choose_button.accessibleDescription()
    assert not photo.is_changed()


def test_tab_goes_down_the_form_also_through_what_was_added(qtbot: QtBot, opened: Opener) -> None:
    dialog = opened(None)
    form = dialog.form
    form.placements.add().open_place()
    form.placements.add()
    form.credentials.add()
    form.handouts.add()
    box = form.procedures[ProcedureKind.REVISION].boxes["revision"]
    box.setChecked(True)
    wanted = [one for one in tab_order.stops(form) if _is_stop(one)]
    at: QWidget = form.widgets["given_name"]
    found = [at]
    while (at := at.nextInFocusChain()) is not form.widgets["given_name"]:
        found += [at] if form.isAncestorOf(at) and _is_stop(at) else []
    assert [one.objectName() for one in found] == [one.objectName() for one in wanted]


def _is_stop(widget: QWidget) -> bool:
    shown = widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
    return shown and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
