"""How near two words are as spellings of one name: by letters, by sound, and the keys that near words share.

The words of known names lie in flat arrays, by number, so that nothing is built but for those that are asked for.

Every word here is folded. Whatever has no key in common is never compared.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from typing import Any, ClassVar
from zlib import crc32

# What is heard as one, before single letters are; what a word begins with goes in capitals past the silent letters.
_TOGETHER = (
    *((sound, "X") for sound in ("tsch", "tch", "sch", "sh", "ch")),
    ("xi", "Xi"),
    ("tz", "S"),
    ("ts", "S"),
    ("ph", "f"),
    ("\nw", "\nf"),
    ("\ny", "\nJ"),
    *((f"\n{first}", f"\n{first.upper()}") for first in "aeiouhj"),
)
_ALONE = str.maketrans("qcxzSvdAEIOUHJ", "kkkssftaaaaahj", "aeiouyhwj")
_DOUBLED = re.compile(r"(.)(?=\1)")


def sounds(words: Sequence[str]) -> list[str]:
    """What is left of folded words when spellings of one sound are one: consonant classes, and an initial vowel.

    The words are worked on together, each on a line of its own.
    """
    if not words:
        return []
    text = "\n" + "\n".join(words)
    for letters, instead in _TOGETHER:
        text = text.replace(letters, instead)
    return _DOUBLED.sub("", text.translate(_ALONE))[1:].split("\n")


@lru_cache(maxsize=1 << 15)
def sound(word: str) -> str:
    """What is left of a folded word when spellings of one sound are one."""
    return sounds((word,))[0]


def near_keys(word: str) -> set[str]:
    """The keys that a word (folded) shares with words one or two letters away or of the same sound.

    Deleting one letter on both sides finds every pair at distance 1 and part of those at distance 2.
    """
    keys = set(shorter(word))
    heard = sound(word)
    if len(heard) > 1:
        keys.add("=" + heard)
    return keys


def shorter(word: str) -> list[str]:
    """A word, and the word without one of its letters."""
    return [word, *[word[:at] + word[at + 1 :] for at in range(len(word))]]


class Near:
    """A few words, of which one may share a key with some of many others (see near_keys)."""

    __slots__ = ("_ends", "_keys", "_sounds", "_starts")

    def __init__(self, words: Iterable[str]) -> None:
        every = list(words)
        self._keys = frozenset(key for word in every for key in shorter(word))
        self._starts = frozenset(key[:3] for key in self._keys)
        self._ends = frozenset(key[-3:] for key in self._keys)
        self._sounds = frozenset(heard for heard in sounds(every) if len(heard) > 1)

    def among(self, words: Sequence[str]) -> set[str]:
        """Those of some folded words that share a key with one of these."""
        heard = self._sounds
        alike = {word for word, sound in zip(words, sounds(words), strict=True) if sound in heard}
        return alike | self.close_among(words)

    def close_among(self, words: Iterable[str]) -> set[str]:
        """Those of some folded words that are one of these, or may be when each is without one of its letters."""
        starts, ends, found = self._starts, self._ends, set()
        for word in words:
            # A key is the word without one of its letters, which may be one of the first, of the last, or another.
            may_begin = word[:3] in starts or word[1:4] in starts or word[0] + word[2:4] in starts
            if may_begin or word[:2] + word[3:4] in starts:
                may_end = word[-3:] in ends or word[-4:-1] in ends or word[-4:-2] + word[-1:] in ends
                if (may_end or word[-4:-3] + word[-2:] in ends) and not self._keys.isdisjoint(shorter(word)):
                    found.add(word)
        return found


@lru_cache(maxsize=1 << 15)
def distance(one: str, other: str) -> int:
    """How many letters were added, dropped, changed or swapped with the next (optimal string alignment)."""
    first, last_one, last_other = 0, len(one), len(other)
    while first < min(last_one, last_other) and one[first] == other[first]:
        first += 1
    while first < min(last_one, last_other) and one[last_one - 1] == other[last_other - 1]:
        last_one, last_other = last_one - 1, last_other - 1
    one, other = one[first:last_one], other[first:last_other]
    if not one or not other:
        return len(one) + len(other)
    # A column of the table of distances at a time, as bits that tell where it rises and falls (Hyyrö 2003).
    places: dict[str, int] = {}
    for row, letter in enumerate(one):
        places[letter] = places.get(letter, 0) | 1 << row
    every, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    away, rises, falls, level, before = len(one), every, 0, 0, 0
    for letter in other:
        here = places.get(letter, 0)
        swapped = ((~level & here) << 1) & before
        level = (((here & rises) + rises) ^ rises) | here | falls | swapped
        up, down = falls | (every & ~(level | rises)), level & rises
        if up & last:
            away += 1
        elif down & last:
            away -= 1
        up, down, before = up << 1 | 1, down << 1, here
        rises, falls = every & (down | ~(level | up)), up & level & every
    return away


def least_distance(one: str, other: str) -> int:
    """What the distance of two words is at least: each edit brings in or takes away one letter."""
    letters, others = letters_of(one), letters_of(other)
    return max((letters & ~others).bit_count(), (others & ~letters).bit_count())


@lru_cache(maxsize=1 << 15)
def letters_of(word: str) -> int:
    """The letters of a word as bits; those of other alphabets may share one, so that words seem nearer."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


