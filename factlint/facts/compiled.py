"""Facts as one block of bytes: entities are built when somebody looks at them, names are found without building any.

The bytes hold no code: texts, numbers and tuples in `marshal`'s form with checksums, so that whatever has changed since
they were written is refused, never half read: at once, or in a large file, of which a check reads little, where it is
looked at. Two loads of the same bytes are equal.
"""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, overload

from factlint import names
from factlint.facts.model import Cited, Entity, Expected, Fact, Facts, Post, Role, Site, Spec, Term, Value
from factlint.facts.written import ANNOUNCED, DATE, NAME_LISTS, ROLE, UNKNOWN, lifetime, parse_date
from factlint.nearness import NamedWords
from factlint.numbers import parse_quantity
from factlint.times import Period

if TYPE_CHECKING:
    from mmap import mmap

# Changes whenever what the bytes hold changes; bytes of another version, Python or machine are not read.
VERSION = f"factlint facts 4 marshal {marshal.version} {sys.byteorder} {sys.hexversion >> 16:x}\n".encode()

Item = TypeVar("Item")


class BytesError(Exception):
    """The bytes are not what was written."""


def facts_of(data: bytes | mmap, place: str = "") -> Facts:
    """The facts that the bytes hold; BytesError if they are not those that were written.

    A mapped file is looked through as far as there are no records. The file at `place` is deleted where one is found to
    have changed later.
    """
    start = len(VERSION) + HEADER
    if data[: len(VERSION)] != VERSION or len(data) < start + 8:
        raise BytesError("another version")
    every, without, length, plain = [
        int.from_bytes(data[at : at + size], "little")
        for at, size in ((start - 24, 4), (start - 20, 4), (start - 16, 8), (start - 8, 8))
    ]
    view = memoryview(data)[start:]
    whole = isinstance(data, bytes)
    if len(view) != length or _sum(data, start, length if whole else plain) != (every if whole else without):
        raise BytesError("damaged")
    size = int.from_bytes(view[:8], "little")
    places: dict[str, tuple[int, int]] = marshal.loads(view[8 : 8 + size])
    base = 8 + size + (-size % 8)

    def section(name: str) -> memoryview:
        at, length = places[name]
        return view[base + at : base + at + length]

    def table(name: str, decode: Callable[[Any], Any]) -> Table[Any]:
        return Table(section(f"{name} hashes"), section(f"{name} ends"), section(f"{name} items"), decode, place)

    as_of, files, terms, posts, specs, sources, _ = marshal.loads(section("head"))
    sites = [Site(files[file], line, column) for *_, file, line, column in sources]
    cited = [Cited(*source[:5]) for source in sources]
    store = Store(
        files,
        cited,
        Rows(section("rows"), section("row ends"), place),
        section("fact ends"),
        table("ids", _as_it_is),
    )
    facts = Facts(
        entities=Lazily(len(store), store.entity),
        facts=Lazily(store.count_of_facts, store.fact_at),
        terms=tuple(Term(use, wrong, near, _site(files, site)) for use, wrong, near, *site in terms),
        as_of=parse_date(as_of) if as_of and as_of != UNKNOWN else None,
        files=files,
        posts=tuple(
            Post(title, aliases, of, None if holders < 0 else holders, _site(files, site))
            for title, aliases, of, holders, *site in posts
        ),
        specs=tuple(
            Spec(
                text,
                parse_date(date) if date and date != UNKNOWN else None,
                tuple(Expected(item[0], item[1], item[2], _site(files, item[3:])) for item in finds),
                _site(files, site),
            )
            for text, date, finds, *site in specs
        ),
        sources=tuple(zip(cited, sites, strict=True)),
    )
    # What the model would work out from all entities is looked up instead.
    facts.__dict__["rows_by_kind"] = table("kinds", _as_it_is)
    facts.__dict__["rows_by_value"] = table("values", _as_it_is)
    facts.__dict__["by_id"] = LookedUp(store.entity_of, store.ids_of_all)
    facts.__dict__["by_subject"] = LookedUp(store.facts_of, store.ids_with_facts)
    index: dict[str, Any] = marshal.loads(section("names"))
    for name in names.NameIndex.__struct_fields__:
        if name not in index and name != "words":
            index[name] = table(f"names {name}", _forms if name == "anchors" else _as_it_is)
    index["words"] = NamedWords(**{part: section(f"words {part}") for part in NamedWords.PARTS})
    facts.__dict__["written names"] = Rows(section("written names"), section("written name ends"), place)
    facts.__dict__["years"] = Years(section("years"))
    facts.__dict__["names"] = names.NameIndex(**index)
    return facts


HEADER = 24  # bytes after the version: two checksums, of all and without the records, and how long each part is


