"""reStructuredText as prose: paragraphs, headings, items and cells; code, comments and most directives left out."""

from __future__ import annotations

import re
from itertools import pairwise

from factlint.readers.dates import parse_moment
from factlint.readers.decoding import decode
from factlint.readers.lines import cells, inline, lines_of, skip_deeper
from factlint.readers.marked import Prose
from factlint.source import Document
from factlint.times import Period

_MARKUP = re.compile(
    r"``(?P<object>[^`](?:[^`]|`(?!`)){0,600}?)``"
    r"|(?::[\w:.+-]{1,40}:)`(?:(?P<text_role>[^`<>]{1,400}?)\s*<[^`<>]{1,400}>|(?P<object_role>[^`]{1,400}))`"
    r"|(?<![\w`])_?`(?:(?P<text_link>[^`<>]{1,400}?)\s*<[^`<>]{1,600}>|(?P<text_title>[^`]{1,400}))`(?::[\w:.+-]{1,40}:|_{0,2})"
    r"|\[(?:[0-9]{1,4}|\#[\w-]{0,40}|\*|[A-Z][\w.-]{1,40})\]_(?!\w)"
    r"|(?<![\w|])\|(?P<object_named>[^\s|](?:[^|\r\n]{0,60}[^\s|])?)\|_{0,2}"
    r"|(?<![\w*])\*\*(?P<text_strong>[^\s*](?:[^*]{0,600}[^\s*])?)\*\*(?![\w*])"
    r"|(?<![\w*])\*(?P<text_emphasis>[^\s*](?:[^*]{0,600}[^\s*])?)\*(?![\w*])"
    r"|(?<=[^\W_])__?(?![\w_])"
    r"|\\(?:\s|(?P<text_escaped>\S))"
)
_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1*")
_BULLET = re.compile(r"(?:[-*+•‣⁃]|\(?(?:[0-9]{1,4}|#|[a-zA-Z]|[ivxIVX]{1,5})[.)])(?:[ \t]+|$)")
_FIELD = re.compile(r":((?![: ])(?:[^:\\\r\n]|\\.){1,80}):(?:[ \t]+|$)")
_EXPLICIT = re.compile(r"\.\.(?:[ \t]+|$)")
_DIRECTIVE = re.compile(r"(?:\|[^|]+\|[ \t]+)?([\w:.+-]+?)::(?:[ \t]+|$)")
_NOTE = re.compile(r"\[(?:[0-9]+|#[\w-]*|\*|[\w.-]+)\][ \t]+")
_SIMPLE_TABLE = re.compile(r"=+(?:[ \t]+=+)+")
_GRID_BORDER = re.compile(r"\+(?:[-=]+\+)+")
# Directives whose content is prose, and those whose argument is, too, and as what.
_PROSE = {
    **dict.fromkeys(
        ("note", "warning", "tip", "important", "hint", "caution", "danger", "attention", "error"), "paragraph"
    ),
    **dict.fromkeys(("seealso", "deprecated", "versionadded", "versionchanged", "only"), ""),
    **dict.fromkeys(("compound", "container", "list-table", "epigraph", "highlights", "pull-quote"), ""),
    **dict.fromkeys(("admonition", "topic", "sidebar", "rubric"), "heading"),
    "table": "caption",
    "figure": "",
    "image": "",
}
_DATES = frozenset(("date", "published", "pubdate"))


def read(path: str, data: bytes) -> Document:
    """Read a reStructuredText file."""
    source = decode(data, path)
    reading = _Rest(source.text, Prose(source))
    reading.read()
    return reading.prose.document(reading.date, "metadata")


