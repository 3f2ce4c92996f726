"""Prose out of a file with markup, built in the order of the file: text, what stands for text, ends of blocks.

Whatever of the file is not named to a `Prose` is markup and becomes pieces without prose, so that every character of
the file is accounted for, whatever a reader makes of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from factlint.readers.pieces import composed
from factlint.source import OBJECT, Block, Document, Piece, Source, Span
from factlint.times import Period

_SPACE = " \t\r\n\f"
_ANY_SPACE = _SPACE + "\N{NO-BREAK SPACE}"
_ODD_SPACE = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")
_END_MARKS = (".", "!", "?", ":", "”", '"', "…", "’", ")")
# Text that no tag calls a paragraph is one if it is as long as this, or ends like a sentence.
_PARAGRAPH = 80

Part = tuple[str, int, int]


class Prose:
    """The prose of one file in the making; `document` is what it comes to.

    All offsets are those of the file, and rise from call to call. Spaces and objects count only between two texts of
    a block.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._text = source.text
        self._forms = composed(source.text)
        self._form_starts = [form[0] for form in self._forms]
        self._pieces: list[Piece] = []
        self._blocks: list[Block] = []
        self._run: list[str] = []  # what the file says from `_from` to `_at`, a character for each
        self._from = self._at = self._length = 0
        self._begin = -1  # where the prose of the open block begins
        self._kind = "paragraph"
        self._held: list[Part] = []
        self._later: list[list[Part]] = []
        self._taken: list[Part] = []

    @property
    def is_open(self) -> bool:
        """Whether the block has any text yet."""
        return self._begin >= 0

    @property
    def last(self) -> str:
        """The last character of the open block; empty where there is none, or where space stands after it."""
        if self._begin < 0 or self._held:
            return ""
        return (self._run[-1] if self._run else self._pieces[-1].text)[-1:]

    def part(self, kind: str = "") -> None:
        """End the block, and begin one of a kind; without a kind, it depends on what the text looks like."""
        if self._begin >= 0:
            ended = self._ended()
            self._blocks.append(Block(ended, Span(self._begin, self._length)))
            self._begin = -1
        self._held.clear()
        if self._later:
            later, self._later = self._later, []
            for parts in later:
                self._tell(parts)
        self._kind = kind

    def flow(self, start: int, chunk: str, *, collapse: bool = True) -> None:
        """Add text that stands at `start`; with `collapse`, white space of any length is one space.

        `chunk` is what the file says there, but for white space.
        """
        core = chunk.strip(_ANY_SPACE)
        if not core:
            if chunk:
                self._hold_space(start, chunk)
            return
        at = start
        if len(core) != len(chunk):
            lead = len(chunk) - len(chunk.lstrip(_ANY_SPACE))
            if lead:
                self._hold_space(start, chunk[:lead])
                at += lead
        end = at + len(core)
        self._release(core)
        if collapse and _ODD_SPACE.search(core) is not None:
            first = at
            for match in _ODD_SPACE.finditer(core):
                self._keep(at, first + match.start())
                at = first + match.end()
                self._say(" ", first + match.start(), at)
        self._keep(at, end)
        if end < start + len(chunk):
            self._hold_space(end, chunk[end - start :])

    def put(self, said: str, start: int, end: int) -> None:
        """Add what stands for a part of the file: the character of an entity, the object for a bit of code."""
        if not said.strip(_ANY_SPACE):
            if said:
                self._hold_space(start, said, end)
            return
        self._release(said)
        self._say(said, start, end)

    def hold(self, said: str, start: int, end: int) -> None:
        """Add what counts only if text stands before and after it in the block: a picture, the end of a line.

        A second end of line parts the block.
        """
        if self._begin < 0:
            return
        if said == "\n" and self._held:
            last = self._held[-1][0]
            if last == "\n":
                self.part(self._kind)
                return
            if last != OBJECT:
                self._held.pop()
        self._held.append((said, start, end))

    def data(self, parts: Sequence[Part]) -> None:
        """Add a text that stands outside the running prose, as parts of the file and what they say.

        It becomes a block after the one that it stands in.
        """
        parts = _trimmed(parts)
        if not parts:
            return
        self._taken.append(("", parts[0][1], parts[-1][2]))
        if self._begin >= 0:
            self._later.append(parts)
        else:
            self._tell(parts)

    def document(self, date: Period | None = None, date_from: str = "") -> Document:
        """The prose as a document."""
        self.part()
        self._gap(len(self._text), "")
        self._flush()
        return Document(self._source, tuple(self._pieces), tuple(self._blocks), date, date_from if date else "")

    def _ended(self) -> str:
        if self._kind:
            return self._kind
        said = self._run[-1] if self._run else self._pieces[-1].text
        is_prose = self._length - self._begin > _PARAGRAPH or said.endswith(_END_MARKS)
        return "paragraph" if is_prose else "caption"

    def _hold_space(self, start: int, chunk: str, end: int = -1) -> None:
        if self._begin < 0 or (self._held and self._held[-1][0] != OBJECT):
            return
        said = "\N{NO-BREAK SPACE}" if "\N{NO-BREAK SPACE}" in chunk else " "
        self._held.append((said, start, start + len(chunk) if end < 0 else end))

    def _release(self, following: str) -> None:
        if self._held:
            for said, start, end in self._held:
                # A line that goes on with a small letter was only wrapped.
                self._say(" " if said == "\n" and following[0].islower() else said, start, end)
            self._held.clear()

    def _keep(self, start: int, end: int) -> None:
        for said, first, last in self._composed(start, end) if self._forms else ((self._text[start:end], start, end),):
            self._say(said, first, last)

    def _composed(self, start: int, end: int) -> Iterator[Part]:
        """A part of the file in normalization form C."""
        index, at = bisect_left(self._form_starts, start), start
        while index < len(self._forms) and self._forms[index][1] <= end:
            first, last, said = self._forms[index]
            if first > at:
                yield self._text[at:first], at, first
            yield said, first, last
            at = last
            index += 1
        if at < end:
            yield self._text[at:end], at, end

    def _say(self, said: str, start: int, end: int) -> None:
        if self._begin < 0:
            self._gap(start, "\n" if self._length else "")
            self._begin = self._length
        elif start > self._at:
            self._gap(start, "")
        if len(said) == end - start:
            self._run.append(said)
        else:
            self._flush()
            self._pieces.append(Piece(said, Span(start, end)))
            self._from = end
        self._at = end
        self._length += len(said)

    def _flush(self) -> None:
        if self._run:
            self._pieces.append(Piece("".join(self._run), Span(self._from, self._at)))
            self._run = []
        self._from = self._at

    def _gap(self, end: int, said: str) -> None:
        """Go on to `end` without prose, but for the line end that parts blocks."""
        self._flush()
        at = self._at
        while self._taken and self._taken[0][1] < end:
            _, first, last = self._taken.pop(0)
            if said or first > at:
                self._pieces.append(Piece(said, Span(at, first)))
                self._length += len(said)
                said = ""
            at = last
        if said or end > at:
            self._pieces.append(Piece(said, Span(at, end)))
            self._length += len(said)
        self._from = self._at = end

    def _tell(self, parts: Sequence[Part]) -> None:
        """Add a block of data; the place in the file from which prose goes on is left as it is."""
        self._flush()
        at = parts[0][1]
        if self._length:
            self._pieces.append(Piece("\n", Span(at, at)))
            self._length += 1
        begin = self._length
        for said, start, end in parts:
            if start > at:
                self._pieces.append(Piece("", Span(at, start)))
            if self._forms and said == self._text[start:end]:
                said_here = list(self._composed(start, end))
            else:
                said_here = [(said, start, end)]
            self._pieces += [Piece(one, Span(first, last)) for one, first, last in said_here]
            self._length += sum(len(one) for one, _, _ in said_here)
            at = end
        self._blocks.append(Block("data", Span(begin, self._length)))


def _trimmed(parts: Sequence[Part]) -> list[Part]:
    """Parts without the white space at both ends."""
    kept = list(parts)
    while kept and not kept[0][0].strip(_ANY_SPACE):
        del kept[0]
    while kept and not kept[-1][0].strip(_ANY_SPACE):
        del kept[-1]
    if kept:
        said, start, end = kept[0]
        bare = said.lstrip(_ANY_SPACE)
        kept[0] = (bare, end - len(bare) if len(said) == end - start else start, end)
        said, start, end = kept[-1]
        bare = said.rstrip(_ANY_SPACE)
        kept[-1] = (bare, start, start + len(bare) if len(said) == end - start else end)
    return kept
