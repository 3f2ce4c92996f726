"""Loading facts files into the model: from the files, or from what was kept of them when they last changed.

Either everything is read or nothing: with any fault there are no facts, and all faults are named at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from factlint.facts.compiled import compile_records, facts_of
from factlint.facts.model import Facts
from factlint.facts.records import Records, read_records
from factlint.yamlfile import Fault, FaultsError


def load_facts(paths: Sequence[str | Path], *, allow_outside: bool = False) -> Facts:
    """Load facts files (or bundled packs, as `pack:NAME`) with all that they include.

    FaultsError (an InputError) carries every fault of every file. An include outside the folder of the file named here
    is refused unless `allow_outside`.
    """
    records, faults = read_records([str(path) for path in paths], allow_outside=allow_outside)
    if faults:
        raise FaultsError(sorted(faults))
    return facts_of_records(records)


def read_facts(paths: Sequence[str | Path], *, allow_outside: bool = False) -> tuple[Facts, tuple[Fault, ...]]:
    """What can be read of some facts files, and all faults by file and place."""
    records, faults = read_records([str(path) for path in paths], allow_outside=allow_outside)
    return facts_of_records(records), tuple(sorted(faults))


def facts_of_records(records: Records) -> Facts:
    """Records as facts."""
    return facts_of(compile_records(records))
