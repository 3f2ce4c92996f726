"""Which files a run is about: those named, and those of the folders named that hold text and are not ignored.

The result has each file once, in the order of the paths, whatever order the disk gives.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from factlint.findings import Failure

STDIN = "-"

# Folders that hold other people's files.
_SKIPPED = frozenset({"__pycache__", "node_modules", "venv"})


class Found(Struct, frozen=True):
    """The paths of the files to check, with forward slashes, and what was asked for in vain."""

    paths: tuple[str, ...]
    failures: tuple[Failure, ...]


def find_files(
    paths: Sequence[str],
    suffixes: Collection[str],
    excluded: Callable[[str], bool] = lambda path: False,
    *,
    force_exclude: bool = False,
) -> Found:
    """Find the files to check.

    A file that is named is taken, whatever its suffix (with `force_exclude`: unless it is excluded); a folder is
    searched for files with one of the suffixes that neither `.gitignore` nor `excluded` leaves out; a pattern with
    * or ? that the shell left as it is stands for what it matches.
    """
    found: dict[str, None] = {}
    failures = []
    for given in paths:
        if given == STDIN:
            found[STDIN] = None
            continue
        named = [given]
        if any(mark in given for mark in "*?[") and not os.path.lexists(given):
            import glob

            named = sorted(glob.glob(given, recursive=True))
        if not named:
            failures.append(Failure("nothing fits this pattern", _told(given)))
        for path in named:
            if os.path.isdir(path):
                inside = _walk(path, suffixes, excluded)
                if not inside and not (force_exclude and excluded(path)):
                    told = ", ".join(sorted(suffixes))
                    failures.append(Failure(f"there is no text to check in this folder ({told})", _told(path)))
                found.update(dict.fromkeys(_told(one) for one in inside))
            elif not os.path.lexists(path):
                failures.append(Failure("there is no such file or folder", _told(path)))
            elif not (force_exclude and excluded(path)):
                found[_told(path)] = None
    return Found(tuple(sorted(found)), tuple(failures))


def _told(path: str) -> str:
    path = path.replace(os.sep, "/")
    return path[2:] if path.startswith("./") and len(path) > 2 else path


def _walk(folder: str, suffixes: Collection[str], excluded: Callable[[str], bool]) -> list[str]:
    found = []
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            continue  # a folder that may not be looked into holds nothing that could be checked
        for entry in listed:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _SKIPPED and not _ignored(entry.path, True) and not excluded(entry.path):
                    waiting.append(entry.path)
            elif (
                os.path.splitext(entry.name)[1].lower() in suffixes
                and not _ignored(entry.path, False)
                and not excluded(entry.path)
            ):
                found.append(entry.path)
    return found


def _ignored(path: str, is_folder: bool) -> bool:
    """Whether a .gitignore between a path and the top of its repository leaves it out."""
    full = os.path.abspath(path)
    folder = os.path.dirname(full)
    for place, spec in _ignore_files(folder):
        relative = os.path.relpath(full, place).replace(os.sep, "/") + ("/" if is_folder else "")
        verdict = spec.check_file(relative).include
        if verdict is not None:
            return bool(verdict)
    return False


@lru_cache(maxsize=4096)
def _ignore_files(folder: str) -> tuple[tuple[str, Any], ...]:
    """The .gitignore files that count in a folder, the nearest first; none outside of a repository."""
    if _top(folder) is None:
        return ()
    here: tuple[tuple[str, Any], ...] = ()
    found = os.path.join(folder, ".gitignore")
    if os.path.isfile(found):
        import pathspec

        with open(found, encoding="utf-8", errors="replace") as lines:
            here = ((folder, pathspec.GitIgnoreSpec.from_lines(lines)),)
    if os.path.exists(os.path.join(folder, ".git")):
        return here
    return here + _ignore_files(os.path.dirname(folder))


@lru_cache(maxsize=4096)
def _top(folder: str) -> str | None:
    """The top folder of the repository that a folder is in."""
    if os.path.exists(os.path.join(folder, ".git")):
        return folder
    parent = os.path.dirname(folder)
    return None if parent == folder else _top(parent)
