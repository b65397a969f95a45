"""The start of the program: private files from the first one on, then the command line or the window."""

from __future__ import annotations

import gc
import os
import sys

gc.disable()  # reading the program in makes no garbage, but looking for it takes an eighth of the start

from referral_app import cli  # noqa: E402 - after the line above


def main() -> None:
    """Run the program and end with its exit status."""
    os.umask(0o077)
    if sys.argv[1:] == [
        "read-attachment"
    ]:  # a frozen program has no Python of its own to start the reader with
        from referral_app.exchange import attachment_reader

        sys.exit(attachment_reader.main())
    sys.exit(cli.main())


if __name__ == "__main__":
    main()
