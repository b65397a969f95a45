"""Long work away from the user's thread: one object that lives as long as the window.

An object with signals for each task crashes when it is destroyed while another thread is still inside `emit`; so there
is one object, one signal, and answers are handed out on the user's thread.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal, Slot

from referral_app.database.problems import Locked

Result = TypeVar("Result")
Progress = Callable[[int, int], None]
Canceled = Callable[[], bool]
THREADS = 4


@dataclass(eq=False)
class Job:
    """Long work that the status bar shows: how far it is, and how to stop it."""

    label: str
    done: int = 0
    total: int = 0
    stopped: Event = field(default_factory=Event)

    def cancel(self) -> None:
        """Ask the work to stop; it looks at `canceled()` when it can."""
        self.stopped.set()


@dataclass(frozen=True)
class _Task:
    owner: QObject
    work: Callable[[], Any]
    on_done: Callable[[Any], object]
    on_error: Callable[[Exception], object] | None
    job: Job | None = None


class Background(QObject):
    """Runs plain functions in other threads and gives their answers back on the user's thread."""

    _answered = Signal(object)
    job_changed = Signal(object)
    job_ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Make the pool."""
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(THREADS)
        self._closing = False
        self._tasks: dict[int, _Task] = {}
        self._count = 0
        self.jobs: list[Job] = []
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._tasks)

    def is_closing(self) -> bool:
        """Tell, also in another thread, whether the program closes: nobody waits any more for what takes long."""
        return self._closing

    def run(
        self,
        owner: QObject,
        work: Callable[[], Result],
        on_done: Callable[[Result], object],
        on_error: Callable[[Exception], object] | None = None,
    ) -> None:
        """Call `work()` elsewhere and `on_done(answer)` here, unless `owner` was deleted meanwhile.

        An exception goes to `on_error`, or without one to the crash handler; that the store is locked to nobody.
        """
        self._start(_Task(owner, work, on_done, on_error))

    def job(
        self,
        owner: QObject,
        label: str,
        work: Callable[[Progress, Canceled], Result],
        on_done: Callable[[Result], object],
        on_error: Callable[[Exception], object] | None = None,
    ) -> Job:
        """Like `run`, for long work: `work(progress, canceled)`; the status bar shows it with a Cancel button."""
        job = Job(label)
        self.jobs.append(job)
        task = _Task(owner, lambda: work(self._progress(job), job.stopped.is_set), on_done, on_error, job)
        self._start(task)
        self.job_changed.emit(job)
        return job

    def latest(self, owner: QObject, on_done: Callable[[Any], object], delay: int = 0) -> Latest:
        """Return a helper for searches: only the answer to the latest question arrives."""
        return Latest(self, owner, on_done, delay)

    def wait(self) -> None:
        """Ask jobs to stop and wait until every thread is idle; answers are no longer handed out."""
        self._closing = True
        for job in self.jobs:
            job.cancel()
        self._pool.waitForDone()

    def _start(self, task: _Task) -> None:
        """Keep the task here, so that no other thread holds the last reference to a widget.

        Nothing begins after `wait`: a thread that still wants Python while the pool is destroyed would wait for ever.
        """
        if self._closing:
            return
        self._count += 1
        number = self._count
        self._tasks[number] = task
        work = task.work
        self._pool.start(lambda: self._perform(number, work))

    def _perform(self, number: int, work: Callable[[], Any]) -> None:
        """Work in the other thread; nothing may escape from here."""
        try:
            answer: Any = work()
            self._say((number, answer, None))
        except Exception as error:
            self._say((number, None, error))

    def _say(self, message: Any) -> None:
        if not self._closing:
            self._answered.emit(message)

    def _progress(self, job: Job) -> Progress:
        shown = 0.0

        def progress(done: int, total: int) -> None:
            nonlocal shown
            job.done, job.total = done, total
            now = time.monotonic()
            if now - shown > 0.05 or done == total:
                shown = now
                self._say((job, None, None))

        return progress

    @Slot(object)
    def _deliver(self, message: Any) -> None:
        about, answer, error = message
        if isinstance(about, Job):
            self.job_changed.emit(about)
            return
        task = self._tasks.pop(about)
        if task.job:
            self.jobs.remove(task.job)
            self.job_ended.emit(task.job)
        if self._closing or not shiboken6.isValid(task.owner):
            return
        if error is None:
            task.on_done(answer)
        elif task.on_error:
            task.on_error(error)
        elif not isinstance(
            error, Locked
        ):  # asked before the lock came; whoever comes back sees everything anew
            raise error


class Latest:
    """Questions of which only the latest matters: a search while typing.

    While one is being answered the next waits, and those between are never asked.
    """

    def __init__(
        self, background: Background, owner: QObject, on_done: Callable[[Any], object], delay: int
    ) -> None:
        """Keep who is asked and who is told; `delay` milliseconds of quiet come before a question."""
        self._background, self._owner, self._on_done = background, owner, on_done
        self._wanted: tuple[Callable[[], Any], Callable[[Exception], object] | None] | None = None
        self._busy = False
        self._dropped = False
        self._timer = QTimer(owner)
        self._timer.setSingleShot(True)
        self._timer.setInterval(delay)
        self._timer.timeout.connect(self._ask)

    def ask(self, work: Callable[[], Any], on_error: Callable[[Exception], object] | None = None) -> None:
        """Ask `work()` after the delay; a later question replaces this one."""
        self._wanted = (work, on_error)
        self._timer.start()

    def drop(self) -> None:
        """Forget the question that waits and the answer under way."""
        self._timer.stop()
        self._wanted = None
        self._dropped = True

    def _ask(self) -> None:
        if self._busy or not self._wanted:
            return
        work, on_error = self._wanted
        self._wanted, self._busy, self._dropped = None, True, False
        self._background.run(self._owner, work, self._done, lambda error: self._failed(error, on_error))

    def _done(self, answer: Any) -> None:
        if self._is_current():
            self._on_done(answer)

    def _failed(self, error: Exception, on_error: Callable[[Exception], object] | None) -> None:
        if not self._is_current():
            return
        if not on_error:
            raise error
        on_error(error)

    def _is_current(self) -> bool:
        """Return whether nothing newer was asked; if something was, ask it now."""
        self._busy = False
        if self._wanted:
            with contextlib.suppress(RuntimeError):
                if not self._timer.isActive():
                    self._ask()
            return False
        return not self._dropped
