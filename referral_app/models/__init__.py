"""The tables; importing this package knows them all."""

from referral_app.models import center, location, patient, practice, procedure, referral, surgeon, work
from referral_app.models.base import Base

__all__ = ["Base", "center", "location", "patient", "practice", "procedure", "referral", "surgeon", "work"]
