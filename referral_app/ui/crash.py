"""An error nobody expected: one plain dialog, what was typed is kept, nothing of a patient is shown."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QThread, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from referral_app.database import StoreProblem
from referral_app.database.problems import Locked
from referral_app.paths import Paths
from referral_app.services.errors import InvalidInput
from referral_app.ui import ask


class CrashHandler(QObject):
    """Stands at `sys.excepthook`; says each fault once, whatever paints or fires it again."""

    def __init__(self, paths: Paths, keep_typed: Callable[[], object], parent: QObject | None = None) -> None:
        """Keep where the report goes and what saves the drafts that are open."""
        super().__init__(parent)
        self._report = paths.data_dir / "crash.log"
        self._keep_typed = keep_typed
        self._told: set[str] = set()

    def install(self) -> None:
        """Take every unexpected exception from now on."""
        sys.excepthook = self.handle

    def handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Note the fault, keep what was typed, and tell the user once."""
        if issubclass(kind, KeyboardInterrupt):
            app = QApplication.instance()
            return app.quit() if app else None
        if isinstance(error, Locked):
            return None  # something asked while the window is locked, which shows nothing anyway
        if isinstance(error, InvalidInput | StoreProblem):
            self._say_later(
                " ".join(error.fields.values()) if isinstance(error, InvalidInput) else str(error)
            )
            return None
        where = places(kind, trace)
        if where in self._told:
            return None
        self._told.add(where)
        print(where, file=sys.stderr)  # noqa: T201 - names of functions only, never a value
        with contextlib.suppress(OSError):
            _append(self._report, where)
        if QThread.currentThread() is self.thread():
            QTimer.singleShot(0, self._tell)
        return None

    def _say_later(self, sentence: str) -> None:
        """Say what the user can correct, such as a full disk, in its own words; what was typed stays where it is."""
        window = _front()
        if window:
            QTimer.singleShot(0, lambda: ask.tell(window, sentence, warning=True))

    def _tell(self) -> None:
        kept = True
        try:
            self._keep_typed()
        except Exception:
            kept = False
        typed = (
            "What you typed has been kept as a draft."
            if kept
            else "What you typed may not have been kept: please copy it."
        )
        window = _front()
        if window:
            sentence = "Something went wrong in the program, and the last step may not have been done."
            ask.tell(
                window,
                sentence,
                f"{typed} A report without any patient data is in {self._report}.",
                warning=True,
            )


def _front() -> QWidget | None:
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    return QApplication.activeWindow() or next(iter(shown), None)


def places(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return the kind of a fault and where it happened, without its message, which could hold a patient's data."""
    lines: list[str] = []
    while trace:
        code = trace.tb_frame.f_code
        lines.append(f"  {Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return "\n".join([kind.__name__, *lines])


def _append(report: Path, text: str) -> None:
    with report.open("a", encoding="utf-8") as file:
        file.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {text}\n")
