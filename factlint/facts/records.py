"""Facts files as plain records: tuples of texts and numbers, ready to be kept on disk and turned into the model.

A record says nothing that the file doesn't; every record knows its file, line and column. Reading a file never stops
at its first fault.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct, field

from factlint import yamlfile
from factlint.facts.written import (
    ANNOUNCED,
    DATE,
    DERIVED,
    NAME_LISTS,
    OPEN,
    PACK,
    QUANTITY,
    ROLE,
    UNKNOWN,
    lifetime,
    pack_names,
    packs_folder,
    parse_date,
    place_of,
)
from factlint.numbers import parse_quantity
from factlint.times import Lifetime, Period
from factlint.yamlfile import Fault, FaultsError, Node, YamlFile

ANY_NUMBER = "any"

# Section of the file → kind of entity.
KINDS: Mapping[str, str] = {
    "people": "person",
    "organizations": "organization",
    "places": "place",
    "events": "event",
    "works": "work",
    "figures": "figure",
}

# Where two files speak of one entity, what the first says of these replaces what the other says.
_SINGLE = frozenset(
    {"born", "died", "founded", "dissolved", "founded place", "date", "headquarters", "member", "value"}
)


class EntityRecord(Struct):
    """An entity with its facts. `facts` are tuples (path below the id, attribute, value, since, until, file, line,
    column, source or -1, flags)."""

    id: str
    kind: str
    name: str
    site: tuple[int, int, int]
    lists: dict[str, list[str]] = field(default_factory=dict)
    full_name: str = ""
    nouns: dict[str, list[str]] = field(default_factory=dict)
    facts: list[tuple[Any, ...]] = field(default_factory=list)

    def plain(self) -> tuple[Any, ...]:
        """The record as a tuple, fields of names in the order of NAME_LISTS."""
        return (
            self.id,
            self.kind,
            self.name,
            self.site,
            tuple([tuple(self.lists.get(key, ())) for key in NAME_LISTS]),
            self.full_name,
            tuple([(what, tuple(nouns)) for what, nouns in self.nouns.items()]),
            tuple(self.facts),
        )


class Records(Struct):
    """All that some facts files say. `files` are as named in faults; `read` are all files that were looked at, with
    the place on disk of each and whether it was included;
    `absent` are places on disk where a file would have been read had there been one; `left_out` are the values still to
    be filled in."""

    files: list[str] = field(default_factory=list)
    read: list[tuple[str, str, bool]] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    as_of: str = ""
    titles: list[str] = field(default_factory=list)
    sources: list[tuple[Any, ...]] = field(default_factory=list)
    entities: list[EntityRecord] = field(default_factory=list)
    terms: list[tuple[Any, ...]] = field(default_factory=list)
    posts: list[tuple[Any, ...]] = field(default_factory=list)
    specs: list[tuple[Any, ...]] = field(default_factory=list)
    left_out: list[Fault] = field(default_factory=list)


def slug(name: str) -> str:
    """A name as part of an id: lower case, without diacritics, words joined by hyphens."""
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-") or "unnamed"


def read_records(paths: Sequence[str], *, allow_outside: bool = False) -> tuple[Records, tuple[Fault, ...]]:
    """Read facts files and all that they include.

    `paths` are files, or bundled packs as `pack:NAME`. An include outside the folder of the file named here (by `..`
    or a symbolic link) is a fault unless `allow_outside`. Returns what could be read, and all faults by file and place.
    """
    reader = _Reader(allow_outside)
    for path in paths:
        reader.read_root(path)
    reader.read_waiting()
    return reader.records, tuple(reader.faults)


_DONE = Node(None, 0, 0)


_DATE_KEYS = frozenset({"as_of", "born", "checked", "date", "died", "dissolved", "founded", "from", "until"})


class _Reader:
    """Reads files one after the other into one set of records."""

    def __init__(self, allow_outside: bool) -> None:
        self.allow_outside = allow_outside
        self.records = Records()
        self.faults: list[Fault] = []
        self.done: dict[str, int] = {}  # real path → number of the file
        self.source_keys: list[dict[str, int]] = []  # of each file
        self.ids: set[str] = set()
        self.by_name: dict[tuple[str, str], list[EntityRecord]] = {}
        self.waiting: list[tuple[YamlFile, int]] = []  # files whose entities are still to be read
        self.file = YamlFile("", Node(None, 1, 1))
        self.number = 0

    # Files

    def read_root(self, path: str) -> None:
        place = place_of(path)
        if path.startswith(PACK) and not os.path.exists(place):
            self.faults.append(Fault(path, 0, 0, _no_pack(path.removeprefix(PACK)), "unknown-include"))
            return
        self.read_file(path, place, os.path.dirname(os.path.realpath(place)), (), root=True)

    def read_file(self, shown: str, path: str, folder: str, chain: tuple[str, ...], *, root: bool) -> None:
        real = os.path.realpath(path)
        if real in self.done:
            return
        number = self.done[real] = len(self.records.files)
        shown = shown.replace(os.sep, "/")
        self.records.files.append(shown)
        self.records.read.append((shown, path, not root))
        self.source_keys.append({})
        try:
            text = yamlfile.decode(yamlfile.read_bytes(path), shown)
            file = yamlfile.parse(text, shown)
        except FaultsError as error:
            self.faults.extend(Fault(shown, fault.line, fault.column, fault.message) for fault in error.faults)
            return
        if "…" in text or "..." in text:
            self.records.left_out.extend(take_left_out(file))
        faults = yamlfile.validate(file, yamlfile.bundled_schema("facts"))
        self.faults.extend(faults)
        includes: list[tuple[Node, str, str]] = []
        if isinstance(file.root.value, dict):
            includes = list(self.includes(file, path, folder, (*chain, real)))
        self.file, self.number = file, number
        sources = file.root.get("sources") if isinstance(file.root.value, dict) else None
        keys = [(key, node.key_line, node.key_column) for key, node in sources.entries] if sources and faults else []
        if faults:
            known = {(fault.line, fault.column) for fault in faults}
            for taken in _sound_part(file):
                self.judge_dates(taken, known)
        self.read_tree(file.root, root)
        for key, line, column in keys:  # what cites a source that is at fault is right
            if key not in self.source_keys[number]:
                self.source_keys[number][key] = len(self.records.sources)
                self.records.sources.append((key, "", "", "", "", number, line, column))
        self.waiting.append((file, number))
        for _, shown_include, path_include in includes:
            self.read_file(shown_include, path_include, folder, (*chain, real), root=False)

    def includes(
        self, file: YamlFile, path: str, folder: str, chain: tuple[str, ...]
    ) -> Iterator[tuple[Node, str, str]]:
        """The files that a file includes, as (node, name for faults, path on disk)."""
        node = file.root.get("include")
        for item in node.nodes if node else ():
            if not isinstance(item.value, str):
                continue
            name = item.value.removeprefix(PACK)
            inside_pack = file.path.startswith(PACK)
            target = os.path.join(os.path.dirname(path), item.value)
            if name in pack_names() and (item.value.startswith(PACK) or inside_pack or not os.path.exists(target)):
                if not item.value.startswith(PACK) and not inside_pack:
                    self.records.absent.append(target)
                target, shown = os.path.join(packs_folder(), f"{name}.yaml"), PACK + name
            elif item.value.startswith(PACK) or inside_pack:
                self.faults.append(_located(file, item, _no_pack(name), "unknown-include"))
                continue
            else:
                shown = os.path.normpath(os.path.join(os.path.dirname(file.path), item.value))
                real_folder = os.path.realpath(folder)
                real_target = os.path.realpath(target)
                if not self.allow_outside and os.path.commonpath([real_folder, real_target]) != real_folder:
                    message = f"“{item.value}” is outside the folder of the facts file; such includes must be allowed"
                    self.faults.append(_located(file, item, message, "outside-include"))
                    continue
                if not os.path.isfile(target):
                    near = yamlfile.nearest(name, pack_names()) if os.sep not in name and "." not in name else None
                    message = f"there is no file “{item.value}”"
                    message += f"; did you mean the pack “{near}”?" if near else ""
                    self.faults.append(_located(file, item, message, "unknown-include"))
                    continue
            if os.path.realpath(target) in chain:
                message = f"“{item.value}” includes this file again"
                self.faults.append(_located(file, item, message, "include-cycle"))
                continue
            yield item, shown, target

    # What a file says

    def site(self, node: Node) -> tuple[int, int, int]:
        return (self.number, node.line, node.column)

    def fault(self, node: Node, message: str, rule: str = "schema") -> None:
        self.faults.append(_located(self.file, node, message, rule))

    def date(self, node: Node | None) -> str:
        """The text of a date or `unknown`, empty where there is none; a day that doesn't exist is a fault."""
        if node is None:
            return ""
        text = str(node.value)
        if text != UNKNOWN:
            try:
                parse_date(text)
            except ValueError as error:
                self.fault(node, str(error))
                return UNKNOWN
        return text

    def judge_dates(self, node: Node, known: Collection[tuple[int, int]]) -> None:
        """Name the days that don't exist in what is wrong elsewhere, save at places that are known to be wrong."""
        for key, value in node.entries:
            if key in _DATE_KEYS and isinstance(value.value, str | int):
                if (value.line, value.column) not in known:
                    self.date(value)
            else:
                self.judge_dates(value, known)
        for item in node.value if isinstance(node.value, list) else ():
            self.judge_dates(item, known)

    def read_tree(self, root: Node, is_root: bool) -> None:
        """Everything but the entities: sources first, so that files that include this one can cite them, too."""
        keys = self.source_keys[self.number]
        sources = root.get("sources")
        for key, node in sources.entries if sources else ():
            keys[key] = len(self.records.sources)
            site = (self.number, node.key_line, node.key_column)
            if isinstance(node.value, str):
                self.records.sources.append((key, node.value, "", "", "", *site))
            elif node.value is not None:
                texts = [_text(node.get(name)) for name in ("title", "publisher", "url")]
                self.records.sources.append((key, *texts, self.date(node.get("checked")), *site))
            else:
                self.records.sources.append((key, "", "", "", "", *site))
        as_of = self.date(root.get("as_of"))
        if is_root and not self.records.as_of:
            self.records.as_of = as_of
        self.records.titles.append(_text(root.get("title")))
        for node in _items(root, "terms"):
            self.records.terms.append((_text(node["use"]), _texts(node, "not"), _texts(node, "near"), *self.site(node)))
        for node in _items(root, "posts"):
            holders = node["holders"].value
            self.records.posts.append(
                (
                    _text(node["title"]),
                    _texts(node, "aliases"),
                    _texts(node, "of"),
                    -1 if holders == ANY_NUMBER else int(holders),
                    *self.site(node),
                )
            )
        for node in _items(root, "specs") if is_root else ():
            finds = []
            for item in node["finds"].nodes:
                if isinstance(item.value, dict):
                    more = _text(item.get("expected")), _text(item.get("rule"))
                    finds.append((item["text"].text, *more, *self.site(item["text"])))
                else:
                    finds.append((item.text, "", "", *self.site(item)))
                if finds[-1][0] not in node["text"].value:
                    self.fault(item, f"“{finds[-1][0]}” does not stand in the text")
            site = self.site(node["text"])
            self.records.specs.append((node["text"].value, self.date(node.get("date")), tuple(finds), *site))

    def read_waiting(self) -> None:
        """The entities of all files, when all their sources are known; a file's own before those that it includes."""
        while self.waiting:
            self.file, self.number = self.waiting.pop(0)
            self.read_entities(self.file.root)

    def read_entities(self, root: Node) -> None:
        fresh: list[EntityRecord] = []
        for section, kind in KINDS.items():
            nodes = _items(root, section)
            for at, node in enumerate(nodes):
                nodes[at] = _DONE  # a large file's nodes take more room than all that is made of them
                fresh.append(_EntityReader(self, node, kind, section).read())
        # One file that names something twice means two; two files mean the same.
        known = {key: list(found) for key, found in self.by_name.items()} if self.by_name else {}
        for record in fresh:
            key = (record.kind, record.name)
            same = known.get(key)
            if same and (other := next((one for one in same if _may_be_one(one, record)), None)):
                same.remove(other)
                _merge(other, record)
                continue
            record.id = self.free_id(record.id)
            self.by_name.setdefault(key, []).append(record)
            self.records.entities.append(record)

    def free_id(self, wanted: str) -> str:
        free, number = wanted, 1
        while free in self.ids:
            number += 1
            free = f"{wanted}-{number}"
        self.ids.add(free)
        return free

    def source(self, node: Node | None, default: int = -1) -> int:
        """The number of the first source that a node names; a key that no file knows is a fault."""
        if node is None:
            return default
        found = default
        for item in node.nodes:
            number = self.source_keys[self.number].get(item.text)
            if number is None:
                number = next((keys[item.text] for keys in self.source_keys if item.text in keys), None)
            if number is None:
                near = yamlfile.nearest(item.text, (key for keys in self.source_keys for key in keys))
                hint = f"; did you mean “{near}”?" if near else ""
                self.fault(item, f"there is no source “{item.text}”{hint}", "unknown-source")
            elif found == default:
                found = number
        return found


