"""Which control asks for which kind of field."""

from __future__ import annotations

from collections.abc import Callable

from referral_app.choices import Choice
from referral_app.clinical.fields import Field, Kind
from referral_app.ui.referrals.choice_controls import (
    YES_NO,
    BoxControl,
    LanguageControl,
    Options,
    RadioControl,
    TicksControl,
)
from referral_app.ui.referrals.coded_controls import NpiControl, StateControl, ZipControl
from referral_app.ui.referrals.codes_control import CodesControl
from referral_app.ui.referrals.control import Control
from referral_app.ui.referrals.number_controls import NumberControl
from referral_app.ui.referrals.text_controls import (
    DateControl,
    LineControl,
    LongTextControl,
    MonthControl,
    WordsControl,
)

IN_SIGHT = 4
"""Up to this many values of a list stand in sight as radio buttons; more go into a box."""


def options(choices: type[Choice] | None) -> Options:
    """Return the values of a closed list with their labels."""
    return [(member.value, member.label) for member in choices or ()]


def make(field: Field, compact: bool = False) -> Control:
    """Make the control for a field; compact ones take less height, for rows of a table.

    Kinds that need the directory (surgeon, location, procedures) are made by `directory_controls`.
    """
    match field.kind:
        case Kind.CHOICE:
            return _choice(field, compact)
        case Kind.CHOICES:
            return TicksControl(options(field.choices))
        case Kind.INTEGER | Kind.DECIMAL:
            return NumberControl(field.unit, characters=9)
        case Kind.DATE:
            return DateControl(with_age=field.name == "date_of_birth")
        case Kind.LONG_TEXT:
            return LongTextControl(field.low, field.high)
        case _:
            return _SIMPLE.get(field.kind, LineControl)()


_SIMPLE: dict[Kind, Callable[[], Control]] = {
    Kind.FLAG: lambda: RadioControl(YES_NO),
    Kind.MONTH: MonthControl,
    Kind.LANGUAGE: LanguageControl,
    Kind.CODES: CodesControl,
    Kind.WORDS: WordsControl,
    Kind.STATE: StateControl,
    Kind.ZIP: ZipControl,
    Kind.PHONE: lambda: LineControl(characters=31),
    Kind.NPI: NpiControl,
}


def _choice(field: Field, compact: bool) -> Control:
    values = options(field.choices)
    return BoxControl(values) if compact or len(values) > IN_SIGHT else RadioControl(values)