def _sum(data: bytes | mmap, start: int, length: int) -> int:
    """The checksum of so many bytes from a place on, and of how many; a part of a mapped file is in memory."""
    view = memoryview(data)[: start + length]
    if isinstance(data, bytes):
        return zlib.crc32(view[start:], length)
    import mmap

    forget, number = getattr(mmap, "MADV_DONTNEED", None), length
    for at in range(0, len(view), _PART):
        number = zlib.crc32(view[max(at, start) : at + _PART], number)
        if forget is not None:
            data.madvise(forget, at, min(_PART, len(view) - at))
    return number


_PART = 1 << 20  # bytes; a multiple of a page


def with_sum(record: bytes, number: int) -> bytes:
    """A record and its checksum, in which the record's number is, too."""
    return record + zlib.crc32(record, number).to_bytes(4, "little")


def _checked(data: memoryview, number: int, place: str) -> memoryview:
    """The record alone, if it is the one that was written there."""
    record = data[:-4]
    if zlib.crc32(record, number) != int.from_bytes(data[-4:], "little"):
        try:
            os.unlink(place)
        except OSError:
            pass
        raise BytesError("what was kept of the facts has changed; it is made anew by the next check")
    return record


def _forms(value: tuple[tuple[Any, ...], ...]) -> tuple[names.NameForm, ...]:
    return tuple([names.NameForm(*form) for form in value])


def _as_it_is(value: Any) -> Any:
    return value


def _site(files: Sequence[str], site: Sequence[int]) -> Site:
    return Site(files[site[0]], site[1], site[2])


_UNASKED = object()
_MOST_ASKED = 20_000


def key_hash(key: str) -> int:
    return zlib.crc32(key.encode("utf-8", "surrogatepass"))