class _EntityReader:
    """Reads one entity."""

    def __init__(self, reader: _Reader, node: Node, kind: str, section: str) -> None:
        self.reader = reader
        self.node = node
        name = node["name"]
        self.record = EntityRecord(f"{section}/{slug(name.text)}", kind, name.text, reader.site(name))
        self.default_source = reader.source(node.get("source"))

    def read(self) -> EntityRecord:
        node, record = self.node, self.record
        for key, node_key in (
            ("aliases", "aliases"),
            ("wrong", "not"),
            ("distinct_from", "distinct_from"),
            ("mentions", "mentions"),
            ("involves", "about" if record.kind == "figure" else "involves"),
            ("near", "near"),
        ):
            if found := node.get(node_key):
                record.lists[key] = list(found.texts)
        full_name = node.get("full_name")
        if full_name:
            record.full_name = full_name.text
            aliases = record.lists.setdefault("aliases", [])
            if full_name.text not in aliases and full_name.text != record.name:
                aliases.append(full_name.text)
        for number, item in enumerate(_items(node, "former")):
            record.lists.setdefault("former", []).append(item["name"].text)
            self.timed(f"former/{number}", "former name", item["name"].text, item, "name")
        for key in ("born", "died", "founded", "dissolved"):
            if found := node.get(key):
                self.dated(key, found)
        for number, item in enumerate(_items(node, "roles")):
            value = (ROLE, item["title"].text, _texts(item, "aliases"), _texts(item, "of"))
            self.timed(f"roles/{number}", "role", value, item, "title")
        for key, attribute in (
            ("headquarters", "headquarters"),
            ("regions", "region"),
            ("region", "region"),
            ("country", "country"),
            ("capital_of", "capital_of"),
            ("capital", "capital"),
            ("demonyms", "demonym"),
            ("nationality", "nationality"),
            ("author", "author"),
            ("place", "place"),
        ):
            if found := node.get(key):
                for number, item in enumerate(found.nodes):
                    path = key if not isinstance(found.value, list) else f"{key}/{number}"
                    self.fact(path, attribute, item.text, item)
        if record.kind == "figure":
            self.figure()
        elif record.kind in ("event", "work"):
            self.date_of_event()
        self.counts()
        attributes = node.get("attributes")
        for name, found in attributes.entries if attributes else ():
            for number, item in enumerate(found.nodes):
                path = f"attributes/{name}/{number}" if isinstance(found.value, list) else f"attributes/{name}"
                if isinstance(item.value, dict):
                    self.timed(path, name, self.value(item["value"]), item, "value")
                else:
                    self.fact(path, name, self.value(item), item)
        return record

    def fact(
        self, path: str, attribute: str, value: Any, at: Node, since: str = "", until: str = "", source: int = -2,
        flags: int = 0,
    ) -> None:  # fmt: skip
        if value is not None:
            source = self.default_source if source == -2 else source
            self.record.facts.append((path, attribute, value, since, until, *self.reader.site(at), source, flags))

    def timed(self, path: str, attribute: str, value: Any, node: Node, main: str) -> None:
        """A fact with the bounds, the source and the announcement that its node gives; it stands where `main` does."""
        reader = self.reader
        since, until = reader.date(node.get("from")), reader.date(node.get("until"))
        announced = node.get("announced")
        flags = ANNOUNCED if announced and announced.value is True else 0
        source = reader.source(node.get("source"), self.default_source)
        self.fact(path, attribute, value, node[main], since, until, source, flags)

    def dated(self, key: str, node: Node) -> None:
        if not isinstance(node.value, dict):
            self.fact(key, key, (DATE, self.reader.date(node)), node)
            return
        source = self.reader.source(node.get("source"), self.default_source)
        if found := node.get("date"):
            self.fact(key, key, (DATE, self.reader.date(found)), found, source=source)
        if found := node.get("place"):
            self.fact(f"{key}/place", f"{key} place", found.text, found, source=source)

    def date_of_event(self) -> None:
        """The date of an event or work; of an event of several days the days between `from` and `until`."""
        node, reader = self.node, self.reader
        flags = ANNOUNCED if (said := node.get("announced")) and said.value is True else 0
        self.one_time()
        if found := node.get("date"):
            self.fact("date", "date", (DATE, reader.date(found)), found, flags=flags)
            return
        first, last = (reader.date(node.get(key)).replace(UNKNOWN, "") for key in ("from", "until"))
        if first or last:
            at = node.get("from") or node.get("until") or node
            text = first if first == last else f"{first}{OPEN}{last}"
            self.fact("date", "date", (DATE, text), at, flags=flags)

    def one_time(self) -> None:
        """A date and bounds beside it are a fault: one of them would not be used."""
        bound = self.node.get("from") or self.node.get("until")
        if bound and self.node.get("date"):
            self.reader.fault(bound, "“date” stands here, too; say either “date” or “from” and “until”")

    def figure(self) -> None:
        node, reader = self.node, self.reader
        unit = node.get("unit")
        value = self.value(node["value"], _text(unit), always=True)
        self.one_time()
        if found := node.get("date"):
            flags = ANNOUNCED if (said := node.get("announced")) and said.value is True else 0
            text = reader.date(found)
            self.fact("value", "value", value, node["value"], text, text, self.default_source, flags)
        else:
            self.timed("value", "value", value, node, "value")

    def value(self, node: Node, unit: str = "", *, always: bool = False) -> Any:
        """A quantity, or the text where it need be none; None and a fault if it cannot be read."""
        raw = yamlfile.plain(node)
        if isinstance(raw, str) and not always:
            return raw
        try:
            parse_quantity(raw, unit)
        except (ValueError, TypeError, ArithmeticError) as error:
            self.reader.fault(node, str(error) or "this is no number")
            return None
        return (QUANTITY, raw, unit)

    def counts(self) -> None:
        node, record = self.node, self.record
        listed: list[tuple[str, Node]] = []
        members = node.get("members")
        for item in _items(node, "counts"):
            what = item["of"].text
            record.nouns[what] = list(dict.fromkeys([*record.nouns.get(what, ()), *_texts(item, "nouns")]))
            values = item.get("values")
            for number, value in enumerate(values.nodes if values else ()):
                path = f"counts/{slug(what)}/{number}"
                self.timed(path, f"count:{what}", self.value(value["value"], always=True), value, "value")
            if values is None:
                listed.append((what, item))
        if not members:
            return
        for number, item in enumerate(members.nodes):
            if isinstance(item.value, dict):
                self.timed(f"members/{number}", "member", item["name"].text, item, "name")
            else:
                self.fact(f"members/{number}", "member", item.text, item)
        if not listed and "members" not in record.nouns:
            record.nouns["members"] = []
        for what, item in listed or [("members", members)]:
            self.derive(what, item, _text(item.get("from")) if isinstance(item.value, dict) else "")

    def derive(self, what: str, at: Node, complete_from: str) -> None:
        """The count of a list of members for each stretch of days in which it stays the same."""
        attribute = f"count:{what}"
        typed = [lifetime(fact[3], fact[4]).possible for fact in self.record.facts if fact[1] == attribute]
        members = [
            (lifetime(fact[3], fact[4]), fact[8], bool(fact[9] & ANNOUNCED))
            for fact in self.record.facts
            if fact[1] == "member"
        ]
        begin = parse_date(complete_from).first if complete_from and complete_from != UNKNOWN else None
        for number, (first, last, low, high, source, announced) in enumerate(derived_counts(members)):
            if begin and last and last < begin:
                continue
            since = first if not begin or (first and first > begin) else begin
            if high == 0 or any(Period(since, last).meets(possible) for possible in typed):
                continue
            value = (QUANTITY, high if low == high else [low, high], "")
            texts = [day.isoformat() if day else "" for day in (since, last)]
            flags = DERIVED | (ANNOUNCED if announced else 0)
            self.fact(f"members/{slug(what)}/{number}", attribute, value, at, texts[0], texts[1], source, flags)


