"""Things known by a description rather than a name: events, figures; which sentences speak of them, and how surely.

A sentence speaks of one by sharing the words of its description, in any form; of a proper name in it the last word
counts, because that is how a text names somebody again. What a description says only in general (“number of”) doesn't
count.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, cached_property, lru_cache
from itertools import chain, count

from msgspec import Struct

from factlint.facts.model import Entity, Facts
from factlint.mentions import Reading
from factlint.sieve import JointSieve
from factlint.source import Span
from factlint.words import data_lines, is_common, occurrences, words_by_use

# Two thirds of the words of a description make a sentence speak of it.
LEAST_COVERAGE = 0.6

_WORD = re.compile(r"[^\W_]+(?:['.][^\W_]+)*")
_DESCRIBED = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")


@cache
def _words(use: str) -> frozenset[str]:
    return words_by_use("description-words.txt").get(use, frozenset())


@cache
def _sets_alike() -> Mapping[str, frozenset[str]]:
    """The words that say the same as a word in a description, by the word."""
    found: dict[str, frozenset[str]] = {}
    for line in data_lines("description-words.txt"):
        name, _, words = line.partition(": ")
        if name == "alike":
            said = words.split()
            for word in said:
                found[word] = found.get(word, frozenset()).union(said)
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


class _Index(Struct, frozen=True, dict=True):
    """The descriptions of a kind."""

    described: tuple[Description, ...]

    @cached_property
    def starts(self) -> frozenset[str]:
        """The first three letters of their words."""
        return frozenset(word[:3] for description in self.described for word in description.words)


class _Forms(Struct, frozen=True):
    """All forms of the words of each of some descriptions (`each`), or none where that would be too many.

    `every` are those of all, `telling` those of which a text has one that speaks of anything described; `sieve` picks
    the words that are such forms, some of which have digits (`has_digits`) or none.
    """

    each: tuple[Mapping[str, frozenset[str]], ...] = ()
    every: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()
    sieve: JointSieve | None = None
    has_digits: bool = False


_MOST_WORDS = 1000  # each has a hundred forms


def _forms_in(index: _Index) -> _Forms:
    words = {word for description in index.described for word in description.words}
    if len(words) > _MOST_WORDS or any("'" in word for word in words):  # texts are cut into words at apostrophes
        return _Forms()
    forms = {word: frozenset(_forms_of(word)) for word in words}
    telling = {form for description in index.described for word in _telling_words(description) for form in forms[word]}
    each = tuple({word: forms[word] for word in description.words} for description in index.described)
    every = frozenset[str]().union(*forms.values())
    sieve = JointSieve(
        lambda words: [word for word in words if word.lower() in every or (not word.isascii() and fold(word) in every)]
    )
    has_digits = any(character.isdecimal() for form in every for character in form)
    return _Forms(each, every, frozenset(telling), sieve, has_digits)


def _telling_words(description: Description) -> Sequence[str]:
    """Some words of a description of which every sentence has one that speaks of it; rare ones, if it may be so."""
    if description.names:
        return (max(description.names, key=lambda name: (not is_common(name), len(name))),)
    every = sorted(description.words, key=len, reverse=True)
    least = next(count for count in range(1, len(every) + 1) if count / len(every) >= LEAST_COVERAGE)
    return every[: len(every) - least + 1]


def _forms_of(word: str) -> Iterator[str]:
    """All that is alike a folded word or says the same, and some more."""
    yield word
    yield from _sets_alike().get(word, ())
    endings = ("", *_words("endings"))
    for end in range(3, len(word) + 1):
        if word[end:] in endings:
            yield from (word[:end] + ending for ending in endings)


def _may_speak(reading: Reading, index: _Index, forms: _Forms) -> bool:
    """Whether the words of a text may be those of a description."""
    if forms.sieve is None or "_" in reading.document.plain:
        return True
    # A word with full stops in it is folded to one without; most such are odd, but for those before digits.
    dotted = _WORD.findall(
        " ".join([chunk for chunk in (reading.marked if forms.has_digits else reading.odd) if "." in chunk[:-1]])
    )
    words = [*forms.sieve.pick_words(reading.words), *dotted]
    said = forms.every.intersection([*map(str.lower, words), *map(fold, words)])
    if forms.telling.isdisjoint(said):
        return False
    for description, ways_of in zip(index.described, forms.each, strict=True):
        present = {word for word, ways in ways_of.items() if not ways.isdisjoint(said)}
        if len(present) >= LEAST_COVERAGE * len(ways_of) and present.issuperset(description.names):
            return True
    return False


def find_spoken(reading: Reading, kind: str) -> tuple[Spoken, ...]:
    """Find the sentences that speak of the described things of a kind."""
    return reading.remembered(f"spoken of {kind}", lambda read: tuple(_find_spoken(read, kind)))


def _find_spoken(reading: Reading, kind: str) -> Iterator[Spoken]:
    facts = reading.facts
    index = facts.remembered(f"descriptions of {kind}", lambda facts: _Index(descriptions_of(facts, kind)))
    if not index.described:
        return
    # To make what tells at once that a text speaks of none takes as long as to look at a few.
    texts = facts.remembered(f"texts beside descriptions of {kind}", lambda _: count())
    if next(texts):
        ways = facts.remembered(f"forms of descriptions of {kind}", lambda _: _forms_in(index))
        if not _may_speak(reading, index, ways):
            return
    # By their folded forms: words with full stops in them or “_” beside them, and such as have letters of no ASCII.
    odd: dict[str, list[str]] = {}
    foreign: dict[str, list[str]] = {}
    for word in _WORD.findall(" ".join(filter(_is_odd, reading.marked))):
        odd.setdefault(fold(word), []).append(word)
    for word in reading.words:
        if not word.isascii():
            foreign.setdefault(fold(word), []).append(word)
    by_start: dict[str, list[str]] = {}
    for word in {word for word in (*reading.spelt, *odd) if word[:3] in index.starts}:
        by_start.setdefault(word[:3], []).append(word)
    same = _sets_alike()
    likely: list[tuple[Description, dict[str, set[str]]]] = []
    for description in index.described:
        forms = {
            word: {other for other in by_start.get(word[:3], ()) if alike(word, other)}
            | (same[word] & reading.spelt.keys() if word in same else frozenset())
            for word in description.words
        }
        if sum(bool(found) for found in forms.values()) < LEAST_COVERAGE * len(forms):
            continue
        if any(not forms.get(name) for name in description.names):
            continue
        likely.append((description, forms))
    every = frozenset(form for _, forms in likely for found in forms.values() for form in found)
    parsed: dict[Span, dict[str, list[Span]]] = {}
    for description, forms in likely:
        places = [_places(reading, forms[word], odd, foreign) for word in _telling_words(description)]
        yield from _spoken(reading, description, forms, reading.sentences_at(chain(*places)), every, parsed)


def _is_odd(chunk: str) -> bool:
    """Whether a piece of text without space has a full stop, but for one at the end of a word, or a “_” in it."""
    return ("." in chunk and not (chunk[:-1].isalpha() and chunk.isascii())) or "_" in chunk


def _places(
    reading: Reading,
    forms: Collection[str],
    odd: Mapping[str, Sequence[str]],
    foreign: Mapping[str, Sequence[str]],
) -> Iterator[int]:
    """Where words of some folded forms stand, and some more."""
    if any("'" in form for form in forms):
        every = {word for chunk in reading.chunks for word in _WORD.findall(chunk)}
        odd = {form: [word for word in every if fold(word) == form] for form in forms}
    written = {word for form in forms for word in (*reading.spelt.get(form, ()), *foreign.get(form, ()))}
    for found in reading.places_of(written).values():
        yield from found
    for word in {word for form in forms for word in odd.get(form, ())}:
        yield from occurrences(reading.document.plain, word)


def _spoken(
    reading: Reading,
    description: Description,
    forms: Mapping[str, Collection[str]],
    sentences: Iterable[Span],
    every: Set[str],
    parsed: dict[Span, dict[str, list[Span]]],
) -> Iterator[Spoken]:
    """Those of some sentences that speak of something described.

    `every` are the forms of all descriptions, `parsed` where these stand in the sentences that were looked at before.
    """
    for sentence in sorted(sentences):
        if sentence not in parsed:
            parsed[sentence] = _places_of_forms(reading.document.plain, sentence, every)
        words = {word: [at for form in found for at in parsed[sentence].get(form, ())] for word, found in forms.items()}
        said = [places for places in words.values() if places]
        coverage = len(said) / len(description.words)
        if coverage < LEAST_COVERAGE or not all(words[name] for name in description.names):
            continue
        if len(said) < 2 and len(description.words) > 1:
            continue
        yield Spoken(description.entity, sentence, coverage, tuple(sorted(at for places in said for at in places)))


def _places_of_forms(plain: str, sentence: Span, forms: Set[str]) -> dict[str, list[Span]]:
    """Where the words of a sentence that have one of some folded forms stand, by these."""
    found: dict[str, list[Span]] = {}
    for match in _WORD.finditer(plain, sentence.start, sentence.end):
        form = fold(match[0])
        if form in forms:
            found.setdefault(form, []).append(Span(*match.span()))
    return found
