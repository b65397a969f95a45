"""What is said of people and of what they may do."""

from __future__ import annotations

from referral_app.choices import Permission, StaffRole
from referral_app.services.permissions import SEES_EVERY_PRACTICE, TABLE

SHORT = {
    Permission.SEE_DIRECTORY: "Directory",
    Permission.CHANGE_DIRECTORY: "Change it",
    Permission.SEE_PATIENTS: "Patients",
    Permission.WRITE: "Write",
    Permission.SIGN: "Sign",
    Permission.SEND: "Send",
    Permission.PRINT: "Print",
    Permission.MERGE: "Merge",
    Permission.ADMINISTER: "Administer",
    Permission.EMERGENCY: "Emergency",
}
"""The heads of the columns of who has access."""


def roles(held: frozenset[StaffRole]) -> str:
    """Return roles in a few words, in the order of the list."""
    words = ", ".join(role.label for role in StaffRole if role in held)
    return words.capitalize() if words else "No role"


def may(role: StaffRole) -> str:
    """Return what a role permits, in a sentence."""
    permitted = [_permission(one, role) for one in Permission if role in TABLE.get(one, frozenset())]
    return f"May {', '.join(permitted[:-1])} and {permitted[-1]}." if permitted else "May do nothing."


def _permission(permission: Permission, role: StaffRole) -> str:
    if permission is not Permission.SEE_PATIENTS:
        return permission.label
    whose = "of every practice" if role in SEES_EVERY_PRACTICE else "of their own practice"
    return f"{permission.label} {whose}"
