"""The lines of a file whose markup is told by its lines, and the markup inside of them.

For reStructuredText and AsciiDoc, whose parsers tell no places inside of a line: code and markup are left out, and what
is left is prose, a block for each paragraph, item or cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from factlint.readers.marked import Prose
from factlint.source import OBJECT

_LINE = re.compile(r"([ \t]*)([^\r\n]*)(?:\r\n?|\n|\Z)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line: where what it says begins, its indentation (a tab goes to the next eighth column), what it says."""

    start: int
    indent: int
    text: str

    @property
    def end(self) -> int:
        """Where what it says ends."""
        return self.start + len(self.text)


def lines_of(text: str) -> list[Line]:
    """The lines of a text, without the spaces at their ends."""
    found = []
    for match in _LINE.finditer(text):
        if match.start() == len(text):
            break
        lead = match[1]
        found.append(Line(match.start(2), len(lead.expandtabs()) if "\t" in lead else len(lead), match[2].rstrip()))
    return found


def inline(prose: Prose, text: str, start: int, end: int, markup: re.Pattern[str]) -> None:
    """Add a part of a file without the markup inside of it.

    Of what `markup` matches, a group is prose if its name begins with “text”, a character if it begins with “char”; a
    match with a group “object” is something that stands in the sentence; any other match says nothing.
    """
    at = start
    for match in markup.finditer(text, start, end):
        prose.flow(at, text[at : match.start()])
        group = match.lastgroup or ""
        if group.startswith("text"):
            if match.end(group) - match.start(group) < match.end() - match.start():
                inline(prose, text, match.start(group), match.end(group), markup)
            else:
                prose.flow(match.start(), match[0])
        elif group.startswith("char"):
            prose.put(match[group], match.start(), match.end())
        elif group.startswith("object"):
            prose.put(OBJECT, match.start(), match.end())
        elif group.startswith("break"):
            prose.hold("\n", match.start(), match.end())
        elif group.startswith("data"):
            prose.data([(match[group], match.start(group), match.end(group))])
        at = match.end()
    prose.flow(at, text[at:end])


def skip_deeper(lines: Sequence[Line], index: int, indent: int) -> int:
    """The first line from `index` on that is neither blank nor indented by more than `indent`."""
    while index < len(lines) and (not lines[index].text or lines[index].indent > indent):
        index += 1
    return index


def cells(prose: Prose, add: Callable[[int, int], None], row: Line, borders: Sequence[tuple[int, int]]) -> None:
    """Add parts of a line as the cells of a table, each (start, end) counted from where the line begins to speak."""
    for first, last in borders:
        said = row.text[first:last]
        bare = said.strip()
        if bare and not bare.startswith(".. "):
            lead = len(said) - len(said.lstrip())
            prose.part("cell")
            add(row.start + first + lead, row.start + first + lead + len(bare))
    prose.part("paragraph")
