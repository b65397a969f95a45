"""The closed lists of replies and calls: what came of a referral, and how a caller's identity was checked."""

from __future__ import annotations

from referral_app.choices.base import Choice


class ReplyKind(Choice):
    """What came, in the order of the referral response form, then what else closes the loop."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    INFORMATION = "information", "More information asked for"
    APPOINTMENT = "appointment", "Appointment given"
    VISIT_CANCELED = "visit_canceled", "Visit canceled"
    NO_SHOW = "no_show", "Patient did not come"
    VISIT_NOTE = "visit_note", "Visit note, more to come"
    OUTCOME = "outcome", "Outcome of the visit"
    RECEIPT = "receipt", "Receipt confirmed"
    CANCEL_CONFIRMED = "cancel_confirmed", "Cancellation confirmed"
    PATIENT_TOLD = "patient_told", "Patient told the plan"


class IdentityCheck(Choice):
    """By what it was told that a caller is who they say, or that one speaks with the right office."""

    BIRTH_AND_ADDRESS = "birth_and_address", "Date of birth and address"
    BIRTH_AND_PHONE = "birth_and_phone", "Date of birth and phone"
    CALLED_BACK = "called_back", "Called back at the number on file"
    REFERENCE = "reference", "Reference number and name"
    KNOWN = "known", "Voice known to us"
