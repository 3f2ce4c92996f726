"""Markdown as prose: CommonMark with GitHub's tables, notes and strikes; front matter as data; HTML as HTML.

The parser is pulldown-cmark, which tells the place of everything that it finds, in bytes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import Any, cast

import pyromark
from pyromark import Options

from factlint.readers.decoding import decode
from factlint.readers.front_matter import read_front_matter
from factlint.readers.html import Elements
from factlint.readers.marked import Part, Prose
from factlint.source import OBJECT, Document

_OPTIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_HEADING_ATTRIBUTES
    | Options.ENABLE_GFM
)
# The HTML element that each block and each stretch of text is read as.
_ELEMENTS = {
    "Paragraph": "p",
    "Heading": "h2",
    "Item": "li",
    "TableCell": "td",
    "BlockQuote": "blockquote",
    "List": "ul",
    "Table": "table",
    "TableHead": "tr",
    "TableRow": "tr",
    "FootnoteDefinition": "section",
}
_TITLE = re.compile(r"""(?s)[ \t\r\n](?:"([^"\\]*)"|'([^'\\]*)'|\(([^()\\]*)\))[ \t\r\n]*\)\Z""")
_LONGEST_TITLE = 1000
# What site generators fill in, and the attributes that they take for a block.
_TEMPLATE = re.compile(r"\{\{[^{}\r\n]*\}\}|\{%[^{}\r\n]*%\}|\{:[^{}\r\n]*\}")


def read(path: str, data: bytes) -> Document:
    """Read a Markdown file. InputError tells where front matter cannot be read."""
    source = decode(data, path)
    prose = Prose(source)
    start, date = read_front_matter(prose, path, source.text)
    events = _Events(source.text, start, prose)
    events.read()
    if date is not None:
        return prose.document(date, "front matter")
    return prose.document(events.elements.date, "metadata")


