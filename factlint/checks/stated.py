"""What a text says of a known thing in so many words, held against the facts of the time: a seat, an author, a country.

One reading for all: right behind a known name (or before it) stands a phrase of the rule, and behind (or before) that
the value. Only values of one kind contradict each other; what may be part of the other is left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType

from factlint.claims import WRONG, Claim, Verdict, problems_of, times_of
from factlint.facts.model import Entity, Fact, Facts, Knowledge
from factlint.findings import Problem
from factlint.mentions import Reading
from factlint.names import ALIAS, NAME, NameMention
from factlint.nearness import farness
from factlint.prepared import prepared
from factlint.source import Span
from factlint.vocabulary import fold, vocabulary, word_list

_WORD = re.compile(r"\w+")
_CAPITALS = r"[A-Z][\w'-]*(?:\.[A-Z])*\.?"
_PLACE = rf"{_CAPITALS}(?: (?:(?:of|de|la|the) )?{_CAPITALS})*"
_PERSON = rf"{_CAPITALS}(?: (?:(?:de|van|von|der|bin|al|la) )*{_CAPITALS})+"
_WIDER = re.compile(rf", ({_PLACE})")
_ENDS = re.compile(r"[.,;:!?)\"]|\s*$| ([a-z]+)\b|\n")
_QUOTES = frozenset("\"'“‘«")
_OWNS = frozenset("'’-")
_BEFORE = 70  # characters before a name in which a value is looked for


def statements_agree_with_facts(
    reading: Reading,
    *,
    attribute: str = "",
    kinds: list[str] = [],  # noqa: B006 - options are never changed
    value: str = "place",
    after: list[str] = [],  # noqa: B006
    before: list[str] = [],  # noqa: B006
    vague: list[str] = [],  # noqa: B006
    same: dict[str, list[str]] = {},  # noqa: B006
) -> Iterator[Problem]:
    """Hold what is said of known things against one attribute of the facts; see `read_statements`."""
    claims = read_statements(
        reading, attribute=attribute, kinds=kinds, value=value, after=after, before=before, vague=vague, same=same
    )
    yield from problems_of(claims, reading.facts)


def read_statements(
    reading: Reading,
    *,
    attribute: str = "",
    kinds: Sequence[str] = (),
    value: str = "place",
    after: Sequence[str] = (),
    before: Sequence[str] = (),
    vague: Sequence[str] = (),
    same: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Iterator[Claim]:
    """Read what is said of things of some `kinds` right behind a name (`after`) or before it (`before`).

    Both are regular expressions of what stands between the name and the value, or of that, `{value}` and what follows
    it (or comes before it). `value` is what the value is: a place, a person, a country (by any name or adjective)
    or one of the words of `same`, each list for one thing. A word of `vague` in a place leaves it open.
    """
    facts = reading.facts
    if not facts.rows_by_value.get(attribute) or not reading.names:
        return
    pattern = _PERSON if value == "person" else _PLACE
    behind, ahead = _compiled(after, pattern, False), _compiled(before, pattern, True)
    plain = reading.document.plain
    for mention in reading.names:
        entity = mention.entity
        if entity is None or entity.kind not in kinds or mention.form not in (NAME, ALIAS):
            continue
        if not any(True for _ in facts.of(entity.id, attribute)) or not _is_meant(plain, mention):
            continue
        sentence = reading.sentence_at(mention.span.start)
        said = _said(plain, mention.span, sentence, behind, ahead)
        if said is None:
            continue
        times = times_of(reading, sentence)
        known = facts.about(entity.id, attribute, times[0] if len(times) == 1 else reading.date)
        if known[0] is not Knowledge.KNOWN:
            continue
        claim = _judged(reading, entity, attribute, known[1], said, value, vague, same)
        if claim is not None:
            yield claim


@prepared
def _compiled(phrases: Sequence[str], value: str, before: bool) -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Phrases with the value in its place, as regular expressions; each with whether it says itself what follows."""
    found = []
    for phrase in phrases:
        placed = "{value}" in phrase
        whole = phrase if placed else "{value}" + phrase if before else phrase + "{value}"
        text = whole.replace("{value}", f"(?P<value>{value})")
        found.append((re.compile(rf"(?<![\w'-]){text}$" if before else text), placed or before))
    return tuple(found)


_Patterns = Sequence[tuple[re.Pattern[str], bool]]


def _said(plain: str, name: Span, sentence: Span, behind: _Patterns, ahead: _Patterns) -> Span | None:
    """Where the value of a statement about a name stands."""
    for pattern, whole in behind:
        if match := pattern.match(plain, name.end, sentence.end):
            found = _trimmed(plain, Span(match.start("value"), match.end("value")))
            if whole or _ends(plain, found.end):
                return found
    if plain[name.end : name.end + 1] in _OWNS:
        return None  # of something of theirs
    for pattern, _ in ahead:
        if match := pattern.search(plain, max(sentence.start, name.start - _BEFORE), name.start):
            return _trimmed(plain, Span(match.start("value"), match.end("value")))
    return None


def _is_meant(plain: str, mention: NameMention) -> bool:
    """Whether the name of a work that is one word stands between quotation marks, as such names do."""
    if mention.entities[0].kind != "work" or " " in mention.entities[0].name:
        return True
    return plain[max(0, mention.span.start - 1) : mention.span.start] in _QUOTES


def _ends(plain: str, end: int) -> bool:
    """Whether a value is whole where it ends: no noun follows that would make it an adjective."""
    following = _ENDS.match(plain, end)
    return following is not None and (following[1] is None or following[1] in vocabulary()["function"])


