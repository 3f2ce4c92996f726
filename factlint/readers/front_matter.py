"""What stands above a text in YAML or TOML: its date, and the values that are prose, each where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from factlint.readers.dates import parse_moment
from factlint.readers.marked import Part, Prose
from factlint.source import InputError, line_and_column, line_starts
from factlint.times import Period

# Keys for the day of publication, the surest first; compared without signs.
_DATES = ("date", "published", "publishedat", "publishdate", "pubdate", "datepublished", "publicationdate")
# A value of more than one word, or a name; no address, no path, no key of a program.
_PROSE = re.compile(r"(?s)(?![\w.+-]*:/|/|\.{1,2}/|[0-9]{4}-[0-9]{2})(?:.*\S\s+\S|[A-Z][^\W\d_]*\Z)")
_TOML = re.compile(r"""^[ \t]*([\w-]+)[ \t]*=[ \t]*(?:"([^"\\\r\n]*)"|'([^'\r\n]*)')[ \t]*\r?$""", re.MULTILINE)
_BLOCK = re.compile(
    r"(?P<mark>---|\+\+\+)[ \t]*\r?\n(?P<body>(?=(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*[\"']?[\w.@ -]+[\"']?[ \t]*[:=])"
    r"(?:[^\n]*\n)*?)(?:(?P=mark)|\.\.\.)[ \t]*(?:\r?\n|\Z)"
)
_LINE = re.compile(r"[^\r\n]+")


def read_front_matter(prose: Prose, path: str, text: str) -> tuple[int, Period | None]:
    """Add the values that are prose as data; return where the text begins, and the day that is given, if any.

    Only what begins with a key is front matter: a line of hyphens may also divide a text. InputError tells where it
    cannot be read.
    """
    match = _BLOCK.match(text)
    if match is None:
        return 0, None
    if match["mark"] == "---":
        return match.end(), _read_yaml(prose, path, text, match.start("body"), match.end("body"))
    return match.end(), _read_toml(prose, path, text, match.start("body"), match.end("body"))


def _read_yaml(prose: Prose, path: str, text: str, start: int, end: int) -> Period | None:
    import yaml

    days: dict[int, Period] = {}
    try:
        for key, depth, event in _scalars(text[start:end]):
            value = event.value
            if depth == 1:
                _note_day(days, key, value)
            if _PROSE.match(value):
                first, last = start + event.start_mark.index, start + event.end_mark.index
                prose.data(_parts(text, first, last, value, event.style or ""))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = start + (mark.index if mark is not None else 0)
        line, column = line_and_column(line_starts(text), min(at, len(text)))
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise InputError(f"the front matter is not YAML: {problem}", path, line, column) from None
    return days[min(days)] if days else None


def _scalars(text: str) -> Iterator[tuple[str, int, Any]]:
    """The values that are scalars: the key that each stands under, how deep, and the parser's event."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    # For each mapping or list around: the key, and whether a key is what comes next.
    around: list[list[Any]] = []

    def next_is_value() -> bool:
        if not around or around[-1][1] is None:
            return True
        around[-1][1] = not around[-1][1]
        return bool(around[-1][1])

    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            next_is_value()
            key = around[-1][0] if around else ""
            around.append([key, True if isinstance(event, yaml.MappingStartEvent) else None])
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            around.pop()
        elif isinstance(event, yaml.AliasEvent):
            next_is_value()
        elif isinstance(event, yaml.ScalarEvent):
            if next_is_value():
                yield str(around[-1][0] if around else ""), len(around), event
            else:
                around[-1][0] = event.value


def _parts(text: str, start: int, end: int, value: str, style: str) -> list[Part]:
    """A value as it stands in the file: line by line where that says the same, else as a whole."""
    if style in ('"', "'"):
        start, end = start + 1, end - 1
    elif style:
        start = text.find("\n", start, end) + 1 or end
    parts: list[Part] = []
    for match in _LINE.finditer(text, start, end):
        line = match[0]
        said = line.strip() if style != "|" else line.rstrip()
        first = match.start() + len(line) - len(line.lstrip())
        said = said.strip()
        if not said:
            continue
        if parts:
            parts.append((" ", parts[-1][2], first))
        parts.append((said, first, first + len(said)))
    if " ".join(value.split()) == " ".join("".join(said for said, _, _ in parts).split()):
        return parts
    return [(" ".join(value.split()), start, max(end, start))]


def _read_toml(prose: Prose, path: str, text: str, start: int, end: int) -> Period | None:
    import tomllib

    try:
        told = tomllib.loads(text[start:end].replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        line, _ = line_and_column(line_starts(text), start)
        raise InputError(f"the front matter is not TOML: {error}", path, line) from None
    days: dict[int, Period] = {}
    for key, value in told.items():
        if not isinstance(value, (dict, list)):
            _note_day(days, key, str(value))
    for match in _TOML.finditer(text, start, end):
        group = 2 if match[2] is not None else 3
        if told.get(match[1]) == match[group] and _PROSE.match(match[group]):
            prose.data([(match[group], match.start(group), match.end(group))])
    return days[min(days)] if days else None


def _note_day(days: dict[int, Period], key: str, value: str) -> None:
    name = re.sub(r"[^a-z]", "", key.lower())
    if name in _DATES and (found := parse_moment(value)) is not None and found.first == found.last:
        days.setdefault(_DATES.index(name), found)
