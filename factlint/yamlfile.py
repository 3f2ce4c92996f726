"""YAML and JSON that know where each value stands, and faults with file, line and column.

A tree holds only what JSON can hold: no scalar becomes a date, a yes/no, an octal or a base-60 number, no key
stands twice, nothing is nested deeper than DEPTH or stands for something written elsewhere.
"""

from __future__ import annotations

import math
import os
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, cast

from msgspec import Struct

from factlint.source import InputError, line_and_column, line_starts

DEPTH = 100  # levels of nesting
MAX_BYTES = 40_000_000  # of one file

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_ODD_LINE_END = re.compile("[\x85\u2028\u2029]")
_MAX_DIGITS = 300  # a longer run of digits is text, not a number


class Fault(Struct, frozen=True, order=True):
    """What is wrong at a place of a file; line and column from 1, 0 where the whole file is meant.

    `rule` names the kind of fault where there are several.
    """

    path: str
    line: int
    column: int
    message: str
    rule: str = "schema"

    def __str__(self) -> str:
        place = self.path + (f":{self.line}:{self.column}" if self.line else "")
        return f"{place}: {self.message}" if place else self.message


class FaultsError(InputError):
    """A file that cannot be used, with everything that is wrong with it; its text is one line for each fault."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(first.message, first.path, first.line, first.column)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class Node(Struct):
    """A value and where it stands (line and column from 1, in code points). Never changed once it is read.

    `value` is text, a number, true, false, None, a list of nodes, or a dict from key to node; `key_line` and
    `key_column` say where its key stands, if it has one.
    """

    value: Any
    line: int
    column: int
    key_line: int = 0
    key_column: int = 0

    def __getitem__(self, key: str) -> Node:
        """The value under a key of a mapping; KeyError if there is none."""
        node: Node = self.value[key]
        return node

    def get(self, key: str) -> Node | None:
        """The value under a key of a mapping, or None if it is missing or empty."""
        found: Node | None = self.value.get(key)
        return None if found is None or found.value is None else found

    def place_of(self, key: str) -> tuple[int, int]:
        """Line and column of a key of a mapping; of the mapping where it has no such key."""
        found = self.value.get(key) if isinstance(self.value, dict) else None
        return (found.key_line, found.key_column) if found else (self.line, self.column)

    @property
    def entries(self) -> Iterator[tuple[str, Node]]:
        """The keys and values of a mapping; nothing of anything else."""
        return iter(self.value.items() if isinstance(self.value, dict) else ())

    @property
    def nodes(self) -> list[Node]:
        """The items of a list; a single value is a list of itself, an empty one of nothing."""
        if isinstance(self.value, list):
            return self.value
        return [] if self.value is None else [self]

    @property
    def text(self) -> str:
        """A scalar as text."""
        return str(self.value)

    @property
    def texts(self) -> tuple[str, ...]:
        """The items of a list, or the one value, as texts."""
        return tuple([str(node.value) for node in self.nodes])


def plain(node: Node) -> Any:
    """The value without its places: dicts, lists, texts, numbers, booleans and None."""
    value = node.value
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


class YamlFile(Struct, frozen=True):
    """A file and its tree; `path` is as given, for faults."""

    path: str
    root: Node

    def fault(self, node: Node, message: str) -> Fault:
        """A fault at a node."""
        return Fault(self.path, node.line, node.column, message)

    def fault_at_key(self, node: Node, key: str, message: str) -> Fault:
        """A fault at a key of a mapping; at the mapping where the key is missing."""
        return Fault(self.path, *node.place_of(key), message)


# Reading


def load(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> YamlFile:
    """Read a YAML or JSON file (UTF-8, or UTF-16 with a byte-order mark).

    FaultsError names every duplicate key, or the first thing that is no YAML.
    """
    return parse(decode(read_bytes(path, max_bytes=max_bytes), str(path)), str(path))


def read_bytes(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a file of at most `max_bytes`; FaultsError if it cannot be read or is larger."""
    try:
        with open(path, "rb") as file:
            data = file.read(max_bytes + 1)
            if len(data) > max_bytes:
                size = file.seek(0, 2)
                message = f"the file has {size / 1e6:.1f} MB; at most {max_bytes / 1e6:g} MB are read: split it"
                raise FaultsError([Fault(str(path), 0, 0, message)])
            return data
    except OSError as error:
        raise FaultsError([Fault(str(path), 0, 0, f"cannot be read: {error.strerror or error}")]) from None


