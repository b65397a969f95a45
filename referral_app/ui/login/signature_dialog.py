"""A clinician's own signature: drawn or typed, kept so that their passphrase alone opens it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from referral_app.choices import SignatureKind
from referral_app.clinical import dates, handwriting
from referral_app.database import StoreProblem
from referral_app.jobs import e_signatures
from referral_app.jobs.e_signatures import Standing
from referral_app.services.errors import InvalidInput
from referral_app.ui import ask, theme
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.login.signature_pad import SignaturePad
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.inputs import LineEdit, Radios
from referral_app.ui.widgets.notice import Advice

SIZE = (560, 560)
WHAT = (
    "It is kept encrypted: only your passphrase opens it, at the moment you sign. It is placed on the version that you "
    "sign, and on no other: an edit leaves it behind."
)
LOST = (
    "Your passphrase was reset by a code since you kept your signature, so it cannot be opened any more. Draw or type "
    "it anew."
)
WAYS = (("drawn", "Draw it"), ("typed", "Type it"))
TYPED = "As it stands on the letter: in italics, above a line."
LARGEST = 26


class SignatureDialog(Framed):
    """Shows how the signature stands, and takes a new one; `said` once it is kept or thrown away."""

    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """Make it for the person at work."""
        super().__init__(parent, "signatureDialog", "My signature", WHAT)
        self._desk = desk
        self.state = Advice("info", "signatureState")
        self.way = Radios("signatureWay", WAYS, "How you sign")
        self.pad = SignaturePad("signaturePad")
        self.undo_button = buttons.outlined("Undo", "signatureUndo", "undo")
        self.clear_button = buttons.outlined("Clear", "signatureClear", "trash")
        self.name = LineEdit("signatureName", chars=40)
        self.shown = labels.body("")
        self.keep_button = buttons.primary("Keep signature", "signatureKeep", "save")
        self.forget_button = buttons.danger("Throw it away…", "signatureForget")
        self._build()
        self._connect()
        self.way.set_value("drawn")
        self.name.setText(desk.db.rights.name if desk.db.rights else "")
        self._follow()
        self.load()

    def _build(self) -> None:
        self._ways = QStackedWidget()
        self.blocks = {
            "drawn": Field("Your signature", self._drawing()),
            "typed": Field("Your name as you sign", self.name, TYPED),
        }
        typing = QWidget()
        lines = column(spacing=12)
        lines.addWidget(self.blocks["typed"])
        lines.addWidget(self.shown)
        lines.addWidget(labels.line())
        lines.addStretch(1)
        typing.setLayout(lines)
        for page in (self.blocks["drawn"], typing):
            self._ways.addWidget(page)
        for part in (self.state, self.way, self._ways):
            self.body.addWidget(part)
        self.shown.setObjectName("signatureShown")
        self.state.say("")
        self.forget_button.hide()
        close = buttons.outlined("Close", "signatureClose")
        close.clicked.connect(self.reject)
        self.keep_button.setDefault(True)
        self.lay_out(SIZE, self.forget_button, None, close, self.keep_button)

    def _drawing(self) -> QWidget:
        holder = QWidget()
        lines = column(spacing=8)
        lines.addWidget(self.pad)
        lines.addLayout(row(self.undo_button, self.clear_button, None))
        holder.setLayout(lines)
        return holder

    def _connect(self) -> None:
        self.way.changed.connect(self._follow)
        self.pad.changed.connect(self._follow)
        self.name.textChanged.connect(self._follow)
        self.undo_button.clicked.connect(self.pad.undo)
        self.clear_button.clicked.connect(self.pad.clear)
        self.keep_button.clicked.connect(self.keep)
        self.forget_button.clicked.connect(self._ask_forget)

    def load(self) -> None:
        """Show how the signature stands."""
        self._desk.background.run(
            self, partial(e_signatures.standing, self._desk.db), self._show, self.failed
        )

    def _show(self, standing: Standing) -> None:
        self.forget_button.setVisible(standing.kind is not None)
        if standing.kind is None or standing.made_at is None:
            self.state.say("You have no signature yet.")
        elif not standing.opens:
            self.state.say(LOST)
        else:
            on = dates.say(standing.made_at.astimezone().date())
            self.state.say(
                f"You have a {standing.kind.label.lower()} signature, kept on {on}. Keep a new one to replace it."
            )

    def _kind(self) -> SignatureKind:
        return SignatureKind.TYPED if self.way.value() == "typed" else SignatureKind.DRAWN

    def _follow(self) -> None:
        """Show the way that is chosen, and what of it can be done."""
        typed = self._kind() is SignatureKind.TYPED
        self._ways.setCurrentIndex(int(typed))
        font = theme.font(LARGEST)
        font.setItalic(True)
        self.shown.setFont(font)
        self.shown.setText(self.name.text().strip())
        some = bool(self.pad.written().strokes)
        self.undo_button.setEnabled(some)
        self.clear_button.setEnabled(some)
        for block in self.blocks.values():
            block.set_error("")

    def keep(self) -> None:
        """Keep what is drawn or typed, or say what is wrong."""
        kind, db = self._kind(), self._desk.db
        written = handwriting.typed(self.name.text()) if kind is SignatureKind.TYPED else self.pad.written()
        self.keep_button.setEnabled(False)
        self._desk.background.run(
            self, partial(e_signatures.keep, db, written, kind), self._kept, self._refused
        )

    def _kept(self, _answer: object) -> None:
        self.said.emit("Your signature is kept")
        super().accept()

    def _refused(self, error: Exception) -> None:
        self.keep_button.setEnabled(True)
        self.failed(InvalidInput({"": str(error)}) if isinstance(error, StoreProblem) else error)

    def _ask_forget(self) -> None:
        ask.confirm(
            self, "Throw your signature away?", "What you signed with it stays as it is.", "Throw it away",
            self._forget, danger=True,
        )  # fmt: skip

    def _forget(self) -> None:
        self._desk.background.run(
            self, partial(e_signatures.forget, self._desk.db), self._forgotten, self._refused
        )

    def _forgotten(self, _answer: object) -> None:
        self.said.emit("Your signature was thrown away")
        super().accept()
