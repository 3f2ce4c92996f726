"""The command `factlint`, and `python -m factlint`: the command line, and a quick end."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import NoReturn

gc.disable()

# msgspec takes from typing_extensions, where that is installed, what it would else take from Python itself; to load it
# is a twentieth of a short run.
_LATER = "typing_extensions"
if _LATER not in sys.modules:
    sys.modules[_LATER] = None  # type: ignore[assignment]
    import msgspec  # noqa: F401

    del sys.modules[_LATER]

from factlint.cli import FAILED, main  # noqa: E402


def start() -> NoReturn:
    """Run the command line and end at once: to free all that was made, piece by piece, is a tenth of a short run.

    Where something waits to be called at the end, such as a measure of coverage, the end is the usual one.
    """
    status: object = 0
    try:
        main()
    except SystemExit as stop:
        status = stop.code
    if not (isinstance(status, int) or status is None) or atexit._ncallbacks():
        sys.exit(status)  # type: ignore[arg-type]
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # who reads the output is gone, or there is no room for it
        os._exit(FAILED)
    os._exit(status or 0)


if __name__ == "__main__":
    start()
