"""How near two words are as spellings of one name: by letters, by sound, and the keys that near words share.

Every word here is folded. Whatever has no key in common is never compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from zlib import crc32

_SOUNDS = (
    (re.compile("tsch|tch|sch|sh|ch|x(?=i)"), "X"),
    (re.compile("ck|kh|q|c|x"), "k"),
    (re.compile("tz|ts|zz|ss|z"), "s"),
    (re.compile("ph|v"), "f"),
    (re.compile("th|dh|d"), "t"),
    (re.compile("gh"), "g"),
    (re.compile("^w"), "f"),
    (re.compile("^y"), "j"),
    (re.compile(r"(?<!^)[aeiouyhwj]"), ""),
    (re.compile(r"^[aeiou]"), "a"),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=1 << 15)
def sound(word: str) -> str:
    """What is left of a folded word when spellings of one sound are one: consonant classes, and an initial vowel."""
    for pattern, instead in _SOUNDS:
        word = pattern.sub(instead, word)
    return word


def near_keys(word: str) -> set[str]:
    """The keys that a word (folded) shares with words one or two letters away or of the same sound.

    Deleting one letter on both sides finds every pair at distance 1 and part of those at distance 2.
    """
    keys = {word[:at] + word[at + 1 :] for at in range(len(word))}
    keys.add(word)
    heard = sound(word)
    if len(heard) > 1:
        keys.add("=" + heard)
    return keys


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


@lru_cache(maxsize=1 << 14)
def farness(one: str, other: str) -> float | None:
    """How far two folded words are as spellings of one name: 0 the same, about 1 a slip, 3 hardly; None too far."""
    if one == other:
        return 0.0
    longest = max(len(one), len(other))
    if abs(len(one) - len(other)) > 4 or not one or not other:
        return None
    away = distance(one, other)
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


def sieve_of(words: Iterable[str]) -> bytes:
    """A set of bits, one for each word by its checksum; sixteen bits and more a word."""
    every = list(words)
    size = 1 << max(10, (16 * len(every)).bit_length())
    bits = bytearray(size >> 3)
    for word in every:
        number = crc32(word.encode("utf-8", "surrogatepass")) & (size - 1)
        bits[number >> 3] |= 1 << (number & 7)
    return bytes(bits)


def sifted(sieve: bytes, words: Iterable[str]) -> Iterator[str]:
    """Those of the words that may be among those of the sieve: all that are, and few that are not."""
    last = (len(sieve) << 3) - 1
    for word in words:
        number = crc32(word.encode("utf-8", "surrogatepass")) & last
        if sieve[number >> 3] >> (number & 7) & 1:
            yield word
