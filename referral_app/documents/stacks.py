"""Several finished documents put into one file, as a print shop takes them, with no more than a few open at a time."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

AT_ONCE = 50
"""Documents that are open together: systems allow some hundred open files, and each open document takes memory."""


def stack(paths: Sequence[Path], target: Path) -> int:
    """Write the pages of documents into one new file, in their order, and return how many pages it has.

    It is meant for printers: tags belong to one document, so the whole has none; that is a limit of merging, and each
    document alone keeps its own. Raises OSError.
    """
    if len(paths) <= AT_ONCE:
        return _join(paths, target)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".unfinished-") as folder:
        parts: list[Path] = []
        for at in range(0, len(paths), AT_ONCE):
            parts.append(Path(folder) / str(at))
            _join(paths[at : at + AT_ONCE], parts[-1])
        return stack(parts, target)


def _join(paths: Sequence[Path], target: Path) -> int:
    import pikepdf

    with pikepdf.new() as whole, ExitStack() as opened:
        for path in paths:
            pages = opened.enter_context(pikepdf.open(path)).pages
            for page in pages:
                for name in ("/StructParents", "/Annots"):
                    if name in page.obj:
                        del page.obj[name]
            whole.pages.extend(pages)
        with target.open("wb") as file:
            _reserve(file.fileno(), sum(path.stat().st_size for path in paths))
            whole.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
        return len(whole.pages)


def _reserve(handle: int, size: int) -> None:
    """Take the room of a file before it is written, as far as the system can; raises OSError for a full disk.

    WORKAROUND: qpdf ends the process where a disk is full while it saves (an exception in a destructor).
    """
    if size and hasattr(os, "posix_fallocate"):
        os.posix_fallocate(handle, 0, size)