class _Rest:
    """One file, read line by line."""

    def __init__(self, text: str, prose: Prose) -> None:
        self.prose = prose
        self.date: Period | None = None
        self._text = text
        self._lines = lines_of(text)
        self._has_text = False  # beside the title

    def read(self) -> None:
        """Read all lines."""
        index = 0
        while index < len(self._lines):
            index = self._read_block(index)

    def _add(self, start: int, end: int) -> None:
        inline(self.prose, self._text, start, end, _MARKUP)

    def _read_block(self, index: int) -> int:
        """Read what begins in a line; returns the line after it."""
        line = self._lines[index]
        text = line.text
        if not text:
            return index + 1
        if _SIMPLE_TABLE.fullmatch(text):
            return self._read_simple_table(index)
        if _GRID_BORDER.fullmatch(text):
            return self._read_grid(index)
        if len(text) > 2 and _ADORNMENT.fullmatch(text):
            return index + 1  # the line above a title, or one that divides
        if self._is_title(index):
            self.prose.part("heading")
            self._add(line.start, line.end)
            self.prose.part("paragraph")
            return index + 2
        if match := _EXPLICIT.match(text):
            return self._read_explicit(index, match.end())
        if text.startswith(">>> "):
            while index < len(self._lines) and self._lines[index].text:
                index += 1
            return index
        if text.startswith("__ "):
            return index + 1
        kind, start = "paragraph", line.start
        if match := _FIELD.match(text):
            self._note_field(match[1], text[match.end() :])
            kind, start = "item", line.start + match.end()
        else:
            self._has_text = True
        while match := _BULLET.match(self._text, start, line.end):
            kind, start = "item", match.end()
        return self._read_paragraph(index, kind, start)

    def _is_title(self, index: int) -> bool:
        """Whether the line below underlines this one."""
        if index + 1 == len(self._lines):
            return False
        line, below = self._lines[index], self._lines[index + 1]
        return (
            len(below.text) > 2
            and below.indent <= line.indent
            and len(below.text) >= len(line.text) - 2
            and _ADORNMENT.fullmatch(below.text) is not None
        )

    def _note_field(self, name: str, value: str) -> None:
        if not self._has_text and name.lower() in _DATES and self.date is None:
            found = parse_moment(value)
            if found is not None and found.first == found.last:
                self.date = found

    def _read_paragraph(self, index: int, kind: str, start: int) -> int:
        """Read a paragraph whose prose begins at `start` in a line, and go past the code that it announces."""
        first = self._lines[index]
        end, last = first.end, index
        in_lines = first.text.startswith("| ")
        self.prose.part(kind)
        if in_lines:
            start += 2
        spans: list[tuple[int, int]] = [(start, end)]
        inside = first.indent + (start - first.start)
        for number in range(index + 1, len(self._lines)):
            line = self._lines[number]
            if not line.text or _EXPLICIT.match(line.text):
                break
            if in_lines:
                if not line.text.startswith("|"):
                    break
                spans.append((line.start + 1, line.end))
            else:
                usual = self._lines[last].indent if last > index else first.indent
                hangs = kind == "item" and last == index and line.indent > first.indent
                if line.indent != usual and not hangs:
                    break
                if _BULLET.match(line.text) and (kind == "item" or line.indent != first.indent):
                    break
                if kind == "item" and _FIELD.match(line.text):
                    break
                spans[-1] = (spans[-1][0], line.end)
            last = number
        opens = not in_lines and self._text[spans[-1][0] : spans[-1][1]].endswith("::")
        if opens:
            begin, end = spans[-1]
            alone = self._text[begin:end] == "::" or self._text[end - 3 : end - 2].isspace()
            spans[-1] = (begin, end - 2 if alone else end - 1)
        for number, (begin, end) in enumerate(spans):
            if number:
                self.prose.hold("\n", spans[number - 1][1], begin)
            self._add(begin, end)
        self.prose.part("paragraph")
        if not opens:
            return last + 1
        following = last + 1
        while following < len(self._lines) and not self._lines[following].text:
            following += 1
        indent = first.indent if kind == "paragraph" else min(inside - 1, self._lines[last].indent)
        return skip_deeper(self._lines, last + 1, indent)

    def _read_explicit(self, index: int, after: int) -> int:
        """Read what begins with two dots: a directive, a note, a target or a comment."""
        line = self._lines[index]
        if match := _NOTE.match(line.text, after):
            return self._read_paragraph(index, "paragraph", line.start + match.end())
        match = _DIRECTIVE.match(line.text, after)
        name = match[1].lower() if match else ""
        if match is None or name not in _PROSE or line.text.startswith("|", after):
            return skip_deeper(self._lines, index + 1, line.indent)
        kind = _PROSE[name]
        if kind and match.end() < len(line.text):
            self.prose.part(kind)
            self._add(line.start + match.end(), line.end)
            if kind == "paragraph":
                index += 1
                while index < len(self._lines) and self._lines[index].text and self._lines[index].indent > line.indent:
                    if _FIELD.match(self._lines[index].text):
                        break
                    self.prose.hold(" ", self._lines[index].start - 1, self._lines[index].start)
                    self._add(self._lines[index].start, self._lines[index].end)
                    index += 1
                index -= 1
            self.prose.part("paragraph")
        index += 1
        while index < len(self._lines) and (option := _FIELD.match(self._lines[index].text)):
            if option[1] == "alt" and (said := self._lines[index].text[option.end() :]):
                start = self._lines[index].start + option.end()
                self.prose.data([(said, start, start + len(said))])
            index += 1
        return index

    def _read_grid(self, index: int) -> int:
        """Read a table drawn with lines; each line of a cell is a block."""
        while index < len(self._lines) and self._lines[index].text[:1] in ("+", "|") and self._lines[index].text:
            line = self._lines[index]
            if line.text[0] == "|":
                marks = [match.start() for match in re.finditer(r"\||\+(?=[-=+]|$)", line.text)]
                spans = [(first + 1, last) for first, last in pairwise(marks)]
                cells(self.prose, self._add, line, [one for one in spans if not _is_border(line.text[slice(*one)])])
            index += 1
        return index

    def _read_simple_table(self, index: int) -> int:
        """Read a table whose columns are told by the rulers above, between and below its rows."""
        ruler = self._lines[index]
        columns = [match.span() for match in re.finditer("=+", ruler.text)]
        starts = [first for first, _ in columns]
        index += 1
        while index < len(self._lines):
            line = self._lines[index]
            if _SIMPLE_TABLE.fullmatch(line.text):
                following = self._lines[index + 1].text if index + 1 < len(self._lines) else ""
                index += 1
                if not following:
                    break
                continue
            if line.text and line.indent < ruler.indent:
                break
            if line.text and not re.fullmatch(r"-+(?:[ \t]+-+)*", line.text):
                shift = line.indent - ruler.indent
                borders = [max(0, start - shift) for start in starts]
                ends = [*borders[1:], len(line.text)]
                cells(self.prose, self._add, line, list(zip(borders, ends, strict=True)))
            index += 1
        return index


def _is_border(text: str) -> bool:
    return bool(text) and not text.strip("-=+")
