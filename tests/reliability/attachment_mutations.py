"""Thousands of mutated PDFs and pictures, read by the code of the limited process: no crash, no hang, no lie.

Many are read by one process, because starting one for each would take longer than all of the reading; it has the same
limits of memory, files and processes as the real one, and each file has its time. Where a process ends or hangs, the
file is counted as a fault and the next process goes on behind it.

Proven: each file is refused for a reason, or gives a PDF that opens with as many pages as were told and that nothing
acts in. Not proven: that no such file exists; that is what the process and its limits are for.
"""

from __future__ import annotations

import hashlib
import io
import json
import select
import subprocess
import sys
from pathlib import Path

from tests import attachment_files
from tests.reliability.tally import Tally

LONGEST = 20.0
"""Seconds that one file may take."""


def whole(_folder: Path) -> Tally:
    """Read five thousand files."""
    return in_one_process(5000, seed=2007)


def in_one_process(count: int, seed: int) -> Tally:
    """Read so many mutated files, with a new process only where one ended."""
    tally, done = Tally(), 0
    while done < count:
        done += _run(count, seed, done, tally)
    return tally


def _run(count: int, seed: int, begin: int, tally: Tally) -> int:
    """Read on from a file until all are read or the process ends; return how many were tried."""
    command = [sys.executable, "-m", __name__, str(count), str(seed), str(begin)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        tried = 0
        while begin + tried < count:
            ready, _, _ = select.select([process.stdout], [], [], LONGEST + (10 if not tried else 0))
            line = process.stdout.readline() if ready else ""
            tried += 1
            tally.tried += 1
            if not line:
                kind = "crashed" if ready else "hung"
                tally.fault(kind, f"file {begin + tried - 1} of seed {seed}")
                process.kill()
                break
            _count(json.loads(line), tally, begin + tried - 1)
    return tried


def _count(outcome: dict[str, str], tally: Tally, number: int) -> None:
    if "fault" in outcome:
        tally.fault(outcome["fault"], f"file {number}: {outcome['about']}")
    else:
        tally.seen[outcome["seen"]] += 1


def _outcome(data: bytes) -> dict[str, str]:
    """Read one file as the real process does, and look at what comes out."""
    import pikepdf

    from referral_app.exchange import attachment_reader
    from referral_app.exchange.attachments import Refused

    try:
        found = attachment_reader.clean(data)
    except Refused as refused:
        return {"seen": str(refused.why)}
    except BaseException as error:
        return {"fault": "crashed", "about": f"{type(error).__name__} {hashlib.sha256(data).hexdigest()[:8]}"}
    with pikepdf.open(io.BytesIO(found.pdf)) as pdf:
        if len(pdf.pages) != found.pages:
            return {"fault": "pages", "about": str(found.pages)}
        if set(pdf.Root.keys()) != {"/Type", "/Pages"} or any("/Annots" in page.obj for page in pdf.pages):
            return {"fault": "acts", "about": str(sorted(pdf.Root.keys()))}
    return {"seen": "repaired" if found.notes else "read"}


def main(count: int, seed: int, begin: int) -> None:
    """Read the files from `begin` on and write a line for each."""
    from referral_app.exchange import attachment_reader

    given = attachment_files.mutated(count, seed)[begin:]
    attachment_reader._read_ahead()  # noqa: SLF001
    attachment_reader.limit(seconds=100_000)
    for data in given:
        sys.stdout.write(json.dumps(_outcome(data)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
