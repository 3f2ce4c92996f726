"""The facts: entities and what is known of them, each fact with its value, its lifetime and its source.

Roles, counts, dates, places, figures and attributes all have the one shape, Fact. Nothing here reads a
file or knows YAML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cached_property
from typing import Any, TypeAlias, TypeVar

from msgspec import Struct, field

from factlint.findings import Citation
from factlint.numbers import Quantity
from factlint.times import Lifetime, Period, Standing

Made = TypeVar("Made")


class Site(Struct, frozen=True):
    """Where something stands in a facts file: line and column from 1."""

    file: str
    line: int
    column: int = 1


class Cited(Struct, frozen=True):
    """A source: who says so, and when that was last looked at (ISO date or empty)."""

    key: str
    title: str = ""
    publisher: str = ""
    url: str = ""
    checked: str = ""


class Role(Struct, frozen=True):
    """The value of a `role` fact: a title held in or for something ("Foreign Minister", of Ukraine)."""

    title: str
    aliases: tuple[str, ...] = ()
    of: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.title + (f" of {' and '.join(self.of)}" if self.of else "")


# What a fact may hold: words, a number or range with its unit, a date, or a role.
Value: TypeAlias = str | Quantity | Period | Role


class Entity(Struct, frozen=True):
    """Something that has a name: a person, organization, place, event, work, figure or term.

    `name` is the form to print; `aliases` are other right forms (an organization's full name is one of
    them, and is `full_name`, too), `wrong` the forms known to be wrong, `distinct_from` names that look alike and are
    somebody else's.
    `mentions`, `involves` and `near` are the words that an event, figure or term is known by in a text.
    """

    id: str
    kind: str
    name: str
    at: Site
    aliases: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    distinct_from: tuple[str, ...] = ()
    full_name: str = ""
    mentions: tuple[str, ...] = ()
    involves: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    former: tuple[str, ...] = ()  # right until they changed: see the facts `former name`
    nouns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of each thing counted: how articles call it


class Fact(Struct, frozen=True):
    """One thing known of one entity over one lifetime.

    `attribute` is `role`, `count:WHAT` ("count:members"), `member`, `born`, `died`, `founded`, `dissolved`,
    `founded place`, `date`, `place`, `headquarters`, `country`, `capital`, `capital_of`, `region`, `demonym`,
    `nationality`, `author`, `former name`, `value` (of a figure), or the name of an attribute as the facts file gives
    it ("party"). `id` is the path in the file: people/dmytro-kuleba/roles/0. `announced` is a fact made known before it
    begins.
    """

    id: str
    subject: str
    attribute: str
    value: Value
    holds: Lifetime
    at: Site
    source: Cited | None = None
    announced: bool = False


class Knowledge(Enum):
    """What the facts say of an attribute at a time."""

    KNOWN = "known"
    OUTDATED = "outdated"  # only facts that ended before
    NOT_YET = "not yet"  # only facts that begin after
    UNKNOWN = "unknown"


class Term(Struct, frozen=True):
    """House terminology: `use` instead of any of `wrong`; only near one of the words `near`, if there are any."""

    use: str
    wrong: tuple[str, ...]
    near: tuple[str, ...]
    at: Site


class Post(Struct, frozen=True):
    """How many hold a post at a time: a title, in one of the bodies `of` (any, if there are none); None is no limit."""

    title: str
    aliases: tuple[str, ...]
    of: tuple[str, ...]
    holders: int | None
    at: Site


class Expected(Struct, frozen=True):
    """A piece of a spec's text that must be flagged; `expected` and `rule` are empty where they don't matter."""

    text: str
    expected: str
    rule: str
    at: Site


class Spec(Struct, frozen=True):
    """A test inside a facts file: a text, judged as of `date`, and all that must be flagged in it."""

    text: str
    date: Period | None
    finds: tuple[Expected, ...]
    at: Site


_REMEMBERED = "remembered by key"


class Facts(Struct, frozen=True, dict=True):
    """Everything known, with the indexes to find it.

    Entities and facts are in the order of their files; two loads of the same files are equal.
    """

    entities: Sequence[Entity] = ()
    facts: Sequence[Fact] = ()
    terms: tuple[Term, ...] = ()
    as_of: Period | None = None
    files: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()
    specs: tuple[Spec, ...] = ()
    sources: tuple[tuple[Cited, Site], ...] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """The indexes go with the facts to another process; what is remembered is worked out again there."""
        indexes = {name: index for name, index in self.__dict__.items() if name != _REMEMBERED}
        return _restored, (tuple(getattr(self, name) for name in self.__struct_fields__), indexes)

    def remembered(self, key: str, make: Callable[[Facts], Made]) -> Made:
        """What is worked out from these facts once: `make` is called when the key is first asked for."""
        known: dict[str, Made] = self.__dict__.setdefault(_REMEMBERED, {})
        found = known.get(key)
        if found is None:
            found = known[key] = make(self)
        return found

    @cached_property
    def by_id(self) -> Mapping[str, Entity]:
        """Each entity by its id."""
        return {entity.id: entity for entity in self.entities}

    @cached_property
    def by_subject(self) -> Mapping[str, tuple[Fact, ...]]:
        """The facts of each entity, by its id."""
        found: dict[str, list[Fact]] = {}
        for fact in self.facts:
            found.setdefault(fact.subject, []).append(fact)
        return {subject: tuple(facts) for subject, facts in found.items()}

    @cached_property
    def rows_by_kind(self) -> Mapping[str, tuple[int, ...]]:
        """The places in `entities` of those of each kind."""
        found: dict[str, list[int]] = {}
        for row, entity in enumerate(self.entities):
            found.setdefault(entity.kind, []).append(row)
        return {kind: tuple(rows) for kind, rows in found.items()}

    @cached_property
    def rows_by_value(self) -> Mapping[str, tuple[int, ...]]:
        """The places in `entities` of those of which something is known: see value_keys."""
        rows = {entity.id: row for row, entity in enumerate(self.entities)}
        found: dict[str, dict[int, None]] = {}
        for fact in self.facts:
            value = fact.value
            if isinstance(value, Role):
                keys = value_keys(fact.attribute, (), (value.title, *value.aliases), value.of)
            else:
                keys = value_keys(fact.attribute, (value,) if isinstance(value, str) else ())
            for key in keys:
                found.setdefault(key, {})[rows[fact.subject]] = None
        return {key: tuple(of_key) for key, of_key in found.items()}

    def entities_of(self, kind: str) -> Iterator[Entity]:
        """The entities of a kind, without a look at any other."""
        return (self.entities[row] for row in self.rows_by_kind.get(kind, ()))

    def saying(self, attribute: str, text: str = "") -> Iterator[Fact]:
        """The facts of an attribute whose value is the text (whatever its case), or all; without a look at others."""
        wanted = text.casefold()
        for row in self.rows_by_value.get(f"{attribute}={wanted}" if text else attribute, ()):
            for fact in self.by_subject[self.entities[row].id]:
                if fact.attribute == attribute and (not text or str(fact.value).casefold() == wanted):
                    yield fact

    def holders(self, title: str = "", of: str = "") -> Iterator[Fact]:
        """The roles with this title or alias, held in or for `of` (either empty: any), whoever held them when."""
        wanted, body = title.casefold(), of.casefold()
        rows = self.rows_by_value.get(f"title={wanted}" if title else f"of={body}" if of else "role", ())
        if title and of:
            inside = set(self.rows_by_value.get(f"of={body}", ()))
            rows = tuple(row for row in rows if row in inside)
        for row in rows:
            for fact in self.by_subject[self.entities[row].id]:
                value = fact.value
                if (
                    isinstance(value, Role)
                    and (not title or wanted in (name.casefold() for name in (value.title, *value.aliases)))
                    and (not of or body in (name.casefold() for name in value.of))
                ):
                    yield fact

    def of(self, subject: str, attribute: str) -> Iterator[Fact]:
        """The facts of an entity (by id) under an attribute, whatever their time."""
        return (fact for fact in self.by_subject.get(subject, ()) if fact.attribute == attribute)

    def about(self, subject: str, attribute: str, when: Period) -> tuple[Knowledge, tuple[Fact, ...]]:
        """What is known of an entity's attribute on the days of `when`, with the facts that say so.

        KNOWN carries every fact that holds or may hold then; OUTDATED the last that ended, NOT_YET the
        next to begin.
        """
        standing = [(fact, fact.holds.at(when)) for fact in self.of(subject, attribute)]
        current = tuple(fact for fact, how in standing if how in (Standing.HOLDS, Standing.MAY_HOLD))
        if current:
            return Knowledge.KNOWN, current
        ended = [fact for fact, how in standing if how is Standing.ENDED]
        if ended:
            last = max(fact.holds.possible.last for fact in ended if fact.holds.possible.last)
            return Knowledge.OUTDATED, tuple(fact for fact in ended if fact.holds.possible.last == last)
        coming = [fact for fact, how in standing if how is Standing.NOT_YET]
        if coming:
            first = min(fact.holds.possible.first for fact in coming if fact.holds.possible.first)
            return Knowledge.NOT_YET, tuple(fact for fact in coming if fact.holds.possible.first == first)
        return Knowledge.UNKNOWN, ()

    def cite(self, fact: Fact) -> Citation:
        """The fact as a finding cites it: what it says in words, since when, from where."""
        name = self.by_id[fact.subject].name
        source = fact.source
        return Citation(
            id=fact.id,
            says=_says(name, fact),
            since="unknown" if fact.holds.since_unknown else str(fact.holds.since or ""),
            until="unknown" if fact.holds.until_unknown else str(fact.holds.until or ""),
            file=fact.at.file,
            line=fact.at.line,
            source={
                key: value
                for key, value in (
                    ("title", source.title),
                    ("publisher", source.publisher),
                    ("url", source.url),
                    ("checked", source.checked),
                )
                if value
            }
            if source
            else None,
        )


def value_keys(
    attribute: str, texts: Iterable[str], titles: Iterable[str] = (), bodies: Iterable[str] = ()
) -> Iterator[str]:
    """The keys under which a fact is found: its attribute; with each text of its value; of a role its titles and
    the bodies that it is held in or for."""
    yield attribute
    for text in texts:
        yield f"{attribute}={text.casefold()}"
    for title in titles:
        yield f"title={title.casefold()}"
    for body in bodies:
        yield f"of={body.casefold()}"


def _says(name: str, fact: Fact) -> str:
    if isinstance(fact.value, Role):
        return f"{fact.value}: {name}"
    if fact.attribute.startswith("count:"):
        return f"{fact.attribute.removeprefix('count:')} of {name}: {fact.value}"
    if fact.attribute == "value":
        return f"{name}: {fact.value}"
    return f"{fact.attribute.replace('_', ' ')} of {name}: {fact.value}"


ALWAYS = (-(1 << 31), (1 << 31) - 1)  # from the first year to the last that an index can hold


def years_of(told: Iterable[tuple[str, Period]]) -> tuple[int, int]:
    """The years, from the first to the last, in which somebody may write about a person.

    `told` are attributes, each with the days that its value says, of a role those on which it may have been held.
    """
    began: list[int] = []
    ended: list[int] = []
    first, last = ALWAYS
    for attribute, days in told:
        if attribute == "born" and days.first:
            first, last = days.first.year + 12, days.first.year + 100
        elif attribute == "died" and days.last:
            ended.append(days.last.year)
        elif attribute == "role":
            if days.first:
                began.append(days.first.year)
            ended.append(days.last.year if days.last else 9999)
    if ended:
        last = min(last, max(ended) + 30)
    return max(first, min(began) - 2) if began else first, last


def years_by_row(facts: Facts) -> Sequence[tuple[int, int]]:
    """The years in which somebody may write about the entity of each row; of compiled facts they lie there ready."""
    ready: Sequence[tuple[int, int]] | None = facts.__dict__.get("years")
    if ready is None:
        ready = [
            years_of(_told(facts.by_subject.get(entity.id, ()))) if entity.kind == "person" else ALWAYS
            for entity in facts.entities
        ]
        facts.__dict__["years"] = ready
    return ready


def _told(facts: Iterable[Fact]) -> Iterator[tuple[str, Period]]:
    for fact in facts:
        if fact.attribute == "role":
            yield fact.attribute, fact.holds.possible
        elif fact.attribute in ("born", "died") and isinstance(fact.value, Period):
            yield fact.attribute, fact.value


def joined(parts: Iterable[Facts]) -> Facts:
    """All facts of several, in order."""
    every = tuple(parts)
    return Facts(
        entities=tuple(entity for part in every for entity in part.entities),
        facts=tuple(fact for part in every for fact in part.facts),
        terms=tuple(term for part in every for term in part.terms),
        as_of=next((part.as_of for part in every if part.as_of), None),
        files=tuple(file for part in every for file in part.files),
    )


def _restored(values: tuple[Any, ...], remembered: dict[str, Any]) -> Facts:
    facts = Facts(*values)
    facts.__dict__.update(remembered)
    return facts
