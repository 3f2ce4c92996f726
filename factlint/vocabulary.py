"""The closed lists of words about names: titles, honorifics, countries, states, parties, short forms of given names.

Lists are data, read at first use; every word is folded: in small letters and without diacritics.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from factlint.words import data_lines, entry

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """The word in lower case without diacritics, so that “Erdoğan” and “ERDOGAN” are one."""
    if word.isascii():
        return word.lower()
    return "".join(_bare(letter) for letter in word).casefold()


def _bare(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    return _SINGLE.get(base, base)


# Letters whose stroke is no combining mark in Unicode.
_SINGLE = {"Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "Đ": "D", "đ": "d", "ı": "i", "Ħ": "H", "ħ": "h"}


@cache
def word_list(name: str) -> tuple[str, ...]:
    """The lines of a word list of factlint/data, comments left out."""
    return tuple(data_lines(f"{name}.txt"))


@cache
def _uses() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for line in word_list("titles"):
        use, _, words = line.partition(": ")
        found.setdefault(use, []).append(tuple(words.split()))
    return {use: tuple(lines) for use, lines in found.items()}


def lines_of(use: str) -> tuple[tuple[str, ...], ...]:
    """The lines of titles.txt of one use, each as its words in order."""
    return _uses().get(use, ())


@cache
def vocabulary() -> Mapping[str, frozenset[str]]:
    """The words of titles, honorifics and their like by use; all lines of one use together."""
    return {use: frozenset(word for line in lines for word in line) for use, lines in _uses().items()}


@cache
def any_of(use: str) -> str:
    """The words of a use as the alternatives of a regular expression, the longer first, hyphens read as spaces."""
    words = sorted(vocabulary()[use], key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace("\\-", " ") for word in words)


# Titles


@cache
def _canonical() -> Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    """Ways to write a title by their first word, each with the way that stands for all; the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for line in lines_of("same"):
        first, *others = [tuple(word.split("-")) for word in line]
        for other in others:
            found.setdefault(other[0], []).append((other, first))
    return {word: tuple(sorted(ways, key=lambda way: -len(way[0]))) for word, ways in found.items()}


def canonical(words: Sequence[str]) -> list[str]:
    """Folded words of a title with synonyms made one."""
    ways = _canonical()
    found: list[str] = []
    at = 0
    while at < len(words):
        for way, instead in ways.get(words[at], ()):
            if tuple(words[at : at + len(way)]) == way:
                found += instead
                at += len(way)
                break
        else:
            found.append(words[at])
            at += 1
    return found


def canonical_word(word: str) -> str:
    """The word that stands for a folded word and its synonyms."""
    for way, instead in _canonical().get(word, ()):
        if len(way) == 1 and len(instead) == 1:
            return instead[0]
    return word


@cache
def heads() -> frozenset[str]:
    """The words that say what kind of post a title is, synonyms of one word among them."""
    found = vocabulary()["head"]
    return found | {
        way[0][0] for ways in _canonical().values() for way in ways if len(way[0]) == 1 and way[1][-1] in found
    }


@cache
def parties() -> Mapping[str, int]:
    """The words for a party with a number for each party."""
    numbers: dict[str, int] = {}
    number = 0
    for line in lines_of("party"):
        for word in line:
            number += word == "|"
            if word != "|":
                numbers[word] = number
        number += 1
    return numbers


# Countries and states


def compact(text: str) -> str:
    """A name folded, without points, apostrophes and possessive: what abbreviations of it have in common."""
    return fold(text.removesuffix("'s").replace(".", "").replace("'", ""))


@cache
def places() -> Mapping[str, str]:
    """What stands for a country or state in one or more words (compact), with its name, compact too."""
    found: dict[str, str] = {}
    for file in ("countries", "states"):
        for line in word_list(file):
            names = [compact(name) for name in line.split("|")]
            for name in names:
                found.setdefault(name, names[0])
    return found


