"""All tables at once: what migrations compare with, and what must be known before anything is written.

A first look at the store needs three of the files; reading in the others takes 0.1 s, which the window need not
wait for.
"""

from referral_app.models import (
    audit,
    center,
    codes,
    directory,
    directory_index,
    installation,
    location,
    mail,
    paper,
    patient,
    person,
    practice,
    privacy,
    procedure,
    referral,
    request,
    sending,
    signature,
    surgeon,
    surgery,
    waiting,
    wording,
    work,
)
from referral_app.models.base import Base

__all__ = [
    "Base", "audit", "center", "codes", "directory", "directory_index", "installation", "location", "mail", "paper",
    "patient", "person", "practice", "privacy", "procedure", "referral", "request", "sending", "signature",
    "surgeon", "surgery", "waiting", "wording", "work",
]  # fmt: skip