class _Events:
    """The parser's events for a text from `start` on, each put into the prose as it comes."""

    def __init__(self, text: str, start: int, prose: Prose) -> None:
        self.elements = Elements(prose, text)
        self._text = text
        self._start = start
        self._prose = prose
        self._silent = 0  # how many elements around the text are no prose
        self._links: list[tuple[bool, list[Part]]] = []  # of each link, whether it is an address alone, and its title
        self._alt: list[Part] = []
        self._pictures = 0
        self._titles: list[Part] = []
        self._html: list[tuple[int, int]] = []
        self._templates = [match.span() for match in _TEMPLATE.finditer(text, start)] if "{" in text else []

    def read(self) -> None:
        """Read all events."""
        markdown = self._text[self._start :] if self._start else self._text
        start = self._start
        wide: list[int] = []
        if not markdown.isascii():
            # Where the bytes stand that are not the first of a character.
            wide = [match.start() for match in re.finditer(rb"[\x80-\xbf]", markdown.encode())]
        for event, place in cast("Any", pyromark.events_with_range(markdown, options=_OPTIONS)):
            first, last = place["start"], place["end"]
            if wide:
                first, last = first - bisect_left(wide, first), last - bisect_left(wide, last)
            self._take(event, start + first, start + last)

    def _take(self, event: Any, start: int, end: int) -> None:
        if isinstance(event, str):
            self._break(event, start, end)
            return
        ((name, told),) = event.items()
        if name == "Text":
            if self._pictures:
                self._alt.append((told, start, end))
            elif not self._silent and not self.elements.skips:
                self._add(told, start, end)
        elif name == "Start":
            if isinstance(told, dict):
                ((kind, told),) = told.items()
                self._begin(kind, told, start, end)
            else:
                self._begin(told, None, start, end)
        elif name == "End":
            self._end(next(iter(told)) if isinstance(told, dict) else told)
        elif name == "Code":
            if self._pictures:
                at = self._text[start:end].replace("\n", " ").find(told)
                if at >= 0:  # without the marks around it
                    start, end = start + at, start + at + len(told)
                self._alt.append((told, start, end))
            elif not self._silent and not self.elements.skips:
                self._prose.put(OBJECT, start, end)
        elif name == "InlineHtml":
            if not self._pictures:
                self.elements.feed(self._text[start:end], start)
        elif name == "Html":
            self._html.append((start, end))

    def _add(self, said: str, start: int, end: int) -> None:
        """Add text, without what templates stand in it."""
        at = start
        if self._templates:
            index = bisect_right(self._templates, (start, -1))
            index -= bool(index and self._templates[index - 1][1] > start)
            for first, last in self._templates[index:]:
                if first >= end:
                    break
                if first > at:
                    self._prose.flow(at, self._text[at:first], collapse=False)
                if first >= start:
                    self._prose.hold(OBJECT, first, first + 2)
                at = min(last, end)
            if at > start:
                said = self._text[at:end]
        written = self._text[at:end]
        if said == written:
            self._prose.flow(at, said, collapse=False)
        else:
            self._prose.put(said, at, end)

    def _break(self, event: str, start: int, end: int) -> None:
        if event == "Rule":
            self.elements.part()
        elif self._pictures:
            self._alt.append((" ", start, end))
        elif not self._silent and not self.elements.skips:
            if event == "HardBreak":
                self._prose.hold("\n", start, end)
            else:
                self._prose.put(" ", start, end)

    def _begin(self, kind: str, told: Any, start: int, end: int) -> None:
        if kind in _ELEMENTS:
            if not self._pictures:
                self.elements.open(_ELEMENTS[kind], {}, start, "")
        elif kind == "Image":
            if not self._pictures and not self.elements.skips:
                self._prose.hold(OBJECT, start, start + 2)
            self._pictures += 1
            self._titles += self._title(told["title"], start, end)
        elif kind == "Link":
            bare = told["link_type"] in ("Autolink", "Email")
            if bare and not (self._pictures or self._silent or self.elements.skips):
                self._prose.put(OBJECT, start, end)
            self._links.append((bare, self._title(told["title"], start, end)))
            self._silent += bare
        elif kind == "Strikethrough":
            if not (self._pictures or self._silent or self.elements.skips):
                self._prose.hold(OBJECT, start, start + 2)
            self._silent += 1
        elif kind == "CodeBlock":
            self.elements.part()
            self._silent += 1
        elif kind == "HtmlBlock":
            self.elements.part()
            self._html = []

    def _title(self, title: str, start: int, end: int) -> list[Part]:
        """Where the title of a link or picture stands, if the parentheses that end it hold it as it is."""
        match = _TITLE.search(self._text, max(start, end - _LONGEST_TITLE), end) if title else None
        if match and (group := match.lastindex) and match[group] == title:
            return [(title, match.start(group), match.end(group))]
        return []

    def _end(self, kind: str) -> None:
        if kind in _ELEMENTS:
            if self._pictures:
                return
            self.elements.resume()
            self.elements.close(_ELEMENTS[kind])
        elif kind == "Image":
            self._pictures -= 1
            if not self._pictures:
                self._tell_picture()
        elif kind == "Link":
            bare, title = self._links.pop()
            self._silent -= bare
            if title and not (self._pictures or self._silent or self.elements.skips):
                self._prose.data(title)
        elif kind in ("CodeBlock", "Strikethrough"):
            self._silent -= 1
        elif kind == "HtmlBlock":
            self._read_html()

    def _tell_picture(self) -> None:
        if not self.elements.skips:
            if self._alt:
                self._prose.data(self._alt)
            for part in self._titles:
                self._prose.data([part])
        self._alt, self._titles = [], []

    def _read_html(self) -> None:
        """Read a block of HTML; what stands at the start of its lines and is none of it counts as space."""
        if not self._html:
            return
        start, end = self._html[0][0], self._html[-1][1]
        chunks = [self._text[start : self._html[0][1]]]
        for (_, before), (first, last) in pairwise(self._html):
            chunks += (" " * (first - before), self._text[first:last])
        self._html = []
        self.elements.feed("".join(chunks) if len(chunks) > 1 else self._text[start:end], start)
        self.elements.part()