@cache
def states() -> Mapping[str, str]:
    """What stands for a state of a federation (compact), with its name."""
    return {compact(name): line.split("|")[0] for line in word_list("states") for name in line.split("|")}


@cache
def state_names() -> frozenset[str]:
    """The names of the states of federations, compact."""
    return frozenset(compact(name) for name in states().values())


def written_like(said: str, state: str) -> str:
    """A state's name written as the text writes that of another: in full, abbreviated, or as two letters."""
    line = next(line.split("|") for line in word_list("states") if line.split("|")[0] == state)
    if said in states().values() or len(line) < 3:
        return line[1] if said.isupper() and len(said) == 2 and len(line) > 1 else state
    if said.isupper() and len(said) == 2:
        return line[1]
    return line[2] if line[2].endswith(".") else state


@cache
def _place_names() -> tuple[tuple[list[str], ...], ...]:
    """What stands for each country and state: the words of each name, folded, the whole name first."""
    return tuple(
        tuple([_WORD.findall(name) for name in fold(line).split("|")])
        for file in ("countries", "states")
        for line in word_list(file)
    )


@cache
def _place_words() -> frozenset[str]:
    found: set[str] = set()
    for names in _place_names():
        for words in names:
            found.update([word for word in words if len(word) > (2 if len(words) == 1 else 3)])
    return frozenset(found)


def is_place(word: str) -> bool:
    """Whether a folded word is, or is part of, a country or state, an adjective of one, or who comes from there."""
    return word in _place_words()


@cache
def _expansions() -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for names in _place_names():
        full = set(names[0]) - {"of", "the", "and"}
        for words in names:
            if len(words) == 1:
                found.setdefault(words[0], set()).update(full)
    for first, *others in lines_of("same"):
        for other in others:
            found.setdefault(other, set()).update(first.split("-"))
            found.setdefault(first, set()).add(other)
    return found


@lru_cache(maxsize=1 << 12)
def expand(word: str) -> tuple[str, ...]:
    """What else a folded word stands for: the country of an adjective, the title of an abbreviation."""
    return tuple(sorted(_expansions().get(word, set()) - {word}))


# Names of people


@lru_cache(maxsize=1 << 16)
def name_ranks(word: str) -> tuple[int | None, int | None]:
    """The place of a folded word among the given names and among the surnames in use, where the commonest is 0; None
    where it is none of them."""
    given, _, surname = entry("people-names.txt", word).partition("/")
    return int(given) if given else None, int(surname) if surname else None


def is_given_name(word: str) -> bool:
    """Whether a folded word is a given name in use."""
    return name_ranks(word)[0] is not None


def is_surname(word: str) -> bool:
    """Whether a folded word is one of the commoner surnames."""
    return name_ranks(word)[1] is not None


@cache
def _families() -> Mapping[str, frozenset[tuple[int, int]]]:
    """Each given name (folded) with the numbers of its families and of its spellings within each."""
    found: dict[str, set[tuple[int, int]]] = {}
    for number, line in enumerate(word_list("nicknames")):
        for spelling, names in enumerate(line.split()):
            for name in names.split("~"):
                found.setdefault(name, set()).add((number, spelling))
    return {name: frozenset(families) for name, families in found.items()}


def is_nickname(one: str, other: str) -> bool:
    """Whether of two folded given names one may stand for the other, as “Bill” for “William”; not mere spellings."""
    families = _families()
    ones, others = families.get(one, frozenset()), families.get(other, frozenset())
    if ones & others:
        return False
    return bool({number for number, _ in ones} & {number for number, _ in others})


@cache
def nicknames(name: str) -> frozenset[str]:
    """The given names that a folded one may stand for or that may stand for it."""
    numbers = {number for number, _ in _families().get(name, ())}
    if not numbers:
        return frozenset()
    lines = word_list("nicknames")
    return frozenset(
        other
        for number in numbers
        for names in lines[number].split()
        for other in names.split("~")
        if is_nickname(name, other)
    )
