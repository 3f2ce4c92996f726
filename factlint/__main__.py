"""The command `factlint`, and `python -m factlint`: the command line, with a quick start and a quick end."""

from __future__ import annotations

import _thread
import atexit
import gc
import os
import sys
from importlib import import_module
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
    _import_libraries()
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


def _import_libraries() -> None:
    """Import what loads other modules for things that are not asked for here, without these: they would be an eighth
    of a short run. There are placeholders meanwhile.

    None for typing_extensions says that msgspec has to take what Python itself has. In a process that starts so,
    msgspec knows neither Decimal nor UUID.
    """
    placeholders = {
        "decimal": _Types("decimal"),
        "gettext": _Gettext("gettext"),
        "inspect": _Inspect("inspect"),
        "threading": _Threading("threading"),
        "typing_extensions": None,
        "uuid": _Types("uuid"),
    }
    for part in ("inspect", "json", "msgpack", "toml", "yaml"):  # not the records, which are all that is used here
        placeholders[f"msgspec.{part}"] = _Types(f"msgspec.{part}")
    placed: dict[str, Any] = {name: placeholders[name] for name in placeholders.keys() - sys.modules.keys()}
    sys.modules.update(placed)
    import click  # noqa: F401
    import msgspec  # noqa: F401

    for name in placed:
        if sys.modules[name] is placed[name]:
            del sys.modules[name]


class _Types(ModuleType):
    """What is asked for is there, and is a type that nothing is of."""

    def __getattr__(self, name: str) -> type:
        return type(name, (), {"unknown": None})


class _Later(ModuleType):
    """A module that is loaded when something is asked for that its placeholder lacks."""

    def __getattr__(self, name: str) -> Any:
        if name == "__path__":  # which the import of a name from it asks for, to see whether it is a package
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


class _Gettext(_Later):
    """Nothing is translated."""

    @staticmethod
    def gettext(message: str) -> str:
        """The message."""
        return message

    @staticmethod
    def ngettext(one: str, several: str, count: int) -> str:
        """The message for so many."""
        return one if count == 1 else several


class _Inspect(_Later):
    """Texts of help of one line, which click strips, don't take the module."""

    def cleandoc(self, text: str) -> str:
        """A text of help without the space that all its lines begin with."""
        if "\n" not in text:
            return text.expandtabs().lstrip(" ")
        stripped: str = self.__getattr__("cleandoc")(text)
        return stripped


class _Threading(_Later):
    """What each thread has for itself."""

    local = _thread._local


if __name__ == "__main__":
    start()
