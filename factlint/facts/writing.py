"""Writing facts files that a person goes on editing: order as given, one fact a line, nothing quoted without need.

Whatever is written reads back as the same values. A file that exists is only added to: its lines, comments and order
stay as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from factlint import yamlfile
from factlint.facts.records import KINDS, take_left_out
from factlint.source import InputError
from factlint.yamlfile import Fault, FaultsError, Node

SECTIONS = (*KINDS, "posts", "terms", "specs")

_PLAIN = re.compile(r"[^\x00-\x20\x7f-\xa0\s\-?:,\[\]{}#&*!|>'\"%@`=<~][^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*")
_FLOW = re.compile(r"[,\[\]{}]")
# What other readers of YAML take for a truth value, nothing or a number.
_OTHER = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false|null|nan|inf)|[-+.]?[0-9][0-9_,.:xobXOB]*(?:[eE][-+]?[0-9]+)?|0x[0-9a-fA-F]+"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_YEAR = re.compile(r"[1-9][0-9]{3}")


class Draft(Struct):
    """A facts file to be: sources by key, entities of each section as mappings in the file's own keys, and notes on
    what could not be taken over."""

    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    sections: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def scalar(value: Any, *, flow: bool = False) -> str:
    """A value as YAML: plain where nothing can misread it, in double quotes elsewhere."""
    if not isinstance(value, str):
        return json.dumps(value)
    text: str = value.encode("utf-8", "replace").decode("utf-8")  # half of a character can't be written
    plain = (
        _PLAIN.fullmatch(text)
        and text == text.strip()
        and ": " not in text
        and " #" not in text
        and not text.endswith(":")
        and not (flow and _FLOW.search(text))
        and (not _OTHER.fullmatch(text) or _DATE.fullmatch(text))
    )
    if plain:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    # JSON leaves a few characters as they are that YAML wants escaped.
    return re.sub(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda found: f"\\u{ord(found[0]):04x}", quoted)


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key, flow=True)}: {_dated(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return scalar(value, flow=True)


def _dated(value: Any) -> str:
    """A value under a key: a year stands without quotes."""
    if isinstance(value, str) and _YEAR.fullmatch(value):
        return value
    return flow(value)


def _entry(entity: Mapping[str, Any]) -> Iterator[str]:
    """The lines of an entity in its section: a key a line, lists of mappings an item a line."""
    mark = "  - "
    simple = not any(isinstance(value, Mapping | list | tuple) for value in entity.values())
    if simple and (line := flow(entity)) and len(line) <= 100:
        yield mark + line
        return
    for key, value in entity.items():
        if isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
            yield f"{mark}{key}:"
            for item in value:
                yield from _item(item)
        else:
            yield f"{mark}{key}: {_block(key, value)}"
        mark = "    "


def _item(item: Mapping[str, Any]) -> Iterator[str]:
    nested = [key for key, value in item.items() if isinstance(value, list) and value and isinstance(value[0], Mapping)]
    if not nested:
        yield f"      - {flow(item)}"
        return
    mark = "      - "
    for key, value in item.items():
        if key in nested:
            yield f"{mark}{key}:"
            for inner in value:
                yield f"          - {flow(inner)}"
        else:
            yield f"{mark}{key}: {_block(key, value)}"
        mark = "        "


def _block(key: str, value: Any) -> str:
    if isinstance(value, str):
        return value if key not in ("name", "title", "use") and _YEAR.fullmatch(value) else scalar(value)
    return flow(value)


def write_facts(draft: Draft, *, remark: str = "") -> str:
    """The text of a facts file; `remark` stands above it as a comment."""
    lines = [f"# {line}".rstrip() for line in remark.splitlines()]
    lines.append("factlint: 1")
    if draft.sources:
        lines += ["", "sources:", *(f"  {scalar(key)}: {flow(value)}" for key, value in draft.sources.items())]
    for section in SECTIONS:
        if draft.sections.get(section):
            lines += ["", f"{section}:"]
            for entity in draft.sections[section]:
                lines.extend(_entry(entity))
    return "\n".join(lines) + "\n"


def extend_facts(text: str, draft: Draft, path: str = "") -> tuple[str, tuple[str, ...]]:
    """Add what is new in a draft to the text of a facts file; returns the text and what was left alone.

    New entities go to the end of their section, new sources to the end of the sources. An entity that the file already
    has, by name, is not touched; what the draft knows differently of it is told. A file with faults is a FaultsError.
    """
    file = yamlfile.parse(text, path)
    take_left_out(file)
    if faults := yamlfile.validate(file, yamlfile.bundled_schema("facts")):
        raise FaultsError(faults)
    if not isinstance(file.root.value, dict) or text.lstrip("\ufeff \n").startswith("{"):
        raise InputError("only a facts file in block style can be added to", path, 1, 1)
    end_of_line = "\r\n" if "\r\n" in text else "\n"
    lines = text.removesuffix("\n").removesuffix("\r").replace("\r\n", "\n").split("\n")
    notes: list[str] = []
    keys = sorted((node.key_line, key) for key, node in file.root.entries)
    # From the last section to the first, so that the lines above stay where they are.
    additions: list[tuple[int, str, list[str]]] = []
    added_sources = {}
    present = file.root.get("sources")
    for key, value in draft.sources.items():
        if present and key in present.value:
            if _differs(yamlfile.plain(present[key]), value):
                notes.append(f"source {key}: left as it is")
        else:
            added_sources[key] = value
    if added_sources:
        fresh = [f"  {scalar(key)}: {flow(value)}" for key, value in added_sources.items()]
        additions.append((_end(lines, keys, "sources"), "sources", fresh))
    for section in SECTIONS:
        known = file.root.get(section)
        by_name = {node["name"].text: node for node in known.nodes if "name" in node.value} if known else {}
        fresh = []
        for entity in draft.sections.get(section, ()):
            same = by_name.get(str(entity.get("name", "")))
            if same is None:
                fresh.extend(_entry(entity))
            else:
                notes.extend(_differences(entity, same))
        if fresh:
            additions.append((_end(lines, keys, section), section, fresh))
    for section in ("sources", *SECTIONS):
        node = file.root.get(section)
        if node and any(name == section for _, name, _ in additions) and _in_flow(lines, node):
            raise FaultsError([Fault(path, node.line, node.column, f"write “{section}” in block style to add to it")])
    for at, section, fresh in sorted(additions, key=lambda item: -item[0]):
        node = file.root.get(section)
        if node is None and section in file.root.value:  # a key without a value
            lines[at:at] = fresh
        elif node is None:
            lines[at:at] = ["", f"{section}:", *fresh]
        else:
            lines[at:at] = _indented_as(fresh, node)
    return end_of_line.join(lines) + end_of_line, tuple(notes)


def _end(lines: Sequence[str], keys: Sequence[tuple[int, str]], section: str) -> int:
    """The number of lines up to the end of a section; comments above the next key belong to that."""
    following = [line for line, _ in keys]
    at = next((line for line, key in keys if key == section), None)
    end = len(lines)
    if at is not None:
        after = [line for line in following if line > at]
        end = after[0] - 1 if after else len(lines)
    while end and (not lines[end - 1].strip() or (at is not None and lines[end - 1].startswith("#"))):
        end -= 1
    return end


def _in_flow(lines: Sequence[str], node: Node) -> bool:
    return lines[node.line - 1][node.column - 1 : node.column] in ("[", "{")


def _indented_as(fresh: Iterable[str], node: Node) -> list[str]:
    """Lines indented like the entries that are there."""
    wanted = node.column - 1
    return [" " * wanted + line[2:] for line in fresh]


def _differences(entity: Mapping[str, Any], node: Node) -> Iterator[str]:
    known = yamlfile.plain(node)
    for key, value in entity.items():
        if key not in known:
            yield f"{entity['name']}, {key}: {_dated(value)} was not added to line {node.line}"
        elif _differs(known[key], value):
            told = f"{_dated(known[key])} in line {node[key].line}"
            yield f"{entity['name']}, {key}: {told}, {_dated(value)} in the import"


def _differs(known: Any, value: Any) -> bool:
    if isinstance(known, list) and isinstance(value, list | tuple):
        return any(all(_differs(one, other) for one in known) for other in value)
    if isinstance(known, dict) and isinstance(value, Mapping):
        return any(_differs(known.get(key), value[key]) for key in value)
    return str(known) != str(value)
