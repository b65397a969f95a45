"""The closed lists of the referral response form: why a referral is declined, and what comes of a visit."""

from __future__ import annotations

from referral_app.choices.base import Choice


class DeclineReason(Choice):
    """Why a surgeon's office does not take a referral (referral-systems.md 4.1)."""

    NOT_REACHED = "not_reached", "Patient not reached"
    PATIENT_DECLINED = "patient_declined", "Patient does not want this"
    OUT_OF_AREA = "out_of_area", "Outside our area"
    NOT_OUR_FIELD = "not_our_field", "Not a site or condition we treat"
    RULES = "rules", "Does not meet our rules for referral"
    PLAN = "plan", "Plan not accepted"
    NO_ROOM = "no_room", "No new patients now"
    OTHER = "other"


class VisitOutcome(Choice):
    """What comes of a visit to the surgeon."""

    SURGERY = "surgery", "Surgery planned"
    BLOCK = "block", "Nerve block done or planned"
    OTHER_CARE = "other_care", "Other care with us"
    NO_SURGERY = "no_surgery", "No surgery advised"
    BACK = "back", "Back to the referring provider"
