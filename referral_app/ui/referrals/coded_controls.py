"""Controls for short codes that people write in several ways: states, ZIP codes, NPIs."""

from __future__ import annotations

import re
from typing import Any

from referral_app.choices import STATE_NAMES, STATES
from referral_app.ui.referrals.text_controls import LineControl


class StateControl(LineControl):
    """A state of the United States by its letters or its name."""

    def __init__(self) -> None:
        """Make the line wide enough for a name."""
        super().__init__(characters=16)

    def read(self) -> Any:
        """Return the two letters, or what was typed where it is no state."""
        text = super().read()
        if text is None:
            return None
        plain = " ".join(text.replace(".", "").split())
        if plain.upper() in STATES:
            return plain.upper()
        return STATE_NAMES.get(plain.casefold(), text)

    def echo(self) -> str:
        """Return the two letters where the name was typed."""
        state = self.read()
        return state if state in STATES and state != self.edit.text().strip().upper() else ""


class ZipControl(LineControl):
    """A ZIP code of five digits, or of nine with or without the dash."""

    def __init__(self) -> None:
        """Make the line."""
        super().__init__(characters=12)

    def read(self) -> Any:
        """Return it as 21287 or 21287-0001, or what was typed where it is none."""
        text = super().read()
        digits = re.sub(r"[\s-]", "", text or "")
        if re.fullmatch(r"[0-9]{9}", digits):
            return f"{digits[:5]}-{digits[5:]}"
        return digits if re.fullmatch(r"[0-9]{5}", digits) else text


class NpiControl(LineControl):
    """An NPI, with blanks or dashes between its digits or not."""

    def __init__(self) -> None:
        """Make the line."""
        super().__init__(characters=31)

    def read(self) -> Any:
        """Return the ten digits, or what was typed where it is none."""
        text = super().read()
        digits = re.sub(r"[\s.-]|^NPI:?", "", text or "", flags=re.IGNORECASE)
        return digits if re.fullmatch(r"[0-9]{10}", digits) else text
