"""What was compiled from facts files, kept in the user's cache folder and found again by the files' contents.

The name of an entry is a digest of everything that it was made from, so that an entry is right or not found; entries
are written whole or not at all, and may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

MOST_ENTRIES = 64
MOST_BYTES = 500_000_000


def cache_folder(environment: Mapping[str, str], home: Path) -> Path:
    """Where compiled facts are kept: FACTLINT_CACHE_DIR, or `factlint` in the cache folder that the system has."""
    if told := environment.get("FACTLINT_CACHE_DIR"):
        return Path(told)
    if told := environment.get("XDG_CACHE_HOME"):
        return Path(told) / "factlint"
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local") / "factlint" / "Cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "factlint"
    return home / ".cache" / "factlint"


@lru_cache(maxsize=1)
def code_digest() -> bytes:
    """A digest that changes when the code or the data that facts are compiled with change."""
    folder = Path(__file__).parent.parent
    parts = []
    for place in (folder, folder / "facts", folder / "data", folder / "schemas"):
        with os.scandir(place) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.is_file() and entry.name.endswith((".py", ".txt", ".tsv", ".json", ".yaml")):
                    status = entry.stat()
                    parts.append(f"{place.name}/{entry.name} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\n".join(parts).encode()).digest()


def key_of(roots: Sequence[tuple[str, str, bytes]], settings: str) -> str:
    """The digest of the files named on the command line: each its name, its place on disk and its contents."""
    digest = hashlib.sha256(code_digest() + settings.encode())
    for shown, place, data in roots:
        digest.update(f"\0{shown}\0{os.path.abspath(place)}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
        digest.update(data)
    return digest.hexdigest()[:40]


def find(folder: Path, key: str) -> tuple[Path, bytes | None]:
    """The place of the entry for a key, and its bytes if there are any.

    A key whose files include others has a list of these; the entry is that of their present contents.
    """
    found = _entry(folder, key, _read_list(folder / f"{key}.includes"))
    if found is None:
        return folder / f"{key}.facts", None
    try:
        with open(found, "rb") as file:
            data = file.read()
    except OSError:
        return found, None
    try:
        os.utime(found)
    except OSError:
        pass  # the folder may be read-only
    return found, data


def keep(folder: Path, key: str, included: Sequence[str], absent: Sequence[str], data: bytes) -> None:
    """Keep the bytes compiled for a key.

    `included` are the places of the files read beside those of the key, `absent` places where a file would have been
    read had there been one. A folder that cannot be written to keeps nothing.
    """
    listed: _Listed = {
        "included": [[place, os.path.realpath(place)] for place in included],
        "absent": [list(absent)] if absent else [],
    }
    entry = _entry(folder, key, listed)
    if entry is None:
        return
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(entry, data)
        if included or absent:
            _write(folder / f"{key}.includes", json.dumps(listed).encode())
        _prune(folder)
    except OSError:
        pass


def clear(folder: Path) -> int:
    """Delete all that is kept; returns how many files that were."""
    count = 0
    for path in _kept(folder):
        try:
            path.unlink()
            count += 1
        except OSError:
            pass
    return count


# `included`: pairs of a place and where its links lead; `absent`: one list of places.
_Listed = dict[str, list[list[str]]]


def _read_list(path: Path) -> _Listed:
    try:
        listed: _Listed = json.loads(path.read_bytes())
        return listed
    except (OSError, ValueError):
        return {}


def _entry(folder: Path, key: str, listed: _Listed) -> Path | None:
    """The place of the entry for a key and the present contents of the files listed; None where they are others."""
    digest = hashlib.sha256(key.encode())
    try:
        if not any(listed.values()):
            return folder / f"{key}.facts"
        if any(os.path.exists(place) for places in listed["absent"] for place in places):
            return None
        for place, real in listed["included"]:
            if os.path.realpath(place) != real:
                return None
            with open(place, "rb") as file:
                digest.update(hashlib.sha256(file.read()).digest())
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return None
    return folder / f"{digest.hexdigest()[:40]}.facts"


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, whoever else writes it at the same time."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except BaseException:
        try:
            os.unlink(name)
        except OSError:
            pass
        raise


def _kept(folder: Path) -> list[Path]:
    return [*folder.glob("*.facts"), *folder.glob("*.includes"), *folder.glob(".*.new")] if folder.is_dir() else []


def _prune(folder: Path) -> None:
    """Delete the entries that were used longest ago, until few enough are left."""
    entries = []
    for path in _kept(folder):
        try:
            status = path.stat()
        except OSError:
            continue
        entries.append((status.st_mtime_ns, status.st_size, path))
    entries.sort(reverse=True)
    total = 0
    for number, (_, size, path) in enumerate(entries):
        total += size
        if number and (number >= MOST_ENTRIES * 2 or total > MOST_BYTES):
            try:
                path.unlink()
            except OSError:
                continue