def derived_counts(
    members: Iterable[tuple[Lifetime, int, bool]],
) -> Iterator[tuple[date | None, date | None, int, int, int, bool]]:
    """How many members there are, as (first day, last day, least, most, source, announced) from the first to the last.

    `members` are (lifetime, source, announced). The least counts those who surely belong on every one of the days, the
    most those who may. The source is that of the change that the stretch begins with. A stretch is announced if all who
    join or leave then are only announced to.
    """
    changes: dict[int, list[tuple[int, int, int, bool]]] = {}
    start, end = 0, date.max.toordinal() + 1
    for holds, source, announced in members:
        since, until = holds.since, holds.until
        may_from = since.first.toordinal() if since and since.first else start
        may_to = until.last.toordinal() + 1 if until and until.last else end
        surely_from = since.last.toordinal() if since and since.last else start
        surely_to = until.first.toordinal() + 1 if until and until.first else end
        if holds.since_unknown:
            surely_from = until.first.toordinal() if until and until.first else end
        if holds.until_unknown:
            surely_to = since.last.toordinal() + 1 if since and since.last else start
        if may_from >= may_to:
            continue
        changes.setdefault(may_from, []).append((0, 1, source, announced))
        changes.setdefault(may_to, []).append((0, -1, source, announced))
        if surely_from < surely_to:
            changes.setdefault(surely_from, []).append((1, 0, source, announced))
            changes.setdefault(surely_to, []).append((-1, 0, source, announced))
    low = high = 0
    days = sorted(changes)
    current: tuple[int, int, int, int, bool] | None = None  # first day, low, high, source, announced
    for day in days:
        before = (low, high)
        for change_low, change_high, _, _ in changes[day]:
            low += change_low
            high += change_high
        if (low, high) == before and current is not None:
            continue
        if current is not None:
            yield (_day(current[0]), _day(day - 1), *current[1:])
        joined = [item for item in changes[day] if item[0] + item[1] > 0] or changes[day]
        current = (day, low, high, joined[-1][2], all(item[3] for item in changes[day]))
        if day == end:
            return
    if current is not None:
        yield (_day(current[0]), None, *current[1:])


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if 0 < ordinal <= date.max.toordinal() - 1 else None