def _trimmed(plain: str, span: Span) -> Span:
    """The value without the full stop of the sentence, and without the article that begins it."""
    text = plain[span.start : span.end]
    start = span.start + 4 if text.startswith("The ") else span.start
    return Span(start, span.end - 1 if text.endswith(".") and "." not in text[:-1] else span.end)


def _judged(
    reading: Reading,
    entity: Entity,
    attribute: str,
    known: Sequence[Fact],
    at: Span,
    value: str,
    vague: Sequence[str],
    same: Mapping[str, Sequence[str]],
) -> Claim | None:
    plain = reading.document.plain
    text = plain[at.start : at.end]
    texts = [str(fact.value) for fact in known]
    if value == "person":
        verdict = _persons_agree(reading.facts, text, texts)
        if verdict in WRONG and re.match(rf"(?:,| and| &) {_CAPITALS}", plain[at.end : at.end + 30]):
            verdict = Verdict.UNDECIDED  # one of several, who may be the one
    elif value == "place":
        wider = _WIDER.match(plain, at.end)
        verdict = _places_agree(reading.facts, text, texts, vague)
        if verdict in WRONG and wider and _places_agree(reading.facts, wider[1], texts, vague) is Verdict.SUPPORTED:
            verdict = Verdict.SUPPORTED
    else:
        table = _countries() if value == "country" else _folded(tuple((one, tuple(all_)) for one, all_ in same.items()))
        said = _listed(table, text)
        right = [_listed(table, one) for one in texts]
        if not said or not all(right):
            return None
        verdict = Verdict.SUPPORTED if said in right else Verdict.CONTRADICTED
    return Claim(
        at=at,
        subject=entity.name,
        attribute=attribute,
        value=reading.document.text[at.start : at.end],
        when=reading.date,
        verdict=verdict,
        facts=tuple(known),
        words={"known": " or ".join(texts[:3]), "what": attribute},
        suggestions=(texts[0],) if verdict in WRONG and _may_replace(value, entity) else (),
        confidence=0.9,
    )


def _may_replace(value: str, entity: Entity) -> bool:
    """Whether what the facts say can stand where the text's words do: not a name for an adjective."""
    return value in ("place", "person") or (value == "country" and entity.kind == "place")


def _words(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]


# People


def _persons_agree(facts: Facts, claimed: str, known: Sequence[str]) -> Verdict:
    """One surname, or nearly one, is one person: how a name is spelt is the business of others."""
    last = "".join(_words(claimed)[-1:])
    for name in known:
        people = [one for one in facts.entities_of("person") if name in (one.name, *one.aliases)]
        for form in (name, *(form for one in people for form in (one.name, *one.aliases))):
            words = _words(form)
            if last in words or (words and farness(last, words[-1]) is not None):
                return Verdict.SUPPORTED
    return Verdict.CONTRADICTED


# Places


def _places_agree(facts: Facts, claimed: str, known: Sequence[str], vague: Sequence[str]) -> Verdict:
    """Whether a place may be one of the known ones, lie in one or hold one."""
    places = facts.remembered("places by name", _places_by_name)
    said = _words(claimed)
    verdicts = [_agree(places, said, _words(name)) for name in known]
    for verdict in (Verdict.SUPPORTED, Verdict.UNDECIDED):
        if verdict in verdicts:
            return verdict
    open_ = {fold(word) for word in vague}
    return Verdict.UNDECIDED if open_.intersection(said) else Verdict.CONTRADICTED


def _agree(places: Mapping[str, tuple[frozenset[str], frozenset[str]]], said: list[str], known: list[str]) -> Verdict:
    telling = {*said} - vocabulary()["function"]
    if telling.intersection(known):
        return Verdict.SUPPORTED
    one, other = " ".join(said), " ".join(known)
    nothing: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    (names, around), (others, around_other) = places.get(one, nothing), places.get(other, nothing)
    if names & others or one in around_other or other in around or names & around_other or others & around:
        return Verdict.SUPPORTED
    kinds = [_kind(name) for name in (one, other)]
    if kinds[0] != kinds[1] or (around and around_other and kinds[0] and around & around_other):
        return Verdict.UNDECIDED
    if kinds[0] and _listed(_countries(), one) == _listed(_countries(), other) != "":
        return Verdict.SUPPORTED
    return Verdict.CONTRADICTED


def _kind(folded: str) -> str:
    """What a place is as its name tells: a country, a state of a federation, or any other."""
    return "country" if _listed(_countries(), folded) else "state" if folded in _states() else ""


def _places_by_name(facts: Facts) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Of each name of a place (folded) all names of that place, and those of what it lies in."""
    found: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    for entity in facts.entities_of("place"):
        names = frozenset(" ".join(_words(name)) for name in (entity.name, *entity.aliases, *entity.former))
        around = frozenset(
            " ".join(_words(str(fact.value)))
            for attribute in ("country", "region")
            for fact in facts.of(entity.id, attribute)
        )
        for name in names:
            known, wider = found.get(name, (frozenset(), frozenset()))
            found[name] = (known | names, wider | around)
    return found


def _listed(table: Mapping[str, str], text: str) -> str:
    """What a word or name of a table stands for; empty if it is none."""
    words = _words(text)
    return table.get(" ".join(words), "") or (table.get(words[-1], "") if words else "")


@cache
def _countries() -> Mapping[str, str]:
    """Countries by any name and adjective, folded."""
    return _folded(tuple((line.split("|")[0], tuple(line.split("|")[1:])) for line in word_list("countries")))


@cache
def _states() -> frozenset[str]:
    return frozenset(" ".join(_words(name)) for line in word_list("states") for name in line.split("|"))


@lru_cache(maxsize=16)
def _folded(lists: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    return {" ".join(_words(name)): first for first, rest in lists for name in (first, *rest)}
