"""Pieces from edits: what of a source is prose as it stands, and what reads otherwise.

An edit is (start, end, replacement) in offsets of the source. Edits are in order and don't overlap; the pieces made
of them cover the source completely, verbatim between the edits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from factlint.source import Piece, Span

Edit = tuple[int, int, str]


def pieces_of(text: str, edits: Iterable[Edit], prose: str = "") -> tuple[Piece, ...]:
    """The pieces of a source with the edits made.

    `prose` is what the pieces should say together, where it differs from that by characters put for others.
    """
    pieces, at, shift = [], 0, 0
    said = prose or text
    for start, end, replacement in edits:
        if start > at:
            pieces.append(Piece(said[at + shift : start + shift], Span(at, start)))
        pieces.append(Piece(replacement, Span(start, end)))
        if prose:
            shift += len(replacement) - end + start
        at = end
    if at < len(text):
        pieces.append(Piece(said[at + shift :] if at else said, Span(at, len(text))))
    return tuple(pieces)


def composed(text: str) -> list[Edit]:
    """The edits that bring a text into normalization form C, each the shortest run that can be composed alone.

    None for a text that is in that form, as nearly all are: the question costs little.
    """
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return []
    moving = "".join(sorted(character for character in set(text) if _moves(character)))
    if not moving:
        return []
    found = []
    for match in re.finditer(f"[^{re.escape(moving)}]?[{re.escape(moving)}]+", text):
        form = unicodedata.normalize("NFC", match[0])
        if form != match[0]:
            found.append((match.start(), match.end(), form))
    return found


def _moves(character: str) -> bool:
    """Whether a character may change, or join the one before it, in normalization form C."""
    return (
        unicodedata.category(character)[0] == "M"
        or "\u1161" <= character <= "\u11ff"
        or not unicodedata.is_normalized("NFC", character)
    )


def merged(first: list[Edit], second: list[Edit]) -> list[Edit]:
    """Two lists of edits as one, in order; where two overlap the first list's stands."""
    if not second:
        return first
    edits: list[Edit] = []
    taken = iter(first)
    nearest = next(taken, None)
    for edit in second:
        while nearest is not None and nearest[1] <= edit[0]:
            edits.append(nearest)
            nearest = next(taken, None)
        if (nearest is None or nearest[0] >= edit[1]) and (not edits or edits[-1][1] <= edit[0]):
            edits.append(edit)
    if nearest is not None:
        edits += (nearest, *taken)
    return edits
