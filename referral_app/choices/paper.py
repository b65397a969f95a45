"""The closed lists of what is printed and handed out."""

from __future__ import annotations

from referral_app.choices.base import Choice


class PaperKind(Choice):
    """What a document is."""

    LETTER = "letter", "Referral letter"
    RESPONSE_FORM = "response_form", "Referral response form"
    FAX_COVER = "fax_cover", "Fax cover sheet"
    PACKET = "packet", "Consult packet"
    SURGERY_PACKET = "surgery_packet", "Surgery packet"
    REMINDER = "reminder", "Reminder of a visit"
    QUESTIONNAIRE = "questionnaire", "Patient questionnaire"
    KIT = "kit", "Power-cut kit"
    FORM = "form", "Blank referral form"
    CARD = "card", "Surgeon card"
    DIRECTORY = "directory", "Surgeon directory"
    VERIFICATION = "verification", "Sheet to verify an entry"
    RECORD_COPY = "record_copy", "Copy-of-record sheet"
    LABELS = "labels", "Mailing labels"
    DISCLOSURES = "disclosures", "List of disclosures"
    BUNDLE = "bundle", "Letter and enclosures"
    REPORT = "report", "Reports"
    MORNING_SHEET = "morning_sheet", "Morning sheet"
    INCIDENT_SHEET = "incident_sheet", "Incident sheet"


class PaperAct(Choice):
    """What was done with a document."""

    MADE = "made"
    PRINTED = "printed"
    SAVED = "saved", "Saved as a file"
    OPENED = "opened", "Opened in another program"
    DRAGGED = "dragged", "Dragged into another program"
    SENT = "sent"
    RELEASED = "released", "Copy given out"


class AppointmentKind(Choice):
    """What an appointment is for."""

    CONSULT = "consult", "Consultation"
    SURGERY = "surgery"
    FOLLOW_UP = "follow_up", "Follow-up visit"


class BatchState(Choice):
    """What became of one person's packet in a batch."""

    WAITING = "waiting"
    PRINTED = "printed"
    REFUSED = "refused", "Could not be printed"


class SignatureKind(Choice):
    """How a signature is written."""

    DRAWN = "drawn"
    TYPED = "typed"


class Slot(Choice):
    """A paragraph of the letter that a practice words itself."""

    OPENING = "opening", "Opening paragraph"
    CLOSING = "closing", "Closing paragraph"
