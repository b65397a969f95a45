"""What stands above the form leaves it room, also in large text."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from referral_app.ui.referrals.form import FormPage
from referral_app.ui.widgets.labels import Elided


def _form(window: MainWindow) -> FormPage | None:
    return next((one for one in window.findChildren(FormPage) if one.isVisible()), None)


def _is_there(window: MainWindow) -> bool:
    form = _form(window)
    return form is not None and "Allergies" in form.banner.accessibleName()


def _shown(form: FormPage) -> list[str]:
    return [one.text() for one in form.banner._labels if one.isVisible()]  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize("zoom", [100, 150, 175, 200])
def test_the_form_has_half_of_the_height_at_every_text_size(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, reference: str, zoom: int
) -> None:
    window.resize(1366, 768)
    window.open("referral", reference)
    qtbot.waitUntil(lambda: _is_there(window), timeout=10_000)
    form = _form(window)
    assert form is not None
    qtbot.waitUntil(lambda: any("Allergies" in words for words in _shown(form)))
    whole = len(_shown(form))
    form.head.show_kept("Signed by Eleanor Whitcombe, MD 0:50")
    filled_desk.settings.zoom = zoom
    window.settings_changed()
    qtbot.waitUntil(lambda: len(_shown(form)) == (whole if zoom == 100 else 3))
    qtbot.wait(50)  # layouts settle
    area = window.findChild(QScrollArea, "referralsArea")
    assert area is not None
    seen = area.viewport().height()
    assert form.height() == seen  # the page itself needs not scroll
    assert form.body.height() >= seen / 2
    said = form.banner.accessibleName()
    assert any("Allergies" in words for words in _shown(form))
    assert form.head.note.isVisible() is (zoom == 100)
    if zoom > 100:
        assert any(
            one.isVisible() and one.text() == form.head.note.text() for one in form.head.findChildren(Elided)
        )
        assert "Signed by Eleanor Whitcombe" in form.head._title.toolTip()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        assert form.banner.toolTip() == said
