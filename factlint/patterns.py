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
from types import SimpleNamespace
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
        _record()
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


# What patterns were compiled to since this is recorded: all that the matching engine was told, by pattern and flags.
_compiled: dict[tuple[str | bytes, int], _Entry] = {}


def _record() -> None:
    """Record what patterns are compiled to from here on: to compile them once more for `keep` is a fifth of a run."""
    compiler = getattr(re, "_compiler", None)
    engine = getattr(compiler, "_sre", None)
    if compiler is None or engine is None or isinstance(engine, SimpleNamespace):
        return

    def make(pattern: str | bytes, flags: int, *told: Any) -> re.Pattern[Any]:
        if len(_compiled) < 2 * _MOST:
            _compiled[pattern, flags] = told
        found: re.Pattern[Any] = engine.compile(pattern, flags, *told)
        return found

    compiler._sre = SimpleNamespace(**{**vars(engine), "compile": make})


def keep(folder: kept.Folder, recalled: list[_Entry]) -> None:
    """Keep the patterns that `re` has compiled, if they are enough more than those that were recalled."""
    known = {(type(pattern), pattern, asked) for pattern, asked, *_ in recalled}
    try:
        new = [key for key in re._cache if key[0] in (str, bytes) and key not in known]  # type: ignore[attr-defined]
        if len(new) < _WORTH:
            return
        if len(recalled) + len(new) > _MOST:  # full of what other texts needed: begun anew
            recalled = []
        entries = [*recalled, *(_entry(*key) for key in new)][:_MOST]
        data = marshal.dumps(entries)
    except (AttributeError, TypeError, ValueError, re.error):
        return
    kept.write(folder, _key(), "patterns", data)


def _entry(kind: type, pattern: str | bytes, asked: int) -> _Entry:
    """What `re` makes of a pattern before it becomes an object: the code of its matching engine."""
    flags = int(re._cache[kind, pattern, asked].flags)  # type: ignore[attr-defined]
    told = _compiled.get((pattern, flags))
    if told is None:
        parsed = re._parser.parse(pattern, asked)  # type: ignore[attr-defined]
        names: list[str | None] = [None] * parsed.state.groups
        for group, number in parsed.state.groupdict.items():
            names[number] = group
        code = re._compiler._code(parsed, asked)  # type: ignore[attr-defined]
        told = code, parsed.state.groups - 1, parsed.state.groupdict, tuple(names)
    code, groups, by_name, by_number = told
    return pattern, int(asked), flags, array("I", map(int, code)).tobytes(), groups, dict(by_name), by_number


def _key() -> str:
    build = f"{sys.version} {sys.implementation.cache_tag}".encode()
    return kept.digest(kept.code_digest() + build).hex()[:40]
