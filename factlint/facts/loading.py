"""Loading facts files into the model: from the files, or from what was kept of them when they last changed.

Either everything is read or nothing: with any fault there are no facts, and all faults are named at once.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factlint.facts import cache as kept
from factlint.facts.compiled import BytesError, facts_of
from factlint.facts.model import Facts
from factlint.facts.written import place_of
from factlint.kept import Folder, digest_of

if TYPE_CHECKING:
    from factlint.yamlfile import Fault


def load_facts(paths: Sequence[Folder], *, allow_outside: bool = False, cache: Folder | None = None) -> Facts:
    """Load facts files (or bundled packs, as `pack:NAME`) with all that they include.

    FaultsError (an InputError) carries every fault of every file. An include outside the folder of the file named here
    is refused unless `allow_outside`. `cache` is the folder where compiled facts are kept (see `cache_folder`); without
    one the files are read and validated anew.
    """
    return load_facts_and_digest(paths, allow_outside=allow_outside, cache=cache)[0]


def load_facts_and_digest(
    paths: Sequence[Folder], *, allow_outside: bool = False, cache: Folder | None = None
) -> tuple[Facts, str]:
    """Load facts files (see load_facts), with a digest of all files read; it is empty where there is no cache."""
    names = [str(path) for path in paths]
    if cache is None or not names:
        return facts_of(_compile(names, allow_outside)[0]), ""
    try:
        key = kept.key_of(_digests(names), str(allow_outside))
    except (OSError, ValueError):  # which is told as a fault of the file
        return facts_of(_compile(names, allow_outside)[0]), ""
    place, found = kept.find(cache, key)
    if found is not None:
        try:
            return facts_of(found, place), kept.name_of(place)
        except BytesError:
            pass  # written by another version, or damaged: made anew
    data, included, absent = _compile(names, allow_outside)
    entry = kept.keep(cache, key, included, absent, data)
    return facts_of(data), kept.name_of(entry) if entry else key


def read_facts(paths: Sequence[Folder], *, allow_outside: bool = False) -> tuple[Facts, tuple[Fault, ...]]:
    """What can be read of some facts files, and all faults by file and place, with the values still to be filled in."""
    from factlint.facts.compiling import compile_records
    from factlint.facts.records import read_records

    records, faults = read_records([str(path) for path in paths], allow_outside=allow_outside)
    return facts_of(compile_records(records)), tuple(sorted([*faults, *records.left_out]))


_LARGE = 100_000_000  # bytes; more than a facts file may have


def _digests(paths: Sequence[str]) -> Iterator[tuple[str, str, bytes]]:
    """Each facts file with its place on disk and a digest of its bytes."""
    for path in paths:
        place = place_of(path)
        with open(place, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > _LARGE:
                raise ValueError(f"{path} is too large")
            yield path, place, digest_of(file, size)


def _compile(paths: Sequence[str], allow_outside: bool) -> tuple[bytes, list[str], list[str]]:
    """The bytes of some files, the places of all that they include, and those of what was looked for in vain."""
    from factlint.facts.compiling import compile_records
    from factlint.facts.records import read_records
    from factlint.yamlfile import FaultsError

    # Millions of small objects come and none is part of a cycle: looking for cycles would double the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        records, faults = read_records(paths, allow_outside=allow_outside)
        if faults:
            raise FaultsError(sorted(faults))
        included = [place for _, place, was_included in records.read if was_included]
        return compile_records(records), included, records.absent
    finally:
        if collecting:
            gc.enable()
