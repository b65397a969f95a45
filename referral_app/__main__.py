"""The start of the program: private files from the first one on, then the command line or the window."""

from __future__ import annotations

import os
import sys

from referral_app import cli


def main() -> None:
    """Run the program and end with its exit status."""
    os.umask(0o077)
    sys.exit(cli.main())


if __name__ == "__main__":
    main()