def _may_be_one(one: EntityRecord, other: EntityRecord) -> bool:
    """Whether two entities of one kind and name in two files are the same: no two dates of birth, no two sites."""
    if one.site[0] == other.site[0]:
        return False
    for attribute in ("born", "died", "founded"):
        values = [{fact[2] for fact in record.facts if fact[1] == attribute} for record in (one, other)]
        if all(values) and not any(_agree(a, b) for a in values[0] for b in values[1]):
            return False
    return True


def _agree(one: tuple[int, str], other: tuple[int, str]) -> bool:
    if UNKNOWN in (one[1], other[1]):
        return True
    return parse_date(one[1]).meets(parse_date(other[1]))


def _merge(first: EntityRecord, second: EntityRecord) -> None:
    """Add to an entity what another file says of it; what the first file says stands."""
    for key, names in second.lists.items():
        known = first.lists.setdefault(key, [])
        known.extend(name for name in names if name not in known)
    first.full_name = first.full_name or second.full_name
    said = {fact[1] for fact in first.facts}
    for what, nouns in second.nouns.items():
        known = first.nouns.setdefault(what, [])
        known.extend(noun for noun in nouns if noun not in known)
    taken = {fact[0] for fact in first.facts}
    values = {(fact[1], fact[2], fact[3], fact[4]) for fact in first.facts if not isinstance(fact[2], tuple)}
    for fact in second.facts:
        attribute = fact[1]
        if attribute in said and (attribute in _SINGLE or attribute.startswith("count:")):
            continue
        if not isinstance(fact[2], tuple) and (attribute, fact[2], fact[3], fact[4]) in values:
            continue
        path, number = fact[0], 1
        while path in taken:
            number += 1
            path = f"{fact[0]}-{number}"
        taken.add(path)
        first.facts.append((path, *fact[1:]))


