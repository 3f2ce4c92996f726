"""What a run reads and so must be watched: articles, the waivers beside them, settings, facts, rules of one's own.

Folders are watched, not files: an editor that puts a new file in the place of the old one is noticed, too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from factlint.config import NAMES, PYPROJECT, Settings
from factlint.facts.loading import load_facts
from factlint.files import GITIGNORE, find_files, folders_of, forget_ignored
from factlint.readers import READERS
from factlint.source import InputError
from factlint.waivers import SIDE_SUFFIX

_NAMES = (*NAMES, PYPROJECT, GITIGNORE)
_SUFFIXES = (*READERS, SIDE_SUFFIX)


class Watched(Struct, frozen=True):
    """The folders to watch, none with what is below it, and the files in them that count beside articles and settings.

    `written` are files that a run writes: their changes count for nothing. All paths are absolute.
    """

    folders: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()

    def counts(self, path: str) -> bool:
        """Whether a change of a path may change what a run reports."""
        if path in self.written:
            return False
        folder, name = os.path.split(path)
        return (
            path in self.files
            or name in _NAMES
            or name.lower().endswith(_SUFFIXES)
            or (name.endswith((".yaml", ".yml")) and folder in self.rules)
            or path in self.folders
            or os.path.isdir(path)
        )


def watched_of(
    paths: Sequence[str],
    settings_of: Callable[[str], Settings],
    *,
    files: Iterable[str] = (),
    written: Iterable[str] = (),
    cache: str | None = None,
) -> Watched:
    """What a run over some paths reads, as things are now; InputError for settings that cannot be read."""
    forget_ignored()

    def excluded(path: str) -> bool:
        return settings_of(path).excludes(path)

    found = find_files(paths, READERS, excluded).paths
    folders = {os.path.dirname(os.path.abspath(path)) for path in found}
    folders.update(os.path.abspath(path) for path in folders_of(paths, excluded))
    named = {os.path.abspath(path) for path in files}
    rules: set[str] = set()
    seen: list[Settings] = []
    for path in (".", *found):
        settings = settings_of(path).for_file(path)
        if settings in seen:
            continue
        seen.append(settings)
        if settings.path:
            named.add(os.path.abspath(settings.path))
        named.update(_facts_files(settings, cache))
        for place in settings.rules:
            rules.add(os.path.abspath(place))
            rules.update(os.path.abspath(one) for one in folders_of([place]))
    folders.update(os.path.dirname(path) for path in named)
    folders.update(rules)
    there = frozenset(folder for folder in folders if os.path.isdir(folder))
    return Watched(there, frozenset(named), frozenset(rules), frozenset(map(os.path.abspath, written)))


def _facts_files(settings: Settings, cache: str | None) -> set[str]:
    """The facts files of some settings, with what they include as far as they can be read."""
    names = [name for name in settings.facts or () if not name.startswith("pack:")]
    if not names:
        return set()
    try:
        names = [*names, *load_facts(names, allow_outside=settings.allow_outside, cache=cache).files]
    except InputError:
        pass  # the run tells what is wrong with them
    return {os.path.abspath(name) for name in names if not name.startswith("pack:")}
