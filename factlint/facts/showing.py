"""What the facts say of something, as lines for a person to read; which packs there are.

Nothing here judges; each line names the place and the source that it comes from.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from factlint import names, yamlfile
from factlint.facts.loading import load_facts
from factlint.facts.model import Entity, Fact, Facts, Role, Site
from factlint.facts.written import PACK, pack_names, packs_folder
from factlint.times import Lifetime, Period, Standing

_WORD = re.compile(r"\w+")


def find_named(facts: Facts, name: str) -> tuple[Entity, ...]:
    """The entities that have a name in any form, wrong ones too, whatever its case and diacritics; or an id."""
    if name in facts.by_id:
        return (facts.by_id[name],)
    wanted = tuple(names.fold(word) for word in _WORD.findall(name))
    index = names.index_of(facts)
    rows: dict[int, None] = {}
    for word in wanted:
        for form in index.anchors.get(word, ()):
            if form.folded == wanted and form.form != names.DISTINCT:
                rows.update(dict.fromkeys(form.entities))
    found = [facts.entities[row] for row in sorted(rows)]
    if not found:
        folded = name.casefold()
        found = [
            entity
            for kind in ("figure",)
            for entity in facts.entities_of(kind)
            if folded in (form.casefold() for form in (entity.name, *entity.aliases))
        ]
    return tuple(found)


def search(facts: Facts, words: str, *, most: int = 20) -> tuple[Entity, ...]:
    """The entities whose names are most like some words: each may be misspelt, the best first, at most `most`.

    Looked up through the index of names; figures by the words of their names.
    """
    wanted = [names.fold(word) for word in _WORD.findall(words)]
    index = names.index_of(facts)
    score: dict[int, float] = {}
    for word in wanted:
        near: dict[int, float] = dict.fromkeys(index.rows_of(word), 0.0)
        for other, far in names.near_words(index, word).items():
            for row in index.rows_of(other):
                near[row] = min(near.get(row, 9.0), far)
        for row, far in near.items():
            score[row] = score.get(row, 0.0) + 1 / (1 + far)
    for row in facts.rows_by_kind.get("figure", ()):
        entity = facts.entities[row]
        has = {names.fold(word) for text in (entity.name, *entity.aliases) for word in _WORD.findall(text)}
        if common := len(has.intersection(wanted)):
            score[row] = float(common)
    best = max(score.values(), default=0.0)
    ranked = sorted((row for row in score if score[row] >= best / 2), key=lambda row: (-score[row], row))
    return tuple(facts.entities[row] for row in ranked[:most])


def search_lines(facts: Facts, words: str) -> Iterator[str]:
    """What `search` finds, a line each."""
    for entity in search(facts, words):
        yield _title(facts, entity)


def show_lines(facts: Facts, entity: Entity, when: Period | None = None) -> Iterator[str]:
    """Everything known of an entity, on the days of `when` where that is given, with places and sources."""
    yield _title(facts, entity)
    for label, texts in (
        ("also", entity.aliases),
        ("not", entity.wrong),
        ("not to be confused with", entity.distinct_from),
        ("mentioned as", entity.mentions),
        ("involves", entity.involves),
        ("near", entity.near),
    ):
        if texts:
            yield f"  {label}: {', '.join(texts)}"
    for what, nouns in entity.nouns.items():
        if nouns:
            yield f"  {what} are called: {', '.join(nouns)}"
    yield from _timed(facts, facts.by_subject.get(entity.id, ()), when, named=False)
    others = [fact for name in dict.fromkeys((entity.name, *entity.aliases)) for fact in facts.holders(of=name)]
    for name in dict.fromkeys((entity.name, *entity.aliases)):
        for attribute in ("member", "capital_of"):
            others.extend(facts.saying(attribute, name))
    yield from _timed(facts, dict.fromkeys(others), when, named=True)


def _timed(facts: Facts, known: Iterable[Fact], when: Period | None, *, named: bool) -> Iterator[str]:
    """Facts by attribute; at a time those that hold then, or the one before or after where none does."""
    by_attribute: dict[tuple[str, str], list[Fact]] = {}
    for fact in known:
        by_attribute.setdefault((fact.attribute, fact.subject if named else ""), []).append(fact)
    for found in by_attribute.values():
        chosen = found
        if when is not None:
            standing = [(fact, fact.holds.at(when)) for fact in found]
            chosen = [fact for fact, how in standing if how in (Standing.HOLDS, Standing.MAY_HOLD)]
            if not chosen and not named and found[0].attribute not in ("member", "role", "former name"):
                ended = [fact for fact, how in standing if how is Standing.ENDED]
                chosen = ended[-1:] or found[:1]
        for fact in chosen:
            yield f"  {_line(facts, fact, when, named=named)}"


def _line(facts: Facts, fact: Fact, when: Period | None, *, named: bool) -> str:
    name = facts.by_id[fact.subject].name
    if isinstance(fact.value, Role):
        says = f"{fact.value}: {name}" if named else str(fact.value)
    elif named:
        says = f"{fact.attribute.replace('_', ' ')}: {name}"
    else:
        says = f"{fact.attribute.removeprefix('count:').replace('_', ' ')}: {fact.value}"
    period = period_text(fact.holds)
    told = [says + (f", {period}" if period else "")]
    if when is not None:
        how = fact.holds.at(when)
        if how is Standing.ENDED:
            told.append("(over by then)")
        elif how is Standing.NOT_YET:
            told.append("(not yet then)")
        elif how is Standing.MAY_HOLD:
            told.append("(perhaps not on all of these days)")
    if fact.announced:
        told.append("(announced)")
    if fact.source:
        source = fact.source
        parts = [source.title or source.key, source.publisher, source.url]
        parts.append(f"checked {source.checked}" if source.checked else "")
        told.append(f"[{', '.join(part for part in parts if part)}]")
    told.append(_where(fact.at))
    return " ".join(told)


def period_text(holds: Lifetime) -> str:
    """A lifetime in words: “from 2020-03-04 to 2024-09-05”; empty where it always holds."""
    since = "unknown" if holds.since_unknown else str(holds.since or "")
    until = "unknown" if holds.until_unknown else str(holds.until or "")
    if since and since == until and since != "unknown":
        return f"in {since}" if len(since) < 10 else f"on {since}"
    return " ".join(part for part in (since and f"from {since}", until and f"to {until}") if part)


def _title(facts: Facts, entity: Entity) -> str:
    life = {fact.attribute: str(fact.value) for fact in facts.by_subject.get(entity.id, ()) if fact.attribute in _LIFE}
    more = ", ".join([entity.kind, *(f"{key} {life[key]}" for key in _LIFE if key in life)])
    return f"{entity.name} ({more}) {_where(entity.at)}"


_LIFE = ("born", "died", "founded", "dissolved", "date")


def _where(site: Site) -> str:
    return f"{site.file}:{site.line}"


class Pack(Struct, frozen=True):
    """A bundled pack: its name, what it is about, how much it holds, and when its sources were last checked."""

    name: str
    title: str
    entities: int
    facts: int
    checked: str


def list_packs() -> Iterator[Pack]:
    """The bundled packs, by name."""
    for name in pack_names():
        facts = load_facts([PACK + name])
        title = yamlfile.load(os.path.join(packs_folder(), f"{name}.yaml")).root.get("title")
        checked = min((source.checked for source, _ in facts.sources if source.checked), default="")
        yield Pack(name, title.text if title else "", len(facts.entities), len(facts.facts), checked)
