"""Pictures of attachments on the form: none yet, several with one refused and one unnamed, and one looked at."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from referral_app.choices import Level, RequirementKind
from referral_app.clinical.requirements import Requirement
from referral_app.ui.referrals.attachment_sources import Source
from tests import attachment_files as files
from tests.ui.preview.test_bundle import attach

Stage = Any

WANTED = (
    Requirement(RequirementKind.DOCUMENT, detail="imaging_report"),
    Requirement(RequirementKind.DOCUMENT, detail="neurology_note"),
    Requirement(RequirementKind.OWN_FORM, detail="Occipital relief intake sheet"),
    Requirement(RequirementKind.DOCUMENT, detail="diary", level=Level.WISH),
    Requirement(RequirementKind.DOCUMENT, detail="block_record", level=Level.WISH),
)


def _form(stage: Stage) -> Any:
    stage.window.open("referral", stage.reference)
    stage.settle(0.6)
    form = stage.form()
    form.draft.surgeon = replace(form.draft.surgeon, requirements=WANTED)
    form.draft.put("attachments", [{"kind": "diary", "date": "2026-10-02", "pages": 4}])
    form.go_to(6, focus=False)
    stage.settle(0.8)
    form.view(6).load()
    return form


def _top(stage: Stage, form: Any) -> None:
    stage.settle(0.3)
    form.jump("attachments")
    view = form.view(6)
    view.show_widget(stage.child("card.attachments"))
    bar, card = view.verticalScrollBar(), stage.child("card.attachments")
    bar.setValue(card.mapTo(view.widget(), card.rect().topLeft()).y() - 12)
    stage.settle(0.2)


def _empty(stage: Stage) -> None:
    _top(stage, _form(stage))


def _several(stage: Stage) -> Any:
    form = _form(stage)
    with tempfile.TemporaryDirectory() as folder:
        sources: list[Source] = []
        for name, content in (
            ("MRI head report.pdf", files.pdf(3)), ("photo of the card.heic", b"\0\0\0\x18ftypheic"),
            ("scan0001.tif", files.tiff(2)), ("old records.pdf", files.encrypted()),
        ):  # fmt: skip
            path = Path(folder) / name
            path.write_bytes(content)
            sources.append(Source(name, path))
        form.attaching.add(sources)
        for _ in range(40):
            stage.settle(0.1)
            if not [one for one in form.attaching.items if one.state in ("waiting", "reading")]:
                break
    form.attaching.add([Source("neurology.pdf", files.pdf(2, "Neurology note"))], kind="neurology_note")
    stage.settle(1.0)
    form.attaching.lack(form.attaching.wanted()[2], "their office sends it to the patient")
    _top(stage, form)
    return form


def _looked_at(stage: Stage) -> None:
    form = _several(stage)
    rows = form.draft.get("attachments")
    number = next(at for at, row in enumerate(rows) if row.get("kind") == "neurology_note")
    stage.child(f"attachments[{number}].view").click()
    stage.settle(1.0)


def _set(stage: Stage) -> None:
    attach(stage.desk.db, stage.reference)
    stage.window.preview("bundle", stage.reference)
    stage.settle(1.0)
    page = stage.page("preview")
    page.paper.go_to(page.paper.pages() - 3)
    stage.settle(0.6)


SCENES: dict[str, Callable[[Stage], object]] = {
    "attachments-empty": _empty,
    "attachments": _several,
    "attachment-view": _looked_at,
    "letter-set": _set,
}
