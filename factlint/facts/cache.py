"""What was compiled from facts files, kept in the user's cache folder and found again by the files' contents.

The name of an entry is a digest of everything that it was made from, so that an entry is right or not found; entries
are written whole or not at all, and may be deleted at any time.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from factlint.kept import Folder, cache_folder, clear, code_digest, digest, make_folder, map_entry, write, write_entry

if TYPE_CHECKING:
    from mmap import mmap

__all__ = ["cache_folder", "clear", "find", "keep", "key_of"]


def key_of(roots: Iterable[tuple[str, str, bytes]], settings: str) -> str:
    """The digest of the files named on the command line: each its name, its place on disk and what digests it."""
    parts = [code_digest(), settings.encode()]
    for shown, place, contents in roots:
        parts += (f"\0{shown}\0{os.path.abspath(place)}\0".encode("utf-8", "surrogateescape"), contents)
    return digest(b"".join(parts)).hex()[:40]


def find(folder: Folder, key: str) -> tuple[str, bytes | mmap | None]:
    """The place of the entry for a key, and its bytes if there are any.

    A key whose files include others has a list of these; the entry is that of their present contents.
    """
    found = _entry(folder, key, _read_list(os.path.join(folder, f"{key}.includes")))
    if found is None:
        return os.path.join(folder, f"{key}.facts"), None
    return found, map_entry(found)


def keep(folder: Folder, key: str, included: Sequence[str], absent: Sequence[str], data: bytes) -> str | None:
    """Keep the bytes compiled for a key.

    `included` are the places of the files read beside those of the key, `absent` places where a file would have been
    read had there been one. A folder that cannot be written to keeps nothing. Returns the place of the entry, if there
    can be one.
    """
    listed: _Listed = {
        "included": [[place, os.path.realpath(place)] for place in included],
        "absent": [list(absent)] if absent else [],
    }
    entry = _entry(folder, key, listed)
    if entry is None:
        return None
    try:
        make_folder(folder)
        if included or absent:
            write_entry(os.path.join(folder, f"{key}.includes"), marshal.dumps(listed))
    except OSError:
        return entry
    write(folder, name_of(entry), "facts", data, summed=False)
    return entry


# `included`: pairs of a place and where its links lead; `absent`: one list of places.
_Listed = dict[str, list[list[str]]]


def name_of(entry: str) -> str:
    """The name of an entry, which is the digest of all that it was made from."""
    return os.path.basename(entry).removesuffix(".facts")


def _read_list(path: str) -> _Listed:
    try:
        with open(path, "rb") as file:
            listed: _Listed = marshal.loads(file.read())
        return listed if isinstance(listed, dict) else {}
    except (OSError, ValueError, EOFError, TypeError):
        return {}


def _entry(folder: Folder, key: str, listed: _Listed) -> str | None:
    """The place of the entry for a key and the present contents of the files listed; None where they are others."""
    parts = [key.encode()]
    try:
        if not any(listed.values()):
            return os.path.join(folder, f"{key}.facts")
        if any(os.path.exists(place) for places in listed["absent"] for place in places):
            return None
        for place, real in listed["included"]:
            if os.path.realpath(place) != real:
                return None
            with open(place, "rb") as file:
                parts.append(digest(file.read()))
    except (OSError, ValueError, TypeError, LookupError, AttributeError, EOFError):
        return None
    name = digest(b"".join(parts)).hex()[:40]
    return os.path.join(folder, f"{name}.facts")
