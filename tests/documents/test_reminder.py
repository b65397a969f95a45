"""A reminder says when, where and whom to call, takes one page, and tells nothing clinical."""

from __future__ import annotations

import pytest

from referral_app.choices import AppointmentKind
from referral_app.documents import reminder
from referral_app.documents.reminder import Reminder
from referral_app.services.errors import InvalidInput
from tests.documents import paper, people


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", list(AppointmentKind))
def test_a_reminder_takes_one_page_and_names_no_condition(language: str, kind: AppointmentKind) -> None:
    pdf = reminder.render(Reminder(people.packet(language=language), kind))
    assert paper.text(pdf) == paper.text(pdf, 1)
    said = paper.text(pdf).lower()
    for word in ("neuralgia", "migra", "botul", "block", "bloqueo", "medicine that did"):
        assert word not in said


def test_the_same_reminder_gives_the_same_bytes() -> None:
    made = Reminder(people.packet(), AppointmentKind.CONSULT)
    assert reminder.render(made) == reminder.render(made)


def test_an_edited_text_is_printed_and_a_broken_one_refused() -> None:
    edited = people.packet(texts={"reminder": "# See you soon\n\nCall {phone}.\n"})
    assert "See you soon" in paper.text(reminder.render(Reminder(edited, AppointmentKind.CONSULT)))
    broken = people.packet(texts={"reminder": "# See you soon\n\nCall {nobody}.\n"})
    with pytest.raises(InvalidInput):
        reminder.render(Reminder(broken, AppointmentKind.CONSULT))


def test_only_the_text_of_its_kind_must_be_reviewed() -> None:
    assert reminder.taken(Reminder(people.packet(), AppointmentKind.SURGERY)) == {"reminder-surgery"}
    assert reminder.taken(Reminder(people.packet(), AppointmentKind.FOLLOW_UP)) == {"reminder"}
