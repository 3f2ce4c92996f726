"""What a file says as prose, and the way from every character of the prose back to the file.

The pieces of a document cover its prose and its source completely. They stand in the order of the prose, which is the
order of the source but for what stands outside of the running prose. No position is ever searched for: it is carried
from the reader.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from factlint.times import Period

# Stands in the prose for what is part of a sentence and no prose: a bit of code, a formula, a picture in the line.
OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"


class InputError(Exception):
    """Something handed to factlint cannot be used: one line that names the file, the place and the cause."""

    def __init__(self, message: str, path: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = self.path
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        return f"{place}: {self.message}" if place else self.message


class Span(Struct, frozen=True, order=True, gc=False):
    """A half-open range of code points, `start` ≤ `end`."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies inside this one, ends included."""
        return self.start <= other.start and other.end <= self.end


class Source(Struct, frozen=True):
    """A file as decoded: `text` is its characters without a byte-order mark, line ends as they stand.

    `kept` is the text but for the line feeds at `feeds` (in order), in whose places spaces stand: a long text that is
    also prose is kept once. Without them the two are one; with them `text` is made whenever it is asked for, `part` is
    cheap.

    `faults` are the places of bytes that are not of the encoding, as (offset in `text`, byte offset in
    the file, the byte); each stands in `text` as one U+FFFD. `mark` is the length in bytes of the byte-order
    mark before the text. A source that is `extracted` (a word processor's file) is no text file: its text can be
    read and pointed at, a paragraph for each line, and not be written back.
    """

    path: str
    kept: str
    encoding: str = "utf-8"
    faults: tuple[tuple[int, int, int], ...] = ()
    mark: int = 0
    extracted: bool = False
    feeds: Sequence[int] = ()

    @property
    def text(self) -> str:
        """The characters of the file."""
        if not self.feeds:
            return self.kept
        parts, at = [], 0
        for feed in self.feeds:
            parts.append(self.kept[at:feed])
            at = feed + 1
        parts.append(self.kept[at:])
        return "\n".join(parts)

    def part(self, start: int, end: int) -> str:
        """The characters between two offsets."""
        part = self.kept[start:end]
        for feed in self.feeds[bisect_left(self.feeds, start) : bisect_left(self.feeds, end)] if self.feeds else ():
            part = f"{part[: feed - start]}\n{part[feed - start + 1 :]}"
        return part

    def line_starts(self) -> Sequence[int]:
        r"""The offset of each line's first character; lines end in \n, \r\n or a lone \r."""
        starts = line_starts(self.kept)
        return array("I", sorted([*starts, *(feed + 1 for feed in self.feeds)])) if self.feeds else starts


class Piece(Struct, frozen=True, gc=False):
    """Some prose and the part of the source that it stands for.

    A piece whose text is as long as its source maps character by character; any other is whole or
    nothing: an entity, a folded line end, or (with empty text) markup that is no prose.
    """

    text: str
    source: Span


class Block(Struct, frozen=True, gc=False):
    """A run of prose that belongs together: `kind` is paragraph, heading, item, cell, quote, caption or data.

    `data` is text that stands outside the running prose (a front-matter value, an attribute).
    """

    kind: str
    span: Span


# Kinds of space and of apostrophe that patterns need not tell apart; every entry keeps the length.
_FOLDED = (
    ("\N{NO-BREAK SPACE}", " "),
    ("\N{NARROW NO-BREAK SPACE}", " "),
    ("\N{THIN SPACE}", " "),
    ("\N{EN SPACE}", " "),
    ("\N{EM SPACE}", " "),
    ("\N{FIGURE SPACE}", " "),
    ("\N{HAIR SPACE}", " "),
    ("\t", " "),
    ("\N{RIGHT SINGLE QUOTATION MARK}", "'"),
    ("\N{MODIFIER LETTER APOSTROPHE}", "'"),
    ("\N{NON-BREAKING HYPHEN}", "-"),
    ("\N{HYPHEN}", "-"),
)