def decode(data: bytes, path: str) -> str:
    """The text of a file without byte-order mark; FaultsError at the first byte that does not fit."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        name = "UTF-16" if encoding == "utf-16" else "UTF-8"
        message = f"byte 0x{data[error.start]:02x} at offset {error.start} is not {name}"
        raise FaultsError([Fault(path, line, column, message)]) from None


def parse(text: str, path: str = "") -> YamlFile:
    """Read YAML or JSON from a text; `path` is only named in faults."""
    if path.endswith(".json"):
        return YamlFile(path, _parse_json(text, path))
    if text.startswith("{"):
        try:
            return YamlFile(path, _parse_json(text, path))
        except FaultsError:
            pass  # YAML that begins like JSON, or broken: YAML says what is wrong
    return YamlFile(path, _parse_yaml(text, path))


def _scalar(text: str) -> Any:
    """The value of a plain scalar: JSON's literals and numbers; anything else is text."""
    if not text or text in ("null", "~"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if text[0] in "-0123456789" and len(text) <= _MAX_DIGITS:
        if _INTEGER.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text) and math.isfinite(number := float(text)):
            return number
    return text


def _parse_yaml(text: str, path: str) -> Node:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    faults: list[Fault] = []
    if not text.isascii() and (odd := _ODD_LINE_END.search(text)):
        # YAML ends a line there and no editor does: all places below it would be wrong.
        line, column = line_and_column(line_starts(text), odd.start())
        raise FaultsError([Fault(path, line, column, f"the character U+{ord(odd[0]):04X} is not allowed here")])
    try:
        root = _compose(yaml.parse(text, Loader=loader), yaml, path, faults)
    except yaml.reader.ReaderError as error:
        before = text.encode("utf-8", "replace")[: error.position].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        found = text[len(before) : len(before) + 1]
        faults.append(Fault(path, line, column, f"the character U+{ord(found or chr(0)):04X} is not allowed here"))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        lines = text.splitlines()
        if lines and line > len(lines):
            line, column = len(lines), len(lines[-1]) + 1
        faults.append(Fault(path, line, column, _yaml_problem(error, text, line)))
    except yaml.YAMLError as error:
        faults.append(Fault(path, 1, 1, " ".join(str(error).split())))
    if faults:
        raise FaultsError(sorted(faults))
    return root


def _yaml_problem(error: Any, text: str, line: int) -> str:
    problem = str(error.problem or error.context or "this is not YAML")
    lines = text.splitlines()
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return "the line is indented with a tab; YAML wants spaces"
    if "mapping values are not allowed" in problem:
        return "a “: ” where no key can stand; if it belongs to a text, put the text in quotes"
    if error.context and error.context not in problem:
        problem += f" ({error.context}"
        problem += f" that begins in line {error.context_mark.line + 1})" if error.context_mark else ")"
    return f"this is not YAML: {problem}"


class _StopReadingError(Exception):
    pass


