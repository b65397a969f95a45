"""How a clinician rates the head sketch, with what each of the three classes means; the program never proposes one."""

from __future__ import annotations

from referral_app.choices import SketchClass
from referral_app.ui.referrals.choice_controls import BoxControl

MEANINGS = {
    SketchClass.TYPICAL: "Typical: the pain starts over a nerve and spreads along it.",
    SketchClass.INTERMEDIATE: "Intermediate: it starts over a nerve, but spreads elsewhere than that nerve goes.",
    SketchClass.ATYPICAL: "Atypical: it does not start over a nerve.",
}
SOURCE = "Source: a study of 106 people before nerve surgery (PRS Global Open 2019)."
REFUSED = "Only those who may sign rate the sketch. If you change the drawing, its rating ends when you save."


class SketchClassControl(BoxControl):
    """The box with the classes, for those alone who may sign."""

    def __init__(self, allowed: bool) -> None:
        """Make the box, grey where the person may not sign."""
        super().__init__([(one.value, one.label) for one in SketchClass])
        self._allowed = allowed
        self.box.setEnabled(allowed)
        self.box.setToolTip("" if allowed else REFUSED)

    def echo(self) -> str:
        """Return what the classes mean, and why the box is grey where it is."""
        return " ".join(["" if self._allowed else REFUSED, *MEANINGS.values(), SOURCE]).strip()