def take_left_out(file: YamlFile) -> list[Fault]:
    """Take the values of entities written as `…`, still to be filled in, out of a file's tree; each is told."""
    found = []
    root = file.root
    waiting = [node for section in KINDS for node in _items(root, section)] if isinstance(root.value, dict) else []
    while waiting:
        node = waiting.pop()
        waiting.extend(node.value if isinstance(node.value, list) else ())
        for key, value in list(node.entries):
            if value.value in ("…", "..."):
                del node.value[key]
                found.append(_located(file, value, f"“{key}” is still to be filled in", "left-out"))
            else:
                waiting.append(value)
    return found


def _sound_part(file: YamlFile) -> list[Node]:
    """Take all that is at fault out of a file's tree, so that the rest can be judged; returns what was taken out."""
    schema, root = yamlfile.bundled_schema("facts"), file.root
    if not isinstance(root.value, dict):
        root.value = {}
    root.value["factlint"] = Node(1, root.line, root.column)
    taken: list[Node] = []
    while faults := yamlfile.validate(file, schema):
        before = len(taken)
        _take_out(root, {(fault.line, fault.column) for fault in faults}, taken)
        if len(taken) == before:
            root.value = {"factlint": root.value["factlint"]}
    return taken


def _take_out(node: Node, places: Collection[tuple[int, int]], taken: list[Node]) -> None:
    """Take out of a tree what stands at some places, or whose key does."""
    if isinstance(node.value, list):
        taken.extend(item for item in node.value if (item.line, item.column) in places)
        node.value = [item for item in node.value if (item.line, item.column) not in places]
        rest = node.value
    else:
        wrong = [
            key
            for key, item in node.entries
            if (item.line, item.column) in places or (item.key_line, item.key_column) in places
        ]
        taken.extend(node.value.pop(key) for key in wrong)
        rest = [item for _, item in node.entries]
    for item in rest:
        _take_out(item, places, taken)


def _no_pack(name: str) -> str:
    near = yamlfile.nearest(name, pack_names())
    return f"there is no pack “{name}”; " + (f"did you mean “{near}”?" if near else f"known: {', '.join(pack_names())}")


def _located(file: YamlFile, node: Node, message: str, rule: str) -> Fault:
    return Fault(file.path, node.line, node.column, message, rule)


def _items(node: Node, key: str) -> list[Node]:
    found = node.get(key)
    return found.nodes if found else []


def _text(node: Node | None) -> str:
    return "" if node is None or node.value is None else str(node.value)


def _texts(node: Node, key: str) -> tuple[str, ...]:
    found = node.get(key)
    return found.texts if found else ()
