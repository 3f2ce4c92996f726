"""Plain records of facts as the block of bytes that `compiled` reads."""

from __future__ import annotations

import marshal
import re
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from factlint import names
from factlint.facts.compiled import VERSION, entity_of, key_hash, period_of, with_sum
from factlint.facts.indexing import build_index, ends_of
from factlint.facts.model import ALWAYS, value_keys, years_of
from factlint.facts.records import EntityRecord, Records
from factlint.facts.written import DATE, ROLE, lifetime
from factlint.nearness import NamedWords
from factlint.times import Period

_WORD = re.compile(r"\w+")


def compile_records(records: Records) -> bytes:
    """The bytes of some records."""
    head = (
        records.as_of,
        tuple(records.files),
        tuple(records.terms),
        tuple(records.posts),
        tuple(records.specs),
        tuple(records.sources),
        tuple(records.titles),
    )
    sections: dict[str, bytes] = {"head": marshal.dumps(head)}
    plain = [record.plain() for record in records.entities]
    entities = [entity_of(record, records.files) for record in plain]
    _add_rows(sections, "row", plain)
    written = [names.write_name(entity) for entity in entities]
    _add_rows(sections, "written name", written)
    years = (years_of(_told(record)) if record.kind == "person" else ALWAYS for record in records.entities)
    sections["years"] = array("i", (year for pair in years for year in pair)).tobytes()
    sections["fact ends"] = ends_of((len(record.facts) for record in records.entities), "Q")
    kinds: dict[str, array[int]] = {}
    for row, record in enumerate(records.entities):
        kinds.setdefault(record.kind, array("I")).append(row)
    _add_table(sections, "kinds", {kind: tuple(found) for kind, found in kinds.items()})
    _add_table(sections, "ids", {record.id: row for row, record in enumerate(records.entities)})
    _add_table(sections, "values", _by_value(records.entities))
    index = build_index(entities, _titles(records.entities), written)
    scalars = {}
    for name in names.NameIndex.__struct_fields__:
        value = getattr(index, name)
        if isinstance(value, Mapping):
            _add_table(sections, f"names {name}", value)
        elif isinstance(value, NamedWords):
            sections.update({f"words {part}": data for part, data in value.parts().items()})
        else:
            scalars[name] = value
    sections["names"] = marshal.dumps(scalars)
    places, body, at, bare = {}, [], 0, 0
    for name in sorted(sections, key=_has_records):
        data = sections[name]
        places[name] = (at, len(data))
        body.append(data)
        padding = -len(data) % 8
        body.append(b"\0" * padding)
        at += len(data) + padding
        bare = bare if _has_records(name) else at
    contents = marshal.dumps(places)
    before = b"".join([len(contents).to_bytes(8, "little"), contents, b"\0" * (-len(contents) % 8)])
    rest, bare = b"".join([before, *body]), len(before) + bare
    sums = [zlib.crc32(memoryview(rest)[:length], length).to_bytes(4, "little") for length in (len(rest), bare)]
    return b"".join([VERSION, *sums, len(rest).to_bytes(8, "little"), bare.to_bytes(8, "little"), rest])


def _has_records(section: str) -> bool:
    """Whether a section has records with checksums of their own; these stand behind all that have none."""
    return section in ("rows", "written names") or section.endswith(" items")


def _add_rows(sections: dict[str, bytes], name: str, rows: Iterable[Any]) -> None:
    """Something of each entity, with where each ends."""
    blobs = [with_sum(marshal.dumps(row), number) for number, row in enumerate(rows)]
    sections[f"{name}s"] = b"".join(blobs)
    sections[f"{name} ends"] = ends_of(map(len, blobs), "Q")


def _add_table(sections: dict[str, bytes], name: str, table: Mapping[str, Any]) -> None:
    """A mapping from text as sorted hashes, each with the place of its keys and values."""
    by_hash: dict[int, list[tuple[str, Any]]] = {}
    for key, value in table.items():
        by_hash.setdefault(key_hash(key), []).append((key, _simple(value)))
    hashes = sorted(by_hash)
    blobs = [with_sum(marshal.dumps(tuple(by_hash[key])), key) for key in hashes]
    sections[f"{name} hashes"] = array("I", hashes).tobytes()
    sections[f"{name} ends"] = ends_of(map(len, blobs))
    sections[f"{name} items"] = b"".join(blobs)


def _simple(value: Any) -> Any:
    """A value as marshal can hold it; name forms become tuples."""
    if isinstance(value, tuple) and value and isinstance(value[0], names.NameForm):
        return tuple([tuple([getattr(form, part) for part in _FORM_PARTS]) for form in value])
    return value


_FORM_PARTS = names.NameForm.__struct_fields__


def _told(record: EntityRecord) -> Iterator[tuple[str, Period]]:
    """What `years_of` asks for."""
    for _, attribute, value, since, until, *_ in record.facts:
        if attribute == "role":
            yield attribute, lifetime(since, until).possible
        elif attribute in ("born", "died") and value[0] == DATE:
            yield attribute, period_of(value[1])


def _by_value(entities: Sequence[EntityRecord]) -> dict[str, tuple[int, ...]]:
    """The rows of the entities of which something is known, by attribute and by what it says."""
    found: dict[str, dict[int, None]] = {}
    of_role: dict[tuple[str | None, ...], list[dict[int, None]]] = {}  # the rows under each key of a role
    for row, record in enumerate(entities):
        for _, attribute, value, *_ in record.facts:
            if not isinstance(value, str) and value[0] == ROLE:
                role = (attribute, value[1], *value[2], None, *value[3])
                told = of_role.get(role)
                if told is None:
                    keys = value_keys(attribute, (), (value[1], *value[2]), value[3])
                    told = of_role[role] = [found.setdefault(key, {}) for key in keys]
                for rows in told:
                    rows[row] = None
            else:
                for key in value_keys(attribute, (value,) if isinstance(value, str) else ()):
                    found.setdefault(key, {})[row] = None
    return {key: tuple(rows) for key, rows in found.items()}


def _titles(entities: Sequence[EntityRecord]) -> dict[str, frozenset[int]]:
    """The words of all titles, with the rows of the people who ever held one."""
    by_title: dict[str, set[int]] = {}
    for row, record in enumerate(entities):
        for fact in record.facts:
            if fact[1] == "role":
                for title in (fact[2][1], *fact[2][2]):
                    by_title.setdefault(title, set()).add(row)
    by_word: dict[str, set[int]] = {}
    for title, rows in by_title.items():
        for word in _WORD.findall(title):
            by_word.setdefault(names.fold(word), set()).update(rows)
    return {word: frozenset(rows) for word, rows in by_word.items()}
