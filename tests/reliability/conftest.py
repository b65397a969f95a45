"""The harnesses kill and trace processes as POSIX systems do."""

from __future__ import annotations

import sys

collect_ignore_glob = ["test_*.py"] if sys.platform == "win32" else []
