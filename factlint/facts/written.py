"""What facts are written as, in facts files and in the plain records that are made of them: marks, dates, packs."""

from __future__ import annotations

import os
from datetime import date
from functools import lru_cache

from factlint.times import Lifetime, Period, parse_iso

UNKNOWN = "unknown"
OPEN = ".."
PACK = "pack:"

# What a record's value is, where it is no text: the first item of a tuple.
DATE, ROLE, QUANTITY = 0, 1, 2

ANNOUNCED, DERIVED = 1, 2  # flags of a fact

# The lists of names of an entity, in the order of a plain record.
NAME_LISTS = ("aliases", "wrong", "distinct_from", "mentions", "involves", "near", "former")


def packs_folder() -> str:
    """The folder of the bundled packs."""
    return os.path.join(os.path.dirname(__file__), "packs")


def pack_names() -> tuple[str, ...]:
    """The bundled packs, by name."""
    return tuple(sorted(name.removesuffix(".yaml") for name in os.listdir(packs_folder()) if name.endswith(".yaml")))


def place_of(path: str) -> str:
    """Where a facts file, or a bundled pack named as `pack:NAME`, is on disk."""
    return os.path.join(packs_folder(), f"{path.removeprefix(PACK)}.yaml") if path.startswith(PACK) else path


def parse_date(text: str) -> Period:
    """The days of a date of any precision: as parse_iso, and decades (1790s) and two dates with `..` between."""
    if OPEN in text:
        first, last = text.split(OPEN)
        return Period(parse_date(first).first if first else None, parse_date(last).last if last else None)
    if len(text) == 5 and text.endswith("0s") and text[:3].isdigit():
        return Period(date(int(text[:4]), 1, 1), date(int(text[:4]) + 9, 12, 31))
    return parse_iso(text)


@lru_cache(maxsize=1 << 14)
def lifetime(since: str, until: str) -> Lifetime:
    """The lifetime between two dates of a file, each a date, empty (open) or unknown."""
    return Lifetime(
        parse_date(since) if since and since != UNKNOWN else None,
        parse_date(until) if until and until != UNKNOWN else None,
        since == UNKNOWN,
        until == UNKNOWN,
    )
