"""The closed lists of a request to a surgeon: where it stands, what happens to it, and how it is sent.

Source of states and acts: the harmonized state machine of BSeR and 360X; `SENT` is ours, before a receipt is known.
"""

from __future__ import annotations

from referral_app.choices.base import Choice


class RequestStatus(Choice):
    """Where a request stands; the values are the codes of BSeR's business states, but for `SENT`."""

    SENT = "requested", "Sent, not acknowledged"
    RECEIVED = "2.0", "Received"
    ACCEPTED = "3.0", "Accepted"
    DECLINED = "4.0", "Declined"
    ACTIVE = "5.1", "Under way"
    SCHEDULED = "5.1.1", "Visit booked"
    UNATTENDED = "5.1.2", "Patient did not come"
    VISIT_CANCELED = "5.1.3", "Visit canceled"
    SEEN = "5.1.4", "Seen, report open"
    CANCEL_ASKED = "5.2", "Cancellation asked for"
    CANCELED = "6.0", "Canceled"
    COMPLETED = "7.0", "Completed"


class RequestAct(Choice):
    """What happens to a request."""

    RECEIVE = "receive", "Receipt confirmed"
    ACCEPT = "accept", "Accepted"
    DECLINE = "decline", "Declined"
    ACTIVATE = "activate", "Under way"
    SCHEDULE = "schedule", "Visit booked"
    NO_SHOW = "no_show", "Patient did not come"
    CANCEL_VISIT = "cancel_visit", "Visit canceled"
    INTERIM_NOTE = "interim_note", "Visit note received"
    OUTCOME = "outcome", "Outcome received"
    ASK_CANCEL = "ask_cancel", "Cancellation asked for"
    CONFIRM_CANCEL = "confirm_cancel", "Cancellation confirmed"


class Party(Choice):
    """Who acts: the side that refers, or the surgeon's."""

    INITIATOR = "initiator", "Referring side"
    RECIPIENT = "recipient", "Surgeon’s office"


class Channel(Choice):
    """How a referral goes out."""

    FAX = "fax", "Fax"
    MAIL = "mail", "Print and mail"
    HAND = "hand", "Handed to the patient"
    PORTAL = "portal", "Upload to a portal"
    FILE = "file", "Encrypted file"
    EMAIL = "email", "Email with an encrypted PDF"


class AttemptState(Choice):
    """What became of one attempt to send."""

    WAITING = "waiting", "Waiting for a confirmation"
    CONFIRMED = "confirmed"
    FAILED = "failed"


class BounceReason(Choice):
    """Why an attempt failed or what was sent came back."""

    BUSY = "busy", "Line busy or no answer"
    WRONG_NUMBER = "wrong_number", "Wrong number or address"
    INCOMPLETE = "incomplete", "Returned as incomplete"
    OUT_OF_NETWORK = "out_of_network", "Plan not accepted"
    REFUSED = "refused", "Not accepted by the other side"
    OTHER = "other"
    CANCELED = "canceled", "Canceled, not sent"


class Step(Choice):
    """What an open referral waits for; each is a worklist."""

    DRAFT = "draft", "Drafts left alone"
    TO_SIGN = "to_sign", "To sign"
    TO_SEND = "to_send", "Signed and not sent"
    NOT_DELIVERED = "not_delivered", "Not delivered"
    NO_RECEIPT = "no_receipt", "Sent, no acknowledgment"
    NO_VISIT = "no_visit", "No visit booked"
    NO_OUTCOME = "no_outcome", "Visit passed, no outcome"
    NO_NOTE = "no_note", "Seen, no report"
    INFORMATION = "information", "Information owed"
    NOT_TOLD = "not_told", "Patient not told"
    FOLLOW_UP = "follow_up", "To follow up"


class TaskKind(Choice):
    """What a task asks for."""

    INFORMATION = "information", "Information asked for"
    FOLLOW_UP = "follow_up", "Follow up"
    CALL_BACK = "call_back", "Call back"
    TELL_PATIENT = "tell_patient", "Tell the patient"
    RESEND = "resend", "Send again"
    OTHER = "other"
