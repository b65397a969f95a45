"""Invented people and referrals for pictures and lists: nobody of these exists."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

from referral_app.choices import RequestAct
from referral_app.database import Database
from referral_app.paths import resource
from referral_app.services import drafts, referrals, requests
from referral_app.services.requests import Happened
from tests.acting import acting

WHO = "Dana Whitfield"
PEOPLE = (
    ("Nguyễn", "An", "1991-02-14", "female", "vi", "sent"),
    ("Abernathy", "Rosalind", "1967-11-30", "female", "en", "answered"),
    ("Okonkwo", "Chidi", "1979-08-03", "male", "en", "missing"),
    ("Castellanos", "Beatriz", "1958-05-19", "female", "es", "missing"),
    ("Lindqvist-Hale", "Torsten", "1988-01-07", "male", "en", "ready"),
    ("Haddad", "Samira", "1995-09-22", "female", "ar", "sent"),
    ("Park", "Min-jun", "2001-04-11", "male", "ko", "missing"),
)
UNFINISHED = (
    ("Vasquez", "Ines", "a1f0c3de-0000-4000-8000-000000000001"),
    ("Bright", "", "a1f0c3de-0000-4000-8000-000000000002"),
)


def fill(db: Database) -> None:
    """Add referrals in every state and two drafts to a store that has the invented directory."""
    whole: dict[str, Any] = json.loads(resource("invented/referral.json").read_text("utf-8"))
    with acting(db, WHO), db.begin() as session:
        for number, person in enumerate(PEOPLE):
            record = referrals.save(session, _intake(whole, number, person))
            if person[-1] in ("sent", "answered"):
                signed = referrals.sign(session, record.id, "Odile Brightwater, MD")
                referrals.mark_sent(session, signed.id, "Fax")
            if person[-1] == "answered":
                requests.enter(session, record.id, Happened(RequestAct.ACCEPT, date.today()))
        for family, given, draft_id in UNFINISHED:
            drafts.save(session, draft_id, {"patient": {"family_name": family, "given_name": given}})


def _intake(whole: dict[str, Any], number: int, person: tuple[str, ...]) -> dict[str, Any]:
    family, given, born, sex, language, state = person
    intake = copy.deepcopy(whole)
    intake.pop("signature", None)
    for name in ("preferred_name", "name_own_script", "middle_name"):
        intake["patient"].pop(name, None)
    intake["patient"] |= {
        "family_name": family, "given_name": given, "date_of_birth": born, "sex": sex, "language": language,
        "phone": f"410-555-01{number + 20}", "mrn": f"INVENTED-1{number:03}", "interpreter_needed": language != "en",
    }  # fmt: skip
    if language != "en":
        intake["patient"]["interpreter_language"] = language
    if state == "missing":
        intake.pop("treatments", None)
        intake.pop("goals", None)
    return intake
