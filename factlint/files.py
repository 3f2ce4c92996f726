"""Which files a run is about: those named, and those of the folders named that hold text and are not ignored.

The result has each file once, in the order of the paths, whatever order the disk gives.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from factlint.findings import Failure

STDIN = "-"
GITIGNORE = ".gitignore"

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
                inside = list(_texts(_folders(path, excluded), suffixes, excluded))
                if not inside and not (force_exclude and excluded(path)):
                    failures.append(Failure(_why_empty(path, suffixes), _told(path)))
                found.update(dict.fromkeys(_told(one) for one in inside))
            elif not os.path.lexists(path):
                failures.append(Failure("there is no such file or folder", _told(path)))
            elif not (force_exclude and excluded(path)):
                found[_told(path)] = None
    return Found(tuple(sorted(found)), tuple(failures))


def listed_files(
    data: bytes, suffixes: Collection[str], excluded: Callable[[str], bool] = lambda path: False
) -> tuple[str, ...]:
    """The files of a list, one a line or parted by NUL, that have one of the suffixes and are not excluded.

    So the output of `git diff --name-only` can be taken as it is.
    """
    names = data.split(b"\0") if b"\0" in data else data.splitlines()
    paths = [os.fsdecode(name) for name in names if name.strip()]
    return tuple(path for path in paths if os.path.splitext(path)[1].lower() in suffixes and not excluded(path))


def _told(path: str) -> str:
    path = path.replace(os.sep, "/")
    return path[2:] if path.startswith("./") and len(path) > 2 else path


def folders_of(paths: Sequence[str], excluded: Callable[[str], bool] = lambda path: False) -> list[str]:
    """The folders among some paths and all those below them that are searched."""
    return [folder for path in paths if os.path.isdir(path) for folder, _ in _folders(path, excluded)]


def _why_empty(path: str, suffixes: Collection[str]) -> str:
    """Why there is nothing to check in a folder."""
    for _, folders, files in os.walk(path):
        folders[:] = [name for name in folders if name not in _SKIPPED and not name.startswith(".")]
        if any(os.path.splitext(name)[1].lower() in suffixes and not name.startswith(".") for name in files):
            return "all text in this folder is excluded by the settings or by .gitignore"
    return f"there is no text to check in this folder ({', '.join(sorted(suffixes))})"


def _folders(
    folder: str, excluded: Callable[[str], bool] = lambda path: False
) -> Iterator[tuple[str, list[os.DirEntry[str]]]]:
    """A folder and those below it that are searched, each with the files in it."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            continue  # a folder that may not be looked into holds nothing that could be checked
        files = []
        for entry in listed:
            if entry.name.startswith("."):
                continue
            if not entry.is_dir(follow_symlinks=False):
                files.append(entry)
            elif entry.name not in _SKIPPED and not _ignored(entry.path, True) and not excluded(entry.path):
                waiting.append(entry.path)
        yield here, files


def _texts(
    folders: Iterable[tuple[str, list[os.DirEntry[str]]]],
    suffixes: Collection[str],
    excluded: Callable[[str], bool] = lambda path: False,
) -> Iterator[str]:
    """The files with one of the suffixes that nothing leaves out."""
    for _, files in folders:
        for entry in files:
            if (
                os.path.splitext(entry.name)[1].lower() in suffixes
                and not _ignored(entry.path, False)
                and not excluded(entry.path)
            ):
                yield entry.path


def forget_ignored() -> None:
    """Look at .gitignore files anew from now on."""
    _ignore_files.cache_clear()
    _top.cache_clear()


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
    found = os.path.join(folder, GITIGNORE)
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
