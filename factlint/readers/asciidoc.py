"""AsciiDoc as prose: paragraphs, headings, items, cells and captions; code, comments and macros left out."""

from __future__ import annotations

import re

from factlint.readers.dates import parse_moment
from factlint.readers.decoding import decode
from factlint.readers.lines import Line, cells, inline, lines_of
from factlint.readers.marked import Prose
from factlint.source import Document
from factlint.times import Period

_MARKUP = re.compile(
    r"(?<![\w`])(?P<text_open>[\"'])`(?=\S)|(?<=\S)`(?P<text_close>[\"'])(?!\w)"
    r"|``(?P<object_double>[^`\r\n]{1,400})``|(?<![\w`])`(?P<object>[^`\s](?:[^`]{0,400}[^`\s])?)`(?![\w`])"
    r"|(?<![\w+])\+\+?(?P<object_plus>[^+\s](?:[^+\r\n]{0,200}[^+\s])?)\+?\+(?![\w+])"
    r"|(?:https?|ftp|irc|mailto|link|xref)(?::(?://)?)[^\s\[\]<>]{1,600}\[(?:(?P<text_link>[^\[\]\r\n]{1,400}?)\^?)?\]"
    r"|<<[^<>,\r\n]{1,200},[ ]?(?P<text_ref>[^<>]{1,200})>>|<<(?P<object_ref>[^<>\r\n]{1,200})>>"
    r"|footnote(?:ref)?:[\w-]{0,40}\[(?P<data_note>[^\[\]\r\n]{1,600})\]"
    r"|image:[^\s:\[\]]{1,400}\[(?P<data_alt>[^\[\],=\r\n]{1,300})[^\[\]]{0,200}\]"
    r"|(?:kbd|btn|menu|icon|image|stem|latexmath|asciimath):[^\s\[\]]{0,200}\[(?P<object_macro>[^\[\]\r\n]{0,300})\]"
    r"|(?:pass|anchor|indexterm2?):[^\s\[\]]{0,100}\[[^\[\]\r\n]{0,300}\]|\[\[[\w:.-]{1,100}(?:,[^\[\]]{1,200})?\]\]"
    r"|(?<!\\)\{(?P<object_named>[\w-]{1,60})\}"
    r"|(?:\[[\w.#, -]{1,60}\])?(?<![\w*])\*(?P<text_strong>[^\s*](?:[^*]{0,400}[^\s*])?)\*(?![\w*])"
    r"|(?:\[[\w.#, -]{1,60}\])?(?<!\w)_(?P<text_emphasis>[^\s_](?:[^_]{0,400}[^\s_])?)_(?!\w)"
    r"|(?:\[[\w.#, -]{1,60}\])?(?<![\w&#])\#(?P<text_marked>[^\s#](?:[^#\r\n]{0,400}[^\s#])?)\#(?![\w#])"
    r"|\*\*(?P<text_strong_part>[^*\r\n]{1,200})\*\*|__(?P<text_emphasis_part>[^_\r\n]{1,200})__"
    r"|(?P<break>[ \t]\+(?=[ \t]*(?:\r|\n)))"
    r"|\\(?=[*_`#{<\[])"
)
_HEADING = re.compile(r"(?:={1,6}|#{1,6})[ \t]+(?=\S)")
_ITEM = re.compile(r"(?:\*{1,5}|-|\.{1,5}|[0-9]{1,3}\.|[a-zA-Z]\.|<[0-9.]{1,3}>)[ \t]+(?:\[[ *xX]\][ \t]+)?(?=\S)")
_TERM = re.compile(r"(?P<term>[^:\r\n](?:[^:\r\n]|:(?!:)){0,200}?)(?:::{1,3}|;;)(?:[ \t]+|$)")
_ATTRIBUTE = re.compile(r":(!?[\w-]+!?):(?:[ \t]+(.*))?")
_MACRO = re.compile(r"(?P<name>\w+)::[^\s\[\]]*\[[ \t]*(?P<said>[^\],=]*)")
_REVISION = re.compile(r"(?:v?[0-9][\w.]*,[ \t]*)?(?P<date>[12][0-9]{3}-[01][0-9]-[0-3][0-9])(?::.*)?")
_SKIPPED = re.compile(r"-{4,}|\.{4,}|\+{4,}|/{4,}|```.*")
_CONTAINER = re.compile(r"={4,}|\*{4,}|--|_{4,}|~{4,}")
_TABLE = re.compile(r"[|,:!]={3,}")
_CELL = re.compile(r"(?:(?:[0-9.]+[+*])?[<^>.]{0,4}[a-z]?)?(?<!\\)\|")
_CODE = re.compile(r"\[(?:source|listing|literal|stem|latexmath|asciimath|pass|comment|ditaa|plantuml|,)\b.*\]|\[,.*\]")
_DATES = frozenset(("revdate", "date", "docdate", "published"))


def read(path: str, data: bytes) -> Document:
    """Read an AsciiDoc file."""
    source = decode(data, path)
    reading = _AsciiDoc(source.text, Prose(source))
    reading.read()
    return reading.prose.document(reading.date, "metadata")


