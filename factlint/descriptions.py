"""Things known by a description rather than a name: events, figures; which sentences speak of them, and how surely.

A sentence speaks of one by sharing the words of its description, in any form; of a proper name in it the last word
counts, because that is how a text names somebody again. What a description says only in general (“number of”) doesn't
count.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from msgspec import Struct

from factlint.facts.model import Entity, Facts
from factlint.mentions import Reading
from factlint.source import Span
from factlint.words import is_common

# Two thirds of the words of a description make a sentence speak of it.
LEAST_COVERAGE = 0.6

_WORD = re.compile(r"[^\W_]+(?:['.][^\W_]+)*")
_DESCRIBED = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")


@cache
def _words(use: str) -> frozenset[str]:
    text = (Path(__file__).with_name("data") / "description-words.txt").read_text(encoding="utf-8")
    lines = (line.partition(": ") for line in text.splitlines())
    return frozenset(word for name, _, words in lines if name == use for word in words.split())


@cache
def _sets_alike() -> Mapping[str, frozenset[str]]:
    """The words that say the same as a word in a description, by the word."""
    text = (Path(__file__).with_name("data") / "description-words.txt").read_text(encoding="utf-8")
    found: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        name, _, words = line.partition(": ")
        if name == "alike":
            for word in words.split():
                found[word] = found.get(word, frozenset()) | frozenset(words.split())
    return found


class Description(Struct, frozen=True):
    """The words that an entity is known by: `words` folded, `names` those of them that a text must hold."""

    entity: Entity
    words: tuple[str, ...]
    names: tuple[str, ...]


class Spoken(Struct, frozen=True):
    """A sentence that speaks of something. `coverage` is the share of its description that the sentence holds, `at`
    where the words of it stand, by place."""

    entity: Entity
    sentence: Span
    coverage: float
    at: tuple[Span, ...]


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """A word for comparison: small, without full stops and possessive."""
    folded = word.casefold().replace(".", "")
    return folded.removesuffix("'s")


@lru_cache(maxsize=65536)
def alike(one: str, other: str) -> bool:
    """Whether two folded words are forms of one: they share their beginning and differ in usual endings."""
    if one == other:
        return True
    shared = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        shared += 1
    if shared < 4 and not (shared == 3 and min(len(one), len(other)) == 3):
        return False
    endings = _words("endings")
    return all(not rest or rest in endings for rest in (one[shared:], other[shared:]))


def says_same(one: str, other: str) -> bool:
    """Whether two folded words are forms of one or say the same of an event or a figure."""
    return alike(one, other) or other in _sets_alike().get(one, ())


def describe(entity: Entity, name: str = "") -> Description:
    """The description of an entity by its name, or by another."""
    empty = _words("empty")
    words: list[str] = []
    runs: list[list[str]] = [[]]
    for match in _DESCRIBED.finditer(name or entity.name):
        word = fold(match[0])
        if word in empty or (word.isdigit() and len(word) == 4):
            runs.append([])
            continue
        words.append(word)
        if match[0][0].isupper():
            runs[-1].append(word)
        else:
            runs.append([])
    names = [name for run in runs for name in _telling(run)]
    return Description(entity, tuple(dict.fromkeys(words)), tuple(dict.fromkeys(names)))


def _telling(run: list[str]) -> list[str]:
    """The words of a proper name that a text must hold to mean it: the last that is no ordinary word, else all."""
    rare = [word for word in run if not is_common(word)]
    return rare[-1:] or run


def descriptions_of(facts: Facts, kind: str) -> tuple[Description, ...]:
    """The descriptions of all entities of a kind that have any words."""
    return facts.remembered(f"descriptions of {kind}", lambda known: tuple(_describe_all(known, kind)))


def _describe_all(facts: Facts, kind: str) -> Iterator[Description]:
    for entity in facts.entities_of(kind):
        # What a figure is about and near are another description: all of these words.
        beside = (*entity.involves, *entity.near) if kind == "figure" and entity.involves and entity.near else ()
        for described in (describe(entity), *(describe(entity, name) for name in entity.aliases)):
            if described.words:
                yield described
        words = tuple(dict.fromkeys(fold(word) for name in beside for word in _WORD.findall(name)))
        if words:
            yield Description(entity, words, words)


def _words_that_describe(reading: Reading, kind: str) -> Mapping[str, list[str]]:
    """The words of a text (folded) that begin as one of a description does, by their first three letters; some more
    that are only part of a word."""
    starts = reading.facts.remembered(f"starts of descriptions of {kind}", lambda facts: _starts_of(facts, kind))
    odd = _WORD.findall(" ".join(chunk for chunk in reading.chunks if "." in chunk or "_" in chunk))
    found: dict[str, list[str]] = {}
    for word in {word for word in (*reading.spelt, *map(fold, odd)) if word[:3] in starts}:
        found.setdefault(word[:3], []).append(word)
    return found


def _starts_of(facts: Facts, kind: str) -> frozenset[str]:
    return frozenset(word[:3] for description in descriptions_of(facts, kind) for word in description.words)


def _find_places(reading: Reading, wanted: Collection[str]) -> Mapping[str, list[Span]]:
    """Where some words of a text stand, folded."""
    found: dict[str, list[Span]] = {}
    for match in _WORD.finditer(reading.document.plain):
        word = fold(match[0])
        if word in wanted:
            found.setdefault(word, []).append(Span(*match.span()))
    return found


def find_spoken(reading: Reading, kind: str) -> Iterator[Spoken]:
    """Find the sentences that speak of the described things of a kind."""
    described = descriptions_of(reading.facts, kind)
    if not described:
        return
    same = _sets_alike()
    by_start = reading.remembered(f"words that describe {kind}", lambda read: _words_that_describe(read, kind))
    likely: list[tuple[Description, Mapping[str, list[str]]]] = []
    for description in described:
        forms = {
            word: [other for other in by_start.get(word[:3], ()) if alike(word, other)] for word in description.words
        }
        for word in description.words:
            if word in same:
                forms[word] += sorted((same[word] & reading.spelt.keys()).difference(forms[word]))
        if sum(bool(found) for found in forms.values()) < LEAST_COVERAGE * len(forms):
            continue
        if any(not forms.get(name) for name in description.names):
            continue
        likely.append((description, forms))
    if likely:
        wanted = {form for _, ways in likely for found in ways.values() for form in found}
        places = _find_places(reading, wanted)
        for description, ways in likely:
            yield from _spoken(reading, description, ways, places)


def _spoken(
    reading: Reading,
    description: Description,
    forms: Mapping[str, list[str]],
    places: Mapping[str, list[Span]],
) -> Iterator[Spoken]:
    in_sentence: dict[Span, dict[str, list[Span]]] = {}
    for word, found in forms.items():
        for form in found:
            for at in places.get(form, ()):
                sentence = reading.sentence_at(at.start)
                in_sentence.setdefault(sentence, {}).setdefault(word, []).append(at)
    for sentence, words in sorted(in_sentence.items()):
        coverage = len(words) / len(description.words)
        if coverage < LEAST_COVERAGE or any(name not in words for name in description.names):
            continue
        if len(words) < 2 and len(description.words) > 1:
            continue
        yield Spoken(
            description.entity, sentence, coverage, tuple(sorted(at for found in words.values() for at in found))
        )
