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
    if sys.argv[1:] in (["read-attachment"], ["make-documents"]):
        sys.exit(_child(sys.argv[1]))
    sys.exit(cli.main())


def _child(command: str) -> None:
    """Do the work of a child process: a frozen program has no Python of its own to start one with."""
    if command == "read-attachment":
        from referral_app.exchange import attachment_reader

        return attachment_reader.main()
    from referral_app.documents import maker

    gc.enable()
    return maker.main()


if __name__ == "__main__":
    main()
