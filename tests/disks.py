"""Folders that cannot be written and disks that are full: real ones, made with a memory file system."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def mounted(folder: Path, *options: str) -> Generator[Path]:
    """Mount a memory file system on a folder for the length of the block; needs root, which CI has."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        if os.environ.get("CI"):
            pytest.fail("CI must be able to mount a memory file system.")
        pytest.skip("Mounting a memory file system needs root.")
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def read_only_folder(tmp_path: Path) -> Generator[Path]:
    """Return a folder that even root cannot write."""
    with mounted(tmp_path / "read-only", "ro") as folder:
        yield folder


@pytest.fixture
def small_disk(tmp_path: Path) -> Generator[Path]:
    """Return a folder on a disk of four megabytes."""
    with mounted(tmp_path / "small", "size=4m") as folder:
        yield folder
