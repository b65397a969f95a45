"""What is chosen before a file is read: whom to take of the national file, whose key to trust, what a bad row means."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from referral_app.clinical import dates
from referral_app.jobs.directory_reading import Signature
from referral_app.ui import theme
from referral_app.ui.fields import Field
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import Card
from referral_app.ui.widgets.inputs import LineEdit, Radios

NATIONAL = (
    "This is the monthly file of NPPES, with every provider of the country. Choose whom you need: organizations and "
    "deactivated NPIs are passed over anyway. It fills in what is empty and never writes over what people entered."
)
TAXONOMIES = (
    "Beginnings of codes: 2082 plastic surgery, 2084N neurology, 207T neurosurgery, 208VP pain medicine"
)
ELSE, NOTHING = "else", "nothing"
BAD_ROWS = ((ELSE, "Import everything else"), (NOTHING, "Import nothing"))


class BadRows(Card):
    """What happens where a row is refused."""

    def __init__(self) -> None:
        """Begin with everything else."""
        super().__init__("If a row cannot be taken")
        self.choice = Radios("badRows", BAD_ROWS, "If a row cannot be taken")
        self.choice.set_value(ELSE)
        self.add(self.choice)

    @property
    def only_if_clean(self) -> bool:
        """Whether nothing is wanted then."""
        return self.choice.value() == NOTHING


class National(QWidget):
    """States and specialties to take of the national file."""

    def __init__(self) -> None:
        """Begin with nothing chosen."""
        super().__init__()
        self.states = LineEdit("nppesStates", chars=30)
        self.taxonomies = LineEdit("nppesTaxonomies", chars=40)
        card = Card("The national file")
        card.add(labels.body(NATIONAL))
        self.blocks = {
            "states": Field("States", self.states, "Two letters each, such as MD, DC, VA", optional=True),
            "taxonomies": Field("Specialties", self.taxonomies, TAXONOMIES, optional=True),
        }
        for block in self.blocks.values():
            card.add(block)
        column = QVBoxLayout(self)
        theme.scale(column, margins=0)
        column.addWidget(card)

    def chosen(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return states and beginnings of taxonomy codes."""
        return _parts(self.states.text()), _parts(self.taxonomies.text())


class Signed(QWidget):
    """From whom a directory file is, and the fingerprint to compare where it is the first."""

    changed = Signal()

    def __init__(self, signature: Signature) -> None:
        """Show what the file says of itself."""
        super().__init__()
        self._signature = signature
        card = Card(f"Directory of {signature.center}")
        day = dates.say(signature.issued.astimezone().date())
        card.add(labels.body(f"Of {day}, with {signature.count:,} surgeons. The signature fits."))
        self.compared = QCheckBox("I called the Center, and the fingerprint is the same")
        self.compared.setObjectName("fingerprintCompared")
        self.compared.setVisible(not signature.known)
        self.compared.toggled.connect(self.changed)
        if signature.known:
            card.add(labels.body("It is signed with the same key as the files before."))
        else:
            words = (
                "This is the first file from this Center. Call the Center at a number you know, and let them read the "
                "fingerprint of their key to you:"
            )
            card.add(labels.body(words))
            mark = labels.heading(signature.fingerprint)
            mark.setObjectName("fingerprint")
            card.add(mark)
            card.add(self.compared)
        column = QVBoxLayout(self)
        theme.scale(column, margins=0)
        column.addWidget(card)

    @property
    def trust(self) -> str:
        """The fingerprint that was compared, "" for none."""
        return self._signature.fingerprint if self.compared.isChecked() else ""

    @property
    def is_ready(self) -> bool:
        """Whether the file may be read."""
        return self._signature.known or self.compared.isChecked()


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.replace(";", ",").replace(" ", ",").split(",") if part)
