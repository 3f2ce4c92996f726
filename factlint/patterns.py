"""Compiled regular expressions, kept between runs: compiling those of the checks is half of a short run.

Python's `re` keeps what it compiled in a dictionary of its own, by pattern and flags. Here that dictionary is filled
beforehand with what an earlier run compiled, so that `re.compile` anywhere finds it there. An entry is made for one
build of Python only; whatever does not fit, or is damaged, is left out and compiled as ever.
"""

from __future__ import annotations

import marshal
import re
import sys
from array import array
from functools import cache
from typing import Any

from factlint import kept

_MOST = 800
# So many new ones are worth writing: a text or a facts file may need a few patterns of its own.
_WORTH = 12

_Entry = tuple[Any, ...]


@cache
def recall(folder: kept.Folder) -> list[_Entry]:
    """Fill `re`'s dictionary with the patterns that are kept, once; what was recalled, for `keep`.

    From 512 on, `re` drops its oldest pattern for each new one. When the module that needs it comes, it is compiled
    anew, and so the next is dropped: there must be room for all.
    """
    re._MAXCACHE = max(getattr(re, "_MAXCACHE", 0), 2 * _MOST)  # type: ignore[attr-defined]
    data = kept.read(folder, _key(), "patterns")
    if data is None:
        return []
    found: dict[Any, re.Pattern[Any]] = {}
    try:
        entries: list[_Entry] = marshal.loads(data)
        make = re._compiler._sre.compile  # type: ignore[attr-defined]
        for pattern, asked, flags, code, groups, by_name, names in entries:
            numbers = array("I", code).tolist()
            found[type(pattern), pattern, asked] = make(pattern, flags, numbers, groups, by_name, names)
        re._cache.update(found)  # type: ignore[attr-defined]
    except (AttributeError, EOFError, OverflowError, RuntimeError, TypeError, ValueError):
        return []
    return entries


def keep(folder: kept.Folder, recalled: list[_Entry]) -> None:
    """Keep the patterns that `re` has compiled, if they are enough more than those that were recalled."""
    known = {(type(pattern), pattern, asked) for pattern, asked, *_ in recalled}
    try:
        new = [key for key in re._cache if key[0] in (str, bytes) and key not in known]  # type: ignore[attr-defined]
        if len(new) < _WORTH:
            return
        if len(recalled) + len(new) > _MOST:  # full of what other texts needed: begun anew
            recalled = []
        entries = [*recalled, *(_entry(pattern, asked) for _, pattern, asked in new)][:_MOST]
        data = marshal.dumps(entries)
    except (AttributeError, TypeError, ValueError, re.error):
        return
    kept.write(folder, _key(), "patterns", data)


def _entry(pattern: str | bytes, asked: int) -> _Entry:
    """What `re` makes of a pattern before it becomes an object: the code of its matching engine."""
    parsed = re._parser.parse(pattern, asked)  # type: ignore[attr-defined]
    code = re._compiler._code(parsed, asked)  # type: ignore[attr-defined]
    by_name = parsed.state.groupdict
    names: list[str | None] = [None] * parsed.state.groups
    for group, number in by_name.items():
        names[number] = group
    flags = asked | parsed.state.flags
    return (
        pattern,
        int(asked),
        int(flags),
        array("I", map(int, code)).tobytes(),
        parsed.state.groups - 1,
        dict(by_name),
        tuple(names),
    )


def _key() -> str:
    build = f"{sys.version} {sys.implementation.cache_tag}".encode()
    return kept.digest(kept.code_digest() + build).hex()[:40]
