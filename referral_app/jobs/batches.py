"""Making the documents of many people as one job: on all cores, in order, and so that it can go on after a jam."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from referral_app.choices import BatchState, PaperKind
from referral_app.database import Database
from referral_app.jobs import batch_outlets, packets, questionnaires, surgery_packets
from referral_app.jobs.batch_outlets import Outlet
from referral_app.jobs.makers import Makers
from referral_app.jobs.papers import Made
from referral_app.jobs.ready import Ready
from referral_app.services import batches
from referral_app.services.batches import BatchItem, BatchRecord, Wish
from referral_app.services.errors import InvalidInput

Progress = Callable[[int, int], None]
Canceled = Callable[[], bool]

AHEAD = 3
"""So many documents for each maker are begun before the first of them is taken: enough that none waits for work."""


@dataclass(frozen=True)
class Outcome:
    """How a batch ended: the batch as it stands, and how many older files were replaced."""

    batch: BatchRecord
    replaced: int = 0
    canceled: bool = False

    @property
    def done(self) -> int:
        """How many documents left the program."""
        return len(self.batch.of(BatchState.PRINTED))


def begin(
    db: Database, title: str, way: str, wishes: Sequence[Wish], *, both_sides: bool = False, target: str = ""
) -> str:
    """Keep what a batch is to hold and return its id; raises InvalidInput."""
    with db.begin() as session:
        return batches.begin(session, title, way, wishes, both_sides=both_sides, target=target)


def run(
    db: Database, batch_id: str, outlet: Outlet, progress: Progress, canceled: Canceled, first: int = 1
) -> Outcome:
    """Make the documents of a batch from a place on and let them out in order; return what became of it.

    One that cannot be made is kept with the reason, and the next is made. Raises InvalidInput where nothing can be
    let out any more (a full disk, a folder or printer that is gone) and StoreProblem; the batch can go on from there.
    """
    with db.begin() as session:
        batch = batches.take_up(session, batch_id, first, outlet.target)
    todo = [one for one in batch.items if one.position >= first]
    try:
        for number, (item, made) in enumerate(_made(db, todo, canceled), 1):
            if isinstance(made, Made):
                outlet.take(batch, item, made)
            else:
                _refuse(db, batch, item, made)
            progress(number, len(todo))
        if not canceled():
            outlet.finish(batch)
            with db.begin() as session:
                batches.finish(session, batch_id)
    finally:
        outlet.close()
    with db.read() as session:
        return Outcome(batches.get(session, batch_id), outlet.replaced, canceled())


def latest(db: Database) -> BatchRecord | None:
    """Return the batch that stopped, or was finished within hours, None where there is none; clear up after a crash."""
    batch_outlets.clear(db)
    with db.read() as session:
        return batches.latest(session)


def drop(db: Database, batch_id: str) -> None:
    """Leave the rest of a batch; what is done stays done."""
    with db.begin() as session:
        batches.finish(session, batch_id)


def ready(db: Database, item: BatchItem) -> Ready:
    """Return what a document of a batch is made from; raises InvalidInput naming what stands in the way."""
    if item.kind is PaperKind.QUESTIONNAIRE:
        return questionnaires.gather(db, item.reference, language=item.language, large=item.large)
    gather = surgery_packets.gather if item.kind is PaperKind.SURGERY_PACKET else packets.gather
    return gather(
        db, item.reference, language=item.language, large=item.large, appointment_id=item.appointment_id
    )


def _refuse(db: Database, batch: BatchRecord, item: BatchItem, error: InvalidInput) -> None:
    with db.begin() as session:
        batches.settle(session, batch.id, item.position, BatchState.REFUSED, why=str(error))


def _made(
    db: Database, todo: Sequence[BatchItem], canceled: Canceled
) -> Iterator[tuple[BatchItem, Made | InvalidInput]]:
    """Yield each item with its document, or why there is none, in order; ends early where it is canceled."""
    with _makers(len(todo)) as makers:
        begun: deque[tuple[BatchItem, Callable[[], Made]]] = deque()
        for item in todo:
            if canceled():
                return
            begun.append((item, _begun(db, item, makers, canceled)))
            if makers is None or len(begun) >= AHEAD * makers.number:
                yield _taken(*begun.popleft())
        while begun and not canceled():
            yield _taken(*begun.popleft())


def _begun(db: Database, item: BatchItem, makers: Makers | None, canceled: Canceled) -> Callable[[], Made]:
    """Read what a document needs, have it made, and return what waits for it."""
    try:
        found = ready(db, item)
    except InvalidInput as error:
        return _raising(error)
    if makers is None:
        return found.make
    future = makers.make(found.kind, found.record)
    return lambda: found.finish(_waited(future, canceled))


def _raising(error: InvalidInput) -> Callable[[], Made]:
    def refuse() -> Made:
        raise error

    return refuse


def _waited(future: Future[bytes], canceled: Canceled) -> bytes:
    while not canceled():
        with suppress(NotYet):
            return future.result(timeout=0.2)
    raise InvalidInput({"": "You stopped before it was made."})


def _taken(item: BatchItem, wait: Callable[[], Made]) -> tuple[BatchItem, Made | InvalidInput]:
    try:
        return item, wait()
    except InvalidInput as error:
        return item, error


@contextmanager
def _makers(number: int) -> Generator[Makers | None]:
    """Yield processes for so many documents; one alone is made here, which is sooner done than starting one."""
    if number < 2:
        yield None
        return
    with Makers(most=number) as makers:
        yield makers