KEYLESS = 2.0  # so far at least are words that have no key in common


@lru_cache(maxsize=1 << 14)
def farness(one: str, other: str) -> float | None:
    """How far two folded words are as spellings of one name: 0 the same, about 1 a slip, 3 hardly; None too far."""
    if one == other:
        return 0.0
    longest = max(len(one), len(other))
    if abs(len(one) - len(other)) > 4 or not one or not other:
        return None
    least = max(least_distance(one, other), abs(len(one) - len(other)))
    if least > 4:
        return None
    if (least > 3 or (least > 2 and longest < 6)) and sound(one) != sound(other):
        return None  # so far only what sounds alike may be (see below)
    away = distance(one, other)
    if away > 4:
        return None
    heard, other_heard = sound(one), sound(other)
    alike = heard == other_heard and len(heard) > 1
    if away == 1:
        far = 1.5 if longest <= 4 else 1.2 if longest == 5 else 1.0
    elif away == 2:
        far = 2.0 if longest >= 6 else 2.6
    elif away == 3 and longest >= 6:
        far = 3.0
    elif alike and away <= 4 and longest >= 5:
        far = 3.4
    else:
        return None
    if alike:
        far -= 0.8 if len(heard) > 2 else 0.4
    elif away > 1 and distance(heard, other_heard) > 1:
        far += 0.6
    return far if far < 3.6 else None


# Sieves: which words cannot be in a list, asked without looking at the list


def sifted(sieve: bytes, words: Sequence[str], forms: Sequence[str]) -> list[str]:
    """Those of the words whose form may be among those of the sieve: all that are, and few that are not."""
    last = (len(sieve) << 3) - 1
    numbers = [crc32(form) & last for form in "\n".join(forms).encode("utf-8", "surrogatepass").split(b"\n")]
    # No form of a word at all would be one empty form.
    return [word for word, number in zip(words, numbers, strict=bool(words)) if sieve[number >> 3] >> (number & 7) & 1]


# The words of known names

GIVEN, SURNAME, ANY = 0, 1, 2  # what a partner is
# Partners of a word, each with the row of a person: the given names of those who have it as their surname, the surnames
# of those who have it as their given name, and the other words of all names that are more, or other, than these two.
# Who has one word only has it as its own partner.
Partners = tuple[list[tuple[str, int]], ...]


