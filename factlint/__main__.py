"""The command `factlint`, and `python -m factlint`: the command line, with a quick start and a quick end."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from types import ModuleType
from typing import Any, NoReturn

from factlint import kept, patterns


def start() -> NoReturn:
    """Run the command line and end at once: to free all that was made, piece by piece, is a sixth of a short run.

    Where something waits to be called at the end, such as a measure of coverage, the end is the usual one.
    """
    gc.disable()  # until the command line runs: modules are made to stay
    folder = kept.own_folder()
    if folder and "--no-cache" not in sys.argv:  # modules compile their patterns when they are imported
        patterns.recall(folder)
    _import_msgspec()
    _import_click()
    from factlint.cli import FAILED, main

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


def _import_msgspec() -> None:
    """Import msgspec as where there is no typing_extensions: it would take from there what Python itself has, and to
    load that is a twentieth of a short run."""
    name = "typing_extensions"
    if name not in sys.modules:
        sys.modules[name] = None  # type: ignore[assignment]
        import msgspec  # noqa: F401

        del sys.modules[name]


def _import_click() -> None:
    """Import click as it is, but for `inspect`, which comes when it is needed: click strips its texts of help with it,
    and to load it with the eight modules that it takes is another twentieth."""
    if "inspect" not in sys.modules:
        sys.modules["inspect"] = _Inspect("inspect")
        import click  # noqa: F401

        _uncover()


def _uncover() -> None:
    """Let the next `import inspect` find the module itself."""
    if isinstance(sys.modules.get("inspect"), _Inspect):
        del sys.modules["inspect"]


class _Inspect(ModuleType):
    """The module `inspect`, which is not loaded for a text of help of one line."""

    @staticmethod
    def cleandoc(text: str) -> str:
        """A text of help without the space that all its lines begin with."""
        if "\n" not in text:
            return text.expandtabs().lstrip(" ")
        _uncover()
        import inspect

        return inspect.cleandoc(text)

    def __getattr__(self, name: str) -> Any:
        _uncover()
        import inspect

        return getattr(inspect, name)


if __name__ == "__main__":
    start()
