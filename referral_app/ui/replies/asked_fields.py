"""What a surgeon’s office asks for: documents as on its form, and answers of the intake by their names."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.choices import AttachmentKind
from referral_app.clinical.fields import Field, Kind
from referral_app.clinical.intake import INTAKE
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.inputs import Checks
from referral_app.ui.widgets.lookup import SHOWN, Answer, Hit, Several

DOCUMENTS = tuple((str(kind), kind.label) for kind in AttachmentKind if kind is not AttachmentKind.OTHER)
"""As on the response form, in its order."""
_NEVER = ("signature", "letter", "referrer")
"""Groups that our own office answers and nobody asks for."""


class AskedFields(QWidget):
    """Ticks and answers; `changed` when they are others."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        """Make it with nothing asked for."""
        super().__init__()
        self.setObjectName(name)
        self.documents = Checks(f"{name}Documents", DOCUMENTS)
        self.answers = Several(
            f"{name}Answers", "Answers asked for", "Such as fundi, MRI or blood thinner", "note"
        )
        self._known = list(_named())
        self.answers.pick.look = self._look
        lines = column(spacing=8)
        lines.addWidget(self.documents)
        lines.addWidget(self.answers)
        self.setLayout(lines)
        self.setFocusProxy(self.documents)
        self.documents.changed.connect(self.changed)
        self.answers.changed.connect(self.changed)

    def paths(self) -> tuple[str, ...]:
        """Return the paths of the answers asked for; a document is asked for with the attachments."""
        chosen = [path for path, _ in self.answers.values()]
        return tuple(dict.fromkeys([*(["attachments"] if self.documents.values() else []), *chosen]))

    def words(self) -> str:
        """Return what is asked for, in words."""
        labels = dict(DOCUMENTS)
        chosen = [title for _, title in self.answers.values()]
        return "; ".join([*(labels[one] for one in self.documents.values()), *chosen])

    def _look(self, text: str, answer: Answer) -> None:
        words = text.lower().split()
        found = [hit for hit in self._known if all(word in hit.title.lower() for word in words)]
        answer(text, found[:SHOWN])


def _named() -> Sequence[Hit]:
    """Return every answer that somebody may ask for, by its path; tables as a whole."""
    found: list[Hit] = []
    for group in INTAKE:
        if group.name in _NEVER:
            continue
        if group.kind is Kind.GROUP:
            found += [
                hit for one in group.fields for hit in _hits(one, f"{group.name}.{one.name}", group.label)
            ]
        else:
            found.append(Hit(group.name, group.label))
    return found


def _hits(field: Field, path: str, group: str) -> list[Hit]:
    return [Hit(path, f"{group}: {field.label}")]