class NamedWords:
    """The words of known names by number: found by the keys of near ones, with their partners in people's names.

    All parts are bytes. Of a list of lists the ends are kept, from 0 on; hashes are sorted. `letters` are those of each
    word, 0 of words that stand for others or are so short that they have no keys.
    """

    _ARRAYS: ClassVar[tuple[str, ...]] = (
        "letters",
        "word_hashes",
        "word_ends",
        "key_hashes",
        "key_ends",
        "member_ends",
        "members",
        "partner_ends",
        "partners",
        "rows",
    )
    PARTS: ClassVar[tuple[str, ...]] = ("sieve", "words", "keys", *_ARRAYS)
    __slots__ = (*PARTS, "_texts")
    sieve: memoryview
    words: memoryview
    keys: memoryview
    letters: memoryview
    word_hashes: memoryview
    word_ends: memoryview
    key_hashes: memoryview
    key_ends: memoryview
    member_ends: memoryview
    members: memoryview
    partner_ends: memoryview
    partners: memoryview
    rows: memoryview

    def __init__(self, **parts: bytes | memoryview) -> None:
        for name in self.PARTS:
            data = memoryview(parts[name])
            setattr(self, name, data.cast("Q" if name == "letters" else "I") if name in self._ARRAYS else data)
        self._texts: dict[int, str] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return _named_words, (self.parts(),)

    def parts(self) -> dict[str, bytes]:
        """The bytes of each part."""
        return {name: bytes(getattr(self, name)) for name in self.PARTS}

    def text(self, number: int) -> str:
        """A word."""
        found = self._texts.get(number)
        if found is None:
            data = self.words[self.word_ends[number] : self.word_ends[number + 1]]
            found = self._texts[number] = str(data, "utf-8", "surrogatepass")
        return found

    def number(self, word: str) -> int:
        """The number of a word, or -1."""
        hashes, wanted = self.word_hashes, crc32(word.encode("utf-8", "surrogatepass"))
        at = bisect_left(hashes, wanted)
        while at < len(hashes) and hashes[at] == wanted:
            if self.text(at) == word:
                return at
            at += 1
        return -1

    def keys_of(self, words: Sequence[str]) -> dict[str, list[bytes]]:
        """Those of some words that share a key with one of these, with the keys; some that don't."""
        sieve, last, found = self.sieve, (len(self.sieve) << 3) - 1, {}
        for word, heard in zip(words, sounds(words), strict=True):
            keys = "\n".join([*shorter(word), "=" + heard]).encode("utf-8", "surrogatepass").split(b"\n")
            shared = [key for key in keys if sieve[(bit := crc32(key) & last) >> 3] >> (bit & 7) & 1]
            if shared:
                found[word] = shared
        return found

    def sharing(self, keys: Iterable[bytes]) -> set[int]:
        """The words that have one of some keys."""
        hashes, found = self.key_hashes, []
        for key in keys:
            wanted = crc32(key)
            at = bisect_left(hashes, wanted)
            while at < len(hashes) and hashes[at] == wanted:
                if self.keys[self.key_ends[at] : self.key_ends[at + 1]] == key:
                    found.append(self.members[self.member_ends[at] : self.member_ends[at + 1]])
                at += 1
        return set[int]().union(*found)

    def partners_of(self, number: int, kind: int) -> Iterator[tuple[int, int]]:
        """The partners of a word that are of a kind, each with the row of a person."""
        first, last = self.partner_ends[3 * number + kind], self.partner_ends[3 * number + kind + 1]
        return zip(self.partners[first:last], self.rows[first:last], strict=True)

    def pairs(self, some: Set[int], others: Set[int]) -> Iterator[tuple[int, int, int, int]]:
        """All pairs of one of some words and one of others that are partners, or one word of both with any partner.

        Each is a kind, a word, its partner and the row of a person. It takes as long as `some` have partners.
        """
        ends, partners = self.partner_ends, self.partners
        for word in some:
            both = word in others
            if both or not others.isdisjoint(partners[ends[3 * word] : ends[3 * word + 3]]):
                for kind in (GIVEN, SURNAME, ANY):
                    for partner, row in self.partners_of(word, kind):
                        if both or partner in others:
                            yield kind, word, partner, row

    def may_be_near(self, number: int, letters: int) -> bool:
        """Whether a word may be near one with other letters without a common key, or stands for others."""
        own = self.letters[number]
        # What is near without a key in common is three edits away at most.
        return not own or ((own & ~letters).bit_count() < 4 and (letters & ~own).bit_count() < 4)

    def count_partners(self, words: Iterable[int]) -> int:
        """How many partners some words have."""
        ends = self.partner_ends
        return sum([ends[3 * word + 3] - ends[3 * word] for word in words])


def _named_words(parts: dict[str, bytes]) -> NamedWords:
    return NamedWords(**parts)
