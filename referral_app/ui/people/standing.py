"""How each person stands: account, practice, and whether they are in or still have to come in with a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from referral_app.choices import StaffRole
from referral_app.database import Database
from referral_app.services import people, practices
from referral_app.services.people import PersonRecord
from referral_app.ui import moments
from referral_app.ui.people import wording


@dataclass(frozen=True)
class Standing:
    """A person as the list shows them; `code_until` is when a one-time code that nobody used yet ends."""

    person: PersonRecord
    practice: str = ""
    code_until: datetime | None = None

    @property
    def id(self) -> str:
        """The person's id."""
        return self.person.id

    @property
    def state(self) -> tuple[str, str]:
        """The state with its icon: in use, waiting with a code, or removed."""
        if not self.person.active:
            return "canceled", "Removed"
        if self.code_until is None:
            return "ok", "Active, invented data first" if self.person.practicing else "Active"
        if self.code_until < datetime.now(UTC):
            return "missing", "One-time code has ended"
        return "waiting", "Waits with a one-time code"

    @property
    def since(self) -> str:
        """What stands below the state: until when the code counts, or when the person logged in last."""
        if not self.person.active:
            return ""
        if self.code_until is not None:
            return f"Until {moments.say(self.code_until)}"
        return (
            f"Last login {moments.say(self.person.last_login)}" if self.person.last_login else "No login yet"
        )

    @property
    def roles(self) -> str:
        """The roles in words."""
        return wording.roles(self.person.roles)

    @property
    def last_login(self) -> str:
        """When the person logged in last."""
        return moments.say(self.person.last_login).capitalize() if self.person.last_login else "Never"


@dataclass(frozen=True)
class Staff:
    """Everybody, and how many of them are administrators."""

    standings: tuple[Standing, ...]

    @property
    def administrators(self) -> int:
        """How many administrators are active."""
        held = [one.person for one in self.standings if one.person.active]
        return sum(StaffRole.ADMINISTRATOR in person.roles for person in held)


def read(db: Database) -> Staff:
    """Return how everybody stands, the removed last; raises Denied for those who may not see it."""
    with db.read() as session:
        found = people.find(session, with_removed=True)
        named = dict(practices.names(session))
    codes = db.keys.people() if db.keys else {}
    return Staff(
        tuple(
            Standing(person, named.get(person.practice_id, ""), _moment(codes.get(person.id, "")))
            for person in found
        )
    )


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def practices_of(db: Database) -> list[tuple[str, str]]:
    """Return id and name of the practices whose records a person can be given to see."""
    with db.read() as session:
        return practices.names(session)