def _compose(events: Iterator[Any], yaml: Any, path: str, faults: list[Fault]) -> Node:
    """The tree of the first document of a stream of events; faults are added to `faults`."""
    scalar_event, sequence_start, mapping_start = yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent
    sequence_end, mapping_end = yaml.SequenceEndEvent, yaml.MappingEndEvent
    root: Node | None = None
    # The open collections: their node and, in a mapping, the key that waits for its value.
    open_nodes: list[tuple[Node, list[Any]]] = []
    memo: dict[str, str] = {}  # keys that come again are kept once
    documents = 0

    for event in events:
        kind = type(event)
        if kind is scalar_event:
            mark = event.start_mark
            line, column = mark.line + 1, mark.column + 1
            if event.tag is not None and event.tag not in ("!", "tag:yaml.org,2002:str"):
                faults.append(Fault(path, line, column, f"the tag {_tag(event.tag)} is not read"))
            waiting = open_nodes[-1][1] if open_nodes else None
            if waiting is not None and isinstance(open_nodes[-1][0].value, dict) and not waiting:
                key = event.value
                owner = open_nodes[-1][0]
                if key == "<<" and event.implicit[0]:
                    faults.append(Fault(path, line, column, "“<<” is not read: write the keys out"))
                elif key in owner.value:
                    faults.append(_duplicate(path, line, column, key, owner))
                waiting.append((memo.setdefault(key, key), line, column))
                continue
            is_plain = event.implicit[0] and event.tag is None and not event.style
            node = Node(_scalar(event.value) if is_plain else event.value, line, column)
        elif kind is mapping_start or kind is sequence_start:
            mark = event.start_mark
            line, column = mark.line + 1, mark.column + 1
            if event.tag is not None:
                faults.append(Fault(path, line, column, f"the tag {_tag(event.tag)} is not read"))
            if len(open_nodes) >= DEPTH:
                faults.append(Fault(path, line, column, f"nested deeper than {DEPTH} levels"))
                return Node(None, 1, 1)
            if open_nodes and isinstance(open_nodes[-1][0].value, dict) and not open_nodes[-1][1]:
                faults.append(Fault(path, line, column, "a key must be a text, not a list or a mapping"))
                return Node(None, 1, 1)
            node = Node({}, line, column) if kind is mapping_start else Node([], line, column)
            open_nodes.append((node, []))
            continue
        elif kind is mapping_end or kind is sequence_end:
            node = open_nodes.pop()[0]
        elif kind is yaml.AliasEvent:
            mark = event.start_mark
            message = f"the alias *{event.anchor} is not read: write the value out"
            faults.append(Fault(path, mark.line + 1, mark.column + 1, message))
            return Node(None, 1, 1)
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                mark = event.start_mark
                faults.append(Fault(path, mark.line + 1, mark.column + 1, "a second document begins; only one is read"))
                return root or Node(None, 1, 1)
            continue
        else:
            continue
        if not open_nodes:
            root = node
            continue
        owner, waiting = open_nodes[-1]
        if isinstance(owner.value, list):
            owner.value.append(node)
        else:
            key, line, column = waiting.pop()
            if key not in owner.value:
                owner.value[key] = node
                node.key_line, node.key_column = line, column
    return root or Node(None, 1, 1)


def _tag(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")


def _duplicate(path: str, line: int, column: int, key: str, owner: Node) -> Fault:
    return Fault(path, line, column, f"the key “{key}” stands twice; first in line {owner.place_of(key)[0]}")


_JSON_SPACE = re.compile(r"[ \t\n\r]*")
_JSON_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_JSON_LITERALS = {"t": ("true", True), "f": ("false", False), "n": ("null", None)}


def _parse_json(text: str, path: str) -> Node:
    """The tree of a JSON text, one pass, without recursion."""
    from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]

    starts = line_starts(text)
    skip = _JSON_SPACE.match
    faults: list[Fault] = []

    def place(offset: int) -> tuple[int, int]:
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def stop(offset: int, message: str) -> FaultsError:
        line, column = place(min(offset, len(text)))
        if offset >= len(text):
            message = "the file ends in the middle of a value"
        return FaultsError([*faults, Fault(path, line, column, f"this is not JSON: {message}")])

    root: Node | None = None
    memo: dict[str, str] = {}  # keys that come again are kept once
    owners: list[Node] = []
    key: tuple[str, int] | None = None
    at = skip(text, 0).end()  # type: ignore[union-attr]
    while True:
        # A value begins at `at`.
        character = text[at : at + 1]
        if character == '"':
            line, column = place(at)
            try:
                value, at = scanstring(text, at + 1, True)
            except JSONDecodeError as error:
                raise stop(len(text) if "Unterminated" in error.msg else error.pos, error.msg) from None
            node = Node(value, line, column)
        elif character in ("{", "["):
            line, column = place(at)
            if len(owners) >= DEPTH:
                raise FaultsError([Fault(path, line, column, f"nested deeper than {DEPTH} levels")])
            node = Node({}, line, column) if character == "{" else Node([], line, column)
            at += 1
        elif character in _JSON_LITERALS and text.startswith(_JSON_LITERALS[character][0], at):
            line, column = place(at)
            word, value = _JSON_LITERALS[character]
            node, at = Node(value, line, column), at + len(word)
        elif character and (number := _JSON_NUMBER.match(text, at)):
            line, column = place(at)
            node, at = Node(_scalar(number[0]), line, column), number.end()
        else:
            raise stop(at, f"“{character}” cannot begin a value")
        if not owners:
            root = node
        elif isinstance(owners[-1].value, list):
            owners[-1].value.append(node)
        else:
            assert key is not None
            name, where = key
            owner = owners[-1]
            if name in owner.value:
                faults.append(_duplicate(path, *place(where), name, owner))
            else:
                owner.value[name] = node
                node.key_line, node.key_column = place(where)
                if node.key_line == node.line:
                    node.key_line = node.line  # one number for both takes less room
        opened = character in ("{", "[")
        if opened:
            owners.append(node)
        # What follows: the end of collections, a comma, a key.
        while owners:
            at = skip(text, at).end()  # type: ignore[union-attr]
            is_list = isinstance(owners[-1].value, list)
            character = text[at : at + 1]
            if character == ("]" if is_list else "}"):
                owners.pop()
                at += 1
                opened = False
                continue
            if not opened:
                if character != ",":
                    raise stop(at, f"a comma or “{']' if is_list else '}'}” is missing before “{character}”")
                at = skip(text, at + 1).end()  # type: ignore[union-attr]
            if is_list:
                break
            if text[at : at + 1] != '"':
                raise stop(at, "a key in quotation marks is missing")
            where = at
            try:
                name, at = scanstring(text, at + 1, True)
            except JSONDecodeError as error:
                raise stop(len(text) if "Unterminated" in error.msg else error.pos, error.msg) from None
            key = (memo.setdefault(name, name), where)
            at = skip(text, at).end()  # type: ignore[union-attr]
            if text[at : at + 1] != ":":
                raise stop(at, "a colon is missing after the key")
            at = skip(text, at + 1).end()  # type: ignore[union-attr]
            break
        if not owners:
            break
    at = skip(text, at).end()  # type: ignore[union-attr]
    if at != len(text):
        raise stop(at, "something stands after the end")
    if faults:
        raise FaultsError(sorted(faults))
    assert root is not None
    return root


