"""How near two words are as spellings of one name: by letters, by sound, and the keys that near words share.

Every word here is folded. Whatever has no key in common is never compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
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
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, another in enumerate(other, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != another))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == another:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, last = last, current
    return last[-1]


def least_distance(one: str, other: str) -> int:
    """What the distance of two words is at least: each edit brings in or takes away one letter."""
    letters, others = frozenset(one), frozenset(other)
    return max(len(letters - others), len(others - letters))


@lru_cache(maxsize=1 << 14)
def farness(one: str, other: str) -> float | None:
    """How far two folded words are as spellings of one name: 0 the same, about 1 a slip, 3 hardly; None too far."""
    if one == other:
        return 0.0
    longest = max(len(one), len(other))
    if abs(len(one) - len(other)) > 4 or not one or not other:
        return None
    least = least_distance(one, other)
    if least > 4:
        return None
    if least > 3 and sound(one) != sound(other):
        return None
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


def sieve_of(words: Iterable[str], bits_a_word: int = 16) -> bytes:
    """A set of bits, one for each word by its checksum, of at least so many bits a word."""
    every = list(words)
    size = 1 << max(10, (bits_a_word * len(every)).bit_length())
    bits = bytearray(size >> 3)
    for word in every:
        number = crc32(word.encode("utf-8", "surrogatepass")) & (size - 1)
        bits[number >> 3] |= 1 << (number & 7)
    return bytes(bits)


def sifted(sieve: bytes, words: Iterable[str], form: Callable[[str], str] = str) -> Iterator[str]:
    """Those of the words whose form may be among those of the sieve: all that are, and few that are not."""
    last = (len(sieve) << 3) - 1
    for word in words:
        number = crc32(form(word).encode("utf-8", "surrogatepass")) & last
        if sieve[number >> 3] >> (number & 7) & 1:
            yield word
