"""Whether a folder is on a disk of this computer: over a network the locks that guard a store do not hold."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from referral_app.database.problems import NetworkFolder

KINDS = (
    "nfs", "cifs", "smb", "ncpfs", "afp", "afs", "webdav", "davfs", "9p", "ceph", "gluster", "lustre", "beegfs", "gpfs",
    "vboxsf", "prl_fs", "fuse.ssh", "fuse.smb", "fuse.dav", "fuse.rclone", "fuse.s3", "fuse.gluster", "fuse.ceph",
    "fuse.vmhgfs", "fuse.gvfs", "fuse.google-drive", "fuse.onedrive", "fuse.curlftpfs", "fuse.nfs", "osxfuse",
    "macfuse",
)  # fmt: skip
"""How the names of file systems begin that lie beyond this computer."""


def refuse(folder: Path) -> None:
    """Raise NetworkFolder for a folder that is not on a disk of this computer; it need not be there yet."""
    kind = found(folder, mounts())
    if kind:
        raise NetworkFolder(folder, kind)


def found(folder: Path, mounted: Iterable[tuple[str, str]]) -> str:
    """Return what kind of network a folder is on, "" where it is on none; `mounted` has places and their kinds."""
    place = os.path.realpath(folder)
    if place.startswith(("\\\\", "//")) and not place.startswith("\\\\?\\"):
        return "a shared folder"
    best = ("", "")
    for point, kind in mounted:
        if len(point) >= len(best[0]) and _is_below(place, point):
            best = (point, kind)
    point, kind = best
    is_own_root = point == "/" and kind == "9p"  # what a container runs from is its own disk
    return kind if kind.startswith(KINDS) and not is_own_root else ""


def mounts() -> list[tuple[str, str]]:
    """Return where something is mounted, and its kind."""
    if sys.platform == "linux":
        try:
            lines = Path("/proc/self/mounts").read_text("utf-8", "surrogateescape").splitlines()
        except OSError:
            return []
        return [(_plain(words[1]), words[2].casefold()) for line in lines if len(words := line.split()) > 2]
    psutil: Any = import_module("psutil")
    return [
        (one.mountpoint, "nfs or another server" if "remote" in one.opts else one.fstype.casefold())
        for one in psutil.disk_partitions(all=True)
    ]


def _plain(written: str) -> str:
    """Return a place as it is; the list of mounts writes spaces and the like as octal numbers."""
    for code, mark in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        written = written.replace(code, mark)
    return written


def _is_below(place: str, point: str) -> bool:
    if os.name == "nt":
        place, point = place.casefold(), point.casefold()
    return place == point or place.startswith(point.rstrip("/\\") + os.sep)
