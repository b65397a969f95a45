"""What the person who acts may do, so that a page need not offer what a service would refuse."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from referral_app.choices import Permission
from referral_app.database import Database
from referral_app.services.permissions import Actor, nobody_yet

OFFERED = {
    "newReferral": Permission.WRITE, "newPatient": Permission.WRITE, "editPatient": Permission.WRITE,
    "referPatient": Permission.WRITE, "importPatients": Permission.WRITE, "newSurgeon": Permission.CHANGE_DIRECTORY,
    "importDirectory": Permission.CHANGE_DIRECTORY, "exportDirectory": Permission.ADMINISTER,
    "newRelease": Permission.MERGE, "releaseGive": Permission.MERGE, "releaseEdit": Permission.MERGE,
    "releaseRefuse": Permission.MERGE,
    "newCorrection": Permission.MERGE, "retentionDelete": Permission.ADMINISTER,
    "retentionYears": Permission.ADMINISTER,
}  # fmt: skip
"""Controls by object name, and what a person needs to be offered them."""


def actor(db: Database) -> Actor | None:
    """Return who is logged in, None in a store without people."""
    return db.rights if isinstance(db.rights, Actor) and db.keys is not None else None


def take_name(db: Database, name: str) -> None:
    """Let the name of the settings stand beside what is written, in a store without people alone."""
    if db.keys is None:
        db.act_as("", name, nobody_yet(name))


def offer(page: QWidget, db: Database) -> None:
    """Show or hide the controls of a page by what the person who acts may do; services decide in any case."""
    for name, permission in OFFERED.items():
        for control in page.findChildren(QWidget, name):
            control.setHidden(not may(db, permission))


def allow(control: QWidget | QAction, db: Database, permission: Permission, said: str = "") -> bool:
    """Let a control be used by those who have a permission; for others it is grey, and its tooltip says why.

    `said` is its tooltip otherwise. Return whether it may be used.
    """
    allowed = may(db, permission)
    words = said if allowed else f"You may not {permission.label}. Ask an administrator."
    control.setEnabled(allowed)
    control.setToolTip(words)
    if isinstance(control, QWidget):
        control.setAccessibleDescription("" if allowed else words)
    return allowed


def may(db: Database, permission: Permission) -> bool:
    """Tell whether the person who acts has a permission; in a store without people everybody has all."""
    who = actor(db)
    return who.may(permission) if who else db.keys is None