def folded(text: str) -> str:
    """A text with spaces, apostrophes and hyphens of one kind, as long as it was."""
    for character, instead in _FOLDED:
        if character in text:
            text = text.replace(character, instead)
    return text


_STRETCH = 1_000_000  # characters


class Document(Struct, frozen=True, dict=True):
    """A source as prose.

    `text` is the prose as written, markup gone and entities decoded; line ends inside a block that only
    wrap a line are spaces, blocks are parted by line ends. `plain` has the same length, with the kinds of
    space, apostrophe and hyphen folded to the ASCII one, for patterns. All offsets of checks are offsets
    of these two; `locate` is the only way from them to the file.
    """

    source: Source
    pieces: tuple[Piece, ...]
    blocks: tuple[Block, ...]
    date: Period | None = None
    date_from: str = ""

    def __post_init__(self) -> None:
        at = 0
        for piece in self._in_order():
            if piece.source.start != at or piece.source.end < at:
                raise ValueError(f"pieces of {self.source.path} leave a gap at offset {at}")
            at = piece.source.end
        if at != len(self.source.kept):
            raise ValueError(f"pieces of {self.source.path} end at {at} of {len(self.source.kept)}")

    def _in_order(self) -> Sequence[Piece]:
        """The pieces in the order of the source."""
        at = 0
        for piece in self.pieces:
            if piece.source.start < at:
                return sorted(self.pieces, key=lambda piece: (piece.source.start, piece.source.end))
            at = piece.source.end
        return self.pieces

    @cached_property
    def text(self) -> str:
        """The prose as written."""
        return "".join([piece.text for piece in self.pieces])

    @cached_property
    def plain(self) -> str:
        """The prose with spaces, apostrophes and hyphens of one kind; as long as `text`."""
        return folded(self.text)

    @cached_property
    def _prose_starts(self) -> list[int]:
        starts, at = [], 0
        for piece in self.pieces:
            starts.append(at)
            at += len(piece.text)
        return starts

    def _source_offset(self, offset: int, end: bool) -> int:
        """Where the prose offset stands in the source; as an end, the place just after the character before."""
        if end:
            index = bisect_right(self._prose_starts, offset - 1) - 1
        else:
            index = bisect_right(self._prose_starts, offset) - 1
        # Empty pieces share their start with the next: a character belongs to the last that starts there.
        index = max(index, 0)
        if not self.pieces:
            return 0
        piece, start = self.pieces[index], self._prose_starts[index]
        if len(piece.text) == len(piece.source):
            return piece.source.start + offset - start
        return piece.source.end if end else piece.source.start

    def locate(self, span: Span) -> Span:
        """The place in the source of a span of the prose.

        An empty span (between two characters) stands just after the character before it.
        """
        if span.start == span.end:
            at = self._source_offset(span.start, end=True) if span.start else self._source_offset(0, end=False)
            return Span(at, at)
        start = self._source_offset(span.start, end=False)
        return Span(start, max(start, self._source_offset(span.end, end=True)))


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """Where the parts of a long text begin and end, each behind a line end: a list of what is in one is let go of
    before the next is made."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _STRETCH) + 1 or len(text)
        yield start, end
        start = end


def line_starts(text: str) -> array[int]:
    r"""The offset of each line's first character; lines end in \n, \r\n or a lone \r."""
    starts = array("I", (0,))
    at = text.find("\n")
    if "\r" not in text:
        while at >= 0:
            starts.append(at + 1)
            at = text.find("\n", at + 1)
        return starts
    for index, character in enumerate(text):
        if character == "\n" or (character == "\r" and text[index + 1 : index + 2] != "\n"):
            starts.append(index + 1)
    return starts


def line_and_column(starts: Sequence[int], offset: int) -> tuple[int, int]:
    """The line and the column of an offset, both from 1, in code points."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1
