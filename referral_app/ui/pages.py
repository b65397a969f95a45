"""The pages of the window: imported and built when first shown."""

from __future__ import annotations

import importlib
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from referral_app.ui.desk import Desk
from referral_app.ui.widgets.empty import EmptyState


@dataclass(frozen=True)
class Place:
    """One page: its key, what the sidebar says ("" leaves it out), icon, and where its class is.

    `below` is the page from which it is reached, which the sidebar marks. `menu` names a page that the sidebar leaves
    out in the menu, with keys of its own.
    """

    key: str
    label: str
    icon: str
    path: str
    below: str = ""
    menu: str = ""

    @property
    def name(self) -> str:
        """What the menu calls it; "" where neither menu nor sidebar has it."""
        return self.label or self.menu


PAGES = (
    Place("home", "Home", "home", "referral_app.ui.home.page:HomePage"),
    Place("referrals", "Referrals", "referrals", "referral_app.ui.referrals.page:ReferralsPage"),
    Place("surgeons", "Surgeons", "surgeons", "referral_app.ui.surgeons.page:SurgeonsPage"),
    Place("patients", "Patients", "patients", "referral_app.ui.patients.page:PatientsPage"),
    Place("packets", "Packets", "packets", "referral_app.ui.packets.page:PacketsPage"),
    Place("office", "Our office", "office", "referral_app.ui.office.mode_page:ModePage"),
    Place("settings", "Settings", "settings", "referral_app.ui.settings.page:SettingsPage"),
    Place("people", "", "person", "referral_app.ui.people.page:PeoplePage", "settings"),
    Place("audit", "", "history", "referral_app.ui.audit.page:AuditPage", "settings"),
    Place("backups", "", "lock", "referral_app.ui.backups.page:BackupsPage", "settings"),
    Place("papers", "", "letter", "referral_app.ui.papers.page:PapersPage", "packets"),
    Place("releases", "", "copy", "referral_app.ui.papers.releases_page:ReleasesPage", "packets"),
    Place("incidents", "", "review", "referral_app.ui.sending.incidents_page:IncidentsPage", "packets"),
    Place("calendar", "", "calendar", "referral_app.ui.calendar.page:CalendarPage", "packets", "Calendar"),
    Place("privacy", "", "edit", "referral_app.ui.privacy.page:PrivacyPage", "packets"),
    Place("retention", "", "history", "referral_app.ui.privacy.retention_page:RetentionPage", "settings"),
    Place("texts", "", "edit", "referral_app.ui.texts.page:TextsPage", "settings"),
    Place("worklists", "", "waiting", "referral_app.ui.worklists.page:WorklistsPage", "home", "Worklists"),
    Place("reports", "", "table", "referral_app.ui.reports.page:ReportsPage", "home"),
    Place("preview", "", "letter", "referral_app.ui.preview.page:PreviewPage"),
)


def place(key: str) -> Place:
    """Return a page's entry by its key."""
    return next(one for one in PAGES if one.key == key)


def build(one: Place, desk: Desk) -> QWidget:
    """Import and make a page; a screen that is not there yet says so."""
    module, _, name = one.path.partition(":")
    try:
        kind = getattr(importlib.import_module(module), name)
    except ModuleNotFoundError as missing:
        if not module.startswith(missing.name or "?"):
            raise
        return EmptyState(
            one.icon,
            "This screen is not there yet",
            "It comes with a later version.",
            name=f"{one.key}Missing",
        )
    page: QWidget = kind(desk)
    if not page.objectName():
        page.setObjectName(f"{one.key}Page")
    return page