class Table(Mapping[str, Item]):
    """A mapping from text that is looked up in its bytes."""

    __slots__ = ("_decode", "_ends", "_hashes", "_items", "_known", "_place")

    def __init__(
        self,
        hashes: bytes | memoryview,
        ends: bytes | memoryview,
        items: bytes | memoryview,
        decode: Callable[[Any], Item],
        place: str = "",
    ) -> None:
        self._hashes = memoryview(hashes).cast("B").cast("I")
        self._ends = memoryview(ends).cast("B").cast("I")
        self._items = memoryview(items)
        self._decode = decode
        self._place = place
        self._known: dict[str, Any] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return Table, (bytes(self._hashes), bytes(self._ends), bytes(self._items), self._decode, self._place)

    def _bucket(self, at: int) -> tuple[tuple[str, Any], ...]:
        found: tuple[tuple[str, Any], ...] = marshal.loads(
            _checked(self._items[self._ends[at] : self._ends[at + 1]], self._hashes[at], self._place)
        )
        return found

    def __getitem__(self, key: str) -> Item:
        found: Item | None = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key) is not None

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key; what is not there is remembered, too, as far as there is room."""
        found = self._known.get(key, _UNASKED)
        if found is _UNASKED:
            found = self._find(key)
            if found is not None or len(self._known) < _MOST_ASKED:
                self._known[key] = found
        return default if found is None else found

    def _find(self, key: str) -> Item | None:
        number, hashes = key_hash(key), self._hashes
        at = bisect_left(hashes, number)
        if at < len(hashes) and hashes[at] == number:
            for other, value in self._bucket(at):
                if other == key:
                    return self._decode(value)
        return None

    def __iter__(self) -> Iterator[str]:
        for at in range(len(self._hashes)):
            for key, _ in self._bucket(at):
                yield key

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Rows:
    """Something of each entity in its bytes."""

    __slots__ = ("_data", "_ends", "_place")

    def __init__(self, data: bytes | memoryview, ends: bytes | memoryview, place: str = "") -> None:
        self._data = memoryview(data)
        self._ends = memoryview(ends).cast("B").cast("Q")
        self._place = place

    def __reduce__(self) -> tuple[Any, ...]:
        return Rows, (bytes(self._data), bytes(self._ends), self._place)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, row: int) -> Any:
        return marshal.loads(_checked(self._data[self._ends[row] : self._ends[row + 1]], row, self._place))


class Years:
    """The first and the last year in which somebody may write about each entity, in their bytes."""

    __slots__ = ("_data",)

    def __init__(self, data: bytes | memoryview) -> None:
        self._data = memoryview(data).cast("B").cast("i")

    def __reduce__(self) -> tuple[Any, ...]:
        return Years, (bytes(self._data),)

    def __getitem__(self, row: int) -> tuple[int, int]:
        return self._data[2 * row], self._data[2 * row + 1]


class Store:
    """The records of entities in their bytes."""

    __slots__ = ("_entities", "_fact_ends", "_facts", "_rows", "files", "ids", "sources")

    def __init__(
        self,
        files: tuple[str, ...],
        sources: list[Cited],
        rows: Rows,
        fact_ends: bytes | memoryview,
        ids: Table[int],
    ) -> None:
        self.files = files
        self.sources = sources
        self._rows = rows
        self._fact_ends = memoryview(fact_ends).cast("B").cast("Q")
        self.ids = ids
        self._entities: dict[int, Entity] = {}
        self._facts: dict[int, tuple[Fact, ...]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return Store, (self.files, self.sources, self._rows, bytes(self._fact_ends), self.ids)

    def __len__(self) -> int:
        return len(self._rows)

    def facts(self, row: int) -> tuple[Fact, ...]:
        """The facts of the entity of a row."""
        found = self._facts.get(row)
        if found is None:
            record = self._rows[row]
            found = self._facts[row] = tuple([self._fact(record[0], fact) for fact in record[7]])
        return found

    def _fact(self, subject: str, fact: tuple[Any, ...]) -> Fact:
        path, attribute, value, since, until, file, line, column, source, flags = fact
        return Fact(
            f"{subject}/{path}",
            subject,
            attribute,
            _value(value),
            lifetime(since, until),
            Site(self.files[file], line, column),
            self.sources[source] if source >= 0 else None,
            bool(flags & ANNOUNCED),
        )

    def entity(self, row: int) -> Entity:
        """The entity of a row."""
        found = self._entities.get(row)
        if found is None:
            found = self._entities[row] = entity_of(self._rows[row], self.files)
        return found

    def entity_of(self, key: str) -> Entity:
        """The entity of an id; KeyError if there is none."""
        return self.entity(self.ids[key])

    def facts_of(self, key: str) -> tuple[Fact, ...]:
        """The facts of an id; KeyError if there are none."""
        found = self.facts(self.ids[key])
        if not found:
            raise KeyError(key)
        return found

    def ids_of_all(self) -> Iterator[str]:
        """The ids, by row."""
        return (self.entity(row).id for row in range(len(self)))

    def ids_with_facts(self) -> Iterator[str]:
        """The ids of entities that have facts, by row."""
        return (self.entity(row).id for row in range(len(self)) if self._fact_ends[row] < self._fact_ends[row + 1])

    @property
    def count_of_facts(self) -> int:
        """How many facts there are."""
        return int(self._fact_ends[-1])

    def fact_at(self, number: int) -> Fact:
        """The fact of a number, counted through all entities."""
        row = bisect_right(self._fact_ends, number) - 1
        return self.facts(row)[number - self._fact_ends[row]]


def entity_of(record: tuple[Any, ...], files: Sequence[str]) -> Entity:
    identity, kind, name, site, lists, full_name, nouns, _ = record
    return Entity(
        id=identity,
        kind=kind,
        name=name,
        at=_site(files, site),
        full_name=full_name,
        nouns=dict(nouns),
        **dict(zip(NAME_LISTS, lists, strict=True)),
    )


def _value(value: Any) -> Value:
    if isinstance(value, str):
        return value
    if value[0] == DATE:
        return period_of(value[1])
    if value[0] == ROLE:
        return Role(value[1], value[2], value[3])
    return parse_quantity(value[1], value[2])


@lru_cache(maxsize=1 << 14)
def period_of(text: str) -> Period:
    return Period(None, None) if text in ("", UNKNOWN) else parse_date(text)


class Lazily(Sequence[Item]):
    """A sequence whose items are built when they are looked at; equal to a tuple of the same items."""

    __slots__ = ("_at", "_length")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, length: int, at: Callable[[int], Item]) -> None:
        self._length = length
        self._at = at

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Item: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Item, ...]: ...

    def __getitem__(self, index: int | slice) -> Item | tuple[Item, ...]:
        if isinstance(index, slice):
            return tuple([self._at(number) for number in range(*index.indices(self._length))])
        number = index + self._length if index < 0 else index
        if not 0 <= number < self._length:
            raise IndexError(index)
        return self._at(number)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    def __repr__(self) -> str:
        return f"<{self._length} items>"


class LookedUp(Mapping[str, Item]):
    """A mapping whose values are found when they are asked for; `keys` are all that have one."""

    __slots__ = ("_find", "_keys")

    def __init__(self, find: Callable[[str], Item], keys: Callable[[], Iterator[str]]) -> None:
        self._find = find
        self._keys = keys

    def __getitem__(self, key: str) -> Item:
        return self._find(key)

    def __iter__(self) -> Iterator[str]:
        return self._keys()

    def __len__(self) -> int:
        return sum(1 for _ in self._keys())
