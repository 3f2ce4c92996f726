"""Plain text as prose: every character is prose, and only line ends and forms of characters are read otherwise.

A text with line feeds in normalization form C is one piece, however long it is and whether or not its lines are
wrapped: the line end that only wraps a line reads as a space, and keeps its place.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from factlint.readers.decoding import decode
from factlint.readers.pieces import composed, merged, pieces_of
from factlint.source import Block, Document, Piece, Source, Span, line_starts, stretches

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
    ends = _ends(prose) if _has_neighbours(prose) else {}
    blocks = _blocks(prose, ends)
    lined, prose = prose, _joined(prose, ends) if ends else prose
    if not forms and len(prose) == len(text):
        pieces: tuple[Piece, ...] = (Piece(prose, Span(0, len(text))),) if text else ()
        if ends and "\r" not in text:
            source = replace(source, kept=prose, feeds=array("I", ends))
    else:
        edits = [
            (match.start(), match.end(), ends.get(after - 1, "\n"))
            for match, after in zip(_LINE_END.finditer(text), line_starts(lined)[1:], strict=True)
            if match.end() - match.start() != 1 or ends.get(after - 1) == ""
        ]
        pieces = pieces_of(text, merged(edits, forms), prose)
    return Document(source, pieces, blocks)


def _has_neighbours(prose: str) -> bool:
    """Whether two lines may stand without a blank one between: only then a line end may wrap."""
    # Of line ends in a row an even number counts as none, so that one alone is counted, be it not the last.
    odd = prose.count("\n") - 2 * prose.count("\n\n")
    return odd > (prose.endswith("\n") and not prose.endswith("\n\n"))


def _joined(prose: str, ends: dict[int, str]) -> str:
    """The prose with what `ends` says in the place of line ends."""
    parts: list[str] = []
    at = 0
    for stop, end in ends.items():
        parts += (prose[at:stop], end)
        at = stop + 1
    parts.append(prose[at:])
    return "".join(parts)


def _lines(prose: str) -> Iterator[tuple[int, str]]:
    """The lines and where each begins; all of them at once would be another copy of the text."""
    for at, end in stretches(prose):
        lines = prose[at:end].split("\n")
        if end < len(prose):
            lines.pop()  # what stands behind the last line end is the next stretch
        for line in lines:
            yield at, line
            at += len(line) + 1


def _blocks(prose: str, ends: dict[int, str]) -> tuple[Block, ...]:
    """A block for each line, or for each run of lines that only wrap."""
    blocks = []
    start = 0  # in the prose with its lines joined
    lines = _lines(prose)
    for at, line in lines:
        if not line:
            start += 1
            continue
        stop = at + len(line)
        end = start + len(line)
        closing = ""
        while stop in ends:
            end += len(ends[stop])
            stop, closing = next(lines)
            stop += len(closing)
            end += len(closing)
        if closing:
            kind, lead = _kind(line, more=True)
            trail = len(closing) - len(closing.rstrip())
        elif len(line) > _LONGEST_HEADING and line[0] in _CAPITALS and line[-1] in _END_MARKS:
            kind, lead, trail = "paragraph", 0, 0  # most lines of most texts
        else:
            kind, lead = _kind(line, more=False)
            trail = len(line) - len(line.rstrip())
            if kind == "paragraph" and len(line) <= _LONGEST_HEADING:
                above = prose[max(at - 2, 0) : max(at - 1, 0)] in ("", "\n")
                below = stop < len(prose) and prose[stop + 1 : stop + 2] in ("", "\n")
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


def _ends(prose: str) -> dict[int, str]:
    """What stands for the end of each line that only wraps, by its place: a space, or nothing after a hyphen.

    Lines wrap that are set to one width, and those of an item of a list that hang below its text, where a word in small
    letters goes on.
    """
    units = []
    for begin, lines in _units(prose):
        width = max(len(line.rstrip()) for line in lines)
        units.append((begin, begin + sum(map(len, lines)) + len(lines) - 1, width, _is_wrapped(lines, width)))
    usual = max((width for _, _, width, wrapped in units if wrapped), default=0)
    ends = {}
    for begin, end, width, wrapped in units:
        lines = prose[begin:end].split("\n")
        if not wrapped:
            if usual and width <= usual and _is_wrapped(lines, usual, known=True):
                width = usual
            elif _hangs(lines):
                width = _WIDEST  # no word is too long for such a line
            else:
                continue
        stop = begin - 1
        for line, following in pairwise(lines):
            stop += len(line) + 1
            after = following.lstrip()
            if _is_full(line, after, width) or after[:1].islower():
                ends[stop] = "" if _is_hyphenated(line, after) else " "
    return ends


def _units(prose: str) -> Iterator[tuple[int, list[str]]]:
    """The runs of two or more lines that may be one paragraph, none too wide to be wrapped, and where each begins."""
    begin, run = 0, list[str]()
    for at, line in _lines(prose):
        is_narrow = 0 < len(line) <= _WIDEST
        if is_narrow and run and not _opens(line, run[-1], run[0]):
            run.append(line)
            continue
        if len(run) > 1:
            yield begin, run
        begin, run = at, [line] if is_narrow else []
    if len(run) > 1:
        yield begin, run


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


def _is_wrapped(lines: Sequence[str], width: int, known: bool = False) -> bool:
    """Whether lines are one paragraph set to `width`: nearly all are full, and most go on in mid-sentence.

    Where the width is `known` from other paragraphs, that they are full is enough.
    """
    if width < _NARROWEST:
        return False
    full = going = 0
    for line, following in pairwise(lines):
        after = following.lstrip()
        full += _is_full(line, after, width)
        going += after[:1].islower()
    joints = len(lines) - 1
    return full >= 0.8 * joints and (known or going >= 0.5 * joints)


def _hangs(lines: Sequence[str]) -> bool:
    """Whether lines are an item of a list, all but the first indented to where its text begins."""
    first = lines[0]
    lead = len(first) - len(first.lstrip())
    match = _BULLET.match(first, lead)
    return match is not None and all(len(line) - len(line.lstrip(" ")) == match.end() for line in lines[1:])


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether the first word after a line would not have fitted into it."""
    return len(line.rstrip()) + 1 + len(after.split(" ", 1)[0]) > width


def _is_hyphenated(line: str, after: str) -> bool:
    """Whether a line breaks a word at its hyphen; “first- and second-class” doesn't."""
    return line[-1:] == "-" and line[-2:-1].isalpha() and after[:1].isalpha() and not after.startswith(("and ", "or "))
