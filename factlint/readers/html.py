"""HTML as prose: what a page shows, by blocks, with entities decoded and white space as a browser sets it.

Scripts, styles, code and what is struck out or hidden are no prose. The parser is the standard library's, which tells
the place of every tag and text; nothing is looked for.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

from factlint.readers.dates import parse_moment
from factlint.readers.decoding import decode
from factlint.readers.marked import Part, Prose
from factlint.source import OBJECT, Document
from factlint.times import Period

_NEUTRAL = (
    "address article aside body center details dialog dir div dl fieldset figure footer form frameset head header"
    " hgroup html main menu ol search section table tbody tfoot thead tr ul"
)
# What a block is by the element that it stands in; "" leaves it to the elements around it and to its looks.
_KINDS = {
    "p": "paragraph",
    "title": "data",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dd", "dt"), "item"),
    **dict.fromkeys(("td", "th"), "cell"),
    "blockquote": "quote",
    **dict.fromkeys(("button", "caption", "figcaption", "label", "legend", "nav", "option", "summary"), "caption"),
    **dict.fromkeys(_NEUTRAL.split(), ""),
}
# Elements whose content is no prose: those that part blocks, those that are struck out, those that stand in a sentence.
_UNREAD = (
    "audio canvas datalist iframe listing math noembed noframes noscript object plaintext pre script select style svg"
    " template textarea video xmp"
)
_APART = frozenset(_UNREAD.split())
_STRUCK = frozenset(("del", "s", "strike"))
_CODE = frozenset(("code", "kbd", "samp", "tt", "var"))
_IN_LINE = _STRUCK | _CODE | {"sup"}
# What an opening tag ends, up to the element that holds both.
_ENDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "li": (("li",), ("ul", "ol", "menu", "dir")),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
    "td": (("td", "th"), ("table",)),
    "th": (("td", "th"), ("table",)),
    "tr": (("tr", "td", "th"), ("table",)),
    "option": (("option",), ("select",)),
}
_ATTRIBUTE = re.compile(r"""([^\s/>="']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{0,31});?|[ \t\r\n\f]+")
# A mark for a note: figures, letters or signs set high, or a link of them.
_NOTE = re.compile(r"(?:<[^<>]{0,400}>|\[[^\]<>]{1,20}\]|[\s\[\]()0-9*†‡§¶,–-]){1,60}?</(?:sup|SUP)>")
# Metadata for the day of publication, the surest first; names are compared without signs.
_DATES = (
    "articlepublishedtime",
    "datepublished",
    "ogpublishedtime",
    "bookreleasedate",
    "publishdate",
    "publisheddate",
    "pubdate",
    "parselypubdate",
    "sailthrudate",
    "articlepublished",
    "citationpublicationdate",
    "dcdateissued",
    "dctermsissued",
    "dcdate",
    "dctermsdate",
    "dctermscreated",
    "originalpublicationdate",
    "date",
)
_ARTICLE = re.compile(r"Article|Posting|Report|NewsArticle|WebPage|Review")
_SHY = "\N{SOFT HYPHEN}"


def read(path: str, data: bytes) -> Document:
    """Read an HTML file."""
    source = decode(data, path)
    prose = Prose(source)
    elements = Elements(prose, source.text)
    elements.feed(source.text, 0)
    return prose.document(elements.date, "metadata")


class Elements:
    """The elements that a text stands in, and the prose that comes of what they hold.

    `date` is the day of publication that metadata give, if any.
    """

    def __init__(self, prose: Prose, text: str) -> None:
        self._prose = prose
        self._text = text
        self._stack: list[tuple[str, str]] = []  # names, and the kind of block inside
        self._counts: Counter[str] = Counter()
        self._skipped = ""  # the element that is being skipped, and how often it stands in itself
        self._depth = 0
        self._last_ends: dict[str, int] = {}
        self._data: list[str] | None = None
        self._dates: dict[int, Period] = {}
        self._times: set[Period] = set()

    @property
    def date(self) -> Period | None:
        if self._dates:
            return self._dates[min(self._dates)]
        return next(iter(self._times)) if len(self._times) == 1 else None

    def feed(self, chunk: str, start: int) -> None:
        """Read markup that stands at `start`; in `chunk`, white space may stand for what is none of it."""
        _Tags(self, chunk, start).read()

    @property
    def skips(self) -> bool:
        """Whether text is no prose here."""
        return bool(self._skipped)

    def resume(self) -> None:
        """End an element that is skipped, though nothing has closed it."""
        self._skipped = ""

    def part(self) -> None:
        """End the block."""
        self._prose.part(self._stack[-1][1] if self._stack else "")

    def open(self, name: str, attributes: Mapping[str, str | None], start: int, tag: str) -> None:
        """Begin an element whose tag stands at `start`."""
        if name in _KINDS and (self._skipped in _IN_LINE or self._skipped == "p"):
            self.resume()
        if self._skipped:
            self._depth += name == self._skipped
            return
        end = start + 1 + len(name)
        if name == "sup" and _NOTE.match(self._text, start + len(tag)):
            self._leave_out_note(start, end)
            return
        if name in _KINDS:
            self._open_block(name)
        if attributes:
            self._read_attributes(name, attributes, start, tag)
        if name == "br":
            in_line = self._stack and self._stack[-1][1] in ("heading", "caption", "cell")
            self._prose.hold(" " if in_line else "\n", start, end)
        elif name == "img":
            self._prose.hold(OBJECT, start, end)
        elif name == "hr":
            self.part()
        elif name in _APART:
            if name == "math":
                self._prose.put(OBJECT, start, end)
            elif name != "script":
                self.part()
            self._skip(name, start)
            if name == "script" and (attributes.get("type") or "").lower() == "application/ld+json":
                self._data = []
        elif name in _CODE:
            self._prose.put(OBJECT, start, end)
            self._skip(name, start)
        elif name in _STRUCK:
            self._prose.hold(OBJECT, start, end)
            self._skip(name, start)
        elif "hidden" in attributes and name not in _ENDS:
            self._skip(name, start)

    def _leave_out_note(self, start: int, end: int) -> None:
        """Skip the mark of a note; what stands for it after a letter or figure is an object (it may be a power)."""
        if self._prose.last.isalnum():
            self._prose.put(OBJECT, start, end)
        self._skip("sup", start)

    def _skip(self, name: str, start: int) -> None:
        """Skip an element from its tag on; one that is never closed takes nothing with it."""
        if name not in ("script", "style") and self._last_end(name) < start:
            return
        self._skipped, self._depth = name, 1

    def _last_end(self, name: str) -> int:
        """Where the last tag stands that closes such an element."""
        if name not in self._last_ends:
            self._last_ends[name] = max(self._text.rfind(f"</{name}"), self._text.rfind(f"</{name.upper()}"))
        return self._last_ends[name]

    def _open_block(self, name: str) -> None:
        if self._stack and self._stack[-1][0] == "p":
            self._pop(len(self._stack) - 1)
        if name in _ENDS and any(self._counts[one] for one in _ENDS[name][0]):
            ended, holders = _ENDS[name]
            for index in range(len(self._stack) - 1, -1, -1):
                above = self._stack[index][0]
                if above in holders:
                    break
                if above in ended:
                    self._pop(index)
                    if name != "tr" or above == "tr":
                        break
        kind = _KINDS[name]
        around = self._stack[-1][1] if self._stack else ""
        if not kind or (kind == "paragraph" and around):
            kind = around
        self._stack.append((name, kind))
        self._counts[name] += 1
        self.part()

    def _pop(self, index: int) -> None:
        for name, _ in self._stack[index:]:
            self._counts[name] -= 1
        del self._stack[index:]

    def close(self, name: str) -> None:
        """End an element; a tag that ends none says nothing."""
        if self._skipped:
            if name == self._skipped:
                self._depth -= 1
                if not self._depth:
                    self._skipped = ""
                    if name == "script" and self._data is not None:
                        self._read_linked_data("".join(self._data))
                        self._data = None
            if self._skipped or name not in _KINDS:
                return
        if name == "p" and not self._counts["p"]:
            self.part()
        elif name in _KINDS and self._counts[name]:
            index = len(self._stack) - 1
            while self._stack[index][0] != name:
                index -= 1
            self._pop(index)
            self.part()

    def text(self, start: int, chunk: str) -> None:
        """Add text."""
        if self._data is not None:
            self._data.append(chunk)
        if not self._skipped:
            self._prose.flow(start, chunk)

    def entity(self, start: int, written: str) -> None:
        """Add the character that an entity stands for."""
        if self._skipped:
            return
        said = html.unescape(written)
        if said == written:
            self._prose.flow(start, written)
        elif said != _SHY:
            self._prose.put(said, start, start + len(written))

    def _read_attributes(self, name: str, attributes: Mapping[str, str | None], start: int, tag: str) -> None:
        wanted = {key for key in ("alt", "title") if attributes.get(key)} if name not in ("link", "style") else set()
        if name == "meta":
            of = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
            if of.lower() == "description" and attributes.get("content"):
                wanted.add("content")
            self._note_date(of, attributes.get("content"))
        elif name == "time":
            self._read_time(attributes)
        elif attributes.get("itemprop"):
            self._note_date(attributes["itemprop"] or "", attributes.get("content"))
        if wanted:
            self._tell(wanted, attributes, start, tag, 1 + len(name))

    def _read_time(self, attributes: Mapping[str, str | None]) -> None:
        told = attributes.get("datetime")
        found = _day(told)
        if found is None:
            return
        classes = attributes.get("class") or ""
        if "pubdate" in attributes or re.search(r"\b(?:published|dt-published|entry-date|pubdate)\b", classes):
            self._dates.setdefault(len(_DATES), found)
        elif attributes.get("itemprop"):
            self._note_date(attributes["itemprop"] or "", told)
        else:
            self._times.add(found)

    def _note_date(self, name: str, told: str | None) -> None:
        key = re.sub(r"[^a-z]", "", name.lower())
        if key in _DATES and (found := _day(told)) is not None:
            self._dates.setdefault(_DATES.index(key), found)

    def _read_linked_data(self, text: str) -> None:
        import json

        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            return  # no prose, and of no use to anyone
        self._look_for_date(data, 0)

    def _look_for_date(self, data: Any, depth: int) -> None:
        if isinstance(data, list):
            for one in data:
                self._look_for_date(one, depth + 1)
        elif isinstance(data, dict) and depth < 8:
            if isinstance(told := data.get("datePublished"), str) and _ARTICLE.search(str(data.get("@type"))):
                self._note_date("datePublished", told)
            for one in (data.get("@graph"), data.get("mainEntity"), data.get("mainEntityOfPage")):
                self._look_for_date(one, depth + 1)

    def _tell(
        self, wanted: set[str], attributes: Mapping[str, str | None], start: int, tag: str, after_name: int
    ) -> None:
        """Add the values of some attributes as data, each the first time that it stands in its tag."""
        for match in _ATTRIBUTE.finditer(tag, after_name):
            key = match[1].lower()
            if key in wanted:
                wanted.discard(key)
                group = next((group for group in (2, 3, 4) if match[group] is not None), 0)
                if group and html.unescape(match[group]) == attributes[key]:
                    self._prose.data(_value(match[group], start + match.start(group)))


def _day(told: str | None) -> Period | None:
    """The day that metadata tell; None for less than a day."""
    found = parse_moment(told) if told else None
    return found if found is not None and found.first == found.last else None


def _value(written: str, start: int) -> Sequence[Part]:
    """The value of an attribute as it stands in the file: its entities decoded, its space as single spaces."""
    lead = len(written) - len(written.lstrip())
    start, written = start + lead, written.strip()
    parts: list[Part] = []
    at = 0
    for match in _ENTITY.finditer(written):
        said = " " if match[0].isspace() else html.unescape(match[0])
        if said == match[0]:
            continue
        if match.start() > at:
            parts.append((written[at : match.start()], start + at, start + match.start()))
        parts.append((said, start + match.start(), start + match.end()))
        at = match.end()
    if at < len(written):
        parts.append((written[at:], start + at, start + len(written)))
    return parts


class _Tags(HTMLParser):
    """Tells elements their tags, texts and entities with the places where they stand."""

    def __init__(self, elements: Elements, chunk: str, start: int) -> None:
        super().__init__(convert_charrefs=False)
        self._elements = elements
        self._chunk = chunk
        self._lines = [start]
        at = chunk.find("\n")
        while at >= 0:
            self._lines.append(start + at + 1)
            at = chunk.find("\n", at + 1)
        self._start = start
        # How near the end the last mark is that closes a tag or a comment: what is opened after it is text. Looking for
        # it each time would take as long as the text is, for each of them.
        self._after_tags = len(chunk) - chunk.rfind(">")
        self._after_comments = len(chunk) - chunk.rfind("-->")

    def read(self) -> None:
        self.feed(self._chunk)
        self.close()

    def parse_starttag(self, i: int) -> int:
        """Read a tag; -1 for one that is never closed."""
        return -1 if len(self.rawdata) - i < self._after_tags else super().parse_starttag(i)

    def parse_comment(self, i: int, report: bool = True) -> int:
        """Read a comment; -1 for one that is never closed."""
        return -1 if len(self.rawdata) - i < self._after_comments else super().parse_comment(i, report)

    def parse_pi(self, i: int) -> int:
        """Read an instruction; -1 for one that is never closed."""
        return -1 if len(self.rawdata) - i < self._after_tags else super().parse_pi(i)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Take `<![if IE]>` and the like for a comment, as browsers do; some versions of the parser fail on them."""
        return self.parse_bogus_comment(i, report)

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        written = self.get_starttag_text() or ""
        self._elements.open(tag, dict(attrs[::-1]), self._at(), written)

    def handle_endtag(self, tag: str) -> None:
        self._elements.close(tag)

    def handle_data(self, data: str) -> None:
        self._elements.text(self._at(), data)

    def handle_entityref(self, name: str) -> None:
        self._entity(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._entity(f"&#{name}")

    def _entity(self, written: str) -> None:
        start = self._at()
        after = start - self._start + len(written)
        self._elements.entity(start, written + ";" if self._chunk[after : after + 1] == ";" else written)