# Validating

# What a schema may say here; anything else is refused, so that no constraint is silently left out.
_ANNOTATIONS = frozenset(
    {"$schema", "$id", "$defs", "$comment", "title", "description", "default", "examples", "deprecated"}
    | {"errorMessage", "patternErrorMessage"}
)
_TYPES: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "string": ("text", lambda value: isinstance(value, str)),
    "integer": ("a whole number", lambda value: type(value) is int or (type(value) is float and value.is_integer())),
    "number": ("a number", lambda value: type(value) in (int, float)),
    "boolean": ("true or false", lambda value: isinstance(value, bool)),
    "null": ("empty", lambda value: value is None),
    "array": ("a list", lambda value: isinstance(value, list)),
    "object": ("a mapping of keys to values", lambda value: isinstance(value, dict)),
}
_Step = Callable[[Node, str, list[Fault]], None]


def validate(file: YamlFile, schema: Mapping[str, Any]) -> list[Fault]:
    """Everything in which a file departs from a JSON Schema (2020-12), by place.

    Read are `$ref` within the schema, `type`, `enum`, `const`, `pattern`, `minLength`, `minimum`, `maximum`,
    `items`, `minItems`, `maxItems`, `properties`, `required`, `additionalProperties`, `minProperties`,
    `propertyNames` and `anyOf`; a schema with any other constraint is a ValueError. `errorMessage` replaces what
    would be said of a value of the wrong type or of none of the alternatives, `patternErrorMessage` what is said of
    a text that does not match.
    """
    faults: list[Fault] = []
    _Compiler(schema).step(schema)(file.root, file.path, faults)
    return sorted(faults)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like `word`, or None if none is like it."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extractOne

    by_folded = {name.casefold(): name for name in known}
    found = extractOne(word.casefold(), list(by_folded), scorer=ratio, score_cutoff=60)
    return by_folded[found[0]] if found else None


