"""The index of the names of some facts, built once when they are compiled."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from zlib import crc32

from factlint.facts.model import Entity
from factlint.names import (
    ALIAS,
    DISTINCT,
    FORMER,
    NAME,
    WRONG,
    NameForm,
    NameIndex,
    WrittenName,
    surname_of,
)
from factlint.nearness import ANY, GIVEN, SURNAME, NamedWords, Partners, letters_of, near_keys
from factlint.vocabulary import expand, fold, vocabulary

_TOKEN = re.compile(r"\w+")
_NAMED = frozenset({"person", "organization", "place", "event", "work"})


def build_index(
    entities: Iterable[Entity], titles: Mapping[str, frozenset[int]], written: Iterable[WrittenName]
) -> NameIndex:
    """Index all names.

    `titles` are the words of titles with the people (by index) who ever held one, `written` what write_name says of
    each entity.
    """
    every, written = tuple(entities), tuple(written)
    forms = tuple(_forms(every))
    count: dict[str, int] = {}
    for form in forms:
        for word in set(form.folded):
            count[word] = count.get(word, 0) + 1
    anchors: dict[str, list[NameForm]] = {}
    for form in forms:
        anchors.setdefault(min(form.folded, key=lambda word: (count[word], -len(word), word)), []).append(form)
    surnames: dict[str, list[int]] = {}
    for number, (entity, (surname, *_)) in enumerate(zip(every, written, strict=True)):
        if entity.kind == "person":
            for text in (surname, *map(surname_of, entity.aliases)):
                words = _TOKEN.findall(text)
                if words and number not in surnames.setdefault(fold(words[-1]), []):
                    surnames[fold(words[-1])].append(number)
    tokens: dict[str, dict[int, None]] = {}
    bodies: dict[str, dict[int, None]] = {}
    for form in forms:
        if form.form in (NAME, ALIAS, FORMER):
            for entity_number in form.entities:
                named = tokens if every[entity_number].kind == "person" else bodies
                for word in form.folded:
                    if len(word) > 1 and not word.isdigit():
                        named.setdefault(word, {})[entity_number] = None
    people = sum(entity.kind == "person" for entity in every)
    return NameIndex(
        {word: tuple(found) for word, found in anchors.items()},
        {word: tuple(found) for word, found in surnames.items()},
        titles,
        {word: tuple(found) for word, found in tokens.items()},
        {word: tuple(found) for word, found in bodies.items()},
        named_words({**tokens, **bodies}, _partners(written, tokens, surnames)),
        sieve_of({*anchors, *surnames}, 64),  # most words of a text are no name
        people,
        sum(entity.kind in _NAMED for entity in every) - people,
    )


def _forms(entities: Iterable[Entity]) -> Iterator[NameForm]:
    seen: dict[tuple[str, str], list[int]] = {}
    for number, entity in enumerate(entities):
        if entity.kind not in _NAMED:
            continue
        for form, texts in (
            (NAME, (entity.name,)),
            (ALIAS, (*entity.aliases, entity.full_name)),
            (FORMER, entity.former),
            (WRONG, entity.wrong),
            (DISTINCT, entity.distinct_from),
        ):
            for text in texts:
                if text and number not in seen.setdefault((text, form), []):
                    seen[text, form].append(number)
    for (text, form), numbers in seen.items():
        written = tuple(_TOKEN.findall(text))
        if written:
            yield NameForm(tuple(fold(word) for word in written), written, text, form, tuple(numbers))


def _partners(
    written: Iterable[WrittenName], tokens: Mapping[str, Mapping[int, None]], surnames: Mapping[str, Sequence[int]]
) -> Mapping[str, Partners]:
    """The partners of each word of people's names."""
    words_of: dict[int, list[str]] = {}
    for word, rows in tokens.items():
        for row in rows:
            words_of.setdefault(row, []).append(word)
    surnames_of: dict[int, list[str]] = {}
    for word, people in surnames.items():
        for row in people:
            surnames_of.setdefault(row, []).append(word)
    found: dict[str, Partners] = {word: ([], [], []) for word in tokens}
    for row, (_, last, forms) in enumerate(written):
        words = words_of.get(row, [])
        folded = forms[0][2] if len(forms) == 1 else ()
        if len(folded) == 2 and sorted(words) == sorted(folded) and [last] == surnames_of.get(row) == [folded[1]]:
            found[folded[1]][GIVEN].append((folded[0], row))
            found[folded[0]][SURNAME].append((folded[1], row))
        else:
            for word in words:
                found[word][ANY].extend((other, row) for other in words if other != word or len(words) == 1)
    return found


def named_words(words: Iterable[str], partners: Mapping[str, Partners]) -> NamedWords:
    """Number some words and index them; words of less than three letters have no keys."""
    data = sorted((crc32(encoded), encoded, word) for word in words for encoded in (_encoded(word),))
    numbers = {word: number for number, (_, _, word) in enumerate(data)}
    members: dict[str, list[int]] = {}
    for word, number in numbers.items():
        if len(word) > 2:
            for key in near_keys(word):
                members.setdefault(key, []).append(number)
    keys = sorted((crc32(encoded), encoded, key) for key in members for encoded in (_encoded(key),))
    groups = [group for word in numbers for group in partners.get(word, ((), (), ()))]
    return NamedWords(
        sieve=sieve_of(members, 64),  # of a word some ten keys are asked for
        words=b"".join([encoded for _, encoded, _ in data]),
        letters=array("Q", map(_letters_of, numbers)).tobytes(),
        word_hashes=array("I", [number for number, _, _ in data]).tobytes(),
        word_ends=ends_of(len(encoded) for _, encoded, _ in data),
        keys=b"".join([encoded for _, encoded, _ in keys]),
        key_hashes=array("I", [number for number, _, _ in keys]).tobytes(),
        key_ends=ends_of(len(encoded) for _, encoded, _ in keys),
        members=array("I", [number for _, _, key in keys for number in members[key]]).tobytes(),
        member_ends=ends_of(len(members[key]) for _, _, key in keys),
        partners=array("I", [numbers[word] for group in groups for word, _ in group]).tobytes(),
        rows=array("I", [row for group in groups for _, row in group]).tobytes(),
        partner_ends=ends_of(len(group) for group in groups),
    )


def _letters_of(word: str) -> int:
    stands_for_others = bool(expand(word)) or word in vocabulary()["function"]
    return 0 if len(word) < 3 or stands_for_others else letters_of(word)


def _encoded(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")


def ends_of(lengths: Iterable[int], size: str = "I") -> bytes:
    """Where parts end that stand one behind the other, from 0 on, as numbers of a size of `array`."""
    return array(size, accumulate(lengths, initial=0)).tobytes()


def sieve_of(words: Iterable[str], bits_a_word: int = 16) -> bytes:
    """A set of bits, one for each word by its checksum, of at least so many bits a word."""
    every = list(words)
    size = 1 << max(10, (bits_a_word * len(every)).bit_length())
    bits = bytearray(size >> 3)
    for word in every:
        number = crc32(_encoded(word)) & (size - 1)
        bits[number >> 3] |= 1 << (number & 7)
    return bytes(bits)
