"""What may be worked out once and kept: entries in the user's cache folder, found by a digest of what they came from.

An entry is right or not found; it is written whole or not at all, whoever else writes at the same time, and may be
deleted at any moment. A folder that cannot be written to keeps nothing.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from mmap import mmap

# As the standard library does in `random`: hashlib loads OpenSSL, which takes longer than to digest what is small.
try:
    from _sha2 import sha256 as _small_sha256  # type: ignore[import-not-found]
except ImportError:
    try:
        from _sha256 import sha256 as _small_sha256  # type: ignore[import-not-found]
    except ImportError:
        from hashlib import sha256 as _small_sha256

_SMALL = 200_000  # bytes
_LARGE = 1_000_000
_SUM = 4  # bytes of a checksum
MOST_ENTRIES = 128
MOST_BYTES = 500_000_000
SUFFIXES = (".facts", ".includes", ".patterns", ".rules", ".run")


Folder = str | os.PathLike[str]


def cache_folder(environment: Mapping[str, str], home: Folder) -> str | None:
    """Where things are kept: FACTLINT_CACHE_DIR, or `factlint` in the cache folder that the system has.

    Nowhere if the user has no home.
    """
    if told := environment.get("FACTLINT_CACHE_DIR"):
        return told
    if told := environment.get("XDG_CACHE_HOME"):
        return os.path.join(told, "factlint")
    if not os.path.isabs(home):
        return None
    if sys.platform == "win32":
        local = environment.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
        return os.path.join(local, "factlint", "Cache")
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Caches", "factlint")
    return os.path.join(home, ".cache", "factlint")


def own_folder() -> str | None:
    """Where things of whoever runs this are kept, if they are."""
    return cache_folder(os.environ, os.path.expanduser("~"))


@lru_cache(maxsize=1)
def code_digest() -> bytes:
    """A digest that changes when the code or the data of factlint change."""
    parts = []
    for place in ("", "checks", "data", "facts", "readers", "schemas"):
        with os.scandir(os.path.join(os.path.dirname(__file__), place)) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.is_file():
                    status = entry.stat()
                    parts.append(f"{place}/{entry.name} {status.st_size} {status.st_mtime_ns}")
    parts.append(sys.version)
    return digest("\n".join(parts).encode())


def digest(data: bytes) -> bytes:
    """The digest that stands for some bytes, the SHA-256."""
    if len(data) <= _SMALL:
        small: bytes = _small_sha256(data).digest()
        return small
    from hashlib import sha256

    return sha256(data).digest()


def digest_of(file: BinaryIO, size: int) -> bytes:
    """The digest of the rest of an open file of about so many bytes; of what is large only a part is in memory."""
    if size <= _SMALL:
        return digest(file.read())
    from hashlib import sha256

    found, part = sha256(), memoryview(bytearray(_SMALL))
    while length := file.readinto(part):  # type: ignore[attr-defined]
        found.update(part[:length])
    return found.digest()


def read(folder: Folder, key: str, kind: str) -> memoryview | None:
    """The bytes kept for a key; None where there are none, or where they are not those that were written."""
    data = read_entry(os.path.join(folder, f"{key}.{kind}"))
    if data is None:
        return None
    kept = memoryview(data)[_SUM:]
    return kept if zlib.crc32(kept).to_bytes(_SUM, "little") == data[:_SUM] else None


def read_entry(path: str) -> bytes | None:
    """The bytes of an entry, which is now the one used last; None where there is none."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return None
    _use(path)
    return data


def map_entry(path: str) -> bytes | mmap | None:
    """The same; what is large stays in its file, and is read where it is looked at (no entry is ever changed)."""
    try:
        with open(path, "rb") as file:
            if os.fstat(file.fileno()).st_size < _LARGE:
                return read_entry(path)
            from mmap import ACCESS_READ, mmap

            data = mmap(file.fileno(), 0, access=ACCESS_READ)
    except (OSError, ValueError):
        return None
    _use(path)
    return data


def _use(path: str) -> None:
    try:
        os.utime(path)
    except OSError:
        pass  # the folder may be read-only


def write(folder: Folder, key: str, kind: str, data: bytes, *, summed: bool = True) -> None:
    """Keep the bytes for a key, and no more entries than there is room for.

    A checksum goes with them for `read`, unless they have one of their own and are read by `read_entry`.
    """
    try:
        make_folder(folder)
        path = os.path.join(folder, f"{key}.{kind}")
        write_entry(path, zlib.crc32(data).to_bytes(_SUM, "little") + data if summed else data)
        _prune(folder)
    except OSError:
        pass


def make_folder(folder: Folder) -> None:
    """Make a folder where there is none, and those above it; nobody else may look into it."""
    if not os.path.isdir(folder):
        os.makedirs(os.path.dirname(os.path.abspath(folder)), exist_ok=True)
        os.makedirs(folder, mode=0o700, exist_ok=True)


def write_entry(path: str, data: bytes) -> None:
    """Write a file whole or not at all."""
    name = os.path.join(os.path.dirname(path), f".{os.urandom(8).hex()}.new")
    handle = os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
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


def clear(folder: Folder) -> int:
    """Delete all that is kept; returns how many files that were."""
    count = 0
    for path in _entries(folder):
        try:
            os.unlink(path)
            count += 1
        except OSError:
            pass
    return count


def _entries(folder: Folder) -> list[str]:
    if not os.path.isdir(folder):
        return []
    return [
        os.path.join(folder, name)
        for name in os.listdir(folder)
        if name.endswith(SUFFIXES) or (name.endswith(".new") and name.startswith("."))
    ]


def _prune(folder: Folder) -> None:
    """Delete the entries that were used longest ago, until few enough are left."""
    entries = []
    for path in _entries(folder):
        try:
            status = os.stat(path)
        except OSError:
            continue
        entries.append((status.st_mtime_ns, status.st_size, path))
    entries.sort(reverse=True)
    total = 0
    for number, (_, size, path) in enumerate(entries):
        total += size
        if number and (number >= MOST_ENTRIES or total > MOST_BYTES):
            try:
                os.unlink(path)
            except OSError:
                continue
