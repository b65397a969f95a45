"""One document of every kind, made of the invented people, for what must hold for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from referral_app.choices import AppointmentKind
from referral_app.clinical import sketch
from referral_app.clinical.handwriting import Handwriting
from referral_app.documents import (
    consult_packet,
    directory_list,
    disclosure_sheet,
    fax_cover,
    incident_sheet,
    kit,
    letter,
    morning_sheet,
    questionnaire,
    record_copy,
    recovery_sheet,
    reminder,
    report_sheet,
    response_form,
    surgeon_card,
    surgery_packet,
    text_sample,
    verification_sheet,
)
from referral_app.documents.directory_list import Directory
from referral_app.documents.kit import Kit
from referral_app.documents.questionnaire import Questionnaire
from referral_app.documents.reminder import Reminder
from referral_app.documents.surgeon_card import Card
from referral_app.documents.text_sample import Sample
from referral_app.documents.verification_sheet import Sheet
from referral_app.exchange import logos
from referral_app.services.e_signatures import Placed
from referral_app.services.practices import Letterhead
from referral_app.services.surgeon_records import Found
from tests.documents import (
    people,
    surgery,
    test_disclosure_sheet,
    test_incident_sheet,
    test_letter_paragraphs,
    test_letterhead,
    test_morning_sheet,
    test_record_copy,
    test_report_sheet,
    test_response_form,
)
from tests.documents.directory_people import BARE, FULL, PRINTED, photo
from tests.documents.people import CENTER

DAY = date(2026, 11, 23)
_MARKDOWN = (
    "# Llame hoy\n\nLlame al {phone}.\n\n- [ ] Traiga la lista\n\n1. Uno\n2. Dos\n\n## Más\n\n- punto\n"
)
_KEY = "7QK2M4TX9ABCDEFGHJKMNPQRSTVWXYZ0123456789ABCDEFGHJKMN"


def _letter() -> bytes:
    return letter.render(people.letter())


def _letter_with_own_script() -> bytes:
    values = people.intake()
    values["patient"] |= {"language": "ru", "name_own_script": "Анна Иванова", "given_name": "Анна"}
    values["pain"]["sketch"] = [sketch.start("back", (40, 60)), sketch.start("left", (50, 50))]
    return letter.render(people.letter(values, invented=True))


def _letter_with_all() -> bytes:
    placed = Placed("Dana Ross, MD", Handwriting(words="Dana Ross"), datetime(2026, 3, 18, 15, tzinfo=UTC))
    logo = logos.small(test_letterhead.picture())
    return test_letterhead.under(
        Letterhead("Oak Lane Neurology", ("12 Oak Lane",), logo=logo),
        trend=test_letter_paragraphs.POINTS, signature=placed, templates=test_letter_paragraphs.TEMPLATES,
    )  # fmt: skip


def _packet(**more: object) -> bytes:
    return consult_packet.render(people.packet(**more))


def _packet_for_migraine() -> bytes:
    values = people.intake()
    values["diagnosis"]["working"] = "migraine"
    values["patient"]["language"] = "es"
    return consult_packet.render(people.packet(values, invented=True))


def _directory(count: int) -> bytes:
    found = [Found(replace(FULL, id=str(at), family_name=f"Keen{at:05}")) for at in range(count)]
    return directory_list.render(Directory(found, count, CENTER, PRINTED, "“occipital”", "best match first"))


def _asked(language: str, large: bool, **more: object) -> bytes:
    return questionnaire.render(Questionnaire(DAY, language, large, **more))


KINDS: Mapping[str, Callable[[], bytes]] = {
    "letter": _letter,
    "letter with own script": _letter_with_own_script,
    "packet": _packet,
    "packet in large print": lambda: _packet(large=True),
    "packet for migraine": _packet_for_migraine,
    "surgery packet": lambda: surgery_packet.render(surgery.packet()),
    "surgery packet in Spanish and large print": lambda: surgery_packet.render(
        surgery.packet(language="es", large=True)
    ),
    "reminder": lambda: reminder.render(Reminder(people.packet(), AppointmentKind.CONSULT)),
    "reminder of surgery in Spanish and large print": lambda: reminder.render(
        Reminder(people.packet(language="es", large=True), AppointmentKind.SURGERY)
    ),
    "questionnaire": lambda: _asked("en", large=False),
    "questionnaire in Spanish": lambda: _asked("es", large=False, person="Ana Ruiz", born=date(1980, 1, 2)),
    "questionnaire in Spanish and large print": lambda: _asked("es", large=True),
    "kit": lambda: kit.render(Kit([FULL, BARE], ["Revision"], CENTER, DAY)),
    "empty kit": lambda: kit.render(Kit([], [], CENTER, DAY)),
    "surgeon cards": lambda: surgeon_card.render([Card(FULL, CENTER, PRINTED, photo()), Card(BARE, CENTER, PRINTED)]),
    "surgeon card in large print": lambda: surgeon_card.render([Card(FULL, CENTER, PRINTED, photo(), large=True)]),
    "directory": lambda: _directory(40),
    "empty directory": lambda: directory_list.render(Directory([], 0, CENTER, PRINTED)),
    "verification sheets": lambda: verification_sheet.render([Sheet(one, CENTER, PRINTED) for one in (FULL, BARE)]),
    "letter with logo, trend and signature": _letter_with_all,
    "letter on preprinted paper": lambda: test_letterhead.under(Letterhead("", preprinted_inches=1.8)),
    "response form": lambda: response_form.render(test_response_form.form()),
    "fax cover": lambda: fax_cover.render(test_response_form.cover()),
    "copy of record": lambda: record_copy.render(test_record_copy.copy()),
    "copy of record in large print": lambda: record_copy.render(test_record_copy.copy(large=True)),
    "incident sheet": lambda: incident_sheet.render(test_incident_sheet.sheet()),
    "morning sheet": lambda: morning_sheet.render(test_morning_sheet.sheet()),
    "empty morning sheet": lambda: morning_sheet.render(test_morning_sheet.empty()),
    "disclosures": lambda: disclosure_sheet.render(test_disclosure_sheet.accounting()),
    "disclosures in large print": lambda: disclosure_sheet.render(test_disclosure_sheet.accounting(large=True)),
    "reports": lambda: report_sheet.render(test_report_sheet.SHEET),
    "text sample": lambda: text_sample.render([Sample(_MARKDOWN, {"phone": "(410) 555-0100"}, "es")]),
    "recovery sheet": lambda: recovery_sheet.render(_KEY, "Oak Lane Neurology", DAY),
}  # fmt: skip
"""What makes a document of each kind."""
