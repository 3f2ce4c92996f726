"""What a check makes of its rule's options before it looks at a text: texts come by the thousand, options stay."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple

Options = TypeVarTuple("Options")
Made = TypeVar("Made")

_MOST = 4096  # a house may have as many rules of its own


def prepared(make: Callable[[*Options], Made]) -> Callable[[*Options], Made]:
    """Let a function remember what it made of the same objects: lists of options, which nobody changes.

    A rule hands over the same lists for every text; to compare what is in them would cost more than many a check.
    """
    known: dict[tuple[int, ...], tuple[object, Made]] = {}

    @wraps(make)
    def made_of(*options: *Options) -> Made:
        key = tuple(map(id, options))
        found = known.get(key)
        if found is None:
            if len(known) >= _MOST:
                known.clear()
            # With the options themselves: as long as they are kept, no others can have their identity.
            found = known[key] = (options, make(*options))
        return found[1]

    return made_of
