"""The closed lists of people: what they do, what that permits, and what is noted of it."""

from __future__ import annotations

from referral_app.choices.base import Choice


class StaffRole(Choice):
    """What a person does at this installation; roles add up."""

    OFFICE_STAFF = "office_staff"
    CLINICIAN = "clinician"
    SCHEDULER = "scheduler"
    PACKET_STAFF = "packet_staff"
    ADMINISTRATOR = "administrator"


class Permission(Choice):
    """What a service asks for before it does anything."""

    SEE_DIRECTORY = "see_directory", "see the directory"
    CHANGE_DIRECTORY = "change_directory", "change the directory"
    SEE_PATIENTS = "see_patients", "see patients and referrals"
    WRITE = "write", "write drafts and referrals"
    SIGN = "sign", "sign"
    SEND = "send", "send, schedule or change the state of a referral"
    PRINT = "print", "print letters and packets"
    MERGE = "merge", "merge patients or release copies"
    ADMINISTER = "administer", "administer people, keys, audit, settings and backups"
    EMERGENCY = "emergency", "take emergency access"


class AuditAction(Choice):
    """What the audit notes."""

    LOGGED_IN = "logged_in", "Logged in"
    LOGIN_FAILED = "login_failed", "Login failed"
    LOGGED_OUT = "logged_out", "Logged out"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    DENIED = "denied"
    EMERGENCY_BEGUN = "emergency_begun", "Emergency access begun"
    EMERGENCY_ENDED = "emergency_ended", "Emergency access ended"
    OPENED = "opened"
    SEARCHED = "searched"
    CREATED = "created"
    CHANGED = "changed"
    REMOVED = "removed"
    DRAFTED = "drafted", "Draft written"
    DISCARDED = "discarded", "Draft discarded"
    HANDED_OVER = "handed_over", "Handed to a clinician to sign"
    RETURNED = "returned", "Returned by a clinician"
    SIGNED = "signed"
    FLAG_REVERSED = "flag_reversed", "A Yes to a red flag was reversed"
    SENT = "sent"
    ANSWERED = "answered"
    CANCELED = "canceled"
    PRINTED = "printed"
    EXPORTED = "exported"
    IMPORTED = "imported"
    PERSON_ADDED = "person_added", "Person added"
    PERSON_CHANGED = "person_changed", "Roles or account changed"
    PERSON_REMOVED = "person_removed", "Person removed"
    PASSPHRASE_CHANGED = "passphrase_changed", "Passphrase changed"
    RESET_STARTED = "reset_started", "Reset of a passphrase started"
    RECOVERY_MADE = "recovery_made", "Recovery key made"
    RECOVERY_CONFIRMED = "recovery_confirmed", "Recovery key confirmed"
    KEY_ROTATED = "key_rotated", "Key of the store changed"
    BACKED_UP = "backed_up", "Backup made"
    BACKUP_FAILED = "backup_failed", "Backup failed"
    RESTORED = "restored", "Backup restored"
    UPGRADED = "upgraded", "Store upgraded"
    CHECKED = "checked", "Store or audit checked"
    FAX_CONFIRMED = "fax_confirmed", "Fax number confirmed"
    SETTING_CHANGED = "setting_changed", "Setting changed"