class _Compiler:
    """A schema as functions; each step looks at one node and adds what is wrong."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self.root = root
        self.done: dict[str, _Step] = {}

    def step(self, schema: Mapping[str, Any] | bool) -> _Step:
        if schema is True:
            return lambda node, path, faults: None
        if schema is False:
            return lambda node, path, faults: faults.append(Fault(path, node.line, node.column, "must not stand here"))
        steps: list[_Step] = []
        rest = dict(schema)
        if reference := rest.pop("$ref", None):
            steps.append(self.reference(reference))
        known_type = rest.pop("type", None)
        names = [known_type] if isinstance(known_type, str) else known_type
        checks: list[_Step] = []
        for keyword, value in rest.items():
            if keyword in _ANNOTATIONS:
                continue
            build = getattr(self, "on_" + keyword, None)
            if build is None:
                raise ValueError(f"the schema says “{keyword}”, which is not read here")
            checks.append(build(value, schema))
        if names is not None:
            steps.append(_typed(names, checks, schema.get("errorMessage")))
        else:
            steps.extend(checks)
        if len(steps) == 1:
            return steps[0]

        def every(node: Node, path: str, faults: list[Fault]) -> None:
            for one in steps:
                one(node, path, faults)

        return every

    def reference(self, reference: str) -> _Step:
        def follow(node: Node, path: str, faults: list[Fault]) -> None:
            if reference not in self.done:
                target: Any = self.root
                for part in reference.removeprefix("#").strip("/").split("/"):
                    target = target[part] if part else target
                self.done[reference] = self.step(target)
            self.done[reference](node, path, faults)

        return follow

    def on_enum(self, allowed: list[Any], schema: Mapping[str, Any]) -> _Step:
        expected = ", ".join(_shown(value) for value in allowed)

        def check(node: Node, path: str, faults: list[Fault]) -> None:
            if not any(type(node.value) is type(value) and node.value == value for value in allowed):
                message = f"{_shown(node.value)} is none of: {expected}"
                if isinstance(node.value, str):
                    close = nearest(node.value, [value for value in allowed if isinstance(value, str)])
                    message += f"; did you mean {_shown(close)}?" if close else ""
                faults.append(Fault(path, node.line, node.column, message))

        return check

    def on_const(self, allowed: Any, schema: Mapping[str, Any]) -> _Step:
        said = schema.get("errorMessage")

        def check(node: Node, path: str, faults: list[Fault]) -> None:
            if type(node.value) is not type(allowed) or node.value != allowed:
                message = said or f"should be {_shown(allowed)}, not {_shown(node.value)}"
                faults.append(Fault(path, node.line, node.column, message))

        return check

    def on_pattern(self, pattern: str, schema: Mapping[str, Any]) -> _Step:
        search = re.compile(pattern).search
        said = schema.get("patternErrorMessage") or schema.get("errorMessage") or f"does not match {pattern}"

        def check(node: Node, path: str, faults: list[Fault]) -> None:
            if isinstance(node.value, str) and not search(node.value):
                faults.append(Fault(path, node.line, node.column, f"{_shown(node.value)}: {said}"))

        return check

    def on_minLength(self, least: int, schema: Mapping[str, Any]) -> _Step:
        def check(node: Node, path: str, faults: list[Fault]) -> None:
            if isinstance(node.value, str) and len(node.value) < least:
                message = "must not be empty" if least == 1 else f"should have at least {least} characters"
                faults.append(Fault(path, node.line, node.column, message))

        return check

    def on_minimum(self, least: float, schema: Mapping[str, Any]) -> _Step:
        def check(node: Node, path: str, faults: list[Fault]) -> None:
            if type(node.value) in (int, float) and node.value < least:
                faults.append(Fault(path, node.line, node.column, f"should be at least {least}, not {node.value}"))

        return check

    def on_maximum(self, most: float, schema: Mapping[str, Any]) -> _Step:
        def check(node: Node, path: str, faults: list[Fault]) -> None:
            if type(node.value) in (int, float) and node.value > most:
                faults.append(Fault(path, node.line, node.column, f"should be at most {most}, not {node.value}"))

        return check

    def on_items(self, schema_of_item: Mapping[str, Any], schema: Mapping[str, Any]) -> _Step:
        step = self.step(schema_of_item)

        def check(node: Node, path: str, faults: list[Fault]) -> None:
            if isinstance(node.value, list):
                for item in node.value:
                    step(item, path, faults)

        return check

    def on_minItems(self, least: int, schema: Mapping[str, Any]) -> _Step:
        def check(node: Node, path: str, faults: list[Fault]) -> None:
            if isinstance(node.value, list) and len(node.value) < least:
                message = f"should have at least {least} item{'s' * (least > 1)}, not {len(node.value)}"
                faults.append(Fault(path, node.line, node.column, message))

        return check

    def on_maxItems(self, most: int, schema: Mapping[str, Any]) -> _Step:
        def check(node: Node, path: str, faults: list[Fault]) -> None:
            if isinstance(node.value, list) and len(node.value) > most:
                message = f"should have at most {most} item{'s' * (most > 1)}, not {len(node.value)}"
                faults.append(Fault(path, node.line, node.column, message))

        return check

    def on_minProperties(self, least: int, schema: Mapping[str, Any]) -> _Step:
        def check(node: Node, path: str, faults: list[Fault]) -> None:
            if isinstance(node.value, dict) and len(node.value) < least:
                faults.append(Fault(path, node.line, node.column, f"should have at least {least} key"))

        return check

    def on_propertyNames(self, names: Mapping[str, Any], schema: Mapping[str, Any]) -> _Step:
        step = self.step(names)

        def check(node: Node, path: str, faults: list[Fault]) -> None:
            for key in node.value if isinstance(node.value, dict) else ():
                step(Node(key, *node.place_of(key)), path, faults)

        return check

    def on_required(self, keys: list[str], schema: Mapping[str, Any]) -> _Step:
        def check(node: Node, path: str, faults: list[Fault]) -> None:
            if isinstance(node.value, dict):
                for key in keys:
                    if key not in node.value:
                        faults.append(Fault(path, node.line, node.column, f"the key “{key}” is missing"))

        return check

    def on_properties(self, properties: Mapping[str, Any], schema: Mapping[str, Any]) -> _Step:
        steps = {key: self.step(value) for key, value in properties.items()}
        others = schema.get("additionalProperties", True)
        step_of_others = self.step(others) if isinstance(others, Mapping) else None

        def check(node: Node, path: str, faults: list[Fault]) -> None:
            if not isinstance(node.value, dict):
                return
            for key, item in node.value.items():
                step = steps.get(key)
                if step is not None:
                    step(item, path, faults)
                elif step_of_others is not None:
                    step_of_others(item, path, faults)
                elif others is False:
                    close = nearest(key, [name for name in steps if name not in node.value]) or nearest(key, steps)
                    known = f"did you mean “{close}”?" if close else "known here: " + ", ".join(steps)
                    faults.append(Fault(path, *node.place_of(key), f"unknown key “{key}”; {known}"))

        return check

    def on_additionalProperties(self, others: Any, schema: Mapping[str, Any]) -> _Step:
        if "properties" in schema:
            return lambda node, path, faults: None  # done with the properties
        return self.on_properties({}, schema)

    def on_anyOf(self, alternatives: list[Mapping[str, Any]], schema: Mapping[str, Any]) -> _Step:
        steps = [self.step(alternative) for alternative in alternatives]
        said = schema.get("errorMessage")

        def check(node: Node, path: str, faults: list[Fault]) -> None:
            tried: list[list[Fault]] = []
            for step in steps:
                found: list[Fault] = []
                step(node, path, found)
                if not found:
                    return
                tried.append(found)
            # The alternative that the author meant is the one of the right type; its faults say more.
            fitting = [
                found
                for found, alternative in zip(tried, alternatives, strict=True)
                if self.fits_type(node, alternative) and isinstance(node.value, dict | list)
            ]
            if said and not fitting:
                faults.append(Fault(path, node.line, node.column, f"{said}, not {_kind(node.value)}"))
            else:
                best: list[Fault] = min(fitting or tried, key=len)
                faults.extend(best)

        return check

    def fits_type(self, node: Node, schema: Mapping[str, Any]) -> bool:
        while "$ref" in schema:
            target: Any = self.root
            for part in schema["$ref"].removeprefix("#").strip("/").split("/"):
                target = target[part]
            schema = target
        wanted = schema.get("type", list(_TYPES))
        return any(_TYPES[name][1](node.value) for name in ([wanted] if isinstance(wanted, str) else wanted))


def _typed(names: list[str], checks: list[_Step], said: str | None) -> _Step:
    fits = [_TYPES[name][1] for name in names]
    first = fits[0]
    expected = said or "should be " + " or ".join(_TYPES[name][0] for name in names)

    def check(node: Node, path: str, faults: list[Fault]) -> None:
        value = node.value
        if first(value) or any(fit(value) for fit in fits):
            for one in checks:
                one(node, path, faults)
        else:
            faults.append(Fault(path, node.line, node.column, f"{expected}, not {_kind(value)}"))

    return check


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f"“{value if len(value) <= 60 else value[:57] + '…'}”"
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else _kind(value)


def _kind(value: Any) -> str:
    """A value of the wrong kind, as a fault names it."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "empty"
    return _shown(value) if isinstance(value, str | bool) else str(value)


@cache
def bundled_schema(name: str) -> Mapping[str, Any]:
    """A schema that ships with factlint, by the name of its file without `.json`."""
    import json

    with open(os.path.join(os.path.dirname(__file__), "schemas", f"{name}.json"), encoding="utf-8") as file:
        return cast(Mapping[str, Any], json.load(file))