class _AsciiDoc:
    """One file, read line by line."""

    def __init__(self, text: str, prose: Prose) -> None:
        self.prose = prose
        self.date: Period | None = None
        self._text = text
        self._lines = lines_of(text)
        self._kinds: list[tuple[str, str]] = []  # the lines that open containers, and the kind of block in each

    def read(self) -> None:
        """Read all lines."""
        index, in_header = 0, bool(self._lines) and self._lines[0].text.startswith("= ")
        while index < len(self._lines):
            line = self._lines[index]
            if in_header and index:
                in_header = bool(line.text)
                if in_header:
                    self._read_header(line)
                    index += 1
                    continue
            index = self._read_block(index)

    def _read_header(self, line: Line) -> None:
        """Read a line between the title and the first blank line: author, revision or attribute."""
        if match := _ATTRIBUTE.fullmatch(line.text):
            if match[1] in _DATES:
                self._note_day(match[2] or "")
        elif match := _REVISION.fullmatch(line.text):
            self._note_day(match["date"])

    def _note_day(self, text: str) -> None:
        found = parse_moment(text)
        if found is not None and found.first == found.last and self.date is None:
            self.date = found

    def _add(self, start: int, end: int) -> None:
        inline(self.prose, self._text, start, end, _MARKUP)

    def _block(self, kind: str, start: int, end: int) -> None:
        self.prose.part(kind)
        self._add(start, end)
        self.prose.part("paragraph")

    def _read_block(self, index: int) -> int:
        """Read what begins in a line; returns the line after it."""
        line = self._lines[index]
        text = line.text
        if (
            not text
            or (text.startswith("//") and not text.startswith("////"))
            or text in ("+", "'''", "<<<", "***", "---")
        ):
            return index + 1
        if _CONTAINER.fullmatch(text) and not line.indent:
            if any(opened == text for opened, _ in self._kinds):
                while self._kinds.pop()[0] != text:
                    pass
            else:
                self._kinds.append((text, "quote" if text[0] == "_" else "paragraph"))
            return index + 1
        if _SKIPPED.fullmatch(text) and not line.indent:
            return self._skip(index)
        if _TABLE.fullmatch(text):
            return self._read_table(index)
        if _ATTRIBUTE.fullmatch(text):
            return index + 1
        if _CODE.fullmatch(text):
            return self._skip_code(index + 1)
        if text[0] == "[" and text[-1] == "]" and not re.search(r"\][^\[\]]+\[", text):
            return index + 1
        if (match := _MACRO.match(text)) and text.endswith("]"):
            if match["name"] == "image" and (said := match["said"].rstrip()):
                start = line.start + match.start("said")
                self.prose.data([(said, start, start + len(said))])
            return index + 1
        if match := _HEADING.match(text):
            self._block("heading", line.start + match.end(), line.end)
            return index + 1
        if text[0] == "." and len(text) > 1 and text[1] not in ". ":
            self._block("caption", line.start + 1, line.end)
            return index + 1
        if self._is_underlined(index):
            self._block("heading", line.start, line.end)
            return index + 2
        kind, start = (self._kinds[-1][1] if self._kinds else "paragraph"), line.start
        if match := _ITEM.match(text):
            kind, start = "item", line.start + match.end()
        elif match := _TERM.match(text):
            self._block("item", line.start, line.start + match.end("term"))
            kind, start = "item", line.start + match.end()
        elif line.indent:
            while index < len(self._lines) and self._lines[index].text:
                index += 1
            return index
        return self._read_paragraph(index, kind, start)

    def _is_underlined(self, index: int) -> bool:
        """Whether the line below makes this one a heading, as AsciiDoc once wrote them."""
        below = self._lines[index + 1].text if index + 1 < len(self._lines) else ""
        return (
            len(below) > 3
            and below[0] in "=-~^+"
            and not below.strip(below[0])
            and abs(len(below) - len(self._lines[index].text)) <= 2
        )

    def _read_paragraph(self, index: int, kind: str, start: int) -> int:
        end = self._lines[index].end
        index += 1
        while index < len(self._lines):
            text = self._lines[index].text
            if not text or text == "+" or text.startswith("//") or _ITEM.match(text) or _TERM.match(text):
                break
            if _SKIPPED.fullmatch(text) or _CONTAINER.fullmatch(text) or _TABLE.fullmatch(text):
                break
            if text[0] == "[" and text[-1] == "]" and _CODE.fullmatch(text):
                break
            end = self._lines[index].end
            index += 1
        self._block(kind, start, end)
        return index

    def _skip(self, index: int) -> int:
        """Go past a block of code or comment to the line that closes it."""
        opened = self._lines[index].text
        closing = "```" if opened.startswith("```") else opened
        for number in range(index + 1, len(self._lines)):
            if self._lines[number].text == closing:
                return number + 1
        return len(self._lines)

    def _skip_code(self, index: int) -> int:
        """Go past what is announced as code: a block between two lines, or a paragraph."""
        while index < len(self._lines) and re.match(r"\.[^\s.]|\[", self._lines[index].text):
            index += 1
        if index < len(self._lines):
            text = self._lines[index].text
            if _SKIPPED.fullmatch(text) or text == "--":
                return self._skip(index)
        while index < len(self._lines) and self._lines[index].text:
            index += 1
        return index

    def _read_table(self, index: int) -> int:
        closing = self._lines[index].text
        index += 1
        while index < len(self._lines) and self._lines[index].text != closing:
            line = self._lines[index]
            marks = [match.span() for match in _CELL.finditer(line.text)] if closing[0] == "|" else []
            if line.text and closing[0] != "|":
                marks = [(match.start(), match.end()) for match in re.finditer(r"\A|[,:;]", line.text)]
            starts = [last for _, last in marks] or [0]
            ends = [*(first for first, _ in marks[1:]), len(line.text)]
            if marks and marks[0][0] > 0 and closing[0] == "|":
                starts, ends = [0, *starts], [marks[0][0], *ends]
            cells(self.prose, self._add, line, list(zip(starts, ends, strict=True)))
            index += 1
        return index + 1
