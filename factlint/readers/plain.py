"""Plain text as prose: every character is prose, and only line ends and forms of characters are read otherwise.

A text with line feeds in normalization form C is one piece, however long it is and whether or not its lines are
wrapped: the line end that only wraps a line reads as a space, and keeps its place.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate

from msgspec.structs import replace

from factlint.readers.decoding import decode
from factlint.readers.pieces import composed, merged, pieces_of
from factlint.source import Block, Document, Piece, Source, Span

_LINE_END = re.compile(r"\r\n?|\n")
_BULLET = re.compile(
    r"(?:[•‣◦▪●∙■□➢✓·*–—-]|\(?[0-9]{1,2}[.)]|[a-z]\))[ \t\N{NO-BREAK SPACE}]+(?=\S)",
)
_BULLET_STARTS = frozenset("•‣◦▪●∙■□➢✓·*–—-(0123456789abcdefghijklmnopqrstuvwxyz")
_CAPITALS = frozenset('ABCDEFGHIJKLMNOPQRSTUVWXYZ“"')
_END_MARKS = frozenset('.!?”"')
_QUOTE = re.compile(r"(?:>\s*)+")
_RULE = re.compile(r"[-=_*~#+.·•]{3,}|(?:[-=_*~#•][ \t]+){2,}[-=_*~#•]")
# What wraps lines by hand or by program sets them between these widths.
_NARROWEST, _WIDEST = 40, 120
_LONGEST_HEADING = 80
_WORDS_OF_HEADING = 12


def read(path: str, data: bytes) -> Document:
    """Read a text file."""
    return read_plain(decode(data, path))


def read_plain(source: Source) -> Document:
    """Read decoded plain text.

    A blank line always parts two blocks, and so does a line end, unless the lines are set to one width: then it
    wraps a paragraph.
    """
    text = source.text
    prose = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    forms = composed(text)
    if forms:
        prose = unicodedata.normalize("NFC", prose)
    lines = prose.split("\n")
    ends = _ends(lines) if _has_neighbours(prose) else {}
    blocks = _blocks(lines, ends)
    stops = array("I", accumulate(map(len, lines)) if ends else ())
    del lines  # a copy of the text
    wraps = array("I", (stops[index] + index for index in ends))
    if ends:
        prose = _joined(prose, wraps, ends.values())
    if not forms and len(prose) == len(text):
        pieces: tuple[Piece, ...] = (Piece(prose, Span(0, len(text))),) if text else ()
        if ends and "\r" not in text:
            source = replace(source, kept=prose, feeds=wraps)
    else:
        edits = [
            (match.start(), match.end(), ends.get(index, "\n"))
            for index, match in enumerate(_LINE_END.finditer(text))
            if match.end() - match.start() != 1 or ends.get(index) == ""
        ]
        pieces = pieces_of(text, merged(edits, forms), prose)
    return Document(source, pieces, blocks)


def _has_neighbours(prose: str) -> bool:
    """Whether two lines may stand without a blank one between: only then a line end may wrap."""
    # Of line ends in a row an even number counts as none, so that one alone is counted, be it not the last.
    odd = prose.count("\n") - 2 * prose.count("\n\n")
    return odd > (prose.endswith("\n") and not prose.endswith("\n\n"))


def _joined(prose: str, stops: Iterable[int], ends: Iterable[str]) -> str:
    """The prose with one of the `ends` in the place of each line end at one of the `stops`."""
    parts: list[str] = []
    at = 0
    for stop, end in zip(stops, ends, strict=True):
        parts += (prose[at:stop], end)
        at = stop + 1
    parts.append(prose[at:])
    return "".join(parts)


def _blocks(lines: list[str], ends: dict[int, str]) -> tuple[Block, ...]:
    """A block for each line, or for each run of lines that only wrap."""
    blocks = []
    start = 0
    numbered = iter(enumerate(lines))
    for index, line in numbered:
        if not line:
            start += 1
            continue
        first = index
        end = start + len(line)
        while index in ends:
            end += len(ends[index])
            index, closing = next(numbered)
            end += len(closing)
        if first != index:
            kind, lead = _kind(line, more=True)
            trail = len(closing) - len(closing.rstrip())
        elif len(line) > _LONGEST_HEADING and line[0] in _CAPITALS and line[-1] in _END_MARKS:
            kind, lead, trail = "paragraph", 0, 0  # most lines of most texts
        else:
            kind, lead = _kind(line, more=False)
            trail = len(line) - len(line.rstrip())
            if kind == "paragraph" and len(line) <= _LONGEST_HEADING:
                above = index == 0 or not lines[index - 1]
                below = index + 1 < len(lines) and not lines[index + 1]
                if _is_heading(line.strip(), above, below):
                    kind = "heading"
        if kind and start + lead < end - trail:
            blocks.append(Block(kind, Span(start + lead, end - trail)))
        start = end + 1
    return tuple(blocks)


def _kind(line: str, more: bool) -> tuple[str, int]:
    """What a line begins, and where its prose does; no kind at all for a line that only divides."""
    lead = len(line) - len(line.lstrip())
    first = line[lead : lead + 1]
    if not first:
        return "", 0
    if first == ">" and (match := _QUOTE.match(line, lead)):
        return "quote", match.end()
    if first in _BULLET_STARTS:
        if not more and _RULE.fullmatch(line.strip()):
            return "", 0
        if match := _BULLET.match(line, lead):
            return "item", match.end()
    return "paragraph", lead


def _is_heading(line: str, above: bool, below: bool) -> bool:
    """Whether a line between blank lines (or at the top) reads as a heading: short, and no sentence."""
    if line.isupper() and sum(map(str.isalpha, line)) > 3:
        return above or below
    return (
        above
        and below
        and (line[-1].isalnum() or line[-1] == ")")
        and not line[0].islower()
        and line.count(" ") < _WORDS_OF_HEADING
        and ". " not in line
    )


def _ends(lines: Sequence[str]) -> dict[int, str]:
    """What stands for the end of each line that only wraps: a space, or nothing after a hyphen."""
    units = list(_units(lines))
    if not units:
        return {}
    widths = [max(len(line.rstrip()) for line in lines[first:end]) for first, end in units]
    decided = [_is_wrapped(lines, first, end, width) for (first, end), width in zip(units, widths, strict=True)]
    usual = max((width for width, wrapped in zip(widths, decided, strict=True) if wrapped), default=0)
    ends = {}
    for (first, end), width, wrapped in zip(units, widths, decided, strict=True):
        if not wrapped:
            if not usual or width > usual or not _is_wrapped(lines, first, end, usual, known=True):
                continue
            width = usual
        for index in range(first, end - 1):
            after = lines[index + 1].lstrip()
            if _is_full(lines[index], after, width) or after[:1].islower():
                ends[index] = "" if _is_hyphenated(lines[index], after) else " "
    return ends


def _units(lines: Sequence[str]) -> list[tuple[int, int]]:
    """The runs of two or more lines, as (first, end), that may be one paragraph, none too wide to be wrapped."""
    units = []
    first = 0
    lengths = [len(line) for line in lines]
    lengths.append(0)
    for index, length in enumerate(lengths):
        if 0 < length <= _WIDEST and not (index > first and _opens(lines[index], lines[index - 1], lines[first])):
            continue
        if index - first > 1:
            units.append((first, index))
        first = index if 0 < length <= _WIDEST else index + 1
    return units


def _opens(line: str, before: str, first: str) -> bool:
    """Whether a line begins something new by its looks: a bullet, an indentation, a change of quoting."""
    if line[0].isspace():
        if line.isspace():
            return True
        if not before[0].isspace() and not _BULLET.match(first.lstrip()):
            return True
    bare = line.lstrip()
    return (
        (bare[0] in _BULLET_STARTS and (_BULLET.match(bare) or _RULE.fullmatch(bare)) is not None)
        or (bare[0] == ">")
        or before[0] == ">"
        or before.isspace()
        or _RULE.fullmatch(before.strip()) is not None
    )


def _is_wrapped(lines: Sequence[str], first: int, end: int, width: int, known: bool = False) -> bool:
    """Whether lines are one paragraph set to `width`: nearly all are full, and most go on in mid-sentence.

    Where the width is `known` from other paragraphs, that they are full is enough.
    """
    if width < _NARROWEST:
        return False
    full = going = 0
    for index in range(first, end - 1):
        after = lines[index + 1].lstrip()
        full += _is_full(lines[index], after, width)
        going += after[:1].islower()
    joints = end - first - 1
    return full >= 0.8 * joints and (known or going >= 0.5 * joints)


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether the first word after a line would not have fitted into it."""
    return len(line.rstrip()) + 1 + len(after.split(" ", 1)[0]) > width


def _is_hyphenated(line: str, after: str) -> bool:
    """Whether a line breaks a word at its hyphen; “first- and second-class” doesn't."""
    return line[-1:] == "-" and line[-2:-1].isalpha() and after[:1].isalpha() and not after.startswith(("and ", "or "))
