"""What a surgeon's office asks for, in its form: for its own procedures, and read by the live check at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import Level, ProcedureKind, RequirementKind
from referral_app.clinical.requirements import Requirement
from referral_app.services import center_requirements, surgeons
from referral_app.services.surgeon_records import Found, ProcedureRecord, SurgeonRecord
from referral_app.ui import fields
from referral_app.ui.desk import Desk
from referral_app.ui.referrals import sheets
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.page import ReferralsPage
from referral_app.ui.surgeons.card import SurgeonCard
from referral_app.ui.surgeons.dialog import SurgeonDialog
from referral_app.ui.surgeons.form import SurgeonForm
from referral_app.ui.surgeons.offers import Offers
from referral_app.ui.surgeons.verbs import Verbs
from referral_app.ui.surgeons.wishes import Wishes

K = RequirementKind
GREATER = ProcedureRecord("1", "greater", ProcedureKind.OCCIPITAL_RELEASE, "Occipital release, greater nerve")
LESSER = ProcedureRecord("2", "lesser", ProcedureKind.OCCIPITAL_RELEASE, "Occipital release, lesser nerve")
BLOCK = ProcedureRecord("3", "diagnostic_block", ProcedureKind.DIAGNOSTIC_BLOCK, "Diagnostic nerve block")
RELIEF = Requirement(K.BLOCK_RELIEF, 76, Level.MUST, "greater")


def _offered(wishes: Wishes) -> list[str]:
    wishes.lines[0].open()
    box = wishes.lines[0].widgets["procedure"]
    return [box.itemData(number) for number in range(box.count())]  # type: ignore[attr-defined]


def test_a_rule_can_be_for_each_procedure_that_is_ticked(qtbot: QtBot, looks: QApplication) -> None:
    wishes = Wishes([Requirement(K.DIARY)], [GREATER, LESSER, BLOCK])
    qtbot.addWidget(wishes)
    wishes.offer_codes(["greater", "lesser"])
    assert _offered(wishes) == ["", "occipital_release", "greater", "lesser"]
    wishes.offer_codes(["greater", "diagnostic_block"])
    assert _offered(wishes) == ["", "greater", "diagnostic_block"]
    wishes.offer_codes([])
    assert _offered(wishes) == ["", "occipital_release", "greater", "lesser", "diagnostic_block"]


def test_unticking_a_procedure_keeps_the_rule_for_it(qtbot: QtBot, looks: QApplication) -> None:
    wishes = Wishes([RELIEF], [GREATER, LESSER, BLOCK])
    qtbot.addWidget(wishes)
    wishes.lines[0].open()
    wishes.offer_codes(["diagnostic_block"])
    assert wishes.read() == ((RELIEF,), {})
    assert wishes.lines[0].sentence().endswith("– for occipital release, greater nerve")


# From the dialog to the live check


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(1200, 800)
    qtbot.addWidget(made)
    return made


def _keen(desk: Desk) -> SurgeonRecord:
    with desk.db.read() as session:
        return surgeons.by_npi(session, "9000000015")


def _dialog(desk: Desk, parent: QWidget) -> SurgeonDialog:
    with desk.db.read() as session:
        offers = Offers(surgeons.procedures(session), surgeons.plans(session))
    keen = _keen(desk)
    made = SurgeonDialog(desk, keen, SurgeonForm(keen, offers), parent)
    made.form.finish()
    made.show()
    return made


def _told(desk: Desk, reference: str) -> list[str]:
    """Return what the form of a referral says of what is asked for."""
    draft = Draft(sheets.saved(desk.db, reference))
    first = draft.check
    draft.touch("")
    draft.settle()
    assert draft.check == first, "opening and typing read the same rules"
    lines = (*first.supports, *first.review)
    return [line.text for line in lines if ".requirement." in line.id]


def test_a_rule_changed_in_the_dialog_changes_the_live_check(
    qtbot: QtBot, filled_desk: Desk, reference: str, parent: QWidget
) -> None:
    assert len(_told(filled_desk, reference)) == 4
    dialog = _dialog(filled_desk, parent)
    wishes = dialog.form.wishes
    while len(wishes.lines) > 1:
        wishes.lines[0].remove_button.click()
    line = wishes.lines[0]
    line.change_button.click()
    fields.write(line.widgets["kind"], str(K.BLOCK_RELIEF))
    fields.fill(line.widgets, {
        "kind": K.BLOCK_RELIEF, "amount": 99, "level": "must", "procedure": "occipital_release", "document": "",
        "form": "",
    })  # fmt: skip
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    assert _told(filled_desk, reference) == [
        "This surgeon's office returns referrals without at least 99 % relief from a nerve block: not met."
    ]


def test_an_office_without_rules_has_those_of_the_center(
    qtbot: QtBot, filled_desk: Desk, reference: str, parent: QWidget
) -> None:
    dialog = _dialog(filled_desk, parent)
    while dialog.form.wishes.lines:
        dialog.form.wishes.lines[0].remove_button.click()
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    with filled_desk.db.begin() as session:
        center_requirements.save_defaults(session, (Requirement(K.BLOCK_RELIEF, 99),))
    assert _told(filled_desk, reference) == [
        "The Center asks for at least 99 % relief from a nerve block: not met."
    ]


def test_an_error_is_said_beside_the_rule_and_nothing_is_saved(
    qtbot: QtBot, filled_desk: Desk, parent: QWidget
) -> None:
    before = _keen(filled_desk)
    dialog = _dialog(filled_desk, parent)
    line = dialog.form.wishes.lines[1]
    line.change_button.click()
    fields.write(line.widgets["amount"], "many")
    dialog.save()
    qtbot.waitUntil(dialog.summary.isVisible)
    assert "20" in line.blocks["amount"].error()
    dialog.summary.chosen.emit("requirements[1].amount")
    assert dialog.focusWidget() is line.widgets["amount"]
    assert _keen(filled_desk) == before
    dialog.close_unchanged()


def test_the_detail_says_what_the_center_asks_where_the_office_says_nothing(
    qtbot: QtBot, filled_desk: Desk
) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    card = SurgeonCard(Verbs(filled_desk, place, list))
    qtbot.addWidget(card)

    def told() -> str:
        card._chores.finish()  # noqa: SLF001 - what is built in turns
        texts = [label.text() for label in card.findChildren(QWidget) if hasattr(label, "text")]
        return "\n".join(str(text) for text in texts)

    keen = _keen(filled_desk)
    card.show_found(Found(keen))
    qtbot.waitUntil(lambda: "What to send first" in told())
    assert "The Center asks" not in told()
    wanted = (
        Requirement(K.DIARY, 28, Level.WISH), Requirement(K.BLOCK_RELIEF, 50, Level.WISH, "nerve_decompression"),
        Requirement(K.PREVENTIVES, 3, Level.MUST, "occipital_release"),
    )  # fmt: skip
    with filled_desk.db.begin() as session:
        bare = surgeons.save(session, replace(keen, requirements=()))
        center_requirements.save_defaults(session, wanted)
    card.show_found(Found(bare))
    qtbot.waitUntil(lambda: "As the Center asks of all its surgeons" in told())
    said = told()
    assert "A headache diary of at least 28 days" in said
    assert "(for occipital release)" in said
    assert "relief" not in said


def test_a_form_that_is_open_follows_the_rules_when_it_is_shown_again(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    page = ReferralsPage(filled_desk)
    qtbot.addWidget(page)
    page.show()
    page.open(reference)
    qtbot.waitUntil(lambda: page.form is not None)
    assert page.form is not None
    draft = page.form.draft
    before = draft.snapshot()
    with filled_desk.db.begin() as session:
        assert draft.surgeon is not None
        chosen = surgeons.get(session, draft.surgeon.id)
        surgeons.save(session, replace(chosen, requirements=(Requirement(K.BLOCK_RELIEF, 99),)))
    with qtbot.waitSignal(draft.checked):
        page.reload()
    told = [line.text for line in draft.check.review if ".requirement." in line.id]
    assert told == [
        "This surgeon's office returns referrals without at least 99 % relief from a nerve block: not met."
    ]
    assert draft.snapshot() == before
    assert not draft.dirty
    filled_desk.background.wait()
